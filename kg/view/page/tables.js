// ---- tables: the equal of the picture ----------------------------------------------------------
const sheets = [...document.querySelectorAll("#claims table")];
let sheet = sheets[0]; // the table that is open
const rowsOf = (table) => [...table.tBodies[0].rows];

/** Whether the picture shows anything of a row. */
function isSeen({ id, dataset }) {
  if (dataset.line) return on.lines.has(dataset.line);
  const [kind, own] = [id.slice(0, 2), id.slice(2)];
  return kind === "c=" ? on.claims.has(own) : kind !== "n=" || isThingSeen({ id: own });
}

/** Whether the picture shows a thing, be it by the part that it is in. */
const isThingSeen = ({ id }) => on.nodes.has(standIn.get(id) ?? id);

const wordsAsked = () =>
  $("only")
    .value.split(/[\s,;…]+/)
    .filter(Boolean)
    .map(fold);

/** The rows of the open table that have all words, and of which the picture shows something. */
function pick() {
  const words = wordsAsked();
  const rows = rowsOf(sheet);
  for (const tr of rows)
    tr.hidden = !(
      (isSeen(tr) || !$("as-shown").checked) &&
      words.every((word) => (tr.folded ??= fold(tr.textContent)).includes(word))
    );
  const count = rows.filter((tr) => !tr.hidden).length;
  $("counted").textContent =
    count < rows.length ? `${count} of ${plural(rows.length, "row")}` : plural(count, "row");
}

function openSheet(name) {
  // rows of two tables have one id
  if (isLong() || ROWS[sheet.dataset.sheet]) sheet.tBodies[0].replaceChildren();
  sheet = sheets.find((table) => table.dataset.sheet === name) ?? sheets[0];
  for (const table of sheets) table.hidden = table !== sheet;
  for (const tab of document.querySelectorAll(".tabs button"))
    tab.setAttribute("aria-pressed", String(tab.dataset.sheet === sheet.dataset.sheet));
  fill();
  if (!$("claims").open) $("claims").showModal();
}

// Claims stand in the page, to be read without scripts too; the rows of these are made when wanted.
const ROWS = {
  lines: () =>
    [...lines.values()]
      .sort((one, other) => isChanged(other) - isChanged(one))
      .map((line) => (line.inferred ? inferredRow(line) : lineRow(line))),
  things: () => Object.keys(things).map(thingRow),
  matrix: matrixRows,
  times: timesRows,
};

/** Lay out the open table anew. */
function fill() {
  if (isLong()) {
    layMatched();
    return;
  }
  const rows = ROWS[sheet.dataset.sheet];
  if (rows) {
    sheet.tBodies[0].replaceChildren(...rows());
    const sorted = sheet.querySelector("th[aria-sort]");
    if (sorted) putInOrder(sorted);
  }
  pick();
}

function claimRow({ id, sentence, chain, parts, when }) {
  const tr = tableRow(
    { id: `c=${id}` },
    [
      make(
        "a",
        { href: `#c=${id}`, class: "sentence" },
        ...sentence.map(([text, role]) => make("span", { class: role }, text)),
      ),
      make("code", {}, id),
    ],
    [],
    [when ? when[1] : ""],
    [make("ol", { class: "chain" }, ...chain.map(([words]) => make("li", {}, words)))],
    [parts.join(", ")],
  );
  restateRow(tr);
  return tr;
}

function thingRow(id) {
  const { type, rows, about } = things[id];
  return tableRow(
    { id: `n=${id}` },
    [thingLink(id), make("code", {}, id)],
    [type, tiesOf(id)],
    [rows.map(([, text]) => text).join("; ")],
    [about],
  );
}

/** All claims of one line, or as many of them as the picture shows. */
function tiedBy(line) {
  const asShown = $("as-shown").checked ? claimsOn(line) : [];
  return asShown.length > 0 ? asShown : line.claims;
}

function lineRow(line) {
  const own = tiedBy(line);
  const each = (tell) => listed(own, tell);
  return tableRow(
    { "data-line": line.id },
    [nameOf(line.from)],
    [make("a", { class: "said", href: `#c=${own[0]}` }, each(verbOf))],
    [nameOf(line.to)],
    [own.length],
    [make("span", { class: `effect ${line.tone}` }, each((id) => claims[id].effect) || "neither")],
    ...(fates ? [[make("span", { class: hueOf(line) }, fates[line.fate].join(" "))]] : []),
    [
      make(
        "span",
        { class: `standing ${line.stroke}${line.holds ? "" : " idle"}` },
        each(standingOf),
      ),
    ],
  );
}

