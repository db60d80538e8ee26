// ---- tables: the equal of the picture ----------------------------------------------------------
const sheets = [...document.querySelectorAll("#claims table")];
let sheet = sheets[0]; // the table that is open
const rowsOf = (table) => [...table.tBodies[0].rows];

/** The rows of the open table that have all words, and of which the picture shows something. */
function pick() {
  const words = fold($("only").value).split(/\s+/).filter(Boolean);
  const isShown = (tr) => !$("as-shown").checked || (tr.dataset.claim ? on.claims.has(tr.dataset.claim) : !tr.dataset.thing || on.nodes.has(tr.dataset.thing));
  const rows = rowsOf(sheet);
  for (const tr of rows) tr.hidden = !(isShown(tr) && words.every((word) => (tr.folded ??= fold(tr.textContent)).includes(word)));
  const count = rows.filter((tr) => !tr.hidden).length;
  $("counted").textContent = count < rows.length ? `${count} of ${plural(rows.length, "row")}` : plural(count, "row");
}

function openSheet(name) {
  sheet = sheets.find((table) => table.dataset.sheet === name) ?? sheets[0];
  for (const table of sheets) table.hidden = table !== sheet;
  for (const tab of document.querySelectorAll(".tabs button")) tab.setAttribute("aria-pressed", String(tab.dataset.sheet === sheet.dataset.sheet));
  pick();
  if (!$("claims").open) $("claims").showModal();
}

const inOrder = new Intl.Collator("en", { numeric: true });
function sortBy(th) {
  const isDown = th.getAttribute("aria-sort") === "ascending";
  for (const other of th.parentElement.cells) other.removeAttribute("aria-sort");
  th.setAttribute("aria-sort", isDown ? "descending" : "ascending");
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
$("as-shown").addEventListener("change", pick);
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
  $("claims").close();
  go(link.hash.slice(1));
  if (wasTable) $("panel").focus();
});
