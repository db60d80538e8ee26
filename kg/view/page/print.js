// ---- print ------------------------------------------------------------------------------------
let beforePrint = null;

/**
 * Below the picture come the answer and the claims that it shows; what is in focus has its own
 * beside it.
 */
function layTables() {
  for (const table of sheets)
    table.hidden = isAlone() || !["answer", "claims"].includes(table.dataset.sheet);
  if (tree.size > 0 && !isAlone()) layOnPaper();
  for (const tr of sheets.flatMap(rowsOf)) tr.hidden = !isSeen(tr);
}

/**
 * All of the picture, or what is in focus alone, in light colours and in the proportions of its
 * room on paper, and back.
 */
function layForPrint(on) {
  if (on) beforePrint = { view: viewNow(), isOpen: $("legend").open };
  printing = on;
  root.classList.toggle("print", on);
  root.classList.toggle("alone", isAlone());
  if (isAlone())
    // its name stands above the picture
    document.querySelector("main").prepend($("details").querySelector(".head"));
  else $("details").prepend(...document.querySelectorAll("main > .head"));
  $("how-to-read").textContent = isAlone() ? reading().join(" ") : "";
  network.setOptions({ autoResize: !on }); // on paper the drawing is scaled, not drawn anew
  network.setSize("100%", "100%");
  $("legend").open = on || beforePrint.isOpen;
  if (on && !$("claims").open) layTables();
  draw();
  if (on) whole(false);
  else glide(beforePrint.view, false);
  applyTheme();
}
