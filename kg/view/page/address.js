// ---- where we are: the address says it, so that it can be sent, and Back goes back -------------
let shown = null; // the hash that the page shows
let opened = ""; // the part of it that says what the panel shows
let walked = null; // the thing that the keys stand on

function go(hash) {
  opened = hash;
  remember();
  show();
}

/** Put what is open, the lens and what is switched off into the address. */
function remember(isPassing = false) {
  const hash = [opened, ...lensInAddress(), ...siftedInWords()].filter(Boolean).join("&");
  if (location.hash.slice(1) === hash) return;
  try {
    history[isPassing ? "replaceState" : "pushState"](
      null,
      "",
      hash === "" ? location.pathname + location.search : `#${hash}`,
    );
  } catch {
    location.hash = hash; // in the frame of a notebook the page has no address of its own
  }
}

const address = () =>
  new Map(
    location.hash
      .slice(1)
      .split("&")
      .map((part) => [part.split("=")[0], part.slice(part.indexOf("=") + 1)]),
  );

/** A part of an address as it was written; one that is cut off within a letter, as it stands. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function show() {
  shown = location.hash;
  walked = null;
  const parts = address();
  const before = JSON.stringify([near, part]);
  lookBy(parts);
  siftBy(parts);
  const kind = ["c", "n", "i", "p", "f", "q"].find((key) => parts.get(key));
  const id = parts.get(kind);
  opened = kind ? `${kind}=${id}` : "";
  if (kind !== "q") $("ask")?.close();
  bring(kind, id);
  if (kind === "c" && claims[id]?.line) showLine(lines.get(claims[id].line), id);
  else if (kind === "c" && claims[id]) showThing(claims[id].subject, id);
  else if (kind === "n" && things[id]) showThing(id, null);
  else if (kind === "i" && lines.get(id)?.inferred) showInferred(lines.get(id));
  else if (
    kind === "p" &&
    id.split(":").length === 2 &&
    id.split(":").every((end) => nodes.has(end))
  )
    showPath(...id.split(":"));
  else if (kind === "f" && rest.findings.length > 0) showFindings();
  else if (kind === "q" && rest.ask) showAsk(id);
  else if (kind === "f" || kind === "q") showAll();
  else if (kind) showMissing(kind, id);
  else if (parts.get("near") && !things[parts.get("near").split(":")[0]])
    showMissing("n", parts.get("near").split(":")[0]);
  else showAll();
  byLine = false;
  if (JSON.stringify([near, part]) === before) lookAt();
  else whole();
}

/** Says of one of the `nodes` or `lines` that it is left out, as long as it is. */
const leftOut = (kind, id) =>
  make(
    "p",
    { class: "silent left-out", "data-kind": kind, "data-id": id, hidden: on[kind].has(id) },
    "Not in the picture now: what is switched off or too far away leaves it out.",
  );

function showAll() {
  spot = null;
  const wasOpen = !$("panel").hidden;
  $("panel").hidden = true;
  if (wasOpen) backFromPanel();
  $("details").replaceChildren();
  draw();
}

function showLine(line, asked) {
  spot = {
    line: line.id,
    claim: asked,
    thing: null,
    nodes: new Set([line.from, line.to]),
    lines: new Set([line.id]),
  };
  const between = linesAt
    .get(line.from)
    .filter(
      (other) =>
        other.id !== line.id &&
        isOnLine(other) &&
        [other.from, other.to].includes(line.to) &&
        [other.from, other.to].includes(line.from),
    );
  const besides = between.filter((other) => !other.inferred);
  const own = claimsOn(line).includes(asked) ? claimsOn(line) : line.claims;
  const count = plural(own.length, "claim");
  open(
    headOf(
      `${own.length > 1 ? `${count} on this line` : count}${line.fate ? `, ${wordOf(line)}` : ""}`,
      ...endsInHead(line),
    ),
    leftOut("lines", line.id),
    ...cards(own, asked, own.length > 1 && !byLine),
    besides.length > 0 ? make("h3", {}, "Also between these two") : null,
    ...cards(
      besides.flatMap((other) => other.claims),
      null,
    ),
    ...inferredList(
      "Inferred between these two",
      between.filter((other) => other.inferred),
    ),
  );
  announce(
    `${nameOf(line.from)} to ${nameOf(line.to)}: ${count}${line.fate ? `, ${wordOf(line)}` : ""}. ${sentenceOf(own[0])}`,
  );
}

