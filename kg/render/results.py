"""Answers of the engine in the formats that people and programs read."""

from __future__ import annotations

from kg.query.request import QueryResult, wire_format
from kg.query.results import graph_document, to_table
from kg.render.tables import DEFAULT_WIDTH, markdown, terminal


def render(
    result: QueryResult,
    output: str,
    *,
    width: int = DEFAULT_WIDTH,
    title: str = "",
    notes: tuple[str, ...] = (),
) -> bytes:
    """An engine's answer in a format of `kg.query.request.FORMATS`.

    Args:
        result: the answer, in the wire format that `output` is made of.
        output: the format. What a program reads is passed on as the engine wrote it.
        width: of a terminal, in columns, for `table`.
        title: what stands above a table for readers.
        notes: what stands below it, such as the lens that it was made with.

    Raises:
        ValueError: if the answer cannot be given in that format.
    """
    if result.wire != wire_format(output, result.form):
        raise ValueError(f"{output} cannot be made of {result.wire}")
    if output == "table":
        return terminal(to_table(result, title, notes), width).encode()
    if output == "markdown":
        return markdown(to_table(result, title, notes)).encode()
    if output in ("turtle", "jsonld"):
        return graph_document(result, output)
    return result.body if result.body.endswith(b"\n") or not result.body else result.body + b"\n"
