// ---- tables: the equal of the picture ----------------------------------------------------------
const sheets = [...document.querySelectorAll("#claims table")];
let sheet = sheets[0]; // the table that is open
const rowsOf = (table) => [...table.tBodies[0].rows];

/** Whether the picture shows anything of a row. */
function isSeen({ id, dataset }) {
  if (dataset.line) return on.lines.has(dataset.line);
  const [kind, own] = [id.slice(0, 2), id.slice(2)];
  return kind === "c=" ? on.claims.has(own) : kind !== "n=" || on.nodes.has(own);
}

/** The rows of the open table that have all words, and of which the picture shows something. */
function pick() {
  const words = fold($("only").value).split(/\s+/).filter(Boolean);
  const rows = rowsOf(sheet);
  for (const tr of rows) tr.hidden = !((isSeen(tr) || !$("as-shown").checked) && words.every((word) => (tr.folded ??= fold(tr.textContent)).includes(word)));
  const count = rows.filter((tr) => !tr.hidden).length;
  $("counted").textContent = count < rows.length ? `${count} of ${plural(rows.length, "row")}` : plural(count, "row");
}

function openSheet(name) {
  sheet = sheets.find((table) => table.dataset.sheet === name) ?? sheets[0];
  for (const table of sheets) table.hidden = table !== sheet;
  for (const tab of document.querySelectorAll(".tabs button")) tab.setAttribute("aria-pressed", String(tab.dataset.sheet === sheet.dataset.sheet));
  fill();
  if (!$("claims").open) $("claims").showModal();
}

// Claims stand in the page, to be read without scripts too; the rows of these are made when wanted.
const ROWS = {
  ties: () => [...lines.values()].map(tieRow),
  things: () => Object.keys(things).map(thingRow),
};

function fill() {
  const rows = ROWS[sheet.dataset.sheet];
  if (rows) {
    sheet.tBodies[0].replaceChildren(...rows());
    const sorted = sheet.querySelector("th[aria-sort]");
    if (sorted) putInOrder(sorted);
  }
  pick();
}

function thingRow(id) {
  const { name, type, rows, about } = things[id];
  return tableRow({ id: `n=${id}` }, [thingLink(id), make("code", {}, id)], [type], [rows.map(([, text]) => text).join("; ")], [about]);
}

/** All claims of one line, or as many of them as the picture shows. */
function tieRow(line) {
  const asShown = $("as-shown").checked ? claimsOn(line) : [];
  const own = asShown.length > 0 ? asShown : line.claims;
  const each = (tell) => [...new Set(own.map(tell))].filter(Boolean).join("; ");
  return tableRow({ "data-line": line.id },
    [nameOf(line.from)], [make("a", { class: "tie", href: `#c=${own[0]}` }, each(verbOf))], [nameOf(line.to)], [own.length],
    [make("span", { class: `effect ${line.tone}` }, each((id) => claims[id].effect) || "neither")],
    [make("span", { class: `standing ${line.stroke}${line.holds ? "" : " idle"}` }, each((id) => claims[id].standing))]);
}

/** What a claim says is done, without to whom and what else. */
const verbOf = (id) => claims[id].sentence.filter(([, role]) => role === "verb" || role === "degree").map(([text]) => text.trim()).join(" ");

/** A row whose cells know their heads, for screens on which the heads have no room. */
function tableRow(attributes, ...cells) {
  const heads = [...sheet.tHead.rows[0].cells].map((th) => th.textContent);
  return make("tr", attributes, ...cells.map((content, index) => make("td", { "data-head": heads[index] }, ...content)));
}

const inOrder = new Intl.Collator("en", { numeric: true });
function sortBy(th) {
  const wasUp = th.getAttribute("aria-sort") === "ascending";
  for (const other of th.parentElement.cells) other.removeAttribute("aria-sort");
  th.setAttribute("aria-sort", wasUp ? "descending" : "ascending");
  putInOrder(th);
}

function putInOrder(th) {
  const isDown = th.getAttribute("aria-sort") === "descending";
  const text = (tr) => tr.cells[th.cellIndex].textContent.trim();
  const rows = rowsOf(th.closest("table")).sort((one, other) => inOrder.compare(text(one), text(other)) * (isDown ? -1 : 1));
  th.closest("table").tBodies[0].append(...rows);
}

for (const th of document.querySelectorAll("#claims th")) {
  th.replaceChildren(make("button", { type: "button", class: "sort", on: { click: () => sortBy(th) } }, ...th.childNodes));
}

/** The rows that are seen as CSV; a cell that a spreadsheet would run gets an apostrophe. */
function toCsv() {
  const cell = (td) => {
    const text = [...(td.querySelector("ol")?.children ?? [td])].map((part) => part.innerText.trim()).join(" → ").replace(/\s+/g, " ");
    return `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  return [sheet.tHead.rows[0], ...rowsOf(sheet).filter((tr) => !tr.hidden)].map((tr) => [...tr.cells].map(cell).join(",")).join("\r\n");
}

function saveCsv() {
  const address = URL.createObjectURL(new Blob([toCsv(), "\r\n"], { type: "text/csv" }));
  make("a", { href: address, download: `${sheet.dataset.sheet}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

$("only").addEventListener("input", pick);
$("as-shown").addEventListener("change", fill);
$("save-csv").addEventListener("click", saveCsv);
for (const tab of document.querySelectorAll(".tabs button")) tab.addEventListener("click", () => openSheet(tab.dataset.sheet));
$("open-claims").addEventListener("click", () => { openSheet("claims"); $("only").focus(); });
$("open-answer")?.addEventListener("click", () => { openSheet("answer"); $("only").focus(); });
$("close-claims").addEventListener("click", () => $("claims").close());
$("claims").addEventListener("click", (event) => { if (event.target === $("claims")) $("claims").close(); });

/** Links within the page keep what is switched off. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const wasTable = $("claims").open;
  byLine = link.classList.contains("tie");
  $("claims").close();
  go(link.hash.slice(1));
  if (wasTable) $("panel").focus();
});
