// ---- find -------------------------------------------------------------------------------------
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const findable = () => [
  ...Object.entries(things).map(([id, thing]) => ({
    hash: `n=${id}`,
    text: thing.name,
    small: [thing.type, ...(thing.aliases ?? [])].join(" · "),
    keys: [thing.name, ...(thing.aliases ?? []), ...thing.rows.map((r) => r[1]), id].map(fold),
    rank: 0,
  })),
  ...Object.keys(claims).map((id) => ({
    hash: `c=${id}`,
    text: sentenceOf(id),
    small: `claim · ${standingOf(id)}`,
    keys: [sentenceOf(id), id, standingOf(id)].map(fold),
    rank: 1,
    besides: fold(besidesOf(claims[id])),
  })),
  ...inferred.map((line) => ({
    hash: `i=${line.id}`,
    text: inferredText(line),
    small: `${inferredStanding(line)} · by ${line.inferred.rule}`,
    keys: [inferredText(line), line.id, inferredStanding(line)].map(fold),
    rank: 1,
  })),
];
let sought = null; // what can be found, as it stands now
let offered = [];
let picked = -1;

function offer() {
  const words = fold($("find").value.trim());
  offered =
    words === ""
      ? []
      : (sought ??= findable())
          .map((item) => ({ item, score: score(item, words) }))
          .filter(({ score: value }) => value < 10)
          .sort(
            (one, other) => one.score - other.score || (one.item.text < other.item.text ? -1 : 1),
          )
          .slice(0, 12)
          .map(({ item }) => item);
  picked = offered.length > 0 ? 0 : -1;
  $("found").replaceChildren(
    ...offered.map(({ text, small }, index) =>
      make(
        "li",
        {
          id: `found-${index}`,
          role: "option",
          on: {
            pointerdown: (event) => {
              event.preventDefault();
              choose(index);
            },
          },
        },
        text,
        make("small", {}, small),
      ),
    ),
  );
  if (words !== "" && offered.length === 0)
    $("found").append(
      make("li", { role: "option", "aria-disabled": "true" }, "Nothing of that name"),
    );
  $("found").hidden = words === "";
  $("find").setAttribute("aria-expanded", String(words !== ""));
  mark();
}

/** What is told of a claim and is not in its sentence. */
const besidesOf = (claim) =>
  [
    claim.relation,
    ...claim.chain.map(([words]) => words),
    ...claim.more.flat(),
    ...claim.passages,
    claim.note ?? "",
  ].join(" ");

/**
 * The less the better: what is called just so, names before claims, beginnings before middles,
 * words in any order, and notes last.
 */
function score({ keys, rank, besides = "" }, words) {
  if (keys.includes(words)) return rank * 4 - 1;
  if (keys[0].startsWith(words)) return rank * 4;
  if (keys.some((text) => text.startsWith(words))) return 1 + rank * 4;
  if (keys.some((text) => text.includes(` ${words}`))) return 2 + rank * 4;
  if (keys.some((text) => text.includes(words))) return 3 + rank * 4;
  const all = words.split(/\s+/);
  if (all.every((word) => keys.some((text) => text.includes(word)))) return 8 + rank;
  return all.every((word) => [besides, ...keys].some((text) => text.includes(word))) ? 9.5 : 10;
}

function mark() {
  [...$("found").children].forEach((option, index) => {
    option.setAttribute("aria-selected", String(index === picked));
    if (index === picked) option.scrollIntoView({ block: "nearest" });
  });
  if (picked >= 0) $("find").setAttribute("aria-activedescendant", `found-${picked}`);
  else $("find").removeAttribute("aria-activedescendant");
}

function choose(index) {
  if (!offered[index]) return;
  closeFound();
  $("find").value = "";
  go(offered[index].hash);
  $("panel").focus();
}

function closeFound() {
  $("found").hidden = true;
  $("find").setAttribute("aria-expanded", "false");
  $("find").removeAttribute("aria-activedescendant");
}

$("find").addEventListener("input", offer);
$("find").addEventListener("focus", offer);
$("find").addEventListener("blur", closeFound);
$("find").addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    $("find").value = "";
    closeFound();
  } else if (event.key === "Enter") choose(picked);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (offered.length > 0) picked = (picked + step + offered.length) % offered.length;
    mark();
  } else return;
  event.preventDefault();
  event.stopPropagation();
});
