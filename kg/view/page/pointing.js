// ---- pointing ---------------------------------------------------------------------------------
function onClick({ pointer, nodes: [node], edges: [edge] }) {
  const { x, y } = pointer.canvas;
  const label = labels.find(({ box }) => within([x, y, x, y], box));
  const to = (at) => Math.hypot(at.x - x, at.y - y);
  const thing =
    node ??
    label?.node ??
    (edge === undefined
      ? nearest(nodesOn(), ({ id, size }) => to(network.getPosition(id)) - size)
      : undefined);
  const line =
    edge ??
    nearest([...lines.values()].filter(isOnLine), (other) => Math.min(...along(other).map(to)));
  if (thing !== undefined && isPart(thing)) enter(thing.slice(5));
  else if (thing !== undefined) go(`n=${thing}`);
  else if (line !== undefined) {
    byLine = true;
    go(lines.get(line).inferred ? `i=${line}` : `c=${claimsOn(lines.get(line))[0]}`);
  } else go("");
}

/** The nearest of nodes or lines, if a finger upon the picture reaches it. */
function nearest(some, gapOf) {
  const reach = 12 / network.getScale();
  return some
    .map((one) => ({ id: one.id, gap: gapOf(one) }))
    .filter(({ gap }) => gap < reach)
    .sort((one, other) => one.gap - other.gap)[0]?.id;
}

function hover(id) {
  if (hovered === id) return;
  const before = hovered;
  hovered = id;
  shownLines.update(
    changedLines(
      [before, id].filter((each) => lines.has(each)).map((each) => lookOfLine(lines.get(each))),
    ),
  );
  canvas.classList.toggle("pointing", id !== null);
  const tip = $("tip");
  tip.hidden = id === null;
  if (lines.get(id)?.inferred) {
    const line = lines.get(id);
    tip.replaceChildren(
      make("p", {}, inferredText(line)),
      make("p", {}, make("small", {}, `${inferredStanding(line)} · by ${line.inferred.rule}`)),
    );
  } else if (lines.has(id)) {
    const line = lines.get(id);
    const own = claimsOn(line);
    const told = own.slice(0, 3).map((claim) => make("p", {}, sentenceOf(claim)));
    const more = own.length - told.length;
    const standing = standsOf(own[0] ?? line.claims[0]);
    tip.replaceChildren(
      ...told,
      make("p", {}, make("small", {}, (more > 0 ? `and ${more} more · ` : "") + standing)),
    );
  } else if (nodes.has(id)) {
    const { name, type } = tellOf(id);
    const more = isPart(id)
      ? "choose it to see what is in it"
      : plural(nodes.get(id).weight, "claim");
    tip.replaceChildren(
      make("p", {}, name),
      make("p", {}, make("small", {}, `${type}${tiesOf(id)} · ${more}`)),
    );
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
