"""The report: what a scene shows, findings first, each with the claims behind it.

Every sentence is made from the data; nothing here knows what a workspace is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from kg import html, wording
from kg.lens import Scene, resting_on_unnamed
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.facts import Claim, FactSet
from kg.model.table import Cell, Table
from kg.network import ActorNetwork
from kg.render.figures import Bar, NetworkFigure, Timeline, bars, network_figure, timeline

_WORDS = ("actor", "relations", "to")  #: columns that hold words
#: the measures that the report tells of
_TOLD = ("degree", "in_degree", "out_degree", "betweenness", "pagerank")
_MOST_FIRST = 4  #: actors that share the first rank and are still worth a sentence
_MOST_ROWS = 12  #: of a table of actors
_MOST_ITEMS = 40  #: of a list of claims
_MOST_BEHIND = 12  #: of the claims behind a finding


@dataclass(frozen=True, slots=True)
class Item:
    """A claim in a list."""

    id: str
    sentence: str
    standing: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, with the claims behind it."""

    text: str
    items: tuple[Item, ...]  #: the first of them
    count: int  #: of all of them


@dataclass(frozen=True, slots=True)
class Listing:
    """Claims under a heading; the last may be left out, which is then said."""

    title: str
    items: tuple[Item, ...]
    count: int  #: of all claims under the heading, listed or not


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report."""

    title: str
    lead: str
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say about a scene, before anybody formats it."""

    title: str
    lens: str
    seen: str
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    network: NetworkFigure | None
    bars: tuple[Bar, ...]
    timeline: Timeline | None
    diagnostics: tuple[tuple[str, int], ...]  #: severity and count


def compose(
    scene: Scene,
    network: ActorNetwork,
    measured: Mapping[str, Table],
    diagnostics: Sequence[Diagnostic] = (),
) -> Report:
    """The report on `scene`; of the diagnostics only the numbers go into it."""
    facts = scene.facts
    tables = (_ties(network, facts), *(_shortened(measured[name]) for name in _TOLD))
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    read = dict.fromkeys(claim.source for claim in facts.claims.values())
    return Report(
        title=facts.profile.title,
        lens=scene.lens.name,
        seen=scene.describe(),
        sources=tuple(_source(source, facts) for source in sorted(read)),
        findings=tuple(_findings(scene, network, measured)),
        sections=tuple(s for s in _sections(scene) if s.listings),
        tables=tables if network.ties else (),
        network=network_figure(network, measured["degree"]),
        bars=bars(measured["degree"]),
        timeline=timeline(scene),
        diagnostics=tuple((str(s), counts[s]) for s in Severity),
    )


# -- what there is to say -------------------------------------------------------------------------


def _findings(
    scene: Scene, network: ActorNetwork, measured: Mapping[str, Table]
) -> Iterator[Finding]:
    for text, claims in _said(scene, network, measured):
        items = tuple(_item(claim, scene) for claim in claims[:_MOST_BEHIND])
        yield Finding(text, items, len(claims))


#: A sentence and the claims behind it.
_Said = tuple[str, Sequence[Claim]]


def _said(scene: Scene, network: ActorNetwork, measured: Mapping[str, Table]) -> Iterator[_Said]:
    claims = list(scene.facts.claims.values())
    things = {thing for claim in claims for thing in claim.things}
    sources = {claim.source for claim in claims}
    yield (
        f"{_count(len(claims), 'claim')} about {_count(len(things), 'thing')}, "
        f"read in {_count(len(sources), 'source')}.",
        claims,
    )
    yield from _about_force(scene)
    yield from _about_denials(scene)
    yield from _about_unnamed(scene)
    yield from _central(scene, network, measured)
    yield from _about_judgements(scene.facts)


def _about_force(scene: Scene) -> Iterator[_Said]:
    denials = len(scene.in_force) - len(scene.edges)
    possible = sum(not scene.standings[claim.id].certain for claim in scene.in_force)
    words = _are(len(scene.in_force), "claim", "in force")
    words += f", {possible} of them only possibly" if possible else ""
    edges = f"{len(scene.edges)} affirming, which are the direct edges"
    yield f"{words}: {edges}, and {denials or 'none'} denying.", scene.in_force
    disputed = [claim for claim in scene.in_force if claim.id in scene.disputes]
    if disputed:
        are = _are(len(disputed), "claim", "disputed by another that is in force")
        yield f"{are}, too.", disputed
    if scene.left_out:
        reasons = sorted(scene.left_out.items(), key=lambda item: -item[1])
        why = "; ".join(f"{reason} ({count})" for reason, count in reasons)
        left = [c for c in scene.facts.claims.values() if not scene.standings[c.id].holds]
        yield f"{_are(len(left), 'claim', 'not in force')}: {why}.", left


