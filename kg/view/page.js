"use strict";
(() => {
  // ---- what Python wrote ------------------------------------------------------------------------
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { groups, strokes, tones, denied, disputed, focus: centre, ...rest } = read("rest");
  // An id may be `constructor`: what is looked up by ids must know nothing but them.
  const bare = (record) => Object.assign(Object.create(null), record);
  const [things, claims] = [bare(rest.things), bare(rest.claims)];
  const nodes = new Map(read("nodes").map((node) => [node.id, node]));
  const lines = new Map(read("lines").map((line) => [line.id, line]));
  const linesAt = new Map([...nodes.keys()].map((id) => [id, []]));
  for (const line of lines.values()) {
    linesAt.get(line.from).push(line);
    if (line.to !== line.from) linesAt.get(line.to).push(line);
  }

  const root = document.documentElement;
  root.classList.remove("plain");
  const $ = (id) => document.getElementById(id);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("screen and (max-width: 900px)"); // the legend lies upon the picture, not beside it

  /** An element with text and children; text is never read as markup. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") for (const [type, act] of Object.entries(value)) element.addEventListener(type, act);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  const plural = (count, word, words = `${word}s`) => `${count} ${count === 1 ? word : words}`;
  const sentenceOf = (id) => claims[id].sentence.map(([text]) => text).join("");
  const nameOf = (id) => things[id]?.name ?? id;

  // ---- light and dark ---------------------------------------------------------------------------
  const paint = {};
  const asksDark = matchMedia("(prefers-color-scheme: dark)");
  let chosenTheme = null; // until somebody chooses, the system's
  let printing = false;

  function applyTheme() {
    const dark = !printing && (chosenTheme ?? (asksDark.matches ? "dark" : "light")) === "dark";
    root.classList.toggle("dark", dark);
    $("theme").textContent = dark ? "Light" : "Dark";
    $("theme").setAttribute("aria-pressed", String(dark));
    const style = getComputedStyle(root);
    for (const name of ["sheet", "ink", "faint", "good", "bad", "mixed", "neither", "n0", "n1", "n2", "n3", "n4", "n5", "mark", "focus"]) {
      paint[name] = style.getPropertyValue(`--${name}`).trim();
    }
    paint.sans = style.getPropertyValue("--sans").trim();
    draw();
  }

  // ---- the picture ------------------------------------------------------------------------------
  const DASHES = { force: false, open: [9, 6], outside: [3, 5, 12, 5], presupposed: [2, 5] };
  const WIDTHS = { force: 2, open: 1.5, outside: 1.1, presupposed: 1.1 };
  const STRENGTHS = { force: 1, open: 0.95, outside: 0.7, presupposed: 0.7 };
  const MOST_WORDS = 30; // lines: with more, only those in focus carry their words
  const SHADE = 0.13; // of what is not in focus
  const off = { groups: new Set(), strokes: new Set(), tones: new Set(), denied: false };
  let spot = null; // what is in focus: {nodes, lines, thing, line, claim}, or all of it
  let hovered = null; // a line or a node under the pointer
  let byLine = false; // a click on a line asks for all its claims, not for the first

  const shownNodes = new vis.DataSet();
  const shownLines = new vis.DataSet();
  const canvas = $("canvas");
  let network = null;

  function isOnNode(node) {
    return !off.groups.has(node.group);
  }
  function isOnLine(line) {
    return (
      !off.strokes.has(line.stroke) && !off.tones.has(line.tone) && !(off.denied && line.denied) &&
      isOnNode(nodes.get(line.from)) && isOnNode(nodes.get(line.to))
    );
  }
  const nodesOn = () => [...nodes.values()].filter(isOnNode);
  const isLitNode = (id) => spot === null || spot.nodes.has(id);
  const isLitLine = (id) => spot === null || spot.lines.has(id);

  /** A colour as seen faintly on a ground: a shape that let lines shine through would hide nothing. */
  function mix(colour, ground, share) {
    const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const under = parts(ground);
    return `rgb(${parts(colour).map((part, index) => Math.round(part * share + under[index] * (1 - share))).join(",")})`;
  }

  function lookOfNode(node) {
    const lit = isLitNode(node.id);
    const chosen = spot?.thing === node.id;
    const fill = lit ? paint[node.tint] : mix(paint[node.tint], paint.sheet, SHADE);
    const one = { background: fill, border: chosen ? paint.focus : paint.sheet };
    return {
      id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, hidden: !isOnNode(node),
      borderWidth: chosen ? 4 : 1.5, borderWidthSelected: chosen ? 4 : 1.5,
      color: { ...one, highlight: one, hover: one }, chosen: false, fixed: false,
    };
  }
  function lookOfLine(line) {
    const colour = paint[line.tone];
    const lit = isLitLine(line.id);
    const strong = spot?.line === line.id || hovered === line.id;
    const several = Math.min(line.claims.length, 5) - 1;
    return {
      id: line.id, from: line.from, to: line.to, arrows: {
        to: { enabled: true, scaleFactor: 0.5 },
        from: { enabled: line.arrows === "to;from", scaleFactor: 0.5 },
      },
      dashes: DASHES[line.stroke], hidden: !isOnLine(line), chosen: false,
      width: WIDTHS[line.stroke] + several * 0.4 + (strong ? 1.6 : 0),
      color: { color: colour, highlight: colour, hover: colour, inherit: false, opacity: lit ? (strong ? 1 : STRENGTHS[line.stroke]) : SHADE },
      smooth: { enabled: true, type: "curvedCW", roundness: line.bend },
      hoverWidth: 0, selectionWidth: 0,
    };
  }

  function draw() {
    if (network === null) return;
    shownNodes.update([...nodes.values()].map(lookOfNode));
    shownLines.update([...lines.values()].map(lookOfLine));
    network.redraw();
  }

  function start() {
    shownNodes.add([...nodes.values()].map(lookOfNode));
    shownLines.add([...lines.values()].map(lookOfLine));
    network = new vis.Network(canvas, { nodes: shownNodes, edges: shownLines }, {
      physics: { enabled: false },
      layout: { improvedLayout: false },
      interaction: {
        hover: true, selectConnectedEdges: false, keyboard: { enabled: false }, zoomSpeed: 0.7,
        hideEdgesOnDrag: lines.size > 600, tooltipDelay: 1e9, zoomView: true,
      },
      nodes: { chosen: false, labelHighlightBold: false },
      edges: { chosen: false, endPointOffset: { to: 1 } },
    });
    window.kgNetwork = network;
    const frame = canvas.firstElementChild;
    if (frame) frame.tabIndex = -1; // the picture is one stop, ours
    network.on("afterDrawing", drawWords);
    network.on("click", onClick);
    network.on("resize", () => requestAnimationFrame(lookAt)); // vis moves the picture just after that
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

  // ---- words and crosses, drawn like on a map: always legible, never one upon another ------------
  const ruler = document.createElement("canvas").getContext("2d");
  let labels = []; // {box, node}: where the names stand, in the picture's coordinates

  function drawWords(context) {
    const scale = network.getScale();
    const unit = 1 / scale; // one pixel of the screen
    const sight = inSight();
    const taken = covered();
    labels = [];
    const ordered = nodesOn().sort(byPriority);
    const [lit, faint] = [true, false].map((on) => ordered.filter(({ id }) => isLitNode(id) === on));
    const takeShapes = (some) => taken.push(...some.map((node) => ({ box: shapeBox(node), of: node.id })));
    takeShapes(lit);
    for (const node of lit) drawLabel(context, node, scale, sight, taken);
    takeShapes(faint);
    drawMarks(context, unit, taken);
    if (spot !== null || lines.size <= MOST_WORDS) {
      const worded = [...lines.values()].filter((line) => isLitLine(line.id) && isOnLine(line));
      const length = (line) => Math.max(...line.words.flat().map((row) => row.length));
      worded.sort((one, other) => length(other) - length(one)); // short words still find room among long ones
      for (const line of worded) drawLineWords(context, line, unit, sight, taken);
    }
    for (const node of faint) drawLabel(context, node, scale, sight, taken);
  }

  function byPriority(one, other) {
    return (other.id === spot?.thing) - (one.id === spot?.thing) || other.weight - one.weight || (one.id < other.id ? -1 : 1);
  }

  function shapeBox(node) {
    const { x, y } = network.getPosition(node.id);
    return around(x, y, node.size, node.size);
  }

  /** What of the picture lies under other things. */
  function covered() {
    if (printing) return [];
    const area = canvas.getBoundingClientRect();
    return [$("panel"), $("legend"), document.querySelector(".zoom")].map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { box: onCanvas(left - area.left, top - area.top, right - area.left, bottom - area.top), of: null };
    });
  }

  /** A cross on what is denied, a question mark on what is disputed. */
  function drawMarks(context, unit, taken) {
    const arm = Math.max(4.5, 3.5 * unit);
    for (const line of lines.values()) {
      if (!(line.denied || line.disputed) || !isOnLine(line)) continue;
      const places = [0.5, 0.42, 0.58, 0.34, 0.66].map((share) => pointOn(line, share));
      const isFree = ({ x, y }) => !taken.some((other) => overlap(other.box, around(x, y, arm * 1.6, arm * 1.6)));
      const { x, y } = places.find(isFree) ?? places[0];
      context.globalAlpha = isLitLine(line.id) ? 1 : SHADE;
      if (line.denied) drawCross(context, line, x, y, arm, unit);
      if (line.disputed) drawQuestion(context, line, x + (line.denied ? 3 * arm : 0), y, arm);
      context.globalAlpha = 1;
      taken.push({ box: around(x, y, arm, arm), of: line.id });
    }
  }

  function drawCross(context, line, x, y, arm, unit) {
    context.lineCap = "round";
    for (const [colour, width] of [[paint.sheet, 6], [paint[line.tone], 2.6]]) {
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
    context.beginPath();
    context.arc(x, y, arm * 1.7, 0, 2 * Math.PI);
    context.fillStyle = paint.sheet;
    context.fill();
    context.lineWidth = arm * 0.3;
    context.strokeStyle = paint[line.tone];
    context.stroke();
    context.fillStyle = paint.ink;
    context.font = `700 ${arm * 2.5}px ${paint.sans}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText("?", x, y + arm * 0.15);
  }

  function drawLabel(context, node, scale, sight, taken) {
    const { size, font, places } = labelOf(node, scale);
    const isFree = (place) => within(place, sight) && !taken.some((other) => other.of !== node.id && overlap(other.box, place));
    const mustShow = spot !== null && (spot.thing === node.id || (spot.line && isLitNode(node.id)));
    const box = places.find(isFree) ?? (mustShow ? places[0] : null);
    if (box === null) return;
    const [x, top] = [(box[0] + box[2]) / 2, box[1]];
    taken.push({ box, of: node.id });
    labels.push({ box, node: node.id });
    context.font = font;
    context.globalAlpha = isLitNode(node.id) ? 1 : SHADE * 1.6;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3.5 / scale;
    context.strokeStyle = paint.sheet;
    context.fillStyle = paint.ink;
    node.words.forEach((words, index) => {
      context.strokeText(words, x, top + index * size * 1.16);
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
    const [below, above] = [y + gap, y - gap - height].map((top) => [x - half, top, x + half, top + height]);
    return { size, font, places: allLeaveDown(node.id) ? [above, below] : [below, above] };
  }

  /** Whether a label below would lie upon every line. */
  function allLeaveDown(id) {
    const here = network.getPosition(id);
    const others = linesAt.get(id).filter(isOnLine).map(({ from, to }) => network.getPosition(from === id ? to : from));
    return others.length > 0 && others.every(({ x, y }) => y - here.y > 0.7 * Math.abs(x - here.x));
  }

  /** The words of a line: of the claim that was asked for, and how many others there are. */
  function wordsOf(line) {
    const words = [...line.words[Math.max(line.claims.indexOf(spot?.claim), 0)]];
    const more = new Set(line.words.map((rows) => rows.join(" "))).size - 1;
    if (more > 0) words.push(`${words.pop()} +${more}`);
    return words;
  }

  function drawLineWords(context, line, unit, sight, taken) {
    const isAsked = spot?.line === line.id;
    const words = wordsOf(line);
    const size = 11.5 * unit;
    context.font = `italic 400 ${size}px ${paint.sans}`;
    const half = Math.max(...words.map((row) => context.measureText(row).width)) / 2 + 2 * unit;
    const tall = (words.length * size * 1.2) / 2;
    const places = placesAt(line, half, tall, (isAsked ? [0, 3, 10, 18, 28, 40] : [0, 3]).map((step) => step * unit));
    const hides = (box) => along(line).filter(({ x, y }) => within([x, y, x, y], box)).length > 4;
    const clashes = places.map((box) => taken.filter((other) => overlap(other.box, box)).length + !within(box, sight) + hides(box));
    const least = Math.min(...clashes);
    if (least > 0 && !isAsked) return;
    const box = places[clashes.indexOf(least)];
    taken.push({ box, of: line.id });
    context.fillStyle = paint.sheet;
    context.fillRect(box[0], box[1], 2 * half, 2 * tall);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = paint[line.tone];
    words.forEach((row, index) => context.fillText(row, box[0] + half, box[1] + (index + 0.5) * size * 1.2));
  }

  /** Where words can stand at a line: upon it, else beside it, `steps` away. */
  function placesAt(line, half, tall, steps) {
    return steps.flatMap((step) => [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73].flatMap((share) => {
      const [before, { x, y }, after] = [-0.05, 0, 0.05].map((shift) => pointOn(line, share + shift));
      const long = Math.hypot(after.x - before.x, after.y - before.y) || 1;
      const [right, down] = [(after.y - before.y) / long, (before.x - after.x) / long];
      const away = Math.abs(right) * half + Math.abs(down) * tall + step;
      return (step === 0 ? [0] : [away, -away]).map((by) => around(x + right * by, y + down * by, half, tall));
    }));
  }

  const around = (x, y, halfWidth, halfHeight) => [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight];
  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const within = (a, b) => b[0] <= a[0] && b[1] <= a[1] && a[2] <= b[2] && a[3] <= b[3];

  // ---- pointing ---------------------------------------------------------------------------------
  function onClick({ pointer, nodes: [node], edges: [edge] }) {
    const { x, y } = pointer.canvas;
    const label = labels.find(({ box }) => within([x, y, x, y], box));
    const to = (at) => Math.hypot(at.x - x, at.y - y);
    const thing = node ?? label?.node ??
      (edge === undefined ? nearest(nodesOn(), ({ id, size }) => to(network.getPosition(id)) - size) : undefined);
    const line = edge ?? nearest([...lines.values()].filter(isOnLine), (other) => Math.min(...along(other).map(to)));
    if (thing !== undefined) go(`n=${thing}`);
    else if (line !== undefined) {
      byLine = true;
      go(`c=${lines.get(line).claims[0]}`);
    }
    else go("");
  }

  /** The nearest of nodes or lines, if a finger upon the picture reaches it. */
  function nearest(some, gapOf) {
    const reach = 12 / network.getScale();
    return some.map((one) => ({ id: one.id, gap: gapOf(one) })).filter(({ gap }) => gap < reach)
      .sort((one, other) => one.gap - other.gap)[0]?.id;
  }

  function hover(id) {
    if (hovered === id) return;
    const before = hovered;
    hovered = id;
    for (const changed of [before, id]) if (lines.has(changed)) shownLines.update(lookOfLine(lines.get(changed)));
    canvas.classList.toggle("pointing", id !== null);
    const tip = $("tip");
    tip.hidden = id === null;
    if (lines.has(id)) {
      const line = lines.get(id);
      const told = line.claims.slice(0, 3).map((claim) => make("p", {}, sentenceOf(claim)));
      const more = line.claims.length - told.length;
      const standing = claims[line.claims[0]].standing;
      tip.replaceChildren(...told, make("p", {}, make("small", {}, (more > 0 ? `and ${more} more · ` : "") + standing)));
    } else if (nodes.has(id)) {
      const { name, type } = things[id];
      tip.replaceChildren(make("p", {}, name), make("p", {}, make("small", {}, `${type} · ${plural(nodes.get(id).weight, "claim")}`)));
    }
  }

  function moveTip(event) {
    const tip = $("tip");
    if (tip.hidden) return;
    const area = canvas.getBoundingClientRect();
    const x = event.clientX - area.left + 14;
    const y = event.clientY - area.top + 16;
    tip.style.left = `${Math.max(4, Math.min(x, area.width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + tip.offsetHeight > area.height - 6 ? y - tip.offsetHeight - 26 : y}px`;
  }

  // ---- where we are: the address says it, so that it can be sent, and Back goes back -------------
  let shown = null; // the hash that the page shows
  let walked = null; // the thing that the keys stand on

  function go(hash) {
    if (location.hash.slice(1) !== hash) history.pushState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
    show();
  }

  function show() {
    shown = location.hash;
    walked = null;
    const [, kind, id] = /^#([cn])=([\w-]+)$/.exec(location.hash) ?? [];
    if (kind === "c" && claims[id]?.line) showLine(lines.get(claims[id].line), id);
    else if (kind === "c" && claims[id]) showThing(claims[id].subject, id);
    else if (kind === "n" && things[id]) showThing(id, null);
    else showAll();
    byLine = false;
    lookAt();
  }

  function showAll() {
    spot = null;
    if (!$("panel").hidden) glide(beforePanel);
    $("panel").hidden = true;
    $("details").replaceChildren();
    draw();
  }

  function showLine(line, asked) {
    spot = { line: line.id, claim: asked, thing: null, nodes: new Set([line.from, line.to]), lines: new Set([line.id]) };
    const besides = linesAt.get(line.from).filter((other) => other.id !== line.id && [other.from, other.to].includes(line.to) && [other.from, other.to].includes(line.from));
    const count = plural(line.claims.length, "claim");
    open(
      make("div", { class: "head" },
        make("p", { class: "kind" }, line.claims.length > 1 ? `${count} on this line` : "1 claim"),
        make("h2", {}, thingLink(line.from), line.arrows === "to" ? " → " : " ↔ ", thingLink(line.to))),
      ...line.claims.map((id) => claimCard(id, id === asked && line.claims.length > 1 && !byLine)),
      besides.length > 0 ? make("h3", {}, "Also between these two") : null,
      ...besides.flatMap((other) => other.claims.map((id) => claimCard(id, false))),
    );
    announce(`${nameOf(line.from)} to ${nameOf(line.to)}: ${count}. ${sentenceOf(line.claims[0])}`);
  }

  function showThing(id, asked) {
    const thing = things[id];
    const at = linesAt.get(id) ?? [];
    spot = thing.drawn
      ? { thing: id, line: null, nodes: new Set([id, ...at.flatMap((l) => [l.from, l.to])]), lines: new Set(at.map((l) => l.id)) }
      : spotOfVoice(thing);
    open(
      make("div", { class: "head" }, make("p", { class: "kind" }, thing.type), make("h2", {}, thing.name)),
      thing.drawn ? null : make("p", { class: "silent" }, "Not in the picture: no claim is about it, but some come through it or name it."),
      thing.description ? make("p", { class: "lead" }, thing.description) : null,
      thing.rows.length > 0 ? make("dl", { class: "rows" }, ...thing.rows.flatMap(row)) : null,
      thing.note ? make("p", { class: "silent" }, thing.note) : null,
      ...thing.parts.flatMap(([part, ids]) => [
        make("h3", {}, part, make("span", { class: "number" }, ids.length)),
        ...ids.map((claim) => claimCard(claim, claim === asked)),
      ]),
    );
    announce(`${thing.name}, ${thing.type}. ${plural(thing.parts.reduce((sum, [, ids]) => sum + ids.length, 0), "claim")}.`);
  }

  /** What a thing that is not drawn has to do with lights up instead. */
  function spotOfVoice(thing) {
    const found = new Set(thing.parts.flatMap(([, ids]) => ids.map((id) => claims[id].line)).filter(Boolean));
    const ends = [...found].flatMap((id) => [lines.get(id).from, lines.get(id).to]);
    return { thing: null, line: null, nodes: new Set(ends), lines: found };
  }

  function open(...content) {
    hover(null);
    if (narrow.matches) $("legend").open = false;
    const hadFocus = $("details").contains(document.activeElement);
    $("details").replaceChildren(...content.filter(Boolean));
    if ($("panel").hidden) beforePanel = viewNow();
    $("panel").hidden = false;
    $("panel").scrollTop = 0;
    if (hadFocus) $("panel").focus();
    $("details").querySelector(".asked")?.scrollIntoView({ block: "start" });
    draw();
  }

  function announce(text) {
    $("said").textContent = text;
  }

  // ---- what is in sight -------------------------------------------------------------------------
  const EDGE = 14; // pixels kept free around what is brought into sight
  const LEGIBLE = 0.5; // the least scale at which anything is to be read
  const SMALL = 0.8; // the scale at which a small picture fits as a whole
  const CLEAR = 0.9; // the scale at which what is asked for is shown, where it fits
  let beforePanel = null; // the view that the panel came over, for when it goes

  /** The part of the picture that the panel leaves free, in pixels from its corner. */
  function free() {
    const area = canvas.getBoundingClientRect();
    const over = $("panel").hidden || printing ? null : $("panel").getBoundingClientRect();
    const isBeside = over && over.left > area.left;
    const width = isBeside ? Math.max(over.left - area.left, 160) : area.width;
    const height = over && !isBeside ? Math.max(over.top - area.top, 120) : area.height;
    return { width, height, across: (area.width - width) / 2, down: (area.height - height) / 2 };
  }

  function onCanvas(left, top, right, bottom) {
    const [first, last] = [network.DOMtoCanvas({ x: left, y: top }), network.DOMtoCanvas({ x: right, y: bottom })];
    return [first.x, first.y, last.x, last.y];
  }

  function inSight() {
    const { width, height } = free();
    return onCanvas(0, 0, width, height);
  }

  /** The room that nodes, their labels and the lines between them take at a scale. */
  function roomOf(some, scale) {
    const ids = new Set(some.map(({ id }) => id));
    const between = [...lines.values()].filter((line) => isOnLine(line) && ids.has(line.from) && ids.has(line.to));
    const boxes = [
      ...some.flatMap((node) => [shapeBox(node), labelOf(node, scale).places[0]]),
      ...between.map((line) => pointOn(line)).map(({ x, y }) => [x, y, x, y]),
    ];
    return [0, 1, 2, 3].map((side) => (side < 2 ? Math.min : Math.max)(...boxes.map((box) => box[side])));
  }

  /** The largest scale, up to `most`, at which nodes with their labels fit, and their room then. */
  function fit(some, most) {
    const { width, height } = free();
    let [scale, box] = [most, null];
    for (let round = 0; round < 6; round++) { // a label does not shrink with the rest
      box = roomOf(some, scale);
      scale = Math.max(0.1, Math.min(scale, (width - 2 * EDGE) / (box[2] - box[0]), (height - 2 * EDGE) / (box[3] - box[1])));
    }
    return { scale, box };
  }

  /** Bring what is in focus into sight where it is not there already; of a small picture, all. */
  function lookAt() {
    if (spot === null || printing) return;
    const some = fit(nodesOn(), SMALL).scale === SMALL ? nodesOn() : nodesOn().filter(({ id }) => isLitNode(id));
    if (some.length === 0) return;
    const scale = network.getScale();
    if (!within(roomOf(some, scale), inSight()) || scale < (spot.line ? CLEAR : LEGIBLE)) lookInto(some, Math.max(scale, CLEAR));
  }

  function lookInto(some, most, animated = true) {
    const { scale, box } = fit(some, most);
    const { across, down } = free();
    glide({ position: { x: (box[0] + box[2]) / 2 + across / scale, y: (box[1] + box[3]) / 2 + down / scale }, scale }, animated);
  }

  const viewNow = () => ({ position: network.getViewPosition(), scale: network.getScale() });

  function glide(view, animated = true) {
    network.moveTo({ ...view, animation: animated && !calm.matches ? { duration: 320, easingFunction: "easeInOutQuad" } : false });
  }

  // ---- the panel --------------------------------------------------------------------------------
  function thingLink(id, text = nameOf(id)) {
    return things[id] ? make("a", { class: "thing", href: `#n=${id}` }, text) : make("span", { class: "thing" }, text);
  }

  function row([word, text, url]) {
    const value = /^https?:\/\//i.test(url ?? "")
      ? make("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, text)
      : text;
    return [make("dt", {}, word), make("dd", {}, value)];
  }

  function claimCard(id, asked) {
    const claim = claims[id];
    const rows = [
      ...claim.disputes.map((other) => ["disputed by", make("a", { href: `#c=${other}` }, sentenceOf(other))]),
      ...(claim.condition ? [["only in the case of", thingLink(...claim.condition)]] : []),
      ...claim.more,
      ...claim.passages.map((passage) => ["passage", passage]),
    ];
    return make("article", { class: asked ? "claim asked" : "claim" },
      make("p", { class: "sentence" }, ...claim.sentence.map(phrase)),
      make("p", { class: "marks" },
        make("span", { class: `standing ${claim.stroke}` }, claim.standing),
        make("span", { class: "spoken" }, claim.modality)),
      make("ol", { class: "chain", "aria-label": "Said by, from its origin to what was read" },
        ...claim.chain.map(([words, thing], index) => make("li", {}, thing ? thingLink(thing, words) : words,
          index === claim.chain.length - 1 ? make("small", {}, " read here") : null))),
      make("dl", { class: "rows" }, ...rows.flatMap(([word, value]) => [make("dt", {}, word), make("dd", {}, value)])),
      claim.note ? make("p", { class: "note" }, `Curator’s note: ${claim.note}`) : null,
      make("p", { class: "id" }, make("a", { href: `#c=${id}`, title: "A link to this claim" }, id)),
    );
  }

  function phrase([text, role, thing]) {
    return thing ? thingLink(thing, text) : make("span", { class: role }, text);
  }

  // ---- legend -----------------------------------------------------------------------------------
  const STROKES = {
    force: "in force", open: "intended or conditional", outside: "at another time, left out",
    presupposed: "taken for granted",
  };
  const TONES = {
    good: "helps", bad: "hurts", mixed: "helps and hurts", neither: "neither",
  };
  const SVG = "http://www.w3.org/2000/svg";

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function lineSample(stroke, tone, crossed = false) {
    const dashes = DASHES[stroke] ? { "stroke-dasharray": DASHES[stroke].map((x) => x * 0.8).join(" ") } : {};
    const marks = [svg("path", { d: "M0 6H30", class: `paint-${tone}`, "stroke-width": 2, fill: "none", ...dashes })];
    if (crossed) marks.push(svg("path", { d: "M11 2L19 10M11 10L19 2", class: `paint-${tone}`, "stroke-width": 2.2 }));
    return svg("svg", { width: 30, height: 12, "aria-hidden": "true" }, ...marks);
  }

  const OUTLINES = {
    dot: "M1 7a6 6 0 1 0 12 0a6 6 0 1 0 -12 0", square: "M2 2H12V12H2Z", diamond: "M7 0.5L13.5 7L7 13.5L0.5 7Z",
    triangle: "M7 1L13.5 12.5H0.5Z", triangleDown: "M7 13L0.5 1.5H13.5Z", hexagon: "M3.5 1H10.5L14 7L10.5 13H3.5L0 7Z",
    star: "M7 0L9 5H14L10 8.3L11.5 13.5L7 10.4L2.5 13.5L4 8.3L0 5H5Z",
  };
  function shapeSample(shape, tint) {
    return svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, svg("path", { d: OUTLINES[shape], class: `shape fill-${tint}` }));
  }

  function key(sample, words, count, isOn, change) {
    const box = make("input", { type: "checkbox", on: { change: () => { change(box.checked); label.classList.toggle("off", !box.checked); draw(); } } });
    box.checked = isOn;
    const label = make("label", {}, box, sample, make("span", { class: "word" }, words), make("span", { class: "number" }, count));
    return label;
  }
  const toggle = (set, item) => (on) => (on ? set.delete(item) : set.add(item));

  function fillLegend() {
    const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
    const parts = [
      make("h2", {}, "How claims stand"),
      ...Object.entries(strokes).map(([stroke, count]) =>
        key(lineSample(stroke, "ink"), STROKES[stroke], count, true, toggle(off.strokes, stroke))),
      denied > 0 ? key(lineSample("force", "ink", true), "denied", denied, true, (on) => { off.denied = !on; }) : null,
      disputed > 0 ? make("p", { class: "remark" }, "?", make("span", { class: "word" }, "disputed: the opposite is claimed too"), make("span", { class: "number" }, disputed)) : null,
      make("h2", {}, "What is said helps or hurts"),
      ...Object.entries(tones).map(([tone, count]) =>
        key(lineSample("force", tone), TONES[tone], count, true, toggle(off.tones, tone))),
      make("h2", {}, "What they are about"),
      ...groups.map(({ type, label, shape, tint, count }) =>
        key(shapeSample(shape, tint), capital(label), count, true, toggle(off.groups, type))),
    ];
    document.querySelector("#legend .keys").append(...parts.filter(Boolean));
    $("legend").open = !narrow.matches;
  }

  // ---- find -------------------------------------------------------------------------------------
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const findable = [
    ...Object.entries(things).map(([id, thing]) => ({
      hash: `n=${id}`, text: thing.name, small: [thing.type, ...(thing.aliases ?? [])].join(" · "),
      keys: [thing.name, ...(thing.aliases ?? []), ...thing.rows.map((r) => r[1]), id].map(fold), rank: 0,
    })),
    ...Object.keys(claims).map((id) => ({
      hash: `c=${id}`, text: sentenceOf(id), small: `claim · ${claims[id].standing}`,
      keys: [sentenceOf(id), id].map(fold), rank: 1,
    })),
  ];
  let offered = [];
  let picked = -1;

  function offer() {
    const words = fold($("find").value.trim());
    offered = words === "" ? [] : findable.map((item) => ({ item, score: score(item, words) }))
      .filter(({ score: value }) => value < 9)
      .sort((one, other) => one.score - other.score || (one.item.text < other.item.text ? -1 : 1))
      .slice(0, 12).map(({ item }) => item);
    picked = offered.length > 0 ? 0 : -1;
    $("found").replaceChildren(...offered.map(({ text, small }, index) =>
      make("li", { id: `found-${index}`, role: "option", on: { pointerdown: (event) => { event.preventDefault(); choose(index); } } },
        text, make("small", {}, small))));
    if (words !== "" && offered.length === 0) $("found").append(make("li", { role: "option", "aria-disabled": "true" }, "Nothing of that name"));
    $("found").hidden = words === "";
    $("find").setAttribute("aria-expanded", String(words !== ""));
    mark();
  }

  function score({ keys, rank }, words) {
    if (keys[0].startsWith(words)) return rank * 4;
    if (keys.some((text) => text.startsWith(words))) return 1 + rank * 4;
    if (keys.some((text) => text.includes(` ${words}`))) return 2 + rank * 4;
    return keys.some((text) => text.includes(words)) ? 3 + rank * 4 : 9;
  }

  function mark() {
    [...$("found").children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === picked));
      if (index === picked) option.scrollIntoView({ block: "nearest" });
    });
    if (picked >= 0) $("find").setAttribute("aria-activedescendant", `found-${picked}`);
    else $("find").removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    if (!offered[index]) return;
    closeFound();
    $("find").value = "";
    go(offered[index].hash);
    $("panel").focus();
  }

  function closeFound() {
    $("found").hidden = true;
    $("find").setAttribute("aria-expanded", "false");
    $("find").removeAttribute("aria-activedescendant");
  }

  $("find").addEventListener("input", offer);
  $("find").addEventListener("focus", offer);
  $("find").addEventListener("blur", closeFound);
  $("find").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { $("find").value = ""; closeFound(); }
    else if (event.key === "Enter") choose(picked);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (offered.length > 0) picked = (picked + step + offered.length) % offered.length;
      mark();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // ---- keys on the picture ----------------------------------------------------------------------
  const TURNS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  canvas.addEventListener("keydown", (event) => {
    const turn = TURNS[event.key];
    if (turn) walk(turn);
    else if (event.key === "Enter" && walked) { go(`n=${walked}`); $("panel").focus(); }
    else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.3 : 1 / 1.3);
    else if (event.key === "0") whole();
    else return;
    event.preventDefault();
  });

  /** Step to the nearest thing that way, of those tied to this one if there are any. */
  function walk([right, down]) {
    const on = nodesOn();
    const from = walked ?? spot?.thing ?? on.sort((a, b) => b.weight - a.weight)[0]?.id;
    if (!from) return;
    let next = from;
    if (walked ?? spot?.thing) {
      const here = network.getPosition(from);
      const tied = new Set(linesAt.get(from).filter(isOnLine).flatMap((line) => [line.from, line.to]));
      const ahead = on.filter((node) => node.id !== from).map((node) => {
        const there = network.getPosition(node.id);
        const along = (there.x - here.x) * right + (there.y - here.y) * down;
        const aside = Math.abs((there.x - here.x) * down) + Math.abs((there.y - here.y) * right);
        return { id: node.id, along, cost: along + 2 * aside + (tied.has(node.id) ? 0 : 2000) };
      }).filter(({ along }) => along > 1).sort((one, other) => one.cost - other.cost);
      next = ahead[0]?.id ?? from;
    }
    walked = next;
    const at = linesAt.get(next);
    spot = { thing: next, line: null, nodes: new Set([next, ...at.flatMap((l) => [l.from, l.to])]), lines: new Set(at.map((l) => l.id)) };
    draw();
    lookAt();
    announce(`${things[next].name}, ${things[next].type}, ${plural(at.length, "line")}. Enter opens.`);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("claims").open && (!$("panel").hidden || spot)) {
      go("");
      canvas.focus();
    } else if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      $("find").focus();
    }
  });

  // ---- buttons ----------------------------------------------------------------------------------
  function zoom(factor) {
    network.moveTo({ scale: Math.min(4, Math.max(0.1, network.getScale() * factor)) });
  }

  /** All that is switched on, with its labels. */
  function whole(animated = true) {
    if (nodesOn().length > 0) lookInto(nodesOn(), 1.2, animated);
  }

  /** The whole; where that would be too small to read, the most spoken of and what is around it. */
  function firstSight() {
    const first = centre && nodes.has(centre) ? centre : null;
    whole(false);
    if (network.getScale() >= LEGIBLE || nodes.size === 0) return;
    const most = first ?? [...nodes.values()].sort((a, b) => b.weight - a.weight)[0].id;
    network.moveTo({ position: network.getPosition(most), scale: 0.62 });
  }

  $("nearer").addEventListener("click", () => zoom(1.3));
  $("farther").addEventListener("click", () => zoom(1 / 1.3));
  $("whole").addEventListener("click", () => whole());
  $("close").addEventListener("click", () => { go(""); canvas.focus(); });
  $("theme").addEventListener("click", () => {
    chosenTheme = root.classList.contains("dark") ? "light" : "dark";
    applyTheme();
  });

  // ---- print ------------------------------------------------------------------------------------
  let beforePrint = null;

  /** All of the picture in light colours and in the proportions of its room on paper, and back. */
  function layForPrint(on) {
    if (on) beforePrint = { view: viewNow(), isOpen: $("legend").open };
    printing = on;
    root.classList.toggle("print", on);
    network.setOptions({ autoResize: !on }); // on paper the drawing is scaled, not drawn anew
    network.setSize("100%", "100%");
    $("legend").open = on || beforePrint.isOpen;
    if (on) whole(false);
    else glide(beforePrint.view, false);
    applyTheme();
  }

  // ---- all claims -------------------------------------------------------------------------------
  const rows = [...document.querySelectorAll("#claims tbody tr")];
  function sift() {
    const words = fold($("only").value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const tr of rows) {
      tr.hidden = !words.every((word) => (tr.folded ??= fold(tr.textContent)).includes(word));
      count += !tr.hidden;
    }
    $("counted").textContent = words.length > 0 ? `${count} of ${rows.length}` : plural(count, "claim");
  }
  $("only").addEventListener("input", sift);
  $("open-claims").addEventListener("click", () => { sift(); $("claims").showModal(); $("only").focus(); });
  $("close-claims").addEventListener("click", () => $("claims").close());
  $("claims").addEventListener("click", (event) => {
    if (event.target === $("claims")) $("claims").close();
    const link = event.target.closest("a.sentence");
    if (!link) return;
    event.preventDefault();
    $("claims").close();
    go(link.hash.slice(1));
    $("panel").focus();
  });

  // ---- begin ------------------------------------------------------------------------------------
  addEventListener("popstate", () => { if (location.hash !== shown) show(); });
  asksDark.addEventListener("change", applyTheme);
  narrow.addEventListener("change", () => { $("legend").open = !narrow.matches; });
  addEventListener("beforeprint", () => layForPrint(true));
  addEventListener("afterprint", () => layForPrint(false));
  fillLegend();
  applyTheme();
  start();
  firstSight();
  show();
})();
