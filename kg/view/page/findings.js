// ---- in short: what there is to know first -----------------------------------------------------
const FEW = 12; // claims that are listed behind a finding

function showFindings() {
  spot = null;
  open(
    headOf(
      dials === null
        ? "Made from the claims, each with those behind it"
        : "As seen in the file’s own lens",
      "In short",
    ),
    ...rest.findings.flatMap(({ title, statements }) => [
      make("h3", {}, title),
      ...statements.map(findingCard),
    ]),
  );
  whole(false); // in the room that is left beside it
  announce(`In short: ${rest.findings.map(({ title }) => title).join(", ")}.`);
}

function findingCard({ text, standing, said, claims: ids }) {
  const link = (id) => make("li", {}, make("a", { href: `#c=${id}` }, sentenceOf(id)));
  return make(
    "article",
    { class: "claim finding" },
    make("p", { class: "sentence" }, text),
    standing
      ? make(
          "p",
          { class: "marks" },
          make("span", { class: "spoken" }, standing),
          said ? make("span", { class: "spoken" }, said) : null,
        )
      : null,
    ids.length > 0
      ? make(
          "details",
          { class: "behind", open: ids.length <= 2 },
          make("summary", {}, plural(ids.length, "claim")),
          make("ul", {}, ...ids.slice(0, FEW).map(link)),
          ids.length > FEW ? make("p", { class: "silent" }, `and ${ids.length - FEW} more`) : null,
        )
      : null,
  );
}

$("open-findings")?.addEventListener("click", () => {
  go("f=short");
  $("panel").focus();
});
