"""The report as GitHub-flavoured Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from kg.findings.statements import Statement, Topic, figure
from kg.model.display import counted
from kg.model.markup import in_markdown
from kg.model.table import Table
from kg.render.report.content import Report, checks, notes, read

_WORDS = ("actor", "relations", "to")  #: columns that hold words
_MOST_LINKS = 4  #: to the claims behind a statement
_FEW_LINKS = 2  #: where there are more than that


def to_markdown(report: Report) -> str:
    """The report as Markdown with links into `graph.html`; names can bring no markup of their own.

    Pictures are only in the page, to which it leads: what they show is in its lists and tables.
    """
    return "\n".join(_markdown(report)).rstrip() + "\n"


def _markdown(report: Report) -> Iterator[str]:
    yield from (f"# {in_markdown(report.title)}", "", f"Seen {in_markdown(report.seen)}.", "")
    if report.sources:
        yield from (f"Read: {in_markdown(read(report))}.", "")
    yield from (in_markdown(report.summary), "")
    yield from ("## Findings", "")
    for topic in report.findings:
        yield from _topic(topic)
    if report.network:
        yield from ("Drawn: [network, ranking and timeline](report.html#pictures).", "")
    if report.timeline:
        yield from ("## In order of time", "")
        if report.timeline.choice:
            yield from (in_markdown(f"{report.timeline.choice}."), "")
        for span in report.timeline.spans:
            told = in_markdown(f"{span.sentence} ({span.standing})")
            yield f"- {told} {_link(span.claims[0])}"
        yield ""
    for section in report.sections:
        yield from (f"## {in_markdown(section.title)}", "")
        if section.lead:
            yield from (in_markdown(section.lead), "")
        for topic in section.topics:
            yield from _topic(topic)
    if report.tables:
        yield from ("## Ties, and who is central", "")
        for table in report.tables:
            yield from _table(table)
    yield from ("## Checks", "", checks(report), "")
    if report.lists_sources:
        yield from ("## Sources", "")
        for source in report.sources:
            yield f"- {in_markdown(source.text)}: {counted(source.claims, 'claim')}"


def _topic(topic: Topic) -> Iterator[str]:
    if topic.title:
        yield from (f"### {in_markdown(topic.title)}", "")
    for statement in topic.statements:
        yield from _statement(statement)
    if topic.left_out:
        yield f"- … and {counted(topic.left_out, 'claim')} more"
    yield ""


def _statement(statement: Statement) -> Iterator[str]:
    few = statement.count <= _MOST_LINKS
    links = [_link(id) for id in statement.ids[: _MOST_LINKS if few else _FEW_LINKS]]
    if not few:
        links.append(f"{statement.count - _FEW_LINKS:,} more")
    under = [statement.standing, statement.said_by]
    under = [in_markdown(words) for words in under if words]
    if links:
        under.append(", ".join(links))
    yield f"- {in_markdown(statement.text)}" + ("  " if under else "")
    if under:
        yield f"  {' · '.join(under)}"


def _link(claim: str) -> str:
    return f"[`{claim}`](graph.html#c={claim})"


def _table(table: Table) -> Iterator[str]:
    yield from (f"### {in_markdown(table.title)}", "", in_markdown(notes(table)), "")
    if not table.rows:
        return
    yield "| " + " | ".join(in_markdown(column) for column in table.columns) + " |"
    yield (
        "|" + "|".join(" --- " if column in _WORDS else " ---: " for column in table.columns) + "|"
    )
    for row in table.rows:
        yield "| " + " | ".join(in_markdown(figure(cell)) for cell in row) + " |"
    yield ""