/** What a claim says is done, without to whom and what else. */
const verbOf = (id) =>
  claims[id].sentence
    .filter(([, role]) => role === "verb" || role === "degree")
    .map(([text]) => text.trim())
    .join(" ");

/** A row whose cells know their heads, for screens on which the heads have no room. */
function tableRow(attributes, ...cells) {
  const heads = [...sheet.tHead.rows[0].cells]
    .filter((th) => !th.hidden)
    .map((th) => th.textContent);
  return make(
    "tr",
    attributes,
    ...cells.map((content, index) => make("td", { "data-head": heads[index] }, ...content)),
  );
}

const inOrder = new Intl.Collator("en", { numeric: true });
function sortBy(th) {
  const wasUp = th.getAttribute("aria-sort") === "ascending";
  for (const other of th.parentElement.cells) other.removeAttribute("aria-sort");
  th.setAttribute("aria-sort", wasUp ? "descending" : "ascending");
  if (isLong()) layMatched();
  else putInOrder(th);
}

/** Compares what is sorted by a head; what has no text there comes last. */
function byText(text, th) {
  const turn = th.getAttribute("aria-sort") === "descending" ? -1 : 1;
  return (one, other) =>
    (text(one) === "") - (text(other) === "") || inOrder.compare(text(one), text(other)) * turn;
}

function putInOrder(th) {
  const text = ({ cells: { [th.cellIndex]: td } }) => td.dataset.sort ?? td.textContent.trim();
  const table = th.closest("table");
  table.tBodies[0].append(...rowsOf(table).sort(byText(text, th)));
}

function sortable(th) {
  th.replaceChildren(
    make(
      "button",
      { type: "button", class: "sort", on: { click: () => sortBy(th) } },
      ...th.childNodes,
    ),
  );
  return th;
}
document.querySelectorAll("#claims th").forEach(sortable);

// What is saved has more columns than the screen has room for: each says one thing, ids stand
// apart.
const listed = (ids, tell = (id) => id) => [...new Set(ids.map(tell))].filter(Boolean).join("; ");
const conditionsOf = ({ conditions }) =>
  conditions.map(([id, name, isRuledOut]) =>
    isRuledOut ? [`not:${id}`, `not: ${name}`] : [id, name],
  );
