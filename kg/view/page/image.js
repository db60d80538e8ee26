// ---- the picture as a file: SVG, and PNG made from it ------------------------------------------
const MARGIN = 24;
const HEAD = 74; // the title and the lens above the picture
const FOOT = 46; // how to read it, below
const DENSITY = 2; // pixels of a PNG for each of the page
let exporting = null; // {scale, box} while the picture is written: all of it, not what is in sight

/**
 * A pen that takes the strokes of a canvas and writes them down: as many kinds as words.js makes.
 */
class Pen {
  constructor() {
    Object.assign(this, {
      parts: [],
      path: "",
      turns: [],
      held: new Map(),
      globalAlpha: 1,
      lineWidth: 1,
      strokeStyle: "#000",
      fillStyle: "#000",
      font: "400 10px sans-serif",
    });
  }
  beginPath() {
    this.path = "";
  }
  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }
  lineTo(x, y) {
    this.path += `L${short(x)} ${short(y)}`;
  }
  arc(x, y, r) {
    this.path += `M${short(x - r)} ${short(y)}a${short(r)} ${short(r)} 0 1 0 ${short(2 * r)} 0a${short(r)} ${short(r)} 0 1 0 ${short(-2 * r)} 0`;
  }
  save() {
    this.turns.push("");
  }
  restore() {
    this.turns.pop();
  }
  translate(x, y) {
    this.turns.push(`${this.turns.pop()}translate(${short(x)} ${short(y)})`);
  }
  scale(x, y) {
    this.turns.push(`${this.turns.pop()}scale(${short(x)} ${short(y)})`);
  }
  stroke() {
    this.put("path", {
      d: this.path,
      fill: "none",
      stroke: this.strokeStyle,
      "stroke-width": short(this.lineWidth),
      "stroke-linecap": this.lineCap ?? "butt",
    });
  }
  strokeShape(d) {
    this.path = d;
    this.stroke();
  }
  fill() {
    this.put("path", { d: this.path, fill: this.fillStyle });
  }
  measureText(text) {
    ruler.font = this.font;
    return ruler.measureText(text);
  }
  strokeText(text, x, y) {
    this.held.set(`${text} ${x} ${y}`, {
      stroke: this.strokeStyle,
      "stroke-width": short(this.lineWidth),
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    });
  }
  fillText(text, x, y) {
    const size = lettering(this.font)["font-size"];
    // to the line that letters stand on
    const down = { top: 0.86, middle: 0.34 }[this.textBaseline] ?? 0;
    const rim = this.held.get(`${text} ${x} ${y}`) ?? {};
    this.put(
      "text",
      {
        x: short(x),
        y: short(y + down * size),
        fill: this.fillStyle,
        "text-anchor": this.textAlign === "center" ? "middle" : "start",
        ...lettering(this.font),
        ...rim,
      },
      text,
    );
  }
  put(tag, attributes, ...children) {
    const turn = this.turns.join("");
    this.parts.push(
      svg(
        tag,
        {
          ...attributes,
          ...(turn ? { transform: turn } : {}),
          ...(this.globalAlpha < 1 ? { opacity: short(this.globalAlpha) } : {}),
        },
        ...children,
      ),
    );
  }
}

/** A font of CSS as attributes: the policy allows no style at an element. */
function lettering(font) {
  const [, slant, weight, size, family] = /^(italic)? ?(\d+) ([\d.]+)px (.+)$/.exec(font);
  return {
    "font-family": family,
    "font-size": short(Number(size)),
    "font-weight": weight,
    ...(slant ? { "font-style": slant } : {}),
  };
}

const short = (number) => Number(number.toFixed(2));
const titled = (element, text) => {
  element.prepend(svg("title", {}, text));
  return element;
};

/** All that is switched on, as one SVG element with its title, its lens and how to read it. */
function toSvg() {
  const some = nodesOn();
  const [left, top, right, bottom] = some.length > 0 ? roomOf(some, 1) : [0, 0, 300, 100];
  const width = Math.max(right - left + 2 * MARGIN, 720);
  const start = [(left + right - width) / 2, top - MARGIN - HEAD];
  const height = bottom - top + 2 * MARGIN + HEAD + FOOT;
  const pen = new Pen();
  exporting = { scale: 1, box: [start[0], top - MARGIN, start[0] + width, bottom + MARGIN] };
  drawWords(pen);
  exporting = null;
  drawWords(ruler); // the places of names are those on the screen again
  const room = {
    x: short(start[0]),
    y: short(start[1]),
    width: short(width),
    height: short(height),
  };
  const text = (x, y, font, words) =>
    svg(
      "text",
      { x: short(start[0] + x), y: short(start[1] + y), fill: paint.ink, ...lettering(font) },
      words,
    );
  return titled(
    svg(
      "svg",
      {
        xmlns: SVG,
        viewBox: Object.values(room).join(" "),
        width: room.width,
        height: room.height,
        role: "img",
      },
      svg("rect", { ...room, fill: paint.sheet }),
      text(MARGIN, 34, `700 22px ${paint.serif}`, document.querySelector("h1").textContent),
      text(
        MARGIN,
        56,
        `400 13px ${paint.sans}`,
        document.querySelector(".title").innerText.split("\n").slice(1).join(" "),
      ),
      ...[...lines.values()].filter(isOnLine).map(lineInSvg),
      ...some.map(nodeInSvg),
      ...pen.parts,
      ...reading().map((words, at) =>
        text(MARGIN, height - FOOT + 14 + 16 * at, `400 11.5px ${paint.sans}`, words),
      ),
    ),
    document.title,
  );
}

