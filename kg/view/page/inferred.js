// ---- what follows from claims: lines of nobody's making, which nothing counts -------------------
let inferred = [...lines.values()].filter((line) => line.inferred);
const BEADS = [2, 7]; // on a thin line: a form of their own
const behind = ({ inferred: { ways } }) => [...new Set(ways.flat(2))];
const inferredText = ({ from, to, inferred: { label } }) =>
  `${nameOf(from)} ${label} ${nameOf(to)}`;
const inferredStanding = ({ disputed, inferred: { certain } }) =>
  `inferred, ${certain ? "certain" : "possibly"}${disputed ? ", disputed" : ""}`;
const inferredLink = (line, look = "sentence") =>
  make(
    "a",
    { class: look, href: `#i=${line.id}` },
    look === "said" ? line.inferred.label : inferredText(line),
  );

/** A line is shown as long as, in one of its ways, each edge that it takes has a claim that is. */
function infer() {
  if (off.get("line").size > 0) return;
  const isBorne = (way) => way.every((ids) => ids.some((id) => on.claims.has(id)));
  for (const line of inferred) if (line.inferred.ways.some(isBorne)) on.lines.add(line.id);
}

/** The line in the panel; the claims that it comes from light up with it. */
function showInferred(line) {
  const { label, rule, effect, weights } = line.inferred;
  const ids = behind(line);
  spot = {
    line: line.id,
    claim: null,
    thing: null,
    nodes: new Set([line.from, line.to, ...ids.flatMap(endsOf)]),
    lines: new Set([line.id, ...ids.map((id) => claims[id].line)]),
  };
  open(
    headOf("Inferred, nobody’s claim", ...endsInHead(line)),
    leftOut("lines", line.id),
    make(
      "article",
      { class: "claim" },
      make(
        "p",
        { class: "sentence" },
        make("span", { class: "degree" }, "inferred: "),
        thingLink(line.from),
        make("span", { class: "verb" }, ` ${label} `),
        thingLink(line.to),
        make("span", { class: "degree" }, `, by ${rule}`),
      ),
      make(
        "p",
        { class: "marks" },
        make("span", { class: "standing inferred" }, inferredStanding(line)),
        effect ? make("span", { class: `effect ${line.tone}` }, effect) : null,
      ),
      make(
        "dl",
        { class: "rows" },
        ...weights.flatMap(([word, value]) => row([word, `${value}, of the weakest claim`])),
      ),
      line.disputed
        ? make(
            "p",
            { class: "note" },
            "A claim that it comes from is disputed, or a claim denies what follows.",
          )
        : null,
    ),
    make("h3", {}, "What it comes from", make("span", { class: "number" }, ids.length)),
    ...ids.map((id) => claimCard(id, false)),
  );
  announce(
    `Inferred: ${inferredText(line)}, by ${rule}. ${inferredStanding(line)}, from ${plural(ids.length, "claim")}.`,
  );
}

/** Under a heading, links to lines that are inferred. */
const inferredList = (title, some) =>
  some.length === 0
    ? []
    : [
        make("h3", {}, title),
        ...some.map((line) =>
          make(
            "article",
            { class: "claim" },
            inferredLink(line),
            make(
              "p",
              { class: "marks" },
              make("span", { class: "standing inferred" }, inferredStanding(line)),
              make("span", { class: "spoken" }, `by ${line.inferred.rule}`),
            ),
          ),
        ),
      ];

/** A row among those of other lines: it has no claims, but comes from some. */
function inferredRow(line) {
  const { rule, effect } = line.inferred;
  return tableRow(
    { id: `i=${line.id}`, "data-line": line.id },
    [nameOf(line.from)],
    [inferredLink(line, "said")],
    [nameOf(line.to)],
    [`from ${behind(line).length}`],
    [make("span", { class: `effect ${line.tone}` }, effect || "neither")],
    [
      make("span", { class: "standing inferred" }, inferredStanding(line)),
      make("small", {}, `by ${rule}`),
    ],
  );
}

/** Therefore: three dots on a disc. */
function drawTherefore(context, line, x, y, arm) {
  drawDisc(context, x, y, arm, paint.sheet, paint[hueOf(line)]);
  context.fillStyle = paint.ink;
  for (const [right, down] of [
    [0, -0.6],
    [-0.7, 0.55],
    [0.7, 0.55],
  ]) {
    context.beginPath();
    context.arc(x + right * arm, y + down * arm, arm * 0.3, 0, 2 * Math.PI);
    context.fill();
  }
}

const beads = (colour, isStrong) => ({
  enabled: true,
  color: colour,
  size: isStrong ? 5 : 3.5,
  dashes: BEADS,
});

function inferredSample() {
  const dot = (x, y) => svg("circle", { cx: x, cy: y, r: 1.1, class: "fill-n0" });
  return [
    svg("path", {
      d: "M0 6H30",
      class: "paint-ink",
      "stroke-width": 4,
      "stroke-dasharray": "2 4.6",
    }),
    svg("circle", { cx: 15, cy: 6, r: 5.5, class: "paint-ink disc" }),
    dot(15, 3.9),
    dot(12.6, 7.6),
    dot(17.4, 7.6),
  ];
}