def _about_denials(scene: Scene) -> Iterator[_Said]:
    denials = [claim for claim in scene.facts.claims.values() if claim.is_denied]
    if not denials:
        return
    conditions = Counter(claim.condition for claim in denials if claim.condition)
    said = [
        _are(len(denials), "claim", "denials" if len(denials) > 1 else "a denial"),
        *(
            f"{count} of them only in the case of: {scene.facts.name(condition)}"
            for condition, count in sorted(conditions.items())
        ),
    ]
    yield f"{'; '.join(said)}.", denials


def _about_unnamed(scene: Scene) -> Iterator[_Said]:
    unnamed = resting_on_unnamed(scene.facts)
    if unnamed:
        in_force = sum(scene.standings[claim.id].holds for claim in unnamed)
        words = "1 claim rests" if len(unnamed) == 1 else f"{len(unnamed):,} claims rest"
        yield f"{words} on unnamed voices alone, {in_force} of them in force.", unnamed


def _central(scene: Scene, network: ActorNetwork, measured: Mapping[str, Table]) -> Iterator[_Said]:
    """Who comes first in each measure: those with an equal figure together."""
    for name in _TOLD:
        table = measured[name]
        first = [
            (row, claims)
            for row, claims in zip(table.rows, table.evidence, strict=True)
            if row[0] == 1 and row[3]
        ]
        if not 0 < len(first) <= _MOST_FIRST:
            continue
        names = ", ".join(str(row[2]) for row, _ in first)
        behind = dict.fromkeys(claim for _, claims in first for claim in claims)
        yield (
            f"{table.title} is highest for {names}: {_figure(first[0][0][3])}.",
            [scene.facts.claims[claim] for claim in behind],
        )


def _about_judgements(facts: FactSet) -> Iterator[_Said]:
    judged = [claim for claim in facts.claims.values() if claim.credibility is not None]
    rated = sum(source.reliability not in (None, "F") for source in facts.sources.values())
    yield (
        f"Credibility is judged for {len(judged)} of {_count(len(facts.claims), 'claim')}, "
        f"reliability for {rated} of {_count(len(facts.sources), 'source')}.",
        judged,
    )


def _sections(scene: Scene) -> Iterator[Section]:
    facts = scene.facts
    denials = [claim for claim in facts.claims.values() if claim.is_denied]
    yield Section(
        "What is denied",
        "A denial is a statement, not the lack of one. It never becomes an edge of the graph.",
        _by_condition(denials, scene),
    )
    conditional = [c for c in facts.claims.values() if c.condition and not c.is_denied]
    yield Section("What holds under a condition only", "", _by_condition(conditional, scene))
    yield Section(
        "What rests on unnamed voices",
        "Every claim of the same relation between the same two comes through somebody who is "
        "described but not named, or not even that.",
        _listed({"": list(resting_on_unnamed(scene.facts))}, scene),
    )
    by_modality: dict[str, list[Claim]] = {}
    for claim in facts.claims.values():
        if not scene.standings[claim.id].holds and not claim.is_denied and not claim.condition:
            reason = scene.standings[claim.id].reason
            by_modality.setdefault(f"{reason}", []).append(claim)
    yield Section(
        "What else is not in force",
        "Affirmed without a condition, and yet no edge of the graph as seen here.",
        _listed(by_modality, scene),
    )


def _by_condition(claims: Iterable[Claim], scene: Scene) -> tuple[Listing, ...]:
    found: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: (claim.condition is None, claim.condition or "")):
        name = scene.facts.name(claim.condition) if claim.condition else None
        found.setdefault(f"In the case of: {name}" if name else "Without a condition", []).append(
            claim
        )
    return _listed(found, scene)


def _listed(groups: dict[str, list[Claim]], scene: Scene) -> tuple[Listing, ...]:
    return tuple(
        Listing(title, tuple(_item(c, scene) for c in claims[:_MOST_ITEMS]), len(claims))
        for title, claims in groups.items()
        if claims
    )


def _item(claim: Claim, scene: Scene) -> Item:
    return Item(
        claim.id,
        wording.sentence(claim, scene.facts),
        wording.standing(claim, scene),
        wording.said_by_sentence(claim, scene.facts),
    )


def _source(source_id: str, facts: FactSet) -> str:
    published = facts.sources[source_id].published_text
    words = wording.source_text(source_id, facts)
    return f"{words}, {published}" if published else words


