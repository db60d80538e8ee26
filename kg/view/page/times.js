// ---- small pictures of one day after another: what comes into force and what no longer is -------
const MOST_TOLD = 6; // claims at a day; the file of CSV has all
const NAMED = 4; // things in a small picture
const THUMB = 300; // pixels across, most of them; the letters are to be as large in all

/**
 * The days on which claims come into force or no longer are, with these claims, under the lens as
 * it is turned.
 */
function daysOfChange() {
  const judgedAt = (day) => judge(look, { ...lensNow(), as_of: [day, day] });
  const isCounted = ({ id, object }) => object && (!$("as-shown").checked || on.claims.has(id));
  const some = written.filter(isCounted).map(({ id }) => id);
  const eve = new Date(Date.parse(look.days[0]) - 864e5).toISOString().slice(0, 10);
  let before = judgedAt(eve);
  return look.days
    .map((day) => {
      const now = judgedAt(day);
      const [held, holds] = [before, now].map(
        (standings) => new Set(some.filter((id) => standings.get(id).holds)),
      );
      before = now;
      return {
        day,
        holds,
        gained: [...holds].filter((id) => !held.has(id)),
        lost: [...held].filter((id) => !holds.has(id)),
      };
    })
    .filter(({ gained, lost }) => gained.length + lost.length > 0);
}

const endsIn = (id) =>
  [claims[id].subject, claims[id].object].map((end) => standIn.get(end) ?? end);

/**
 * Everything in its place in the picture: lines in force, bold what has come, dashed what has gone.
 */
function thumbnail({ day, holds, gained, lost }) {
  const box = roomOf([...nodes.values()], 1);
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  const unit = Math.max(width, height) / THUMB;
  const [come, gone] = [new Set(gained), new Set(lost)];
  const lineOf = (id, fate) => {
    const [from, to] = endsIn(id).map((end) => nodes.get(end));
    return from && to
      ? svg("path", {
          d: `M${short(from.x)} ${short(from.y)}L${short(to.x)} ${short(to.y)}`,
          "stroke-width": short((fate === "kept" ? 0.7 : 2) * unit),
          ...(fate === "lost" ? { "stroke-dasharray": short(3 * unit) } : {}),
          class: `paint-${fate}`,
        })
      : "";
  };
  const kept = [...holds].filter((id) => !come.has(id));
  const tied = new Set([...holds, ...gone].flatMap(endsIn));
  const changed = new Set([...come, ...gone].flatMap(endsIn));
  const named = [...changed]
    .map((id) => nodes.get(id))
    .filter(Boolean)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, NAMED);
  const dot = ({ id, x, y }) =>
    svg("circle", {
      cx: short(x),
      cy: short(y),
      r: short((changed.has(id) ? 3.4 : 2) * unit),
      class: tied.has(id) ? "tied" : "untied",
    });
  const name = ({ id, x, y }) =>
    svg(
      "text",
      {
        x: short(Math.min(Math.max(x, box[0] + 40 * unit), box[2] - 40 * unit)),
        y: short(y - 6 * unit),
        "font-size": short(10.5 * unit),
        "text-anchor": "middle",
      },
      nameOf(id),
    );
  const told = [
    gained.length > 0 ? `${gained.length} more` : "",
    lost.length > 0 ? `${lost.length} no longer` : "",
  ]
    .filter(Boolean)
    .join(", ");
  return svg(
    "svg",
    {
      class: "thumb",
      viewBox: [box[0], box[1] - 12 * unit, width, height + 12 * unit].map(short).join(" "),
      role: "img",
      "aria-label": `${day}: ${plural(holds.size, "claim")} in force, ${told}`,
    },
    ...kept.map((id) => lineOf(id, "kept")),
    ...lost.map((id) => lineOf(id, "lost")),
    ...gained.map((id) => lineOf(id, "gained")),
    ...[...nodes.values()].map(dot),
    ...named.map(name),
  );
}

const heldIn = new WeakMap(); // of each row what it tells of

function timesRow(change) {
  const { day, holds, gained, lost } = change;
  const list = (ids, fate) =>
    ids.length === 0
      ? []
      : [
          make(
            "ul",
            { class: fate },
            ...ids
              .slice(0, MOST_TOLD)
              .map((id) => make("li", {}, make("a", { href: `#c=${id}` }, sentenceOf(id)))),
            ids.length > MOST_TOLD ? make("li", {}, `and ${ids.length - MOST_TOLD} more`) : null,
          ),
        ];
  const see = make(
    "button",
    {
      type: "button",
      "aria-label": `See it as of ${day}`,
      on: {
        click: () => {
          $("claims").close();
          setDay(look.days.indexOf(day));
        },
      },
    },
    day,
  );
  const tr = tableRow(
    {},
    [see],
    [thumbnail(change)],
    [holds.size],
    list(gained, "gained"),
    list(lost, "lost"),
  );
  heldIn.set(tr, change);
  return tr;
}

function timesRows() {
  return daysOfChange().map(timesRow);
}
