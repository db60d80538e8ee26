// ---- the dials: the same as --as-of, --assume and --without ------------------------------------
const BEAT = 900; // milliseconds from one day to the next while time passes
let beat = null;

/** The days that a date covers; null for what is none. */
function daysOf(text) {
  const [whole, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.trim()) ?? [];
  if (!whole) return null;
  const last = new Date(Date.UTC(2000, Number(month ?? 12), 0)).setUTCFullYear(
    Number(year),
    Number(month ?? 12),
    0,
  );
  const lastDay = new Date(last).getUTCDate();
  if (
    year === "0000" ||
    Number(month ?? 1) < 1 ||
    Number(month ?? 1) > 12 ||
    Number(day ?? 1) < 1 ||
    Number(day ?? 1) > lastDay
  )
    return null;
  return [
    `${year}-${month ?? "01"}-${day ?? "01"}`,
    `${year}-${month ?? "12"}-${day ?? String(lastDay).padStart(2, "0")}`,
  ];
}

const dialsNow = () =>
  dials ?? { date: look.date, as_of: ownLens.as_of, assume: ownLens.assume, without: [] };
const sameAs = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Turn some dials; where all are as in the file again, nothing is marked. */
function turn(changed, isPassing = false) {
  const next = { ...dialsNow(), ...changed };
  relook(
    sameAs(next, { date: look.date, as_of: ownLens.as_of, assume: ownLens.assume, without: [] })
      ? null
      : next,
  );
  refresh();
  remember(isPassing);
  show();
}

/** Everything that tells how claims stand, anew. */
function refresh() {
  sought = null;
  soughtIn.clear();
  sift();
  fillLegend();
  for (const tr of rowsOf(document.querySelector('table[data-sheet="claims"]'))) restateRow(tr);
  $("change-head").hidden = fates === null;
  if (network !== null) relayLines();
  tellLens();
}

/** What the row of a claim says of its standing. */
function restateRow(tr) {
  const claim = claims[tr.id.slice(2)];
  const turned = fates && [
    make("span", { class: hueOf(fateOf(claim.id)) }, fates[claim.facets.change[0]].join(" ")),
    "; ",
  ];
  const about = [claim.modality, claim.effect, claim.headline ? "in a headline alone" : ""]
    .filter(Boolean)
    .join("; ");
  tr.cells[1].replaceChildren(
    make(
      "span",
      {
        class: `standing ${claim.stroke}${claim.holds ? "" : " idle"}${claim.facets.polarity[0] === "denied" ? " denied" : ""}`,
      },
      claim.standing,
    ),
    make("small", {}, ...(turned ?? []), about),
  );
}

/** The lens in words, as kg.scene has them. */
function lensWords() {
  const { date, assume, without } = dialsNow();
  const { heard, others, without: left } = look.words;
  const hidden = sameAs(assume, ownLens.assume) ? look.words.hidden : [];
  const named = (isRuledOut) => [
    ...assume
      .filter((each) => each.startsWith("not:") === isRuledOut)
      .map((each) => nameOfScenario(each.replace("not:", ""))),
    ...hidden.filter(([, isOut]) => isOut === isRuledOut).map(([name]) => name),
  ];
  const some = (lead, names, between) => (names.length > 0 ? [lead + names.join(between)] : []);
  return [
    date === look.date ? look.words.date : `as of ${date}`,
    ...heard,
    ...some("without ", [...left, ...without.map((id) => voices.get(id))], ", "),
    ...some("assuming ", named(false), " and "),
    ...some("ruling out ", named(true), " and "),
    ...others,
  ];
}

const nameOfScenario = (id) => look.scenarios.find(([own]) => own === id)?.[1] ?? nameOf(id);

function tellLens() {
  $("lens-words").textContent = lensWords().join("; ");
  const {
    date,
    as_of: [, last],
    assume,
    without,
  } = dialsNow();
  if (document.activeElement !== $("as-of")) $("as-of").value = date;
  const place = look.days.findLastIndex((day) => day <= last);
  $("day").value = Math.max(place, 0);
  $("day").setAttribute("aria-valuetext", date);
  for (const select of document.querySelectorAll("#dials select[data-scenario]")) {
    const id = select.dataset.scenario;
    select.value = assume.includes(id) ? id : assume.includes(`not:${id}`) ? `not:${id}` : "";
  }
  $("left-out").replaceChildren(
    ...without.map((id) =>
      make(
        "button",
        {
          type: "button",
          "aria-label": `Listen to ${voices.get(id)} again`,
          on: {
            click: () => {
              turn({ without: dialsNow().without.filter((other) => other !== id) });
              $("leave-out").focus();
            },
          },
        },
        `✕ ${voices.get(id)}`,
      ),
    ),
  );
  const count = (fate) => written.filter(({ facets: { change } }) => change?.[0] === fate).length;
  const told = [
    ["gained", "gained"],
    ["lost", "lost"],
    ["otherwise", "changed otherwise"],
  ]
    .map(([fate, words]) => [count(fate), words])
    .filter(([number]) => number > 0);
  $("turned").hidden = dials === null;
  const counted = told.map(
    ([number, words], at) => `${at === 0 ? plural(number, "claim") : number} ${words}`,
  );
  const changes =
    counted.length > 0
      ? `Against the file: ${counted.join(", ")}.`
      : "Nothing stands otherwise than in the file.";
  $("turned-words").textContent = dials === null ? "" : changes;
}

/** What is turned, for the address; and back. */
function lensInAddress() {
  if (!look || dials === null) return [];
  const { date, assume, without } = dials;
  return [
    date === look.date ? "" : `as-of=${date}`,
    sameAs(assume, ownLens.assume) ? "" : `assume=${assume.join(",")}`,
    without.length > 0 ? `without=${without.join(",")}` : "",
  ];
}

