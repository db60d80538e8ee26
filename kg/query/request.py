"""A query on its way to an engine, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model.suggest import did_you_mean
from kg.query.guard import Form, examine, prologue

#: What solutions, and what triples, may be asked for as.
SOLUTION_FORMATS = ("table", "markdown", "json", "xml", "csv", "tsv")
GRAPH_FORMATS = ("table", "markdown", "turtle", "ntriples", "jsonld")

FORMATS = tuple(dict.fromkeys(SOLUTION_FORMATS + GRAPH_FORMATS))


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query that has passed the guard."""

    text: str  #: as the user wrote it
    prologue: str  #: declarations that it leaves out: they stand before it on its first line
    form: Form
    wire: str  #: the format in which the engine is to answer
    prefixes: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def sparql(self) -> str:
        """The whole query, for any engine."""
        return self.prologue + self.text


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An engine's answer, as it wrote it."""

    form: Form
    wire: str
    body: bytes
    prefixes: Mapping[str, str]


def prepare(text: str, output: str, prefixes: Mapping[str, str]) -> QueryRequest:
    """The query, made ready to be answered in a format of `FORMATS`.

    Raises:
        QueryError: if it may not be run.
        ValueError: if the format does not suit the query.
    """
    examined = examine(text)
    return QueryRequest(
        text=text,
        prologue=prologue(examined, text, prefixes),
        form=examined.form,
        wire=wire_format(output, examined.form),
        prefixes=prefixes,
        notes=examined.notes,
    )


def wire_format(output: str, form: Form) -> str:
    """The format that an engine must answer in so that `output` can be made of it.

    Triples always come as N-Triples: what engines make of prefixes differs from run to run.

    Raises:
        ValueError: if the format does not suit the query.
    """
    if output not in FORMATS:
        hint = did_you_mean(output, FORMATS) or "one of " + ", ".join(FORMATS)
        raise ValueError(f"'{output}' is no format: {hint}")
    fitting = GRAPH_FORMATS if form.is_graph else SOLUTION_FORMATS
    if output not in fitting:
        listed = ", ".join(fitting)
        raise ValueError(f"{form} is answered as one of {listed}, not as {output}")
    if form.is_graph:
        return "ntriples"
    return "json" if output in ("table", "markdown") else output
