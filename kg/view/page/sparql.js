// ---- SPARQL as text: what a query is filled with, what this engine would misread, what it answers
const { prefixes, queries, choices, terms } = rest.ask;
const PREFIX_OF = { entity: "e", source: "s", claim: "c", relation: "kg", type: "kg" };
const ANY = "*"; // as a value: leave it free, whatever its default
const TERMS = {
  text: (value) => `"${value.replace(/["\\]/g, "\\$&")}"`,
  date: (value) => `"${value}"^^xsd:date`,
};

/** A value as a term of SPARQL, as kg query --param takes it; or why it is none. */
function termFor({ name, kind }, value) {
  if (kind in PREFIX_OF) {
    const id = value.replace(new RegExp(`^${PREFIX_OF[kind]}:`), "");
    const known = choices[kind].find(([own, label]) => own === id || fold(label) === fold(id));
    if (!known) throw { fault: `${name}: no ${kind} is called “${value}”` };
    return `${PREFIX_OF[kind]}:${known[0]}`;
  }
  const fits = { date: /^\d{4}-\d\d-\d\d$/, number: /^-?\d+(\.\d+)?$/, boolean: /^(true|false)$/ }[
    kind
  ];
  if (fits && !fits.test(value))
    throw {
      fault: `${name}: “${value}” is no ${kind === "date" ? "day, such as 2025-12-02" : kind}`,
    };
  return TERMS[kind]?.(value) ?? value;
}

/** The text of a named query with what was filled in. */
function bound({ before, after, parameters }, values) {
  const clauses = parameters
    .filter(({ name }) => values[name])
    .map((each) => ` VALUES ?${each.name} { ${termFor(each, values[each.name])} }`);
  return before + clauses.join("") + after;
}

// -- reading a query ------------------------------------------------------------------------------
/**
 * A query as long as it was, with quotes for its strings, colons for its addresses, no comments.
 */
