// ---- begin ------------------------------------------------------------------------------------
/** Runs a script that stands in the page packed: the policy knows its hash. */
async function unpack(id) {
  document.head.append(make("script", {}, await inflate(id).text()));
  $(id).remove();
}

/** Where there is no room beside the picture, what stands there and below it opens on demand. */
function makeRoom() {
  $("legend").open = !narrow.matches;
  if (narrow.matches) $("legend").append($("foot"));
  else document.querySelector("main").after($("foot"));
}

/** What is around a thing begins with the thing, where it is too much for one picture. */
function beginAround() {
  if (tree.size === 0 || location.hash !== "" || !all.has(centre)) return;
  near = { id: centre, hops: reach };
  stage();
  sift();
  tellSifted();
  remember(true);
}

async function begin() {
  fillLegend();
  // at once: a frame may get its width while the page begins
  narrow.addEventListener("change", makeRoom);
  makeRoom();
  fillDials();
  applyTheme();
  await unpack("library");
  if (rest.ask) beginAsking();
  addEventListener("popstate", () => {
    if (location.hash !== shown) show();
  });
  asksDark.addEventListener("change", applyTheme);
  addEventListener("beforeprint", () => layForPrint(true));
  addEventListener("afterprint", () => layForPrint(false));
  standUp();
  siftBy(address());
  beginAround();
  start();
  firstSight();
  show();
  if (isRoomy.matches && rest.findings.length > 0 && location.hash === "") showFindings();
  // there is nothing else to see
  if ($("open-answer") && rest.claims.rows.length === 0) openSheet("answer");
}

begin().catch((error) => {
  // a browser of before 2023 cannot unpack: it shows the tables
  root.classList.add("plain");
  throw error;
});
