"""What a report says, as values, before anybody formats it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.findings.statements import Topic
from kg.model.display import counted
from kg.model.table import Table
from kg.render.report.figures import Bar, NetworkFigure
from kg.render.report.timeline import Timeline

_MOST_AT_THE_HEAD = 5  #: sources
_NAMED = 3  #: of more than these


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

    @property
    def lists_sources(self) -> bool:
        """Whether they are too many for the head: then a list at the end names all of them."""
        return len(self.sources) > _MOST_AT_THE_HEAD


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


def notes(table: Table) -> str:
    """What a table says of itself, as sentences."""
    return "".join(f"{note}. " for note in table.notes).strip()
