// ---- print ------------------------------------------------------------------------------------
let beforePrint = null;

/** Below the picture come the answer and the claims that it shows. */
function layTables() {
  for (const table of sheets) table.hidden = !["answer", "claims"].includes(table.dataset.sheet);
  for (const tr of sheets.flatMap(rowsOf)) tr.hidden = !isSeen(tr);
}

/** All of the picture in light colours and in the proportions of its room on paper, and back. */
function layForPrint(on) {
  if (on) beforePrint = { view: viewNow(), isOpen: $("legend").open };
  printing = on;
  root.classList.toggle("print", on);
  network.setOptions({ autoResize: !on }); // on paper the drawing is scaled, not drawn anew
  network.setSize("100%", "100%");
  $("legend").open = on || beforePrint.isOpen;
  if (on && !$("claims").open) layTables();
  if (on) whole(false);
  else glide(beforePrint.view, false);
  applyTheme();
}
