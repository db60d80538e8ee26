// ---- what Python wrote ------------------------------------------------------------------------
/** What stands in the page packed. */
function inflate(id) {
  const text = document.getElementById(id).textContent;
  const packed =
    // a browser of before 2025 knows the longer way alone
    Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
}

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const { groups, focus: centre, hops: reach, ...rest } = await inflate("rest").json();
let { facets, disputed } = rest; // another lens changes them, as it changes lines: relook.js
let fates = rest.compared ? rest.fates : null;
// An id may be `constructor`: what is looked up by ids must know nothing but them.
const bare = (record) => Object.assign(Object.create(null), record);
/** Records that Python wrote as rows of places in a list of values. */
const records = ({ keys, rows, values: some }) =>
  rows.map((row) =>
    Object.fromEntries(
      keys
        .map((key, at) => [key, row[at]])
        .filter(([, place]) => place !== null)
        .map(([key, place]) => [key, some[place]]),
    ),
  );
const { keys: claimKeys, rows: claimRows, values } = rest.claims;
const valueAt = (place) =>
  Array.isArray(place)
    ? place.map((at) => values[at])
    : typeof place === "number"
      ? values[place]
      : place;
const written = claimRows.map((row) =>
  Object.fromEntries(claimKeys.map((key, at) => [key, valueAt(row[at])])),
);
for (const claim of written)
  claim.facets = Object.fromEntries(facets.map(({ id }, at) => [id, claim.facets[at]]));
const [things, claims] = [
  bare(rest.things),
  bare(Object.fromEntries(written.map((claim) => [claim.id, claim]))),
];
for (const thing of Object.values(things))
  thing.parts = thing.parts.map(([part, places]) => [part, places.map((at) => written[at].id)]);
const nodes = new Map(read("nodes").map((node) => [node.id, node]));
// where it is too much for one picture, parts.js changes what of it is drawn
const all = new Map(nodes);
const lines = new Map();
const linesAt = new Map();

function setLines(some) {
  lines.clear();
  for (const id of nodes.keys()) linesAt.set(id, []);
  for (const line of some) {
    line.words = line.inferred ? [line.inferred.words] : line.claims.map((id) => claims[id].words);
    lines.set(line.id, line);
    linesAt.get(line.from).push(line);
    if (line.to !== line.from) linesAt.get(line.to).push(line);
  }
}
setLines(read("lines"));

const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
// there is room for words beside the picture
const isRoomy = matchMedia("screen and (min-width: 1500px)");
// the legend lies upon the picture, not beside it
const narrow = matchMedia("screen and (max-width: 900px)");

/** An element with text and children; text is never read as markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on")
      for (const [type, act] of Object.entries(value)) element.addEventListener(type, act);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const numbers = new Intl.NumberFormat("en");
const plural = (count, word, words = `${word}s`) =>
  `${numbers.format(count)} ${count === 1 ? word : words}`;
const sentenceOf = (id) => claims[id].sentence.map(([text]) => text).join("");
const standingOf = (id) => standsOf(id) + (claims[id].headline ? ", in a headline alone" : "");
const nameOf = (id) =>
  things[id]?.name ?? (tree.size > 0 && isPart(id) ? tree.get(id.slice(5)).name : id);

// Where two lenses are compared there are `fates`: what becomes of claims, lines and things.
// changes.js has the rest.
const hueOf = ({ fate, tone }) =>
  fate ? ({ regrounded: "otherwise", idle: "kept" }[fate] ?? fate) : tone;
const isChanged = ({ fate }) => Boolean(fates) && hueOf({ fate }) in SIGNS;
const toneOf = ({ facets }) => facets.tone[0].replace("-denied", "");
const standsOf = (id) => (fates ? turnOf(id) : claims[id].standing);
const tiesOf = (id) => (nodes.get(id)?.fate ? `, ${TIES[nodes.get(id).fate]}` : "");
