// ---- what is in sight -------------------------------------------------------------------------
const EDGE = 14; // pixels kept free around what is brought into sight
const BUTTONS = 48; // pixels that the buttons take at the foot of an upright screen
const LEGIBLE = 0.5; // the least scale at which anything is to be read
const SMALL = 0.8; // the scale at which a small picture fits as a whole
const CLEAR = 0.9; // the scale at which what is asked for is shown, where it fits
// the view that the panel came over and what it was around, for when it goes
let beforePanel = null;

/** Pictures are laid out wide: on a screen that is higher than wide they are turned about. */
function standUp() {
  const { width, height } = canvas.getBoundingClientRect();
  if (height > width) for (const node of nodes.values()) [node.x, node.y] = [node.y, node.x];
}

/**
 * The part of the picture that nothing lies upon, in pixels: its size, and how far off the middle.
 */
function free() {
  const area = canvas.getBoundingClientRect();
  const box = (id) => ($(id).hidden || printing ? null : $(id).getBoundingClientRect());
  const [over, words] = [box("panel"), box("sifted")];
  const isBeside = over && over.left > area.left;
  const isUpright = narrow.matches && !printing && area.height > area.width;
  const width = isBeside ? Math.max(over.left - area.left, 160) : area.width;
  const top = words && words.width > width / 2 ? words.bottom - area.top : 0;
  const bottom = over && !isBeside ? over.top - area.top : area.height - (isUpright ? BUTTONS : 0);
  const height = Math.max(bottom - top, 120);
  return {
    width,
    height,
    top,
    across: (area.width - width) / 2,
    down: area.height / 2 - top - height / 2,
  };
}

function onCanvas(left, top, right, bottom) {
  const [first, last] = [
    network.DOMtoCanvas({ x: left, y: top }),
    network.DOMtoCanvas({ x: right, y: bottom }),
  ];
  return [first.x, first.y, last.x, last.y];
}

function inSight() {
  if (exporting) return exporting.box;
  const { width, height, top } = free();
  return onCanvas(0, top, width, top + height);
}

/** The room that nodes, their labels and the lines between them take at a scale. */
function roomOf(some, scale) {
  const ids = new Set(some.map(({ id }) => id));
  const between = [...lines.values()].filter(
    (line) => isOnLine(line) && ids.has(line.from) && ids.has(line.to),
  );
  const boxes = [
    ...some.flatMap((node) => [shapeBox(node), labelOf(node, scale).places[0]]),
    ...between.map((line) => pointOn(line)).map(({ x, y }) => [x, y, x, y]),
  ];
  return [0, 1, 2, 3].map((side) =>
    (side < 2 ? Math.min : Math.max)(...boxes.map((box) => box[side])),
  );
}

/** The largest scale, up to `most`, at which nodes with their labels fit, and their room then. */
function fit(some, most) {
  const { width, height } = free();
  let [scale, box] = [most, null];
  for (let round = 0; round < 6; round++) {
    // a label does not shrink with the rest
    box = roomOf(some, scale);
    scale = Math.max(
      0.1,
      Math.min(
        scale,
        (width - 2 * EDGE) / (box[2] - box[0]),
        (height - 2 * EDGE) / (box[3] - box[1]),
      ),
    );
  }
  return { scale, box };
}

/** Bring what is in focus into sight where it is not there already; of a small picture, all. */
function lookAt() {
  if (spot === null || printing) return;
  const some =
    fit(nodesOn(), SMALL).scale === SMALL ? nodesOn() : nodesOn().filter(({ id }) => isLitNode(id));
  if (some.length === 0) return;
  const scale = network.getScale();
  if (!within(roomOf(some, scale), inSight()) || scale < (spot.line ? CLEAR : LEGIBLE))
    lookInto(some, Math.max(scale, CLEAR));
}

function lookInto(some, most, animated = true) {
  const { scale, box } = fit(some, most);
  const { across, down } = free();
  glide(
    {
      position: {
        x: (box[0] + box[2]) / 2 + across / scale,
        y: (box[1] + box[3]) / 2 + down / scale,
      },
      scale,
    },
    animated,
  );
}

/** A thing in the middle, or as far from it as it takes to leave no room empty at the edges. */
function lookAround(id, scale) {
  const { width, height, across, down } = free();
  const [left, top, right, bottom] = roomOf(nodesOn(), scale);
  const between = (at, first, last, room) => {
    const half = room / 2 / scale - EDGE / scale;
    return last - first < 2 * half
      ? (first + last) / 2
      : Math.min(Math.max(at, first + half), last - half);
  };
  const { x, y } = network.getPosition(id);
  glide(
    {
      position: {
        x: between(x, left, right, width) + across / scale,
        y: between(y, top, bottom, height) + down / scale,
      },
      scale,
    },
    false,
  );
}

/** The view that the panel came over, if it was of the same surroundings. */
function backFromPanel() {
  if (beforePanel.around === JSON.stringify([near, part])) glide(beforePanel.view);
  else whole();
}

const viewNow = () => ({ position: network.getViewPosition(), scale: network.getScale() });

function glide(view, animated = true) {
  network.moveTo({
    ...view,
    animation:
      animated && !calm.matches ? { duration: 320, easingFunction: "easeInOutQuad" } : false,
  });
}