function showThing(id, asked) {
  const thing = things[id];
  const at = linesAt.get(id) ?? [];
  spot = thing.drawn
    ? {
        thing: id,
        line: null,
        nodes: new Set([id, ...at.flatMap((l) => [l.from, l.to])]),
        lines: new Set(at.map((l) => l.id)),
      }
    : spotOn(thing.parts.flatMap(([, ids]) => ids));
  open(
    headOf(`${thing.type}${tiesOf(id)}`, thing.name),
    thing.drawn
      ? null
      : make(
          "p",
          { class: "silent" },
          "Not in the picture: no claim in this page is about it, but some come through it or name it.",
        ),
    thing.drawn ? leftOut("nodes", id) : null,
    at.length > 0 ? surroundings(id) : null,
    at.length > 0 && nodesOn().some((node) => node.id === id) ? pathTo(id) : null,
    thing.parts.length === 0
      ? make("p", { class: "silent" }, "No claim in this page has to do with it.")
      : null,
    thing.description ? make("p", { class: "lead" }, ...withCode(thing.description)) : null,
    thing.rows.length > 0 ? make("dl", { class: "rows" }, ...thing.rows.flatMap(row)) : null,
    thing.note ? make("p", { class: "silent" }, ...withCode(thing.note)) : null,
    ...tiesTo(id),
    ...thing.parts.flatMap(([part, ids]) => [
      make("h3", {}, part, make("span", { class: "number" }, ids.length)),
      ...cards(ids, asked),
    ]),
    ...timeOf(thing.parts.flatMap(([, ids]) => ids)),
    ...inferredList(
      "What is inferred of it",
      at.filter((line) => line.inferred),
    ),
  );
  announce(
    `${thing.name}, ${thing.type}${tiesOf(id)}. ${plural(
      thing.parts.reduce((sum, [, ids]) => sum + ids.length, 0),
      "claim",
    )}.`,
  );
}

/**
 * The other ends of a thing's lines with their claims, by the family of what is said, the largest
 * first.
 */
function tiesByFamily(id) {
  const families = new Map();
  for (const line of (linesAt.get(id) ?? []).filter(
    ({ inferred: isInferred, from, to }) => !isInferred && from !== to,
  )) {
    const other = line.from === id ? line.to : line.from;
    const way = line.arrows !== "to" ? "with" : line.from === id ? "to" : "from";
    for (const claim of line.claims) {
      const [family] = claims[claim].facets.family;
      if (!families.has(family)) families.set(family, new Map());
      const [ties, key] = [families.get(family), `${way} ${other}`];
      ties.set(key, { other, way, ids: [...(ties.get(key)?.ids ?? []), claim] });
    }
  }
  const label = new Map(
    (facets.find((facet) => facet.id === "family")?.values ?? []).map((value) => [
      value.id,
      value.label,
    ]),
  );
  const most = (some) => some.reduce((sum, { ids }) => sum + ids.length, 0);
  return [...families]
    .map(([family, ties]) => [
      label.get(family),
      [...ties.values()].sort((one, other) => other.ids.length - one.ids.length),
    ])
    .sort(([, one], [, other]) => most(other) - most(one));
}

const WAYS = { to: "→", from: "←", with: "↔" };

/** Whom a thing is tied to, with how many claims; (in brackets) where none of them is in force. */
function tiesTo(id) {
  const rows = tiesByFamily(id);
  const count = new Set(rows.flatMap(([, ties]) => ties.map(({ other }) => other))).size;
  if (count < 2) return [];
  const tie = ({ other, way, ids }) => {
    const isHeld = ids.some((claim) => claims[claim].holds);
    const told = `${way} ${nameOf(other)}: ${plural(ids.length, "claim")}${isHeld ? "" : ", none in force"}`;
    return make(
      "li",
      { class: isHeld ? "" : "idle" },
      `${WAYS[way]} `,
      make("a", { class: "said", href: `#c=${ids[0]}`, "aria-label": told }, nameOf(other)),
      `\u00a0${isHeld ? ids.length : `(${ids.length})`}`,
    );
  };
  return [
    make("h3", {}, "Tied to", make("span", { class: "number" }, count)),
    make(
      "dl",
      { class: "rows ties" },
      ...rows.flatMap(([label, ties]) => [
        make("dt", {}, label),
        make("dd", {}, make("ul", {}, ...ties.map(tie))),
      ]),
    ),
  ];
}

