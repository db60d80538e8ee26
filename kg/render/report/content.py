"""What a report says, as values, before anybody formats it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg import wording
from kg.aggregation import Gathered, chains
from kg.model.display import counted
from kg.model.facts import Claim
from kg.model.table import Cell, Table, cell_text
from kg.render.report.figures import Bar, NetworkFigure
from kg.render.report.timeline import Timeline
from kg.scene import Scene

_MOST_BEHIND = 12  #: of the claims behind a statement
_MOST_CHAINS = 2
_MOST_AT_THE_HEAD = 5  #: sources
_NAMED = 3  #: of more than these


@dataclass(frozen=True, slots=True)
class Reference:
    """A claim that a statement rests on."""

    id: str
    sentence: str
    standing: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, with what it rests on."""

    text: str
    ids: tuple[str, ...]  #: of the claims that it rests on
    claims: tuple[Reference, ...]  #: the first of them
    standing: str = ""  #: of the claims, where the statement says what they say
    said_by: str = ""  #: through whom they come
    is_whole: bool = False  #: it says all that the claims' own sentences say

    @property
    def count(self) -> int:
        """On how many claims it rests."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Topic:
    """Statements under a heading; the last may be left out, which is then said."""

    title: str
    statements: tuple[Statement, ...]
    left_out: int = 0  #: claims whose statements are not there


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report."""

    title: str
    lead: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A source that claims were read in."""

    id: str
    text: str  #: its title, who published it, and when
    claims: int


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say about a scene."""

    title: str
    seen: str
    sources: tuple[Read, ...]  #: those with the most claims first
    summary: str
    findings: tuple[Topic, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    network: NetworkFigure | None
    bars: tuple[Bar, ...]
    timeline: Timeline | None
    diagnostics: tuple[tuple[str, int], ...]  #: severity and count; none if not to be read
    anchors: frozenset[str] | None  #: where in the graph a link can lead; anywhere if None
    unseen: int  #: claims that the graph has no room for

    @property
    def lists_sources(self) -> bool:
        """Whether they are too many for the head: then a list at the end names all of them."""
        return len(self.sources) > _MOST_AT_THE_HEAD

    def leads_to(self, anchor: str) -> bool:
        """Whether `c=CLAIM` or `n=THING` is in the graph."""
        return self.anchors is None or anchor in self.anchors


def statement(text: str, claims: Sequence[Claim], scene: Scene) -> Statement:
    """A sentence of the report's own, with the claims that it is made from."""
    return Statement(text, _ids(claims), _references(claims, scene))


def retold(gathered: Gathered, scene: Scene) -> Statement:
    """What claims say, with how they stand and through whom they come."""
    claims = gathered.claims
    return Statement(
        f"{gathered.text}.",
        _ids(claims),
        _references(claims, scene),
        _standing(claims, scene),
        _said_by(claims, scene),
        gathered.is_whole,
    )


def topic(title: str, told: Iterable[Gathered], scene: Scene, most: int) -> Topic:
    """What claims say under a heading, in at most so many statements."""
    told = tuple(told)
    left_out = sum(len(gathered.claims) for gathered in told[most:])
    return Topic(title, tuple(retold(gathered, scene) for gathered in told[:most]), left_out)


def checks(report: Report) -> str:
    """How many findings of each severity the facts have, in a sentence."""
    if not report.diagnostics:
        return "The findings of kg check are not part of a report with a marking."
    return ", ".join(counted(number, severity) for severity, number in report.diagnostics) + "."


def read(report: Report) -> str:
    """The sources in a line: all of them, or of many the first and how many there are."""
    if not report.lists_sources:
        return "; ".join(source.text for source in report.sources)
    first = "; ".join(source.text for source in report.sources[:_NAMED])
    return f"{len(report.sources):,} sources, the most claims in: {first}"


def unseen(report: Report) -> str:
    """What the graph does not hold, and how to see it; nothing where it holds all."""
    if not report.unseen:
        return ""
    return (
        f"The graph has no room for {counted(report.unseen, 'claim')}: what stands here without a "
        "link is shown by: kg show ID."
    )


def figure(cell: Cell) -> str:
    """A cell for the reader: three significant digits are all that such figures bear."""
    return f"{cell:.3g}" if isinstance(cell, float) else cell_text(cell)


def notes(table: Table) -> str:
    """What a table says of itself, as sentences."""
    return "".join(f"{note}. " for note in table.notes).strip()


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


def _references(claims: Sequence[Claim], scene: Scene) -> tuple[Reference, ...]:
    return tuple(
        Reference(c.id, wording.sentence(c, scene.facts), wording.standing(c, scene))
        for c in claims[:_MOST_BEHIND]
    )


def _standing(claims: Sequence[Claim], scene: Scene) -> str:
    """`in force` · `not in force: …` · `2 in force; 1 not in force: …`."""
    numbers: dict[str, int] = {}
    for claim in claims:
        words = wording.standing(claim, scene)
        if claim.id in scene.in_headline_alone:
            words += ", in a headline alone"
        numbers[words] = numbers.get(words, 0) + 1
    if len(numbers) == 1:
        return next(iter(numbers))
    return "; ".join(f"{number} {words}" for words, number in numbers.items())


def _said_by(claims: Sequence[Claim], scene: Scene) -> str:
    """The chains, a few of them; of more only how many there are."""
    found = chains(claims, scene.facts)
    return "; ".join(found) if len(found) <= _MOST_CHAINS else f"{len(found)} chains of speakers"