def _shortened(table: Table) -> Table:
    """The first rows that are not zero, and how many were left out."""
    rows = tuple(row for row in table.rows if row[3])[:_MOST_ROWS]
    left = len(table.rows) - len(rows)
    note = (f"{_count(left, 'actor')} more, with lower figures or none.",) if left else ()
    columns = tuple("actor" if column == "name" else column for column in table.columns)
    return Table(
        (columns[0], *columns[2:]),
        tuple((r[0], *r[2:]) for r in rows),
        table.title,
        (
            *table.notes[:1],
            *note,
        ),
    )


def _ties(network: ActorNetwork, facts: FactSet) -> Table:
    """Who is tied to whom by what, those with the most relations first."""
    ties = sorted(network.ties, key=lambda tie: (-tie.weight, tie.subject, tie.object))
    rows = tuple(
        (
            facts.name(tie.subject),
            "; ".join(facts.vocabulary.relations[relation].label for relation in tie.relations),
            facts.name(tie.object),
            len(tie.claims),
        )
        for tie in ties[:_MOST_ITEMS]
    )
    left = len(ties) - len(rows)
    notes = ("Direct edges between actors; a symmetric relation ties both ways.",)
    return Table(
        ("actor", "relations", "to", "claims"),
        rows,
        "Ties",
        (*notes, f"{_count(left, 'tie')} more.") if left else notes,
    )


def _figure(cell: Cell) -> str:
    return f"{cell:.3g}" if isinstance(cell, float) else str(cell)


def _are(count: int, word: str, what: str) -> str:
    return f"{_count(count, word)} {'is' if count == 1 else 'are'} {what}"


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


# -- Markdown -------------------------------------------------------------------------------------


def to_markdown(report: Report) -> str:
    """The report as GitHub-flavoured Markdown; names can bring no markup of their own."""
    return "\n".join(_markdown(report)).rstrip() + "\n"


def _markdown(report: Report) -> Iterator[str]:
    yield from (f"# {_plain(report.title)}", "", f"Seen {_plain(report.seen)}.", "")
    if report.sources:
        yield from (f"Read: {_plain('; '.join(report.sources))}.", "")
    yield from ("## Findings", "")
    for finding in report.findings:
        yield f"- {_plain(finding.text)}" + (f" ({_behind(finding)})" if finding.count else "")
    yield ""
    for section in report.sections:
        yield from _markdown_section(section)
    if report.tables:
        yield from ("## Ties, and who is central", "")
        for table in report.tables:
            yield from _markdown_table(table)
    yield from ("## Checks", "", f"{_checks(report)}", "")


def _markdown_section(section: Section) -> Iterator[str]:
    yield from (f"## {_plain(section.title)}", "")
    if section.lead:
        yield from (_plain(section.lead), "")
    for listing in section.listings:
        if listing.title:
            yield from (f"### {_plain(listing.title)} ({listing.count})", "")
        for item in listing.items:
            yield f"- {_plain(item.sentence)}  "
            yield f"  {_plain(item.standing)} · {_plain(item.said_by)} · `{item.id}`"
        if listing.count > len(listing.items):
            yield f"- … and {listing.count - len(listing.items)} more"
        yield ""


def _markdown_table(table: Table) -> Iterator[str]:
    yield from (f"### {_plain(table.title)}", "", _plain(" ".join(table.notes)), "")
    if not table.rows:
        return
    yield "| " + " | ".join(_plain(column) for column in table.columns) + " |"
    yield (
        "|" + "|".join(" --- " if column in _WORDS else " ---: " for column in table.columns) + "|"
    )
    for row in table.rows:
        yield "| " + " | ".join(_plain(str(cell)) for cell in row) + " |"
    yield ""


def _plain(text: str) -> str:
    """Text on one line in which no character means anything to Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", " ".join(text.split()))


def _behind(finding: Finding) -> str:
    return _count(finding.count, "claim")


def _checks(report: Report) -> str:
    return ", ".join(_count(count, severity) for severity, count in report.diagnostics) + "."


# -- HTML -----------------------------------------------------------------------------------------


def to_html(report: Report) -> str:
    """The report as one HTML page without scripts, which asks nothing of the network."""
    page = html.templates({"report.html": _read("report.html")}).get_template("report.html")
    text = page.render(report=report, checks=_checks(report), figure=_figure, behind=_behind)
    return html.inline(text, _read("report.css")) + "\n"


def _read(name: str) -> str:
    return files("kg.render").joinpath(name).read_text(encoding="utf-8")
