"""How much of a source's text the claims stand for: part by part, and to the character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model.facts import FactSet, Source
from kg.model.table import Table

Stretch = tuple[int, int]  #: code points from 0, the end excluded


@dataclass(frozen=True, slots=True)
class Anchor:
    """A claim in a part of a text, and the characters of the part that it stands for."""

    claim: str
    chars: Stretch | None  #: None where it is anchored in the part as a whole


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a source's text, with what is anchored in it."""

    name: str
    start: int
    end: int
    anchors: tuple[Anchor, ...]  #: in order of their characters, the whole part last
    is_covered: bool  #: whether any claim stands for any of its characters
    is_unclaimed: bool  #: whether it is said to hold nothing to claim
    is_headline: bool

    @property
    def is_open(self) -> bool:
        """Whether it was perhaps passed over; a headline is not, which the body goes into."""
        return not (self.is_covered or self.is_unclaimed or self.is_headline)

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.end - self.start

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that are anchored in it, each once."""
        return tuple(dict.fromkeys(anchor.claim for anchor in self.anchors))

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The characters of the part that claims point to exactly, without overlaps."""
        return union(anchor.chars for anchor in self.anchors if anchor.chars)

    @property
    def exact(self) -> int:
        """How many characters of the part claims point to exactly."""
        return sum(end - start for start, end in self.stretches)


def coverage(source: Source, facts: FactSet) -> tuple[Part, ...]:
    """The parts of a source's text in its order, a section first; none where they are not known.

    Parts may overlap: a section is covered by a claim on one of its paragraphs, and a paragraph by
    a claim on its section.
    """
    if source.text is None:
        return ()
    anchors = _anchors(source, facts)
    covered = union(_stretches(source.text.parts, anchors))
    parts = source.text.parts.items()
    in_order = sorted(parts, key=lambda part: (part[1][0], -part[1][1], part[0]))
    return tuple(
        Part(
            name,
            start,
            end,
            tuple(sorted(anchors.get(name, ()), key=lambda a: (a.chars or (end, end), a.claim))),
            any(first < end and start < last for first, last in covered),
            name in source.text.unclaimed,
            name in source.text.headline,
        )
        for name, (start, end) in in_order
    )


def coverage_table(facts: FactSet) -> Table:
    """Each part of each text: its length, the claims that stand in it, how much of it they cite.

    The last but one counts the characters that passages with `chars` point to.
    """
    rows = tuple(
        (source.id, part.name, part.length, len(part.claims), part.exact, _state(part))
        for source in facts.sources.values()
        for part in coverage(source, facts)
    )
    columns = ("source", "part", "characters", "claims", "cited exactly", "")
    return Table(columns, rows, "Claims in each part of the texts")


def _state(part: Part) -> str:
    if part.is_covered:
        return ""
    return "nothing to claim" if part.is_unclaimed else "no claim"


def union(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same characters in stretches that neither overlap nor touch, in order.

    >>> union([(4, 6), (0, 2), (5, 9), (2, 3)])
    ((0, 3), (4, 9))
    """
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _anchors(source: Source, facts: FactSet) -> dict[str, list[Anchor]]:
    found: dict[str, list[Anchor]] = {}
    for claim in facts.claims_of.get(source.id, ()):
        for passage in claim.passages:
            found.setdefault(passage.part, []).append(Anchor(claim.id, passage.chars))
    return found


def _stretches(
    parts: Mapping[str, Stretch], anchors: Mapping[str, list[Anchor]]
) -> Iterator[Stretch]:
    """The characters of the text that the claims stand for."""
    for name, each in anchors.items():
        start, end = parts[name]
        for anchor in each:
            chars = anchor.chars
            yield (start + chars[0], start + chars[1]) if chars else (start, end)
