// ---- parts: what is too much for one picture is drawn one part at a time ------------------------
const MOST_ON_STAGE = 150; // no reader makes out more
const ROUNDS = 250; // of the library's forces: more move little
const ROOM = 38000; // pixels squared that a thing has with its name
const LABEL = 100; // pixels
const APART = 200; // pixels between things before the forces move them
const WIDE = 1.2; // screens are wider than high, or higher than wide
// the parts by their ids, {id, name, words, things, parts}; the whole has none for an id
const tree = new Map();
// of the things on the stage the node that stands for each: itself, or the part that it is in
const standIn = new Map();
let part = ""; // the part that is open
let called = []; // the things of a path or an answer, where that is asked for
let staged = null; // what is on the stage, in a word
let ties = null; // the things that each thing shares a claim with

function readParts(own, id) {
  const hasParts = Array.isArray(own[0]);
  const parts = hasParts
    ? own.map((each, at) => readParts(each, id === "" ? String(at) : `${id}.${at}`))
    : [];
  const things = hasParts
    ? parts
        .flatMap((each) => tree.get(each).things)
        .sort((one, other) => all.get(other).weight - all.get(one).weight)
    : own;
  const more = things.length - 1;
  const words = [...all.get(things[0]).words, ...(more > 0 ? [`and ${more} more`] : [])];
  tree.set(id, { id, things, parts, words, name: words.join(" ") });
  return id;
}
if (rest.parts.length > 0) readParts(rest.parts, "");

const isPart = (id) => id.startsWith("part:"); // no thing has a colon in its id
const tellOf = (id) =>
  isPart(id)
    ? {
        name: tree.get(id.slice(5)).name,
        type: plural(tree.get(id.slice(5)).things.length, "thing"),
      }
    : things[id];

/** The things that each thing shares a claim with, of those that are wanted. */
function tiesOver(isWanted) {
  const found = new Map([...all.keys()].map((id) => [id, new Set()]));
  for (const claim of written)
    if (claim.object && isWanted(claim)) {
      found.get(claim.subject).add(claim.object);
      found.get(claim.object).add(claim.subject);
    }
  return found;
}

const tiesAll = () => (ties ??= tiesOver(() => true));

/**
 * The things that are at most so many steps from some, the nearest first and of them the most
 * spoken of.
 */
function closest(ids, hops) {
  const found = new Set(ids);
  let rim = ids;
  for (let hop = 0; hop < hops && rim.length > 0; hop++) {
    rim = [...new Set(rim.flatMap((id) => [...tiesAll().get(id)]))]
      .filter((id) => !found.has(id))
      .sort((one, other) => all.get(other).weight - all.get(one).weight || (one < other ? -1 : 1));
    for (const id of rim) found.add(id);
  }
  return [...found];
}

/** How many steps everything is from a thing that it can be reached from. */
function stepsFrom(id, near) {
  const steps = new Map([[id, 0]]);
  // what is added meanwhile is walked, too
  for (const each of steps.keys())
    for (const next of near.get(each)) if (!steps.has(next)) steps.set(next, steps.get(each) + 1);
  return steps;
}

/**
 * All that lies on a shortest way from one thing to another, over claims of the first kind that
 * leads there: as in showPath().
 */
function onWays(from, to) {
  if (!all.has(from) || !all.has(to)) return [];
  const isDenied = (claim) => claim.facets.polarity[0] === "denied";
  for (const isWanted of [
    (claim) => claim.holds && !isDenied(claim),
    (claim) => !isDenied(claim),
  ]) {
    const near = tiesOver((claim) => passes(claim.id) && isWanted(claim));
    const [there, back] = [from, to].map((end) => stepsFrom(end, near));
    if (there.has(to))
      return [...there.keys()].filter((id) => there.get(id) + back.get(id) === there.get(to));
  }
  return [from, to];
}

/** Whether parts are drawn, and not things. */
const isOverview = () =>
  tree.size > 0 && near === null && called.length === 0 && tree.get(part).parts.length > 0;

/** Put on the stage what is near, or the part that is open; `first` has to be among it. */
function stage(first = []) {
  if (tree.size === 0) return;
  const asked = JSON.stringify([near, near ? [] : called, near ? "" : part, first]);
  if (asked === staged || (first.length === 0 && staged?.startsWith(asked.slice(0, -3)))) return;
  staged = asked;
  const { things: some, parts: inner } = tree.get(part);
  standIn.clear();
  nodes.clear();
  if (isOverview()) {
    for (const id of inner) {
      const own = tree.get(id);
      for (const thing of own.things) standIn.set(thing, `part:${id}`);
      nodes.set(`part:${id}`, {
        id: `part:${id}`,
        x: 0,
        y: 0,
        shape: "dot",
        size: Math.round(7 + 2 * Math.sqrt(Math.min(own.things.length, 400))),
        tint: "n0",
        group: "",
        words: own.words,
        letters: 13,
        weight: own.things.length,
      });
    }
  } else {
    for (const id of [
      ...new Set([
        ...first,
        ...(near ? closest([...first, near.id], near.hops) : called.length > 0 ? called : some),
      ]),
    ].slice(0, MOST_ON_STAGE)) {
      standIn.set(id, id);
      nodes.set(id, all.get(id));
    }
  }
  linesAt.clear();
  layLines();
  place();
  if (network !== null) {
    relayNodes();
    relayLines();
  }
}

