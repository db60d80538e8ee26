// ---- the panel --------------------------------------------------------------------------------
/** What the panel is about: of what kind it is, and its name. */
const headOf = (kind, ...name) =>
  make("div", { class: "head" }, make("p", { class: "kind" }, kind), make("h2", {}, ...name));

const endsInHead = ({ from, to, arrows }) => [
  thingLink(from),
  arrows === "to" ? " → " : " ↔ ",
  thingLink(to),
];

function thingLink(id, text = nameOf(id)) {
  return things[id]
    ? make("a", { class: "thing", href: `#n=${id}` }, text)
    : make("span", { class: "thing" }, text);
}

function row([word, text, url]) {
  const value = /^https?:\/\//i.test(url ?? "")
    ? make("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, text)
    : text;
  return [make("dt", {}, word), make("dd", {}, value)];
}

function claimCard(id, asked) {
  const claim = claims[id];
  const rows = [
    ...(claim.change
      ? [
          ["before", claim.before],
          ["after", claim.standing],
        ]
      : []),
    ...claim.beside.map(([words, other]) => [words, mention(other)]),
    ...claim.decided.map((words) => ["decided", words]),
    ...claim.conditions.map(([scenario, name, isRuledOut]) => [
      isRuledOut ? "unless" : "only in the case of",
      thingLink(scenario, name),
    ]),
    ...(claim.when ? [["when", claim.when[1]]] : []),
    ...claim.more,
    ...claim.about.map((other) => ["about", mention(other)]),
    ...claim.passages.map((passage) => ["passage", passage]),
  ];
  return make(
    "article",
    { class: asked ? "claim asked" : "claim" },
    make("p", { class: "sentence" }, ...claim.sentence.map(phrase)),
    make(
      "p",
      { class: "marks" },
      make(
        "span",
        {
          class: `standing ${claim.stroke}${claim.holds ? "" : " idle"} ${claim.facets.change ?? ""}`,
        },
        standsOf(id),
      ),
      claim.headline ? make("span", {}, "in a headline alone") : null,
      make("span", { class: "spoken" }, claim.modality),
      claim.effect ? make("span", { class: `effect ${toneOf(claim)}` }, claim.effect) : null,
    ),
    make(
      "ol",
      { class: "chain", "aria-label": "Said by, from its origin to what was read" },
      ...claim.chain.map(([words, thing], index) =>
        make(
          "li",
          {},
          thing ? thingLink(thing, words) : words,
          index === claim.chain.length - 1 ? make("small", {}, " read here") : null,
        ),
      ),
    ),
    make(
      "dl",
      { class: "rows" },
      ...rows.flatMap(([word, value]) => [make("dt", {}, word), make("dd", {}, value)]),
    ),
    claim.note ? make("p", { class: "note" }, "Curator’s note: ", ...withCode(claim.note)) : null,
    make("p", { class: "id" }, make("a", { href: `#c=${id}`, title: "A link to this claim" }, id)),
  );
}

const MOST_CARDS = 60; // in a row: a thing of a large page may have a thousand claims

/** Claims one below another, the one that is asked for among them. */
function cards(ids, asked, isMarked = true) {
  const some =
    ids.length <= MOST_CARDS
      ? ids
      : [...new Set([...ids.slice(0, MOST_CARDS), ...ids.filter((id) => id === asked)])];
  const more = ids.length - some.length;
  return [
    ...some.map((id) => claimCard(id, id === asked && isMarked)),
    more > 0
      ? make("p", { class: "silent" }, `and ${more} more; the table of all claims has them`)
      : null,
  ];
}

/** A link to a claim in its words, or to a thing; or how to see what this page does not hold. */
function mention(id) {
  if (claims[id]) return make("a", { href: `#c=${id}` }, sentenceOf(id));
  return things[id] ? thingLink(id) : `${id} (not in this page; to see it: kg show ${id})`;
}

/** A text in which what stands between backticks is code. */
const withCode = (text) =>
  text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? make("code", {}, part) : part));

function phrase([text, role, thing]) {
  return thing ? thingLink(thing, text) : make("span", { class: role }, text);
}
