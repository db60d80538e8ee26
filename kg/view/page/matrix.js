// ---- the matrix: who is tied to whom, where a picture would have too many lines -----------------
const MOST_IN_MATRIX = 40; // more fit no screen
const MARKS = { good: "+", bad: "−", mixed: "±", neither: "" };
const CHANGES = { gained: "+", lost: "−", otherwise: "~", kept: "" };

/**
 * Lines as the tables count them, by the things at their ends; one without direction counts both
 * ways.
 */
function tieCells() {
  const cells = new Map();
  for (const line of lines.values()) {
    if (line.inferred || line.from === line.to || ($("as-shown").checked && !isOnLine(line)))
      continue;
    for (const [from, to] of line.arrows === "to"
      ? [[line.from, line.to]]
      : [
          [line.from, line.to],
          [line.to, line.from],
        ]) {
      const key = `${from} ${to}`;
      cells.set(key, [...(cells.get(key) ?? []), line]);
    }
  }
  return cells;
}

/**
 * The most tied things, each next to those it is most tied to: always the one with most claims in
 * common with those that stand already (maximum adjacency order), so that what belongs together stands together.
 */
function inMatrixOrder(cells) {
  const ties = new Map();
  for (const [key, some] of cells) {
    const [from, to] = key.split(" ");
    const count = some.reduce((sum, line) => sum + tiedBy(line).length, 0);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ]) {
      if (!ties.has(one)) ties.set(one, new Map());
      ties.get(one).set(other, (ties.get(one).get(other) ?? 0) + count);
    }
  }
  const total = (id) => [...ties.get(id).values()].reduce((sum, count) => sum + count, 0);
  const totals = new Map([...ties.keys()].map((id) => [id, total(id)]));
  const byTotal = (one, other) =>
    totals.get(other) - totals.get(one) || inOrder.compare(nameOf(one), nameOf(other));
  const left = [...ties.keys()].sort(byTotal).slice(0, MOST_IN_MATRIX);
  const nearness = new Map(left.map((id) => [id, 0]));
  const order = [];
  while (left.length > 0) {
    const next = left.reduce((best, id) => (nearness.get(id) > nearness.get(best) ? id : best));
    left.splice(left.indexOf(next), 1);
    order.push(next);
    for (const [other, count] of ties.get(next))
      if (nearness.has(other)) nearness.set(other, nearness.get(other) + count);
  }
  return { order, more: ties.size - order.length };
}

/** What some lines together do to their sides. */
function effectOf(some) {
  const tones = new Set(some.map(({ tone }) => tone).filter((tone) => tone !== "neither"));
  return tones.size > 1 ? "mixed" : ([...tones][0] ?? "neither");
}

/** What becomes of some lines together. */
function changeOf(some) {
  const hues = new Set(some.filter(isChanged).map(hueOf));
  return hues.size > 1 ? "otherwise" : ([...hues][0] ?? "kept");
}

function matrixCell(from, to, some) {
  if (from === to) return make("td", { class: "self" });
  if (!some) return make("td");
  const ids = some.flatMap(tiedBy);
  const isDenied = some.every(({ denied }) => denied);
  const isHeld = some.some(({ holds }) => holds);
  const hue = fates ? changeOf(some) : effectOf(some);
  const text = `${ids.length}${(fates ? CHANGES : MARKS)[hue]}${isDenied ? "×" : ""}`;
  const told = fates
    ? listed(ids, (id) => wordOf(fateOf(id)))
    : listed(ids, (id) => claims[id].effect) || "neither helps nor hurts";
  const besides = `${isHeld ? "" : ", none in force"}${isDenied ? ", denied" : ""}`;
  const label = `${nameOf(from)} to ${nameOf(to)}: ${plural(ids.length, "claim")}, ${told}${besides}`;
  return make(
    "td",
    {},
    make(
      "a",
      {
        href: `#c=${ids[0]}`,
        class: `${hue}${isHeld ? "" : " idle"}`,
        "aria-label": label,
        title: label,
      },
      isHeld ? text : `(${text})`,
    ),
  );
}

/** The rows of the matrix, with its head and what it leaves out. */
function matrixRows() {
  const cells = tieCells();
  const { order, more } = inMatrixOrder(cells);
  const [rows, columns] = [0, 1].map((end) => {
    const tied = new Set([...cells.keys()].map((key) => key.split(" ")[end]));
    return order.filter((id) => tied.has(id));
  });
  const marks = fates
    ? "+ gained, − lost, ~ changed otherwise, × denied, (in brackets) none of them in force."
    : "+ they help, − they hurt, ± some of each, × denied, (in brackets) none of them in force.";
  const kept = `The ${order.length} most tied things; ${plural(more, "other is", "others are")} left out.`;
  sheet.caption.replaceChildren(
    make("span", {}, `How many claims go from the row to the column: ${marks}`),
    more > 0 ? make("span", {}, kept) : "",
  );
  sheet.tHead.rows[0].replaceChildren(
    make("td"),
    ...columns.map((id) =>
      make("th", { scope: "col", title: nameOf(id) }, make("span", {}, nameOf(id))),
    ),
  );
  return rows.map((from) =>
    make(
      "tr",
      { id: `n=${from}` },
      make("th", { scope: "row" }, thingLink(from)),
      ...columns.map((to) => matrixCell(from, to, cells.get(`${from} ${to}`))),
    ),
  );
}