function reading() {
  return [
    "Every line is a claim of a source, not a fact of the world. Solid: in force as seen here. Dashed: intended, expected or conditional.",
    `Dotted: considered or hypothetical. Pale: not in force. Crossed: denied. ${fates ? "+ gained, − lost, ~ changed otherwise." : "Blue: helps. Orange: hurts. Purple: some of each."}`,
  ];
}

function nodeInSvg(node) {
  const {
    color: { background, border },
    borderWidth,
    shapeProperties: { borderDashes },
  } = lookOfNode(node);
  const { x, y } = network.getPosition(node.id);
  const scale = node.size / (node.shape === "square" ? 5 : 6);
  return titled(
    svg("path", {
      d: OUTLINES[node.shape],
      transform: `translate(${short(x)} ${short(y)})scale(${short(scale)})translate(-7 -7)`,
      fill: background,
      stroke: border,
      "stroke-width": short(borderWidth / scale),
      ...(borderDashes
        ? { "stroke-dasharray": borderDashes.map((each) => short(each / scale)).join(" ") }
        : {}),
    }),
    `${nameOf(node.id)}, ${tellOf(node.id).type}`,
  );
}

/** A line between the rims of its things, with its arrows. */
function lineInSvg(line) {
  const {
    width,
    dashes,
    background,
    color: { color, opacity },
  } = lookOfLine(line);
  const [from, to] = [nodes.get(line.from), nodes.get(line.to)];
  const at = Array.from({ length: 61 }, (_, step) => pointOn(line, step / 60));
  const isOut = ({ id, size }) => {
    const { x, y } = network.getPosition(id);
    return (point) => Math.hypot(point.x - x, point.y - y) > size + 2;
  };
  const inner =
    line.from === line.to ? at : at.filter((point) => isOut(from)(point) && isOut(to)(point));
  if (inner.length < 2) return svg("g", {});
  const d = inner
    .map(({ x, y }, step) => `${step === 0 ? "M" : "L"}${short(x)} ${short(y)}`)
    .join("");
  const arrow = (tip, before) => {
    const turn = Math.atan2(tip.y - before.y, tip.x - before.x);
    return svg("path", {
      d: "M1 0L-8 3.6L-6.5 0L-8 -3.6Z",
      fill: color,
      transform: `translate(${short(tip.x)} ${short(tip.y)})rotate(${short((turn * 180) / Math.PI)})`,
    });
  };
  const told = line.inferred ? inferredText(line) : claimsOn(line).map(sentenceOf).join("; ");
  return titled(
    svg(
      "g",
      { opacity: short(opacity) },
      ...(background?.enabled
        ? [
            svg("path", {
              d,
              fill: "none",
              stroke: background.color,
              "stroke-width": background.size,
              "stroke-dasharray": BEADS.join(" "),
            }),
          ]
        : []),
      svg("path", {
        d,
        fill: "none",
        stroke: color,
        "stroke-width": short(width),
        ...(dashes ? { "stroke-dasharray": dashes.join(" ") } : {}),
      }),
      arrow(inner.at(-1), inner.at(-2)),
      ...(line.arrows === "to;from" ? [arrow(inner[0], inner[1])] : []),
    ),
    told,
  );
}

function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

async function saveImage(kind) {
  const drawn = toSvg();
  const source = new Blob([new XMLSerializer().serializeToString(drawn)], {
    type: "image/svg+xml",
  });
  if (kind === "svg") return saveFile(source, "graph.svg");
  const address = URL.createObjectURL(source);
  const image = new Image();
  image.src = address;
  await image.decode();
  const sheet = make("canvas", {
    width: Math.ceil(image.width * DENSITY),
    height: Math.ceil(image.height * DENSITY),
  });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  URL.revokeObjectURL(address);
  return saveFile(await new Promise((done) => sheet.toBlob(done, "image/png")), "graph.png");
}

document.addEventListener("pointerdown", ({ target }) => {
  if (!target.closest?.("#save")) $("save").open = false;
});
$("save").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  $("save").open = false;
  $("save").firstElementChild.focus();
});
for (const kind of ["png", "svg"]) {
  $(`save-${kind}`).addEventListener("click", () => {
    $("save").open = false;
    saveImage(kind);
  });
}