/** A picture of a part says how much of it has no room. */
function crowded() {
  if (tree.size === 0) return 0;
  const wanted = near
    ? closest([near.id], near.hops).length
    : isOverview()
      ? 0
      : called.length || tree.get(part).things.length;
  return Math.max(wanted - nodes.size, 0);
}

/** Bring onto the stage what the address asks for. */
function bring(kind, id) {
  if (tree.size === 0) return;
  const line = kind === "i" ? asMade.lines.get(id) : null;
  const ends =
    {
      c: () => [claims[id]?.subject, claims[id]?.object],
      n: () => [id],
      p: () => onWays(...id.split(":")),
      i: () => [line?.from, line?.to],
    }[kind]?.() ?? [];
  const some = ends.filter((end) => all.has(end));
  if (some.length === 0 || some.every((end) => nodes.has(end))) return;
  if (kind === "p") [near, part, called] = [null, "", some];
  else near = { id: some[0], hops: 1 };
  stage(kind === "p" ? [] : some);
  sift();
  tellSifted();
  remember(true);
  shown = location.hash;
}

/** Put these things on the stage. */
function callUp(ids) {
  const some = [...new Set(ids)].filter((id) => all.has(id)).slice(0, MOST_ON_STAGE);
  if (tree.size === 0 || some.length === 0) return;
  [near, part, called] = [null, "", some];
  stage();
  sift();
  tellSifted();
  whole(false);
}

function enter(id) {
  [near, part, called, opened] = [null, id, [], ""];
  resift();
  show();
  whole(false);
}

/** All on the stage, each beside what it is tied to as far as that goes: depth first, over `ties`. */
function inWalk(ties) {
  const found = new Set();
  const ahead = [...nodes.keys()].reverse();
  while (ahead.length > 0) {
    const id = ahead.pop();
    if (found.has(id)) continue;
    found.add(id);
    ahead.push(...[...ties.get(id)].reverse());
  }
  return [...found];
}

/** Places along a spiral of Archimedes, equally far from one another along it and across. */
function spiral(at) {
  const turn = Math.sqrt(4 * Math.PI * at);
  const radius = (APART * turn) / (2 * Math.PI);
  return { x: radius * Math.cos(turn), y: radius * Math.sin(turn) };
}

/**
 * Let the forces of the library find the places, one spring for each two that are tied; then they
 * rest.
 */
function place() {
  const room = make("div", { class: "unseen" });
  document.body.append(room);
  const beside = new Map([...nodes.keys()].map((id) => [id, new Set()]));
  for (const { from, to } of lines.values()) {
    beside.get(from).add(to);
    beside.get(to).add(from);
  }
  const pairs = [...beside].flatMap(([from, others]) =>
    [...others].filter((to) => from < to).map((to) => ({ from, to })),
  );
  const some = inWalk(beside).map((id, at) => ({
    id,
    shape: "dot",
    size: nodes.get(id).size * 2,
    ...spiral(at),
  }));
  const trial = new vis.Network(
    room,
    { nodes: some, edges: pairs },
    {
      layout: { improvedLayout: false },
      edges: { smooth: false },
      physics: {
        solver: "forceAtlas2Based",
        forceAtlas2Based: {
          gravitationalConstant: -110,
          centralGravity: 0.012,
          springLength: 120,
          avoidOverlap: 0.6,
        },
        stabilization: false,
      },
    },
  );
  trial.stopSimulation();
  trial.physics.updatePhysicsData();
  for (let round = 0; round < ROUNDS; round++) trial.physics.physicsTick();
  const found = Object.entries(trial.getPositions());
  const across = (axis) =>
    Math.max(...found.map(([, at]) => at[axis])) -
    Math.min(...found.map(([, at]) => at[axis])) +
    LABEL;
  const { width, height } = canvas.getBoundingClientRect();
  const isUpright = height > width;
  const scale = Math.sqrt((ROOM * found.length) / (across("x") * across("y")));
  for (const [id, { x, y }] of found)
    Object.assign(nodes.get(id), {
      x: x * scale * (isUpright ? 1 / WIDE : WIDE),
      y: y * scale * (isUpright ? WIDE : 1 / WIDE),
    });
  trial.destroy();
  room.remove();
}
