// ---- light and dark ---------------------------------------------------------------------------
const paint = {};
const asksDark = matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = null; // until somebody chooses, the system's
let printing = false;

function applyTheme() {
  const dark = !printing && (chosenTheme ?? (asksDark.matches ? "dark" : "light")) === "dark";
  root.classList.toggle("dark", dark);
  $("theme").textContent = dark ? "Light" : "Dark";
  $("theme").setAttribute("aria-pressed", String(dark));
  const style = getComputedStyle(root);
  for (const name of [
    "sheet",
    "ink",
    "faint",
    "good",
    "bad",
    "mixed",
    "neither",
    "n0",
    "n1",
    "n2",
    "n3",
    "n4",
    "n5",
    "mark",
    "focus",
    "gained",
    "lost",
    "otherwise",
    "kept",
  ]) {
    paint[name] = style.getPropertyValue(`--${name}`).trim();
  }
  for (const name of ["sans", "serif"])
    paint[name] = style.getPropertyValue(`--${name}`).trim().replaceAll('"', "'");
  draw();
}
