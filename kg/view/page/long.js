// ---- tables of a page in parts: too long to be laid out, their rows are sought and ordered first --
const MOST_LAID = 1000; // rows: to lay out more takes long
const LONG = {
  claims: {
    all: () => written,
    isSeen: ({ id }) => on.claims.has(id),
    place: ({ id }) => `c=${id}`,
    cells: ({ id, modality, effect, when, chain, parts }) => [
      `${sentenceOf(id)} ${id}`,
      `${standingOf(id)} ${modality} ${effect}`,
      when?.[0] ?? "",
      chain.map(([words]) => words).join(" "),
      parts.join(", "),
    ],
    row: claimRow,
  },
  things: {
    all: () => Object.entries(things).map(([id, thing]) => ({ id, ...thing })),
    isSeen: isThingSeen,
    place: ({ id }) => `n=${id}`,
    cells: ({ id, name, type, rows, about }) => [
      `${name} ${id}`,
      type,
      rows.map(([, text]) => text).join("; "),
      String(about),
    ],
    row: ({ id }) => thingRow(id),
  },
};
const isLong = () => tree.size > 0 && sheet.dataset.sheet in LONG;
const soughtIn = new Map(); // by its place what is told of each record, to be sought in

/** The records of the open table that have all words, and of which the picture shows something. */
function matched() {
  const { all, isSeen, place, cells } = LONG[sheet.dataset.sheet];
  const words = wordsAsked();
  const has = (record, word) => {
    const key = place(record);
    if (!soughtIn.has(key)) soughtIn.set(key, fold(cells(record).join(" ")));
    return soughtIn.get(key).includes(word);
  };
  const some = all().filter(
    (record) =>
      (isSeen(record) || !$("as-shown").checked) && words.every((word) => has(record, word)),
  );
  const sorted = sheet.querySelector("th[aria-sort]");
  if (!sorted) return some;
  const text = new Map(some.map((record) => [record, cells(record)[sorted.cellIndex]]));
  return some.sort(byText((record) => text.get(record), sorted));
}

function layMatched() {
  const some = matched();
  sheet.tBodies[0].replaceChildren(...some.slice(0, MOST_LAID).map(LONG[sheet.dataset.sheet].row));
  $("counted").textContent =
    some.length > MOST_LAID
      ? `the first ${numbers.format(MOST_LAID)} of ${plural(some.length, "row")}; CSV has all`
      : plural(some.length, "row");
}

/** Below a picture on paper the claims that it shows, as many as can be laid out. */
function layOnPaper() {
  sheet = sheets.find((table) => table.dataset.sheet === "claims");
  const some = written.filter(({ id }) => on.claims.has(id));
  sheet.tBodies[0].replaceChildren(...some.slice(0, MOST_LAID).map(claimRow));
  const more = some.length - MOST_LAID;
  document.querySelector(".more").textContent =
    more > 0 ? `${plural(more, "more claim")} of the picture are in the page alone.` : "";
}
