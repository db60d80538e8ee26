// ---- keys on the picture ----------------------------------------------------------------------
const TURNS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
canvas.addEventListener("keydown", (event) => {
  const turn = TURNS[event.key];
  if (turn) walk(turn);
  else if (event.key === "Enter" && walked && isPart(walked)) enter(walked.slice(5));
  else if (event.key === "Enter" && walked) {
    go(`n=${walked}`);
    $("panel").focus();
  } else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.3 : 1 / 1.3);
  else if (event.key === "0") whole();
  else return;
  event.preventDefault();
});

const plus = (count) => (count > 0 ? ` and ${count} inferred` : "");

/** Step to the nearest thing that way, of those tied to this one if there are any. */
function walk([right, down]) {
  const on = nodesOn();
  const stood = [walked, spot?.thing].find((id) => on.some((node) => node.id === id));
  const from = stood ?? on.sort((a, b) => b.weight - a.weight)[0]?.id;
  if (!from) return;
  let next = from;
  if (stood) {
    const here = network.getPosition(from);
    const tied = new Set(
      linesAt
        .get(from)
        .filter(isOnLine)
        .flatMap((line) => [line.from, line.to]),
    );
    const ahead = on
      .filter((node) => node.id !== from)
      .map((node) => {
        const there = network.getPosition(node.id);
        const along = (there.x - here.x) * right + (there.y - here.y) * down;
        const aside = Math.abs((there.x - here.x) * down) + Math.abs((there.y - here.y) * right);
        return { id: node.id, along, cost: along + 2 * aside + (tied.has(node.id) ? 0 : 2000) };
      })
      .filter(({ along }) => along > 1)
      .sort((one, other) => one.cost - other.cost);
    next = ahead[0]?.id ?? from;
  }
  walked = next;
  const at = linesAt.get(next).filter(isOnLine);
  spot = {
    thing: next,
    line: null,
    nodes: new Set([next, ...at.flatMap((l) => [l.from, l.to])]),
    lines: new Set(at.map((l) => l.id)),
  };
  draw();
  lookAt();
  const { name, type } = tellOf(next);
  const inferred = at.filter((line) => line.inferred).length;
  const ties = `${plural(at.length - inferred, "line")}${plus(inferred)}`;
  announce(`${name}, ${type}${tiesOf(next)}, ${ties}. Enter opens.`);
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

/**
 * The whole of what is shown; where that would be too small to read, the most spoken of and what is
 * around it.
 */
function firstSight() {
  const first = centre && nodes.has(centre) ? centre : null;
  whole(false);
  if (network.getScale() >= LEGIBLE || nodes.size === 0 || near !== null) return;
  const most = first ?? [...nodes.values()].sort((a, b) => b.weight - a.weight)[0].id;
  lookAround(most, LEGIBLE);
}

$("nearer").addEventListener("click", () => zoom(1.3));
$("farther").addEventListener("click", () => zoom(1 / 1.3));
$("whole").addEventListener("click", () => whole());
$("close").addEventListener("click", () => {
  go("");
  canvas.focus();
});
$("theme").addEventListener("click", () => {
  chosenTheme = root.classList.contains("dark") ? "light" : "dark";
  applyTheme();
});
