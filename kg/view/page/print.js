// ---- print ------------------------------------------------------------------------------------
let beforePrint = null;

/** All of the picture in light colours and in the proportions of its room on paper, and back. */
function layForPrint(on) {
  if (on) beforePrint = { view: viewNow(), isOpen: $("legend").open };
  printing = on;
  root.classList.toggle("print", on);
  network.setOptions({ autoResize: !on }); // on paper the drawing is scaled, not drawn anew
  network.setSize("100%", "100%");
  $("legend").open = on || beforePrint.isOpen;
  if (on) whole(false);
  else glide(beforePrint.view, false);
  applyTheme();
}
