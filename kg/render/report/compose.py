"""The report on a scene, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg import wording
from kg.aggregation import gather
from kg.findings.claims import summary
from kg.findings.gathering import findings
from kg.findings.statements import Topic, topic
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.display import counted
from kg.model.facts import Claim, FactSet
from kg.model.table import Table
from kg.network import ActorNetwork
from kg.render.report.content import Read, Report, Section
from kg.render.report.figures import bars, network_figure
from kg.render.report.timeline import timeline
from kg.scene import Scene
from kg.voices import resting_on_unnamed

#: the measures that the report has a table of
_TABLES = ("degree", "in_degree", "out_degree", "betweenness", "pagerank")
_MOST_ROWS = 12  #: of a table of actors
_MOST_TIES = 40
_MOST_STATEMENTS = 40  #: under a heading


def compose(
    scene: Scene,
    network: ActorNetwork,
    measured: Mapping[str, Table],
    diagnostics: Sequence[Diagnostic] | None = (),
) -> Report:
    """The report on `scene`.

    Args:
        scene: what is reported on.
        network: its actors and their ties.
        measured: the measures of the network by name.
        diagnostics: only their numbers go into it; None where not even they may be read.
    """
    facts = scene.facts
    tables = (_ties(network, facts), *(_shortened(measured[name]) for name in _TABLES))
    counts = Counter(diagnostic.severity for diagnostic in diagnostics or ())
    found = tuple(findings(scene, network, measured))
    retold = frozenset(
        id for each in found for told in each.statements if told.is_whole for id in told.ids
    )
    return Report(
        title=facts.profile.title,
        seen=scene.describe(),
        sources=_sources(facts),
        summary=summary(scene),
        findings=found,
        sections=tuple(section for section in _sections(scene, retold) if section.topics),
        tables=tables if network.ties else (),
        network=network_figure(network, measured["degree"]),
        bars=bars(measured["degree"]),
        timeline=timeline(scene),
        diagnostics=tuple((str(s), counts[s]) for s in Severity) if diagnostics is not None else (),
    )


def _sections(scene: Scene, retold: frozenset[str]) -> Iterator[Section]:
    """The claims that the findings left out or told in outline; those in `retold` are told."""
    claims = scene.facts.claims.values()
    yield Section(
        "What is denied",
        "A denial is a statement, not the lack of one. It never becomes an edge of the graph.",
        _topics(_by_condition((c for c in claims if c.is_denied), scene.facts), scene, retold),
    )
    yield Section(
        "What holds under a condition only",
        "Affirmed, and an edge of the graph only where the condition is assumed.",
        _topics(
            _by_condition((c for c in claims if c.conditions and not c.is_denied), scene.facts),
            scene,
            retold,
        ),
    )
    yield Section(
        "What rests on unnamed voices",
        "No stated claim says the same, as it is put here, through named voices only.",
        _topics({"": resting_on_unnamed(scene.facts)}, scene),
    )
    yield Section(
        "What only a headline says",
        "Nothing in the body below it says the same.",
        _topics({"": [c for c in claims if c.id in scene.in_headline_alone]}, scene),
    )
    by_reason: dict[str, list[Claim]] = {}
    for claim in claims:
        reason = scene.standings[claim.id].reason
        if reason is not None and not claim.is_denied and not claim.conditions:
            by_reason.setdefault(reason[0].upper() + reason[1:], []).append(claim)
    yield Section(
        "What else is in force",
        "Edges that the findings do not tell of, or in outline only, and what is said of amounts, "
        "dates and the like.",
        _topics({"": scene.edges}, scene, retold),
    )
    yield Section(
        "What else is not in force",
        "Affirmed without a condition, and yet no edge of the graph as seen here.",
        _topics(by_reason, scene, retold),
    )


def _by_condition(claims: Iterable[Claim], facts: FactSet) -> Mapping[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: (not claim.conditions, claim.conditions)):
        names = [wording.condition_text(condition, facts) for condition in claim.conditions]
        title = f"In the case of: {' and '.join(names)}" if names else "Without a condition"
        found.setdefault(title, []).append(claim)
    return found


def _topics(
    groups: Mapping[str, Sequence[Claim]], scene: Scene, retold: frozenset[str] = frozenset()
) -> tuple[Topic, ...]:
    found = []
    for title, claims in groups.items():
        told = [
            gathered
            for gathered in gather(claims, scene.facts)
            if not retold.issuperset(claim.id for claim in gathered.claims)
        ]
        if told:
            found.append(topic(title, told, scene, _MOST_STATEMENTS))
    return tuple(found)


def _sources(facts: FactSet) -> tuple[Read, ...]:
    counts = Counter(claim.source for claim in facts.claims.values())
    order = sorted(counts, key=lambda source: (-counts[source], source))
    return tuple(Read(source, _source(source, facts), counts[source]) for source in order)


def _source(source_id: str, facts: FactSet) -> str:
    published = facts.sources[source_id].published_text
    words = wording.source_text(source_id, facts)
    return f"{words}, {published}" if published else words


def _shortened(table: Table) -> Table:
    """The first rows that a claim is behind, without ids, and how many were left out."""
    grounded = [row for row in table.rows if row[-1]]
    rows = tuple(grounded[:_MOST_ROWS])
    left = len(grounded) - len(rows)
    notes = (f"{counted(left, 'actor')} more",) if left else ()
    columns = tuple("actor" if column == "name" else column for column in table.columns)
    return Table(
        (columns[0], *columns[2:]),
        tuple((row[0], *row[2:]) for row in rows),
        table.title,
        (*table.notes[:1], *notes),
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
        for tie in ties[:_MOST_TIES]
    )
    left = len(ties) - len(rows)
    notes = ("Direct edges between actors; a symmetric relation ties both ways",)
    return Table(
        ("actor", "relations", "to", "claims"),
        rows,
        "Ties",
        (*notes, f"{counted(left, 'tie')} more") if left else notes,
    )
