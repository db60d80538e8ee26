// ---- words and crosses, drawn like on a map: always legible, never one upon another ------------
const ruler = document.createElement("canvas").getContext("2d");
let crossings = []; // {x, y, line}: places of lines that a name had better not lie upon
let labels = []; // {box, node, size, font}: where the names stand, in the picture's coordinates

function drawWords(context) {
  if (isRelaying) return;
  const scale = exporting?.scale ?? network.getScale();
  if (isMoved && hidesLines) {
    // quick: what stands in the picture moves with it
    for (const label of labels) write(context, label, scale);
    return;
  }
  const unit = 1 / scale; // one pixel of the screen
  const sight = inSight();
  const taken = covered();
  labels = [];
  crossings = hidesLines
    ? []
    : [...lines.values()]
        .filter(isOnLine)
        .flatMap((line) => along(line).map((at) => ({ ...at, line })));
  const ordered = nodesOn().sort(byPriority);
  const [lit, faint] = [true, false].map((isLit) =>
    ordered.filter(({ id }) => isLitNode(id) === isLit),
  );
  const takeShapes = (some) =>
    taken.push(...some.map((node) => ({ box: shapeBox(node), of: node.id })));
  takeShapes(lit);
  for (const node of lit) drawLabel(context, node, scale, sight, taken);
  takeShapes(faint);
  drawMarks(context, unit, taken);
  const worded = wordedLines();
  if (worded.length > 0) {
    const length = (line) => Math.max(...line.words.flat().map((row) => row.length));
    // short words still find room among long ones
    worded.sort((one, other) => length(other) - length(one));
    for (const line of worded) drawLineWords(context, line, unit, sight, taken);
  }
  for (const node of faint) drawLabel(context, node, scale, sight, taken);
}

/**
 * The lines that carry their words: those in focus, else all if they are few, else what changes if
 * that is little.
 */
function wordedLines() {
  const some = [...lines.values()].filter((line) => isLitLine(line.id) && isOnLine(line));
  if (spot !== null || some.filter((line) => !line.inferred).length <= MOST_WORDS) return some;
  const changed = some.filter(isChanged);
  return changed.length <= MOST_WORDS ? changed : [];
}

function byPriority(one, other) {
  return (
    (other.id === spot?.thing) - (one.id === spot?.thing) ||
    other.weight - one.weight ||
    (one.id < other.id ? -1 : 1)
  );
}

function shapeBox(node) {
  const { x, y } = network.getPosition(node.id);
  return around(x, y, node.size, node.size);
}

/** What of the picture lies under other things. */
function covered() {
  if (printing || exporting) return [];
  const area = canvas.getBoundingClientRect();
  return [$("panel"), $("legend"), $("sifted"), document.querySelector(".zoom")].map((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return {
      box: onCanvas(left - area.left, top - area.top, right - area.left, bottom - area.top),
      of: null,
    };
  });
}

/**
 * Three dots on what is inferred, a cross on what is denied, a question mark on what is disputed, a
 * sign on what changes.
 */
function drawMarks(context, unit, taken) {
  const arm = Math.max(4.5, 3.5 * unit);
  for (const line of lines.values()) {
    const marks = [
      line.inferred && drawTherefore,
      line.denied && drawCross,
      line.disputed && drawQuestion,
      isChanged(line) && drawSign,
    ].filter(Boolean);
    if (marks.length === 0 || !isOnLine(line)) continue;
    const places = [0.5, 0.42, 0.58, 0.34, 0.66].map((share) => pointOn(line, share));
    const isFree = ({ x, y }) =>
      !taken.some((other) => overlap(other.box, around(x, y, arm * 1.6, arm * 1.6)));
    const { x, y } = places.find(isFree) ?? places[0];
    context.globalAlpha = isLitLine(line.id) ? 1 : SHADE;
    marks.forEach((mark, index) => mark(context, line, x + 3 * arm * index, y, arm, unit));
    context.globalAlpha = 1;
    // what is faint makes way
    if (isLitLine(line.id)) taken.push({ box: around(x, y, arm, arm), of: line.id });
  }
  for (const node of nodesOn().filter(isChanged)) drawSignOf(context, node, arm);
}

function drawCross(context, line, x, y, arm, unit) {
  context.lineCap = "round";
  for (const [colour, width] of [
    [paint.sheet, 6],
    [paint[hueOf(line)], 2.6],
  ]) {
    context.strokeStyle = colour;
    context.lineWidth = width * Math.max(1, unit * 0.8);
    context.beginPath();
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
    context.stroke();
  }
  context.lineCap = "butt";
}

