// ---- what changes from one lens to the other: only in a page that compares two -----------------
const SIGNS = {
  gained: "M-3 0H3M0 -3V3",
  lost: "M-3 0H3",
  otherwise: "M-3 .8Q-1.5 -2.4 0 0T3 -.8",
}; // by their colour
const TIES = { gained: "gains its first ties", lost: "loses all its ties" };

const wordOf = ({ fate }) => fates[fate][1];
const fateOf = (id) => ({ fate: claims[id].facets.change[0] });

/** What becomes of a claim, and why. */
function turnOf(id) {
  const { standing, change } = claims[id];
  return change ? `${wordOf(fateOf(id))} · ${change}` : `${standing}, before and after`;
}

/** What becomes of a line, before its words: one word, or else the sign. */
const toldShort = (line) => (wordOf(line).includes(" ") ? fates[line.fate][0] : `${wordOf(line)}:`);

/** A sign on a disc, which is full only for what is gained. */
function drawSign(context, changed, x, y, arm) {
  const [colour, isFull] = [paint[hueOf(changed)], changed.fate === "gained"];
  drawDisc(context, x, y, arm, isFull ? colour : paint.sheet, isFull ? paint.sheet : colour);
  context.save();
  context.translate(x, y);
  context.scale(arm / 3, arm / 3);
  context.lineWidth = 1.4;
  context.strokeStyle = isFull ? paint.sheet : colour;
  strokeShape(context, SIGNS[hueOf(changed)]);
  context.restore();
}

const strokeShape = (context, d) =>
  context.strokeShape ? context.strokeShape(d) : context.stroke(new Path2D(d));

/** The sign of a thing stands at its shoulder. */
function drawSignOf(context, node, arm) {
  const { x, y } = network.getPosition(node.id);
  context.globalAlpha = isLitNode(node.id) ? 1 : SHADE;
  const away = (node.size + arm) * 0.75;
  drawSign(context, node, x + away, y - away, arm * 0.75);
  context.globalAlpha = 1;
}

function signSample(hue) {
  return ["M9.5 6a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0", SIGNS[hue]].map((d, at) =>
    svg("path", {
      d,
      class: `sign paint-${hue}`,
      ...(at ? { transform: "translate(15 6)", "stroke-width": 1.5 } : {}),
    }),
  );
}

/** What changes besides claims: a sign, words and how many there are. */
function alsoChanged() {
  const number = (some, fate) => [...some.values()].filter((each) => each.fate === fate).length;
  return [
    [fates.regrounded[0], "lines that rest on other claims", number(lines, "regrounded")],
    [fates.gained[0], "things that gain their first ties", number(nodes, "gained")],
    [fates.lost[0], "things that lose all their ties", number(nodes, "lost")],
  ].filter(([, , count]) => count > 0);
}
