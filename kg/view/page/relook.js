// ---- another lens than the file's: what stands otherwise is marked, as between two lenses -------
// what lens.js asks about claims; a page that compares two lenses has none
const look = rest.look && { ...rest.look, claims: records(rest.look.claims) };
const ownLens = look?.lens;
let dials = null; // {date, as_of, assume, without} as they are turned, or null
const reasonOf =
  look && Object.fromEntries(look.reasons.map(([id, words, turns]) => [id, { words, turns }]));

const lensNow = () =>
  dials === null
    ? ownLens
    : { ...ownLens, ...dials, without: [...new Set([...ownLens.without, ...dials.without])] };
const asMade = {
  claims: written.map((claim) => ({ ...claim, facets: { ...claim.facets } })),
  lines: new Map(lines),
  facets,
};

/** The words of a standing, as kg.wording has them. */
function standingWords(claim, { holds, certain, reason }, isDisputed) {
  if (!holds) return `not in force: ${reasonOf[reason].words}`;
  const how = claim.facets.polarity[0] === "denied" ? " as a denial" : "";
  return `in force${how}${certain ? "" : ", possibly"}${isDisputed ? ", disputed" : ""}`;
}

function strokeOf({ facets, conditions }, holds) {
  const [modality] = facets.modality;
  if (modality === "considered" || modality === "hypothetical") return "supposed";
  if (modality !== "actual" || conditions.length > 0) return "planned";
  return holds ? "actual" : "outside";
}

/** The claims behind each direct edge, and the things that have one. */
function edgesOf(standings) {
  const found = new Map();
  for (const claim of written) {
    if (!claim.object || claim.facets.polarity[0] === "denied" || !standings.get(claim.id).holds)
      continue;
    const ways = [
      [claim.subject, claim.object],
      ...(claim.symmetric ? [[claim.object, claim.subject]] : []),
    ];
    for (const [from, to] of ways) {
      const edge = `${from} ${claim.relation} ${to}`;
      found.set(edge, [...(found.get(edge) ?? []), claim.id]);
    }
  }
  return {
    claims: found,
    things: new Set([...found.keys()].flatMap((edge) => [edge.split(" ")[0], edge.split(" ")[2]])),
  };
}

/** The dials that make the difference between two standings, in the order of the reasons. */
function turnsBetween(before, after) {
  const isSurer = before.holds && after.holds && before.certain !== after.certain;
  const reasons = isSurer
    ? ["time"]
    : look.reasons.map(([id]) => id).filter((id) => id === before.reason || id === after.reason);
  const turned = {
    "as-of": dials.as_of.join() !== ownLens.as_of.join(),
    assume: dials.assume.join() !== ownLens.assume.join(),
    without: lensNow().without.length !== ownLens.without.length,
  };
  return [...new Set(reasons.flatMap((id) => reasonOf[id].turns))]
    .filter((dial) => turned[dial])
    .map((dial) => `--${dial}`);
}

/** Say of every claim how it stands now, and of what is drawn what becomes of it. */
function restate() {
  const [before, after] = [ownLens, lensNow()].map((lens) => judge(look, lens));
  const [were, are] = [before, after].map((each) => disputes(each, look));
  const [past, present] = [before, after].map(edgesOf);
  for (const claim of written) {
    const { id } = claim;
    const [was, is] = [before.get(id), after.get(id)];
    const [stood, stands] = [
      standingWords(claim, was, were.has(id)),
      standingWords(claim, is, are.has(id)),
    ];
    const fate =
      was.holds !== is.holds
        ? is.holds
          ? "gained"
          : "lost"
        : stood !== stands
          ? "otherwise"
          : is.holds
            ? "kept"
            : "idle";
    const shown = fate === "lost" ? was : is; // what is lost is drawn as it was
    const edge = [past, present].map(({ claims: found }) =>
      found.get(`${claim.subject} ${claim.relation} ${claim.object}`)?.join(),
    );
    const isEdge = shown.holds && claim.object && claim.facets.polarity[0] !== "denied";
    const says = {
      gained: "comes into force",
      lost: "is no longer in force",
      otherwise: "stands otherwise",
    }[fate];
    const why = says ? turnsBetween(was, is).join("; ") : "";
    Object.assign(claim, {
      holds: shown.holds,
      stroke: strokeOf(claim, shown.holds),
      standing: stands,
      before: stood,
      change: says ? (why ? `${says}: ${why}` : says) : "",
      disputed: (fate === "lost" ? were : are).has(id),
      fateOfLine:
        !isEdge || edge[0] === edge[1]
          ? fate
          : edge[0] === undefined
            ? "gained"
            : edge[1] === undefined
              ? "lost"
              : "regrounded",
    });
    Object.assign(claim.facets, { standing: [shown.reason ?? "in-force"], change: [fate] });
  }
  for (const node of all.values()) {
    const [had, has] = [past, present].map(({ things: tied }) => tied.has(node.id));
    if (had !== has) node.fate = has ? "gained" : "lost";
    else delete node.fate;
  }
  return bundle();
}

