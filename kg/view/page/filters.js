// ---- filters: a claim is shown where none of its values is switched off ------------------------
const off = new Map(); // what is switched off, by facet
let known = null; // the values that can be
let near = null; // {id, hops}: only what is so near to a thing
let on = null; // {claims, lines, nodes}: the ids of what is shown
// drawn though no claim is about it
const alone = [...nodes.values()].filter(({ weight }) => weight === 0).map(({ id }) => id);

function learnFacets() {
  const ids = ({ id, values }) => [id, values.map((value) => value.id)];
  known = new Map([
    ...facets.map(ids),
    ["kind", groups.map(({ type }) => type)],
    ["line", inferred.length > 0 ? ["inferred"] : []],
  ]);
  off.clear();
  for (const facet of known.keys()) off.set(facet, new Set());
}
learnFacets();

const isSifted = () =>
  near !== null ||
  part !== "" ||
  called.length > 0 ||
  [...off.values()].some((values) => values.size > 0);
const claimsOn = (line) => line.claims.filter((id) => on.claims.has(id));

function passes(id) {
  const own = claims[id].facets;
  return facets.every((facet) => !own[facet.id].some((value) => off.get(facet.id).has(value)));
}

/**
 * Work out what is shown: claims first, then the lines that have any, then the things that have;
 * last what follows.
 */
function sift() {
  siftClaims();
  infer();
}

function siftClaims() {
  const isOfKind = (id) => !nodes.has(id) || !off.get("kind").has(nodes.get(id).group);
  const passing = new Set(
    Object.keys(claims).filter((id) => isStaged(id) && passes(id) && endsOf(id).every(isOfKind)),
  );
  const withAny = [...lines.values()].filter((line) => line.claims.some((id) => passing.has(id)));
  on = {
    claims: passing,
    lines: new Set(withAny.map(({ id }) => id)),
    nodes: new Set([...[...passing].flatMap(endsOf), ...alone.filter(isOfKind)]),
  };
  if (near === null || !nodes.has(near.id)) return;
  const close = reached(near.id, near.hops);
  on.nodes = new Set([...on.nodes, near.id].filter((id) => close.has(id)));
  on.lines = new Set(
    withAny.filter(({ from, to }) => close.has(from) && close.has(to)).map(({ id }) => id),
  );
  on.claims = new Set([...passing].filter((id) => endsOf(id).every((end) => close.has(end))));
}

/** The things that a claim is about. */
function endsOf(id) {
  const line = lines.get(claims[id].line);
  return line ? [line.from, line.to] : [standIn.get(claims[id].subject) ?? claims[id].subject];
}

/** Whether the picture has room for what a claim is about. */
function isStaged(id) {
  const { subject, object } = claims[id];
  return tree.size === 0 || (standIn.has(subject) && (!object || standIn.has(object)));
}

/** What is at most so many lines away, over lines that are not switched off. */
function reached(id, hops) {
  const isOpen = (line) =>
    line.claims.some(passes) &&
    ![line.from, line.to].some((end) => off.get("kind").has(nodes.get(end).group));
  let [found, rim] = [new Set([id]), [id]];
  for (let hop = 0; hop < hops; hop++) {
    rim = rim
      .flatMap((end) =>
        linesAt
          .get(end)
          .filter(isOpen)
          .flatMap((line) => [line.from, line.to]),
      )
      .filter((end) => !found.has(end));
    found = new Set([...found, ...rim]);
  }
  return found;
}

/** Somebody switched something: show it, count it, and keep it in the address. */
function resift() {
  stage();
  sift();
  remember();
  shown = location.hash;
  tellSifted();
  draw();
}

function stay(where) {
  near = where;
  resift();
  show();
  whole();
}

function showAllAgain() {
  for (const values of off.values()) values.clear();
  [near, part, called] = [null, "", []];
  if (opened.startsWith("p=")) opened = "";
  resift();
  show();
  whole();
}

/**
 * What is switched off, for the address: `off=modality:intended,voice:china` and `near=china:2`.
 */
function siftedInWords() {
  const values = [...off].flatMap(([facet, some]) => [...some].map((value) => `${facet}:${value}`));
  return [
    values.length > 0 ? `off=${values.join(",")}` : "",
    near ? `near=${near.id}:${near.hops}` : "",
    part !== "" && !near ? `part=${part}` : "",
  ];
}

/** Take what the address says is switched off; what this page does not know is left aside. */
function siftBy(parts) {
  for (const values of off.values()) values.clear();
  for (const word of (parts.get("off") ?? "").split(",")) {
    const [facet, value, ...rest] = word.split(":");
    if (rest.length === 0 && known.get(facet)?.includes(value)) off.get(facet).add(value);
  }
  const [id, hops] = (parts.get("near") ?? "").split(":");
  near = all.has(id) && /^[1-9]$/.test(hops) ? { id, hops: Number(hops) } : null;
  part = tree.has(parts.get("part")) ? parts.get("part") : "";
  called =
    tree.size > 0 && near === null && part === "" && parts.get("p")
      ? onWays(...parts.get("p").split(":"))
      : [];
  stage();
  sift();
  tellSifted();
}

/** Say how much is shown, where it is not all, and set the boxes of the legend. */
function tellSifted() {
  const all = Object.keys(claims).length;
  $("sifted").hidden = !isSifted() && !isOverview();
  $("show-all").hidden = !isSifted();
  $("show-all").textContent = tree.size > 0 ? "All parts" : "Show all";
  const above = near === null && called.length === 0 ? part.match(/^(.+)\./)?.[1] : undefined;
  $("show-above").hidden = above === undefined;
  $("show-above").textContent = above === undefined ? "" : `Back to ${tree.get(above).name}`;
  $("show-above").dataset.part = above ?? "";
  const { name, things: some, parts: inner } = tree.get(part) ?? {};
  const shown = [
    `${numbers.format(on.claims.size)} of ${plural(all, "claim")} shown`,
    off.get("line").size > 0 ? "nothing inferred" : "",
    near ? `at most ${plural(near.hops, "step")} from ${nameOf(near.id)}` : "",
    called.length > 0 ? "between what is asked for" : "",
    near === null && called.length === 0 && part !== "" ? `of ${name}` : "",
  ];
  const told = [
    isSifted() ? shown.filter(Boolean).join(", ") : "",
    crowded() > 0 ? `${plural(crowded(), "thing has", "things have")} no room` : "",
    isOverview()
      ? `${plural(some.length, "thing")} in ${plural(inner.length, "part")}: choose one to see what is in it`
      : "",
  ];
  $("sifted-words").textContent = told.filter(Boolean).join("; ");
  for (const box of document.querySelectorAll("#legend .keys input")) {
    box.checked = !off.get(box.dataset.facet).has(box.dataset.value);
    box.closest("label").classList.toggle("off", !box.checked);
  }
  for (const note of document.querySelectorAll("#details .left-out"))
    note.hidden = on[note.dataset.kind].has(note.dataset.id);
}

$("show-all").addEventListener("click", () => {
  showAllAgain();
  canvas.focus();
});
$("show-above").addEventListener("click", ({ target }) => {
  enter(target.dataset.part);
  canvas.focus();
});
sift();