function drawQuestion(context, line, x, y, arm) {
  drawDisc(context, x, y, arm, paint.sheet, paint[hueOf(line)]);
  context.fillStyle = paint.ink;
  context.font = `700 ${arm * 2.5}px ${paint.sans}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText("?", x, y + arm * 0.15);
}

function drawDisc(context, x, y, arm, fill, rim) {
  context.beginPath();
  context.arc(x, y, arm * 1.7, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = arm * 0.3;
  context.strokeStyle = rim;
  context.stroke();
}

function drawLabel(context, node, scale, sight, taken) {
  const { size, font, places } = labelOf(node, scale);
  const isFree = (place) =>
    within(place, sight) &&
    !taken.some((other) => other.of !== node.id && overlap(other.box, place));
  const mustShow = spot !== null && (spot.thing === node.id || (spot.line && isLitNode(node.id)));
  const open = places.filter(isFree);
  const box = open.length > 0 ? clearest(open) : mustShow ? places[0] : null;
  if (box === null) return;
  taken.push({ box, of: node.id });
  const label = { box, node: node.id, size, font };
  labels.push(label);
  write(context, label, scale);
}

/** The first of places, unless another lies upon far fewer lines. */
function clearest(places) {
  if (places.length === 1) return places[0];
  const under = ([left, top, right, bottom]) =>
    new Set(
      crossings
        .filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom)
        .map(({ line }) => line),
    ).size;
  const costs = places.map((box, rank) => under(box) + (rank === 0 ? 0 : 1));
  return places[costs.indexOf(Math.min(...costs))];
}

function write(context, { box, node: id, size, font }, scale) {
  const node = nodes.get(id);
  const [x, top] = [(box[0] + box[2]) / 2, box[1]];
  context.font = font;
  context.globalAlpha = isLitNode(node.id) ? 1 : SHADE * 1.6;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5 / scale;
  context.strokeStyle = paint.sheet;
  context.fillStyle = paint.ink;
  node.words.forEach((words, index) => {
    // no line to stand out from
    if (!isMoved || !hidesLines) context.strokeText(words, x, top + index * size * 1.16);
    context.fillText(words, x, top + index * size * 1.16);
  });
  context.globalAlpha = 1;
}

/** A node's label at a scale: its letters, and its places from the best on. */
function labelOf(node, scale) {
  const size = Math.min(Math.max(node.letters * scale, 11), node.letters * 1.3) / scale;
  const font = `${node.tint === "n0" ? 600 : 400} ${size}px ${paint.sans}`;
  ruler.font = font;
  const half = Math.max(...node.words.map((words) => ruler.measureText(words).width)) / 2;
  const height = node.words.length * size * 1.16;
  const gap = node.size + 3 / scale;
  const { x, y } = network.getPosition(node.id);
  const [below, above] = [y + gap, y - gap - height].map((top) => [
    x - half,
    top,
    x + half,
    top + height,
  ]);
  const [right, left] = [x + gap, x - gap - 2 * half].map((start) => [
    start,
    y - height / 2,
    start + 2 * half,
    y + height / 2,
  ]);
  return {
    size,
    font,
    places: allLeaveDown(node.id) ? [above, below, right, left] : [below, above, right, left],
  };
}

/** Whether a label below would lie upon every line. */
function allLeaveDown(id) {
  const here = network.getPosition(id);
  const others = linesAt
    .get(id)
    .filter(isOnLine)
    .map(({ from, to }) => network.getPosition(from === id ? to : from));
  return others.length > 0 && others.every(({ x, y }) => y - here.y > 0.7 * Math.abs(x - here.x));
}

/**
 * The words of a line: of the claim that was asked for, how many others there are, and what becomes
 * of them.
 */
function wordsOf(line) {
  const told = claimsOn(line).map((id) => line.words[line.claims.indexOf(id)]);
  const asked = line.words[line.claims.indexOf(spot?.claim)] ?? told[0] ?? line.words[0];
  const words = [...asked];
  const more = new Set(told.map((rows) => rows.join(" "))).size - 1;
  if (more > 0) words.push(`${words.pop()} +${more}`);
  if (isChanged(line)) words.unshift(`${toldShort(line)} ${words.shift()}`);
  return words;
}

function drawLineWords(context, line, unit, sight, taken) {
  const isAsked = spot?.line === line.id;
  const words = wordsOf(line);
  const size = 11.5 * unit;
  context.font = `italic 400 ${size}px ${paint.sans}`;
  const half = Math.max(...words.map((row) => context.measureText(row).width)) / 2 + 2 * unit;
  const tall = (words.length * size * 1.2) / 2;
  const places = placesAt(
    line,
    half,
    tall,
    (isAsked ? [0, 3, 10, 18, 28, 40] : isChanged(line) ? [0, 3, 10, 18] : [0, 3]).map(
      (step) => step * unit,
    ),
  );
  const hides = (box) => along(line).filter(({ x, y }) => within([x, y, x, y], box)).length > 4;
  const clashes = places.map(
    (box) =>
      taken.filter((other) => overlap(other.box, box)).length + !within(box, sight) + hides(box),
  );
  const least = Math.min(...clashes);
  if (least > 0 && !isAsked) return;
  const box = places[clashes.indexOf(least)];
  taken.push({ box, of: line.id });
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4 * unit;
  context.strokeStyle = paint.sheet;
  context.fillStyle = paint[line.fate && !isChanged(line) ? "faint" : hueOf(line)];
  for (const put of ["strokeText", "fillText"]) {
    words.forEach((row, index) =>
      context[put](row, box[0] + half, box[1] + (index + 0.5) * size * 1.2),
    );
  }
}

/** Where words can stand at a line: upon it, else beside it, `steps` away. */
function placesAt(line, half, tall, steps) {
  return steps.flatMap((step) =>
    [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73].flatMap((share) => {
      const [before, { x, y }, after] = [-0.05, 0, 0.05].map((shift) =>
        pointOn(line, share + shift),
      );
      const long = Math.hypot(after.x - before.x, after.y - before.y) || 1;
      const [right, down] = [(after.y - before.y) / long, (before.x - after.x) / long];
      const away = Math.abs(right) * half + Math.abs(down) * tall + step;
      return (step === 0 ? [0] : [away, -away]).map((by) =>
        around(x + right * by, y + down * by, half, tall),
      );
    }),
  );
}

const around = (x, y, halfWidth, halfHeight) => [
  x - halfWidth,
  y - halfHeight,
  x + halfWidth,
  y + halfHeight,
];
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const within = (a, b) => b[0] <= a[0] && b[1] <= a[1] && a[2] <= b[2] && a[3] <= b[3];
