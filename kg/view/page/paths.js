// ---- paths: how two things are tied ------------------------------------------------------------
const MOST_WAYS = 5; // that are told of
const COUNTED = 1000; // there may be more than anybody counts
const carries = (line) => line.holds && !line.denied && line.fate !== "lost";

/** The shortest ways from one thing to another over lines, whichever way those point. */
function waysBetween(from, to, isOpen) {
  const steps = new Map([[from, []]]); // what leads to each thing, of those that are nearer by one
  let rim = [from];
  while (rim.length > 0 && !steps.has(to)) {
    const next = new Map();
    for (const here of rim) {
      for (const line of linesAt.get(here).filter(isOpen)) {
        const there = line.from === here ? line.to : line.from;
        if (!steps.has(there)) next.set(there, (next.get(there) ?? new Set()).add(here));
      }
    }
    for (const [there, before] of next) steps.set(there, [...before]);
    rim = [...next.keys()];
  }
  const found = [];
  // back from the end, the names in order
  (function lead(id, way) {
    if (found.length === COUNTED) return;
    if (id === from) found.push([from, ...way]);
    else for (const before of (steps.get(id) ?? []).sort()) lead(before, [id, ...way]);
  })(to, []);
  return found;
}

const linesBetween = (one, other, isOpen) =>
  linesAt
    .get(one)
    .filter(
      (line) => isOpen(line) && [line.from, line.to].includes(other) && line.from !== line.to,
    );

/** The panel of the ways between two things; those over claims in force go before all others. */
function showPath(from, to) {
  const isTie = (line) =>
    !line.inferred && isOnLine(line) && line.claims.some((id) => on.claims.has(id));
  const levels = [(line) => isTie(line) && carries(line), (line) => isTie(line) && !line.denied];
  const isOpen = levels.find((each) => waysBetween(from, to, each).length > 0);
  const ways = isOpen ? waysBetween(from, to, isOpen) : [];
  const hops = ways.flatMap((way) => way.slice(1).map((id, at) => [way[at], id]));
  const lit = hops.flatMap(([one, other]) => linesBetween(one, other, isOpen));
  spot = {
    line: null,
    claim: null,
    thing: null,
    nodes: new Set([from, to, ...ways.flat()]),
    lines: new Set(lit.map(({ id }) => id)),
  };
  const length = ways.length > 0 ? ways[0].length - 1 : 0;
  const number = ways.length === 1 ? "The shortest path" : `${ways.length} shortest paths`;
  const doubt =
    isOpen === levels[0]
      ? "Every step has a claim in force."
      : "No way has a claim in force at every step: these take what is not in force, too.";
  const told = isOpen
    ? doubt
    : "No claims that the picture shows tie the two, not even by way of others.";
  open(
    headOf(
      ways.length > 0 ? `${number}, ${plural(length, "step")}` : "No path",
      thingLink(from),
      " … ",
      thingLink(to),
    ),
    make("p", { class: "lead" }, told),
    pathTo(from, to),
    ...ways
      .slice(0, MOST_WAYS)
      .flatMap((way) => [
        ways.length > 1
          ? make(
              "h3",
              {},
              way.length > 2 ? `By way of ${way.slice(1, -1).map(nameOf).join(", ")}` : "Directly",
            )
          : null,
        ...way.slice(1).flatMap((id, at) => hopOf(way[at], id, isOpen)),
      ]),
    ways.length > MOST_WAYS
      ? make(
          "p",
          { class: "silent" },
          `and ${ways.length - MOST_WAYS}${ways.length === COUNTED ? " or more" : " more"} of the same length`,
        )
      : null,
  );
  if (ways.length === 0) {
    announce(`No path from ${nameOf(from)} to ${nameOf(to)}.`);
    return;
  }
  const by = ways[0].slice(1, -1).map(nameOf).join(", ") || "a line of their own";
  announce(`${nameOf(from)} to ${nameOf(to)}: ${plural(length, "step")}, by ${by}. ${doubt}`);
}

function hopOf(one, other, isOpen) {
  const between = linesBetween(one, other, isOpen);
  const [ahead, back] = [
    between.some((line) => line.from === one || line.arrows !== "to"),
    between.some((line) => line.to === one || line.arrows !== "to"),
  ];
  const ids = between.flatMap(({ claims: own }) => own.filter((id) => on.claims.has(id)));
  return [
    make(
      "p",
      { class: "hop" },
      thingLink(one),
      ahead && back ? " ↔ " : ahead ? " → " : " ← ",
      thingLink(other),
    ),
    ...ids.map((id) =>
      make(
        "article",
        { class: "claim" },
        make("a", { class: "sentence", href: `#c=${id}` }, sentenceOf(id)),
        make(
          "p",
          { class: "marks" },
          make(
            "span",
            { class: `standing ${claims[id].stroke}${claims[id].holds ? "" : " idle"}` },
            standingOf(id),
          ),
          make(
            "span",
            { class: "spoken" },
            `said by ${claims[id].chain.map(([words]) => words).join(" → ")}`,
          ),
        ),
      ),
    ),
  ];
}

/** A choice of where a path from a thing is to lead. */
function pathTo(from, to = "") {
  const others = nodesOn()
    .filter(({ id }) => id !== from)
    .sort((one, other) => inOrder.compare(nameOf(one.id), nameOf(other.id)));
  if (others.length === 0) return null;
  const select = make(
    "select",
    {
      on: {
        change: () => {
          if (select.value) go(`p=${from}:${select.value}`);
        },
      },
    },
    make("option", { value: "" }, "…"),
    ...others.map(({ id }) => make("option", { value: id }, nameOf(id))),
  );
  select.value = to;
  return make("p", { class: "around" }, make("label", {}, `Path from ${nameOf(from)} to `, select));
}