const unquoted = (text) =>
  text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(<[^<>"{}|^`\\\s]*>)|#.*/g,
    (part, isString, isAddress) => (isString ? '"' : isAddress ? ":" : " ").repeat(part.length),
  );
const tokensOf = (text) =>
  [...unquoted(text).matchAll(/[?$]\w+|"+|:{2,}|\d[\w.]*|[\w-]*:[\w.-]*|\w+|&&|\|\||\S/g)].map(
    ({ 0: shape, index }) => ({ shape, start: index, end: index + shape.length }),
  );

/** The names in a query that neither the ontology nor the facts know: nothing matches them. */
function unknownIn(text) {
  const isKnown = {
    kg: (name) => terms.includes(name),
    e: (name) => things[name] || isChoice("entity", name),
    s: (name) => things[name] || isChoice("source", name),
    c: (name) => claims[name] || isChoice("claim", name),
  };
  const names = [...unquoted(text).matchAll(/(?<![\w:?$-])(kg|[ces]):([A-Za-z][\w-]*)/g)].filter(
    ([, prefix, name]) => !isKnown[prefix](name),
  );
  return [...new Set(names.map(([whole]) => whole))];
}
const isChoice = (kind, name) => choices[kind]?.some(([id]) => id === name);

/**
 * Where this build of the engine would reckon wrongly: it takes `a - b - c` for `a - (b - c)`, and
 * `a / b * c` for `a / (b * c)`. Only round brackets hold expressions; what there is made of names
 * alone is a path.
 */
function misreckoned(text) {
  const groups = [{ signs: "", places: [] }];
  let follows = false; // whether what is read next stands after an operand
  for (const { shape: token, start } of tokensOf(text)) {
    const group = groups.at(-1);
    if (/^([?$]\w|["\d]|\w+$)/.test(token) && token !== "a") group.reckons = true;
    if (/^[([{]$/.test(token)) groups.push({ signs: "", places: [], isRound: token === "(" });
    else if (/^[)\]}]$/.test(token) && groups.length > 1) {
      const { signs, places, isRound, reckons } = groups.pop();
      const wrong = isRound && reckons ? /-[*/]*(?=[-+])|[*/](?=\/)|\/(?=\*)/.exec(signs) : null;
      if (wrong) return places[wrong.index];
      groups.at(-1).reckons ||= reckons;
    } else if (/^[-+*/]$/.test(token) && follows) {
      group.signs += token;
      group.places.push(start);
    } else if (/^(&&|\|\||[=<>!,;]|AS|IN|NOT)$/i.test(token)) {
      group.signs += " ";
      group.places.push(start);
    }
    follows = /^[?$"\w:)]/.test(token) && !/^(AS|IN|NOT)$/i.test(token);
  }
  return null;
}

/** Why a query is not asked; null if nothing speaks against it. */
function objection(text) {
  const [word] = /(?<![?$:\w-])(FROM|SERVICE)\b/i.exec(unquoted(text)) ?? [];
  if (word)
    return word.toUpperCase() === "FROM"
      ? "FROM would choose other data, and the file holds one graph"
      : "SERVICE would ask another machine, and the file asks none";
  const wrong = misreckoned(text);
  return wrong === null
    ? null
    : `write brackets around what is reckoned first, as in (a - b) - c: ${placeIn(text, wrong)}, this engine would reckon from the right`;
}

function placeIn(text, offset) {
  const lines = text.slice(0, offset).split("\n");
  return `line ${lines.length}, column ${[...lines.at(-1)].length + 1}`;
}

/** A fault in words: the place in what was written, and not all that might have stood there. */
function readable({ fault, unexpected, message }, text) {
  if (!fault?.startsWith("error at ")) return `Not answered: ${fault ?? message}.`;
  const sentence = fault
    .replace(/^.*?expected (one of )?/, "")
    .split(", ")
    .find((each) => /^[A-Z][^"[\]]* [^"[\]]+$/.test(each));
  const token = tokensOf(text)[unexpected];
  if (!token) return `Not SPARQL: ${sentence ?? "the query ends too early"}.`;
  return `Not SPARQL: ${placeIn(text, token.start)}: “${text.slice(token.start, token.end)}” cannot stand here${sentence ? ` (${sentence})` : ""}.`;
}

// -- reading an answer ----------------------------------------------------------------------------
const XSD = "http://www.w3.org/2001/XMLSchema#";
const spaces = Object.entries(prefixes).sort(
  ([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1),
);

function shortened(address) {
  for (const [name, space] of spaces) {
    if (address.startsWith(space) && /^\w[\w-]*$/.test(address.slice(space.length)))
      return `${name}:${address.slice(space.length)}`;
  }
  return address;
}

/** A term as kg query prints it. */
function cellOf(term) {
  if (!term) return "";
  if (term.type === "uri") return shortened(term.value);
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "triple")
    return typeof term.value === "string"
      ? term.value
      : `<<( ${["subject", "predicate", "object"].map((part) => cellOf(term.value[part])).join(" ")} )>>`;
  return plainly(term.value, (term.datatype ?? "").replace(XSD, ""));
}

/** A number or a truth value in its plainest form, where that loses nothing. */
function plainly(written, datatype) {
  if (datatype === "boolean") return { 1: "true", 0: "false" }[written] ?? written;
  if (datatype === "integer" && /^[+-]?\d+$/.test(written))
    return String(BigInt(written.replace("+", "")));
  const isNumber =
    ["decimal", "double", "float"].includes(datatype) &&
    written !== "" &&
    Number.isFinite(Number(written));
  if (!isNumber || (datatype === "decimal" && written.replace(/\D/g, "").length > 15))
    return written;
  const plain = String(Number(written));
  return datatype !== "decimal" && /^-?\d+$/.test(plain) ? `${plain}.0` : plain;
}

/** The id of the thing or claim that a cell names. */
function namedBy(cell) {
  const id = /^[ces]:/.test(cell) ? cell.slice(2) : null;
  return id !== null && (cell[0] === "c" ? claims[id] : things[id]) ? id : null;
}

/** The claims that an answer names; else those between the things of one row, else of all rows. */
function claimsNamed(rows) {
  const names = rows.map((row) => row.map(namedBy).filter((id) => id !== null));
  const found = new Set(names.flat().filter((id) => claims[id]));
  if (found.size > 0) return found;
  const relations = new Set(written.map(({ relation }) => relation));
  rows.forEach((row, at) => {
    if (new Set(names[at]).size < 2) return;
    const meant = new Set(
      row.map((cell) => cell.replace(/^kg:/, "")).filter((verb) => relations.has(verb)),
    );
    for (const id of claimsBetween(names[at]))
      if (meant.size === 0 || meant.has(claims[id].relation)) found.add(id);
  });
  return found.size > 0 ? found : new Set(claimsBetween(names.flat()));
}

let saidOf = null; // the claims by their subject, once an answer asks for them

function claimsBetween(ids) {
  if (saidOf === null) {
    saidOf = new Map(written.map(({ subject }) => [subject, []]));
    for (const claim of written) saidOf.get(claim.subject).push(claim);
  }
  const among = new Set(ids);
  return [...among]
    .flatMap((id) => saidOf.get(id) ?? [])
    .filter(({ object }) => among.has(object))
    .map(({ id }) => id);
}
