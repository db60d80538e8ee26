"""What a page needs so that it can answer SPARQL by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.model.facts import FactSet
from kg.query.guard import examine, where_brace
from kg.query.named import NamedQuery, ParameterKind
from kg.query.names import known_names


@dataclass(frozen=True, slots=True)
class Asking:
    """An engine for the browser, the triples that it answers from, and questions to begin with."""

    script: str  #: the JavaScript of the engine, for a classic worker
    module: bytes  #: its WebAssembly
    version: str
    triples: bytes  #: Turtle
    prefixes: Mapping[str, str]  #: declared for every query
    queries: tuple[NamedQuery, ...]


def asking_details(asking: Asking, facts: FactSet) -> Mapping[str, Any]:
    """The questions for the page's script, and what their parameters may be."""
    kinds = {parameter.kind for query in asking.queries for parameter in query.parameters}
    choices = {
        ParameterKind.ENTITY: ((id, facts.name(id)) for id in facts.entities),
        ParameterKind.SOURCE: ((id, facts.name(id)) for id in facts.sources),
        ParameterKind.CLAIM: ((id, "") for id in facts.claims),
        ParameterKind.RELATION: _labelled(facts.vocabulary.relations.values()),
        ParameterKind.TYPE: _labelled(facts.vocabulary.types.values()),
    }
    return {
        "prefixes": dict(asking.prefixes),
        "queries": [_question(query) for query in asking.queries],
        "terms": sorted(known_names(facts)["kg"]),
        "choices": {kind.value: sorted(choices[kind]) for kind in sorted(kinds & choices.keys())},
    }


def _labelled(terms: Iterable[Any]) -> Iterable[tuple[str, str]]:
    return ((term.id, term.label) for term in terms)


def _question(query: NamedQuery) -> Mapping[str, Any]:
    """A query cut where the values of its parameters go, without its header."""
    lines = query.text.splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if not line.startswith("#")), 0)
    text = "".join(lines[first:])
    brace = where_brace(examine(text))
    cut = brace.end if brace else len(text)
    return {
        "name": query.name,
        "title": query.title,
        "description": query.description,
        "parameters": [
            {"name": p.name, "kind": p.kind, "default": p.default, "description": p.description}
            for p in query.parameters
        ],
        "before": text[:cut],
        "after": text[cut:],
    }
