"""Paths between two actors, as text for a terminal and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import wording
from kg.analysis.paths import Hop
from kg.model.display import indented, visible
from kg.model.facts import Claim
from kg.model.table import Table
from kg.scene import Scene
from kg.standing import Reason
from kg.voices import is_through_unnamed

Path = tuple[Hop, ...]

_MOST_CLAIMS = 6  #: of a hop; a page full of them hides the path


_HYPOTHETICAL = {Reason.CONDITION, Reason.RULED_OUT, Reason.MODALITY}


def to_text(
    title: str,
    paths: Sequence[Path],
    scene: Scene,
    notes: Sequence[str],
    beside: Sequence[Claim] = (),
    width: int = 100,
) -> str:
    """Each path with its hops, each hop with its marks and claims, wrapped to `width` columns.

    Args:
        title: comes first.
        paths: in the order to be told in.
        scene: what they are paths in.
        notes: come last, each without a full stop.
        beside: claims of the two actors that make no hop, which are told after the paths.
        width: in columns.
    """
    lines = [title]
    for number, path in enumerate(paths, 1):
        lines += ["", *_path(number, path, scene)]
    if beside:
        lines += ["", "Said of the two, but no hop:"]
        lines += _told(beside, "   ", scene)
    for note in notes:
        lines += ["", f"{note}."]
    return "".join(f"{piece}\n" for line in lines for piece in indented(visible(line), width))


def to_table(paths: Sequence[Path], scene: Scene, title: str, notes: tuple[str, ...]) -> Table:
    """One row a hop; the evidence of a row is the claims that make the hop."""
    name = scene.facts.name
    hops = [(n, m, hop) for n, path in enumerate(paths, 1) for m, hop in enumerate(path, 1)]
    rows = tuple(
        (
            number,
            step,
            hop.start,
            name(hop.start),
            _arrow(hop),
            hop.end,
            name(hop.end),
            "; ".join(_relations(hop, scene)),
            "; ".join(marks(hop, scene)) or None,
            len(hop.claims),
        )
        for number, step, hop in hops
    )
    columns = ("path", "hop", "from", "from_name", "way", "to", "to_name", "relations", "marks",
               "claims")  # fmt: skip
    return Table(columns, rows, title, notes, tuple(hop.claims for _, _, hop in hops))


def beside(paths: Sequence[Path], start: str, end: str, scene: Scene) -> tuple[Claim, ...]:
    """The claims of one actor and the other that no hop of the paths tells of, denials first."""
    told = {id for path in paths for hop in path for id in (*hop.claims, *hop.denials)}
    found = (
        claim
        for claim in scene.facts.mentions.get(start, ())
        if {*claim.things} == {start, end} and claim.id not in told
    )
    return tuple(sorted(found, key=lambda claim: (not claim.is_denied, claim.id)))


def marks(hop: Hop, scene: Scene) -> tuple[str, ...]:
    """What a reader must know of a hop before relying on it.

    A hop is reported where no claim of it is in the voice of the source that was read, by unnamed
    voices alone where none comes without one, possible
    where none is certain on the date, disputed where a claim in force denies one of its claims. One
    that is not in force gives the reasons, and is called hypothetical where they are a condition
    or a modality. A headline's hop has no claim that the body of a source makes as well.
    """
    claims = _claims(hop, scene)
    standings = [scene.standings[claim.id] for claim in claims]
    found = []
    if not hop.in_force:
        reasons = dict.fromkeys(standing.reason for standing in standings)
        word = "hypothetical" if _HYPOTHETICAL & reasons.keys() else "not in force"
        found.append(f"{word}: {', or '.join(map(str, reasons))}")
    elif not any(standing.certain for standing in standings):
        found.append("possible")
    if all(is_through_unnamed(claim, scene.facts) for claim in claims):
        found.append("reported by unnamed voices alone")
    elif all(claim.said_by for claim in claims):
        found.append("reported")
    if all(claim.id in scene.in_headline_alone for claim in claims):
        found.append("in a headline alone")
    if any(claim.id in scene.disputes for claim in claims):
        found.append("disputed")
    elif hop.denials:
        found.append("something else is denied")
    return tuple(found)


def _path(number: int, path: Path, scene: Scene) -> Iterator[str]:
    facts = scene.facts
    way = "".join(f" {_arrow(hop)} {facts.name(hop.end)}" for hop in path)
    yield f"{number}. {facts.name(path[0].start)}{way}"
    for hop in path:
        marked = "; ".join(marks(hop, scene))
        yield ""
        yield f"   {facts.name(hop.start)} {_arrow(hop)} {facts.name(hop.end)}" + (
            f"  ({marked})" if marked else ""
        )
        yield from _told([*_claims(hop, scene), *_denials(hop, scene)], "     ", scene)


def _told(claims: Sequence[Claim], indent: str, scene: Scene) -> Iterator[str]:
    shown = claims if len(claims) <= _MOST_CLAIMS + 1 else claims[:_MOST_CLAIMS]
    for claim in shown:
        yield f"{indent}{wording.sentence(claim, scene.facts)}"
        yield f"{indent}  {wording.standing(claim, scene)} · {claim.id}"
        yield f"{indent}  {wording.said_by_sentence(claim, scene.facts)}"
    if len(claims) > len(shown):
        yield f"{indent}and {len(claims) - len(shown)} more: --format json lists all"


def _claims(hop: Hop, scene: Scene) -> list[Claim]:
    return [scene.facts.claims[claim] for claim in hop.claims]


def _denials(hop: Hop, scene: Scene) -> list[Claim]:
    return [scene.facts.claims[claim] for claim in hop.denials]


def _relations(hop: Hop, scene: Scene) -> Iterator[str]:
    """What is said to be done, from the start of the hop to its end, by label."""
    relations = scene.facts.vocabulary.relations
    found: dict[str, None] = {}
    for tie in hop.ties:
        for relation in tie.relations:
            known = relations[relation]
            found[known.label if tie.subject == hop.start else known.inverse_label] = None
    yield from found


def _arrow(hop: Hop) -> str:
    ways = {tie.subject == hop.start for tie in hop.ties}
    return "↔" if len(ways) == 2 else "→" if ways == {True} else "←"
