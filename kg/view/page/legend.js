// ---- legend -----------------------------------------------------------------------------------
const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A line as the picture draws it: `line outside idle crossed good`. */
function lineSample(look) {
  const words = look.split(" ");
  const tone =
    words.find((word) =>
      ["good", "bad", "mixed", "neither", "gained", "lost", "otherwise", "kept"].includes(word),
    ) ?? "ink";
  const dash = DASHES[words[1]];
  const dashes = dash ? { "stroke-dasharray": dash.map((x) => x * 0.8).join(" ") } : {};
  const marks = [
    svg("path", {
      d: "M0 6H30",
      class: `paint-${tone}`,
      "stroke-width": words.includes("inferred") ? 1 : words.includes("idle") ? 1.2 : 2,
      fill: "none",
      ...dashes,
    }),
  ];
  if (words.includes("inferred")) marks.push(...inferredSample());
  if (isChanged({ fate: tone })) marks.push(...signSample(tone));
  if (words.includes("crossed"))
    marks.push(
      svg("path", { d: "M11 2L19 10M11 10L19 2", class: `paint-${tone}`, "stroke-width": 2.2 }),
    );
  return svg(
    "svg",
    { width: 30, height: 12, viewBox: "0 0 30 12", "aria-hidden": "true" },
    ...marks,
  );
}

const OUTLINES = {
  dot: "M1 7a6 6 0 1 0 12 0a6 6 0 1 0 -12 0",
  square: "M2 2H12V12H2Z",
  diamond: "M7 0.5L13.5 7L7 13.5L0.5 7Z",
  triangle: "M7 1L13.5 12.5H0.5Z",
  triangleDown: "M7 13L0.5 1.5H13.5Z",
  hexagon: "M3.5 1H10.5L14 7L10.5 13H3.5L0 7Z",
  star: "M7 0L9 5H14L10 8.3L11.5 13.5L7 10.4L2.5 13.5L4 8.3L0 5H5Z",
};
function shapeSample(shape, tint) {
  return svg(
    "svg",
    { width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: OUTLINES[shape], class: `shape fill-${tint}` }),
  );
}

/** A box that switches a value on and off, and a button that leaves nothing else on. */
function key(facet, { id, label: words, count, sample }, others) {
  const box = make("input", {
    type: "checkbox",
    "data-facet": facet,
    "data-value": id,
    on: {
      change: () => {
        off.get(facet)[box.checked ? "delete" : "add"](id);
        resift();
      },
    },
  });
  box.checked = true;
  const only =
    others === null
      ? null
      : make(
          "button",
          {
            type: "button",
            class: "only",
            "aria-label": `Nothing but ${words}`,
            on: {
              click: () => {
                off.set(facet, new Set(others.filter((other) => other !== id)));
                resift();
              },
            },
          },
          "only",
        );
  return make(
    "div",
    { class: "key" },
    make(
      "label",
      {},
      box,
      sample ?? null,
      make("span", { class: "word" }, words),
      make("span", { class: "number" }, count),
    ),
    only,
  );
}

/** Values that a claim has one of; of voices and judgements it has several. */
const isSingle = (facet) => facet !== "voice" && facet !== "weight";

const MOST_KEYS = 60; // of a facet: thousands of voices would be no legend
const SHORT = 13; // letters and digits: two of such values stand side by side

function fillLegend() {
  const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
  const isShort = (row) =>
    [".word", ".number"].reduce(
      (sum, part) => sum + (row.querySelector(part)?.textContent.length ?? 0),
      0,
    ) <= SHORT;
  const group = (title, isOpen, ...content) => {
    const rows = content.filter(Boolean);
    return make(
      "details",
      { open: isOpen },
      make("summary", {}, title),
      make("div", { class: rows.every(isShort) ? "values short" : "values" }, ...rows),
    );
  };
  const remark = (sign, words, number) =>
    make(
      "p",
      { class: "remark" },
      sign,
      make("span", { class: "word" }, words),
      make("span", { class: "number" }, number),
    );
  const parts = facets.map(({ id, title, is_open: isOpen, values }) => {
    const others = isSingle(id) && values.length > 1 ? values.map((value) => value.id) : null;
    return group(
      title,
      isOpen,
      ...values
        .slice(0, MOST_KEYS)
        .map((value) =>
          key(id, { ...value, sample: value.sample ? lineSample(value.sample) : null }, others),
        ),
      values.length > MOST_KEYS
        ? remark("", `and ${values.length - MOST_KEYS} others, each with fewer`, "")
        : null,
      id === "polarity" && disputed > 0
        ? remark("?", "disputed: others deny it or speak against it", disputed)
        : null,
      ...(id === "change" ? alsoChanged().map((row) => remark(...row)) : []),
      id === "tone" &&
        !fates &&
        !values.some((value) => value.id === "mixed") &&
        [...lines.values()].some((line) => line.tone === "mixed")
        ? make(
            "p",
            { class: "mixture" },
            lineSample("line actual mixed"),
            make("span", { class: "word" }, "some of each"),
          )
        : null,
    );
  });
  const kinds = groups.map(({ type, label, shape, tint, count }) =>
    key("kind", { id: type, label: capital(label), count, sample: shapeSample(shape, tint) }, null),
  );
  const following =
    inferred.length > 0
      ? [
          group(
            "What follows from claims",
            true,
            key(
              "line",
              {
                id: "inferred",
                label: "inferred, nobody’s claim",
                count: inferred.length,
                sample: lineSample("line inferred"),
              },
              null,
            ),
          ),
        ]
      : [];
  const about = kinds.length > 0 ? [group("What they are about", true, ...kinds)] : [];
  parts.splice(facets.filter((facet) => facet.is_open).length, 0, ...following, ...about);
  document.querySelector("#legend .keys").replaceChildren(...parts);
}