/** The claims that say when, from the earliest on; one alone is no order. */
function timeOf(ids) {
  const plain = (date = "") => date.replace(/[[\].]/g, "");
  const between = (id) => {
    const [start, end] = claims[id].when[0].split("/");
    return end === undefined ? plain(start) : `${plain(start)} … ${plain(end)}`.trim();
  };
  const place = (id) => between(id).replace("… ", "") + id;
  const dated = [...new Set(ids)]
    .filter((id) => claims[id].when)
    .sort((one, other) => (place(one) < place(other) ? -1 : 1));
  if (dated.length < 2) return [];
  return [
    make("h3", {}, "In order of time", make("span", { class: "number" }, dated.length)),
    make(
      "ol",
      { class: "times" },
      ...dated.map((id) =>
        make(
          "li",
          {},
          make("time", {}, between(id)),
          make("a", { class: claims[id].holds ? "" : "idle", href: `#c=${id}` }, sentenceOf(id)),
        ),
      ),
    ),
  ];
}

/** A choice to see nothing but a thing and what is some steps around it. */
function surroundings(id) {
  const steps = [1, 2, 3].map((hops) => ({
    hops,
    count: (tree.size > 0 ? closest([id], hops).length : reached(id, hops).size) - 1,
  }));
  const wider = steps.filter(({ count }, index) => index === 0 || count > steps[index - 1].count);
  const button = (words, label, isOn, act) =>
    make(
      "button",
      { type: "button", "aria-pressed": String(isOn), "aria-label": label, on: { click: act } },
      words,
    );
  return make(
    "p",
    { class: "around" },
    "Only this and around it: ",
    ...wider.map(({ hops, count }) =>
      button(
        `${hops} ${hops === 1 ? "step" : "steps"} (${count})`,
        `Only this and ${count} within ${hops} ${hops === 1 ? "step" : "steps"}`,
        near?.id === id && near.hops === hops,
        () => stay({ id, hops }),
      ),
    ),
    near ? button("all", "The whole picture again", false, () => stay(null)) : null,
  );
}

/** An address names what this page does not hold: say so, and how to see it. */
function showMissing(kind, id) {
  spot = null;
  const what = { c: "claim", n: "thing", i: "inferred line", p: "path" }[kind];
  const inWorkspace = { i: id.split("--")[0], p: id.split(":")[0] }[kind] ?? id;
  open(
    headOf(`No such ${what} in this page`, id),
    make(
      "p",
      { class: "lead" },
      `This page holds no ${what} with the id `,
      make("code", {}, id),
      ". It may be left out here, or there may be none. In the workspace, ",
      make("code", {}, `kg show ${inWorkspace}`),
      " shows it.",
    ),
  );
  announce(`This page holds no ${what} with the id ${id}.`);
}

/** What claims say lights up. */
function spotOn(ids) {
  const found = new Set(ids.map((id) => claims[id].line).filter((id) => lines.has(id)));
  const ends = [...found].flatMap((id) => [lines.get(id).from, lines.get(id).to]);
  return { thing: null, line: null, nodes: new Set(ends), lines: found };
}

function open(...content) {
  hover(null);
  if (narrow.matches) $("legend").open = false;
  const hadFocus = $("details").contains(document.activeElement);
  $("details").replaceChildren(...content.filter(Boolean));
  if ($("panel").hidden) beforePanel = { view: viewNow(), around: JSON.stringify([near, part]) };
  $("panel").hidden = false;
  $("panel").scrollTop = 0;
  if (hadFocus) $("panel").focus();
  const asked = $("details").querySelector(".asked");
  if (asked && asked !== $("details").querySelector(".claim")) {
    asked.style.scrollMarginTop = `${$("details").querySelector(".head").offsetHeight}px`;
    asked.scrollIntoView({ block: "start" });
  }
  draw();
}

function announce(text) {
  $("said").textContent = text;
}