const CSV = () => ({
  claims: {
    of: (tr) => claims[tr.id.slice(2)],
    id: (claim) => claim.id,
    sentence: (claim) => sentenceOf(claim.id),
    subject_id: (claim) => claim.subject,
    subject: (claim) => nameOf(claim.subject),
    relation: (claim) => claim.relation,
    object_id: (claim) => claim.object,
    object: (claim) => claim.value,
    standing: (claim) => claim.standing,
    headline_alone: (claim) => claim.headline,
    polarity: (claim) => claim.facets.polarity[0],
    modality: (claim) => claim.facets.modality[0],
    effect: (claim) => claim.effect,
    when: (claim) => claim.when?.[0],
    condition_id: (claim) =>
      conditionsOf(claim)
        .map(([id]) => id)
        .join("; "),
    condition: (claim) =>
      conditionsOf(claim)
        .map(([, name]) => name)
        .join("; "),
    said_by: (claim) => claim.chain.map(([words]) => words).join(" → "),
    parts: (claim) => claim.parts.join("; "),
    passage: (claim) => claim.passages.join("; "),
    source_id: (claim) => claim.chain.at(-1)[1],
    source: (claim) => nameOf(claim.chain.at(-1)[1]),
    note: (claim) => claim.note,
    ...(fates
      ? {
          change: (claim) => wordOf(fateOf(claim.id)),
          why: (claim) => claim.change,
          standing_before: (claim) => claim.before,
        }
      : {}),
  },
  lines: {
    of: (tr) => ({ line: lines.get(tr.dataset.line), own: tiedBy(lines.get(tr.dataset.line)) }),
    from_id: ({ line }) => line.from,
    from: ({ line }) => nameOf(line.from),
    relations: ({ line, own }) =>
      line.inferred?.relation ?? listed(own, (id) => claims[id].relation),
    what_is_said: ({ line, own }) => line.inferred?.label ?? listed(own, verbOf),
    to_id: ({ line }) => line.to,
    to: ({ line }) => nameOf(line.to),
    condition: ({ own }) =>
      listed(own, (id) =>
        conditionsOf(claims[id])
          .map(([, name]) => name)
          .join("; "),
      ),
    headline_alone: ({ own }) => own.length > 0 && own.every((id) => claims[id].headline),
    said_by: ({ own }) => listed(own, (id) => claims[id].chain.map(([words]) => words).join(" → ")),
    claims: ({ own }) => own.length,
    claim_ids: ({ own }) => listed(own),
    effect: ({ line, own }) => line.inferred?.effect ?? listed(own, (id) => claims[id].effect),
    standing: ({ line, own }) =>
      line.inferred ? inferredStanding(line) : listed(own, (id) => claims[id].standing),
    ...(inferred.length > 0
      ? {
          inferred_by: ({ line }) => line.inferred?.rule,
          inferred_from: ({ line }) => line.inferred && behind(line).join("; "),
        }
      : {}),
    ...(fates ? { change: ({ line }) => wordOf(line) } : {}),
    polarity: ({ own }) => listed(own, (id) => claims[id].facets.polarity[0]),
    modality: ({ own }) => listed(own, (id) => claims[id].facets.modality[0]),
  },
  things: {
    of: (tr) => ({ id: tr.id.slice(2), ...things[tr.id.slice(2)] }),
    id: ({ id }) => id,
    name: ({ name }) => name,
    type: ({ type }) => type,
    other_names: ({ aliases }) => listed(aliases ?? []),
    more: ({ rows }) =>
      listed(
        rows.filter(([word]) => word !== "also"),
        ([word, text]) => `${word}: ${text}`,
      ),
    description: ({ description }) => description,
    note: ({ note }) => note,
    claims: ({ about }) => about,
  },
  times: {
    of: (tr) => heldIn.get(tr),
    as_of: ({ day }) => day,
    in_force: ({ holds }) => holds.size,
    comes_into_force: ({ gained }) => gained.join("; "),
    no_longer_in_force: ({ lost }) => lost.join("; "),
  },
});

/** Rows as CSV; a cell that a spreadsheet would run gets an apostrophe. */
function csvOf(rows) {
  const cell = (value) => {
    const text = String(value ?? "")
      .trim()
      .replace(/\s+/g, " ");
    return `"${(/^[=+\-@'\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  return rows.map((row) => row.map(cell).join(",")).join("\r\n");
}

/** The rows that are seen as CSV. */
function toCsv() {
  const seen = isLong()
    ? matched().map((record) => ({ id: LONG[sheet.dataset.sheet].place(record) }))
    : rowsOf(sheet).filter((tr) => !tr.hidden);
  const { of, ...columns } = CSV()[sheet.dataset.sheet] ?? {};
  const rows = of
    ? [
        Object.keys(columns),
        ...seen.map(of).map((row) => Object.values(columns).map((tell) => tell(row))),
      ]
    : [sheet.tHead.rows[0], ...seen].map((tr) => [...tr.cells].map((td) => td.textContent));
  return csvOf(rows);
}

function saveCsv() {
  saveFile(new Blob([toCsv(), "\r\n"], { type: "text/csv" }), `${sheet.dataset.sheet}.csv`);
}

$("only").addEventListener("input", () => (isLong() ? layMatched() : pick()));
$("as-shown").addEventListener("change", fill);
$("save-csv").addEventListener("click", saveCsv);
for (const tab of document.querySelectorAll(".tabs button"))
  tab.addEventListener("click", () => openSheet(tab.dataset.sheet));
$("open-claims").addEventListener("click", () => {
  openSheet("claims");
  $("only").focus();
});
$("open-tables").addEventListener("click", () => {
  $("save").open = false;
  openSheet("claims");
  $("save-csv").focus();
});
$("open-answer")?.addEventListener("click", () => {
  openSheet("answer");
  $("only").focus();
});
$("close-claims").addEventListener("click", () => $("claims").close());
$("claims").addEventListener("click", (event) => {
  if (event.target === $("claims")) $("claims").close();
});

/** Links within the page keep what is switched off. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const table = document.querySelector("dialog[open]");
  byLine = link.classList.contains("said");
  table?.close();
  link.closest("footer details")?.removeAttribute("open");
  go(link.hash.slice(1));
  if (table) $("panel").focus();
});
