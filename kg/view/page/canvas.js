// ---- the picture ------------------------------------------------------------------------------
const DASHES = { actual: false, planned: [9, 6], supposed: [2, 5], outside: [3, 5, 12, 5] };
const WIDTHS = { holds: 2, idle: 1.2 };
const STRENGTHS = { holds: 1, idle: 0.75 };
const force = (line) => (line.holds ? "holds" : "idle");
const MOST_WORDS = 30; // lines that are shown: with more, only those in focus carry their words
const SHADE = 0.13; // of what is not in focus
const FADED = 0.3; // of a thing that loses all its ties
const BOLD = { gained: 1.4, lost: -0.3, kept: -0.6 }; // the width that a fate adds
let spot = null; // what is in focus: {nodes, lines, thing, line, claim}, or all of it
let hovered = null; // a line or a node under the pointer
let byLine = false; // a click on a line asks for all its claims, not for the first

let shownNodes = null; // what the library draws from: it is unpacked before the picture starts
let shownLines = null;
const canvas = $("canvas");
let network = null;
let isRelaying = false; // lines come and go: what is drawn is not what is known
let isMoved = false; // the picture follows the hand
const hidesLines = tree.size > 0 || lines.size > 600; // meanwhile

const isAlone = () => printing && spot !== null; // paper has what is in focus, and nothing besides
const isOnNode = ({ id }) => on.nodes.has(id) && (!isAlone() || isLitNode(id));
const isOnLine = ({ id }) => on.lines.has(id) && (!isAlone() || isLitLine(id));
const nodesOn = () => [...nodes.values()].filter(isOnNode);
const isLitNode = (id) => spot === null || spot.nodes.has(id);
const isLitLine = (id) => spot === null || spot.lines.has(id);

/**
 * A colour as seen faintly on a ground: a shape that let lines shine through would hide nothing.
 */
function mix(colour, ground, share) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const under = parts(ground);
  return `rgb(${parts(colour)
    .map((part, index) => Math.round(part * share + under[index] * (1 - share)))
    .join(",")})`;
}

function lookOfNode(node) {
  const lit = isLitNode(node.id);
  const chosen = spot?.thing === node.id;
  const share = !lit ? SHADE : node.fate === "lost" ? FADED : 1;
  const border = chosen
    ? paint.focus
    : node.fate
      ? mix(paint[node.fate], paint.sheet, lit ? 1 : SHADE)
      : paint.sheet;
  const one = { background: mix(paint[node.tint], paint.sheet, share), border };
  const width = chosen ? 4 : node.fate ? 2 : 1.5;
  return {
    id: node.id,
    x: node.x,
    y: node.y,
    shape: node.shape,
    size: node.size,
    hidden: !isOnNode(node),
    borderWidth: width,
    borderWidthSelected: width,
    shapeProperties: { borderDashes: node.fate === "lost" && [4, 3] },
    color: { ...one, highlight: one, hover: one },
    chosen: false,
    fixed: false,
  };
}
function lookOfLine(line) {
  const colour = paint[hueOf(line)];
  const lit = isLitLine(line.id);
  const strong = spot?.line === line.id || hovered === line.id;
  const tint = mix(colour, paint.sheet, lit ? 1 : SHADE);
  const count = claimsOn(line).length;
  const several = line.arrows === "" ? Math.log2(Math.max(count, 1)) : Math.min(count, 5) - 1;
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    arrows: {
      to: { enabled: line.arrows !== "", scaleFactor: 0.5 },
      from: { enabled: line.arrows === "to;from", scaleFactor: 0.5 },
    },
    dashes: DASHES[line.stroke],
    hidden: !isOnLine(line),
    chosen: false,
    ...(line.inferred ? { background: beads(tint, strong) } : {}),
    width: line.inferred
      ? 1
      : WIDTHS[force(line)] +
        Math.max(several, 0) * 0.4 +
        (strong ? 1.6 : 0) +
        (BOLD[line.fate] ?? 0),
    color: {
      color: colour,
      highlight: colour,
      hover: colour,
      inherit: false,
      opacity: lit ? (strong ? 1 : STRENGTHS[force(line)]) : SHADE,
    },
    smooth: { enabled: true, type: "curvedCW", roundness: line.bend },
    hoverWidth: 0,
    selectionWidth: 0,
  };
}

/** Picks from looks those that are not as they were when it was last asked. */
function changes() {
  const before = new Map();
  return (looks) =>
    looks.filter((look) => {
      const now = JSON.stringify(look);
      const isNew = before.get(look.id) !== now;
      before.set(look.id, now);
      return isNew;
    });
}
let changedNodes = changes();
let changedLines = changes();

/** Other things than before in place of all. */
function relayNodes() {
  isRelaying = true;
  shownLines.clear();
  shownNodes.clear();
  changedNodes = changes();
  shownNodes.add(changedNodes([...nodes.values()].map(lookOfNode)));
  isRelaying = false;
}

/** Other lines than before in place of all; words wait until all are there. */
function relayLines() {
  isRelaying = true;
  shownLines.clear();
  changedLines = changes();
  addLines();
  isRelaying = false;
}

function addLines() {
  // what changes lies on top
  const upwards = [...lines.values()].sort((one, other) => isChanged(one) - isChanged(other));
  shownLines.add(changedLines(upwards.map(lookOfLine)));
}

function draw() {
  if (network === null) return;
  shownNodes.update(changedNodes([...nodes.values()].map(lookOfNode)));
  shownLines.update(changedLines([...lines.values()].map(lookOfLine)));
  network.redraw();
}

function start() {
  [shownNodes, shownLines] = [new vis.DataSet(), new vis.DataSet()];
  shownNodes.add(changedNodes([...nodes.values()].map(lookOfNode)));
  addLines();
  network = new vis.Network(
    canvas,
    { nodes: shownNodes, edges: shownLines },
    {
      physics: { enabled: false },
      layout: { improvedLayout: false },
      interaction: {
        hover: true,
        selectConnectedEdges: false,
        keyboard: { enabled: false },
        zoomSpeed: 0.7,
        hideEdgesOnDrag: hidesLines,
        tooltipDelay: 1e9,
        zoomView: true,
      },
      nodes: { chosen: false, labelHighlightBold: false },
      edges: { chosen: false, endPointOffset: { to: 1 } },
    },
  );
  window.kgNetwork = network;
  const frame = canvas.firstElementChild;
  if (frame) frame.tabIndex = -1; // the picture is one stop, ours
  network.on("afterDrawing", drawWords);
  network.on("click", onClick);
  network.on("dragStart", ({ nodes: held }) => {
    isMoved = held.length === 0;
  });
  network.on("dragEnd", ({ nodes: held }) => {
    isMoved = false;
    for (const id of held) Object.assign(nodes.get(id), network.getPosition(id)); // it stays there
  });
  // vis moves the picture just after that
  network.on("resize", () => requestAnimationFrame(lookAt));
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("hoverEdge", ({ edge }) => hover(edge));
  network.on("blurNode", () => hover(null));
  network.on("blurEdge", () => hover(null));
  canvas.addEventListener("pointermove", moveTip);
  canvas.addEventListener("pointerleave", () => hover(null));
}

/** The place of a line's middle, or of another share of it, in the picture's coordinates. */
function pointOn(line, share = 0.5) {
  return network.body.edges[line.id].edgeType.getPoint(share);
}

const along = (line) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenths) => pointOn(line, tenths / 10));