function lookBy(parts) {
  if (!look) return;
  const listed = (key, isKnown) => (parts.get(key) ?? "").split(",").filter(isKnown);
  const date = decoded(parts.get("as-of") ?? "");
  const days = daysOf(date);
  const scenarios = new Set(look.scenarios.map(([id]) => id));
  const asked = parts.has("assume")
    ? listed("assume", (each) => scenarios.has(each.replace("not:", "")))
    : ownLens.assume;
  const assume = torn(consequences(asked, look)) ? ownLens.assume : asked;
  const without = listed("without", (id) => voices.has(id));
  const next = { date: days ? date : look.date, as_of: days ?? ownLens.as_of, assume, without };
  const isOwn = sameAs(next, {
    date: look.date,
    as_of: ownLens.as_of,
    assume: ownLens.assume,
    without: [],
  });
  if (sameAs(isOwn ? null : next, dials)) return;
  relook(isOwn ? null : next);
  refresh();
}

const voices = new Map(
  look && facets.find(({ id }) => id === "voice")?.values.map(({ id, label }) => [id, label]),
);

/** Time passes, from day to day on which something changes, or stands still. */
function play() {
  const isPlaying = beat !== null;
  clearInterval(beat);
  beat = null;
  $("play").textContent = isPlaying ? "▶" : "⏸";
  $("play").setAttribute("aria-label", isPlaying ? "Let time pass" : "Stop time");
  if (isPlaying) return;
  const last = look.days.length - 1;
  let place = Number($("day").value);
  if (place >= last) place = -1;
  const step = () => {
    place += 1;
    setDay(place, true);
    if (place >= last) play();
  };
  step();
  if (place < last) beat = setInterval(step, BEAT);
}

const setDay = (place, isPassing) =>
  turn({ date: look.days[place], as_of: [look.days[place], look.days[place]] }, isPassing);

function takeDate() {
  const field = $("as-of");
  const days = daysOf(field.value);
  field.setCustomValidity(days ? "" : "Write a date: 2022, 2025-12 or 2025-12-02");
  if (field.reportValidity()) turn({ date: field.value.trim(), as_of: days });
}

function assume(id, value) {
  const others = dialsNow().assume.filter((each) => each.replace("not:", "") !== id);
  const asked = value ? [...others, value].sort() : others;
  const both = torn(consequences(asked, look));
  if (both) announce(`${nameOfScenario(both)} would both come true and be ruled out.`);
  turn({ assume: both ? (value ? [value] : []) : asked }); // what contradicts the newest gives way
}

function fillDials() {
  $("dials").hidden = !look;
  if (!look) return;
  const isDated = look.days.length > 1;
  const day = make("input", {
    type: "range",
    id: "day",
    min: 0,
    max: Math.max(look.days.length - 1, 0),
    step: 1,
    "aria-label": "As of, day by day on which something changes",
    on: {
      input: () => setDay(Number(day.value), true),
      change: () => remember(),
    },
  });
  const field = make("input", {
    type: "text",
    id: "as-of",
    inputmode: "numeric",
    autocomplete: "off",
    spellcheck: "false",
    on: { change: takeDate, input: () => field.setCustomValidity("") },
  });
  const scenarios = look.scenarios.map(([id, name]) =>
    make(
      "label",
      { class: "scenario" },
      make("span", { class: "word" }, name),
      make(
        "select",
        { "data-scenario": id, on: { change: ({ target }) => assume(id, target.value) } },
        make("option", { value: "" }, "not assumed"),
        make("option", { value: id }, "comes true"),
        make("option", { value: `not:${id}` }, "is ruled out"),
      ),
    ),
  );
  const leave = make(
    "select",
    {
      id: "leave-out",
      on: {
        change: () => {
          const { without } = dialsNow();
          if (leave.value) turn({ without: [...new Set([...without, leave.value])] });
          leave.value = "";
        },
      },
    },
    make("option", { value: "" }, "nobody"),
    ...[...voices].map(([id, name]) => make("option", { value: id }, name)),
  );
  $("dials").replaceChildren(
    ...[
      make("summary", {}, "Seen otherwise: when, if, without"),
      make(
        "div",
        { class: "date" },
        make("label", { for: "as-of" }, "as of"),
        field,
        isDated
          ? make(
              "button",
              { type: "button", id: "play", "aria-label": "Let time pass", on: { click: play } },
              "▶",
            )
          : null,
      ),
      make(
        "div",
        { class: "days", hidden: !isDated },
        day,
        make(
          "div",
          { class: "ends", "aria-hidden": "true" },
          make("span", {}, look.days[0]?.slice(0, 4)),
          make("span", {}, look.days.at(-1)?.slice(0, 4)),
        ),
      ),
      ...(scenarios.length > 4
        ? [
            make(
              "details",
              {},
              make("summary", {}, `if … (${scenarios.length} scenarios)`),
              ...scenarios,
            ),
          ]
        : scenarios),
      make("label", { class: "scenario" }, make("span", { class: "word" }, "without"), leave),
      make("p", { id: "left-out" }),
      make(
        "p",
        { id: "turned", hidden: true },
        make("span", { id: "turned-words", role: "status" }),
        make(
          "button",
          {
            type: "button",
            id: "own-lens",
            on: {
              click: () => {
                turn({
                  date: look.date,
                  as_of: ownLens.as_of,
                  assume: ownLens.assume,
                  without: [],
                });
                field.focus();
              },
            },
          },
          "As in the file",
        ),
      ),
    ].filter(Boolean),
  );
  tellLens();
}
