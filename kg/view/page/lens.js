// ---- how claims stand under a lens: the rules of kg/standing.py, in their order -----------------
const opposite = (condition) =>
  condition.startsWith("not:") ? condition.slice(4) : `not:${condition}`;

/** What is assumed, with all that follows from it. */
const consequences = (assume, { follows }) =>
  new Set(assume.flatMap((each) => [each, ...(follows[each] ?? [])]));

/** A scenario that would both come true and be ruled out, if there is one. */
const torn = (assumed) =>
  [...assumed].find((each) => !each.startsWith("not:") && assumed.has(opposite(each)));

/** How every claim stands, by its id: {holds, certain, reason}. */
function judge(facts, lens) {
  const assumed = consequences(lens.assume, facts);
  const isFollowed = lens.decisions === "followed";
  const decided = (rank) =>
    new Set(
      facts.decisions.filter(([own]) => isFollowed && own === rank).flatMap(([, ids]) => ids),
    );
  const withheld = (reason) => ({ holds: false, certain: false, reason });
  const unheard = new Map(
    facts.claims
      .map((claim) => [claim.id, refusal(claim, lens) ?? weakness(claim, lens)])
      .filter(([, reason]) => reason),
  );
  const deprecated = decided("deprecated");
  const superseded = new Set(
    facts.claims
      .filter(({ id }) => !unheard.has(id) && !deprecated.has(id))
      .flatMap(({ supersedes = [] }) => supersedes),
  );
  const standings = new Map();
  for (const claim of facts.claims) {
    const { id } = claim;
    const reason =
      unheard.get(id) ??
      (deprecated.has(id) ? "deprecated" : superseded.has(id) ? "superseded" : null);
    standings.set(id, reason ? withheld(reason) : weigh(claim, lens, assumed, withheld));
  }
  for (const id of isFollowed ? outranked(standings, decided("preferred"), facts) : [])
    standings.set(id, withheld("outranked"));
  return standings;
}

/** How a claim stands that is heard and that no other displaces. */
function weigh({ conditions = [], modality, things = [], event, when }, lens, assumed, withheld) {
  if (!conditions.every((each) => assumed.has(each)))
    return withheld(
      conditions.some((each) => assumed.has(opposite(each))) ? "ruled_out" : "condition",
    );
  const isAssumed =
    conditions.length > 0 ||
    (modality === "hypothetical" && things.some((thing) => assumed.has(thing)));
  if (!lens.modality.includes(modality) && !isAssumed) return withheld("modality");
  const [[first, last], [start, certainStart, end, certainEnd]] = [lens.as_of, when];
  if (start > last || (!event && end < first)) return withheld("time");
  const certain = certainStart <= last && (Boolean(event) || certainEnd >= first);
  return lens.certainty === "certain" && !certain
    ? withheld("certainty")
    : { holds: true, certain, reason: null };
}

/** Why the claim's voices are not asked. */
function refusal({ presupposed, voices }, { according_to: asked, without }) {
  if (presupposed) return "presupposed";
  if (asked !== null && !voices.some((voice) => asked.includes(voice))) return "speaker";
  return voices.some((voice) => without.includes(voice)) ? "without" : null;
}

/** What is not judged passes only where nothing is asked. */
function weakness(claim, lens) {
  const [credibility, reliability, likelihood] = [
    claim.credibility ?? 6,
    claim.reliability ?? "F",
    claim.likelihood ?? -1,
  ];
  if (lens.credibility !== null && (credibility === 6 || credibility > lens.credibility))
    return "credibility";
  if (lens.reliability !== null && (reliability === "F" || reliability > lens.reliability))
    return "reliability";
  return lens.likelihood !== null && likelihood < lens.likelihood ? "likelihood" : null;
}

const SILENT = [
  "presupposed",
  "speaker",
  "without",
  "credibility",
  "reliability",
  "likelihood",
  "superseded",
  "deprecated",
];

/** The claims in force that give way to preferred ones. */
function outranked(standings, preferred, { decisions, conflicts }) {
  const pairs = decisions
    .flatMap(([, ids, over]) => ids.flatMap((one) => over.map((other) => [one, other])))
    .filter(([one]) => standings.has(one) && !SILENT.includes(standings.get(one).reason));
  if (preferred.size > 0) {
    const both = conflicts
      .filter(([, , , supersedes]) => !supersedes)
      .flatMap(([one, other]) => [
        [one, other],
        [other, one],
      ]);
    pairs.push(...both.filter(([one]) => standings.get(one)?.holds));
  }
  return new Set(
    pairs
      .filter(
        ([one, other]) =>
          preferred.has(one) && !preferred.has(other) && standings.get(other)?.holds,
      )
      .map(([, other]) => other),
  );
}

/** The claims in force that others in force deny or dispute. */
function disputes(standings, { conflicts }) {
  return new Set(
    conflicts
      .filter(
        ([one, other, isDisputed]) =>
          isDisputed && standings.get(one)?.holds && standings.get(other)?.holds,
      )
      .flatMap(([one, other]) => [one, other]),
  );
}