/**
 * All claims from one thing to another that stand alike make a line: the rules of kg/view/lines.py.
 */
function bundle() {
  const bundles = new Map();
  const isSummed = [...nodes.keys()].some(isPart);
  for (const claim of written) claim.line = null;
  for (const claim of written
    .filter(({ id, object }) => object && isStaged(id))
    .sort((one, other) => (one.id < other.id ? -1 : 1))) {
    const ends = [claim.subject, claim.object].map((end) => standIn.get(end) ?? end);
    if (isSummed && ends[0] === ends[1]) continue;
    const way = isSummed
      ? [...ends.sort(), claim.fateOfLine].join(" ")
      : [
          claim.subject,
          claim.object,
          claim.holds ? "0" : "1",
          claim.stroke,
          claim.facets.polarity[0] === "denied" ? "1" : "0",
          claim.fateOfLine,
        ].join(" ");
    bundles.set(way, [...(bundles.get(way) ?? []), claim]);
  }
  const beside = new Map();
  return [...bundles.keys()].sort().map((way, place) => {
    const [some, [from, to]] = [bundles.get(way), way.split(" ")];
    beside.set(`${from} ${to}`, (beside.get(`${from} ${to}`) ?? 0) + 1);
    const tones = new Set(some.map(toneOf).filter((tone) => tone !== "neither"));
    for (const claim of some) claim.line = `l${place}`;
    return {
      id: `l${place}`,
      from,
      to,
      arrows: isSummed ? "" : some.every(({ symmetric }) => symmetric) ? "to;from" : "to",
      stroke: isSummed ? "actual" : some[0].stroke,
      holds: some.some(({ holds }) => holds),
      denied: !isSummed && some[0].facets.polarity[0] === "denied",
      disputed: !isSummed && some.some(({ disputed: isDisputed }) => isDisputed),
      tone: tones.size === 0 ? "neither" : tones.size > 1 ? "mixed" : [...tones][0],
      claims: some.map(({ id }) => id),
      bend: Math.round(14 * beside.get(`${from} ${to}`)) / 100,
      fate: some[0].fateOfLine,
      words: some.map(({ words }) => words),
    };
  });
}

/** Look through the dials as they are now; null is the file's own lens. */
function relook(turned) {
  dials = turned;
  fates = dials === null ? null : rest.fates;
  root.classList.toggle("compared", fates !== null);
  if (dials === null) {
    written.forEach((claim, at) => {
      for (const key of Object.keys(claim)) delete claim[key];
      Object.assign(claim, { ...asMade.claims[at], facets: { ...asMade.claims[at].facets } });
    });
    for (const node of all.values()) delete node.fate;
  }
  layLines();
  disputed = dials === null ? rest.disputed : written.filter((claim) => claim.disputed).length;
  facets = dials === null ? asMade.facets : facetsNow();
  learnFacets();
}

/** The lines between what is drawn, under the lens as it is. */
function layLines() {
  const asInFile = () =>
    tree.size === 0
      ? [...asMade.lines.values()]
      : [
          ...bundle(),
          ...[...asMade.lines.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
        ];
  setLines(dials === null ? asInFile() : restate());
  inferred = [...lines.values()].filter((line) => line.inferred);
}

/** The facets with the values that claims have now, and how many. */
function facetsNow() {
  const counted = (facet) =>
    written
      .flatMap(({ facets: values }) => values[facet])
      .reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map());
  const known = (facet) =>
    rest.facetsOfBoth[facet.id]?.map(([id, label, sample]) => ({ id, label, sample })) ??
    facet.values;
  return [
    { id: "change", title: rest.changeTitle, is_open: true, values: [] },
    ...asMade.facets,
  ].map((facet) => {
    const counts = counted(facet.id);
    return {
      ...facet,
      values: known(facet)
        .map((value) => ({ ...value, count: counts.get(value.id) ?? 0 }))
        .filter(({ count }) => count > 0),
    };
  });
}
