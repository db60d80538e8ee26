// ---- begin ------------------------------------------------------------------------------------
addEventListener("popstate", () => { if (location.hash !== shown) show(); });
asksDark.addEventListener("change", applyTheme);
narrow.addEventListener("change", () => { $("legend").open = !narrow.matches; });
addEventListener("beforeprint", () => layForPrint(true));
addEventListener("afterprint", () => layForPrint(false));
fillLegend();
applyTheme();
standUp();
start();
siftBy(address());
firstSight();
show();
if ($("open-answer") && rest.claims.rows.length === 0) openSheet("answer"); // there is nothing else to see
