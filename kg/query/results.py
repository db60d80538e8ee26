"""What an engine answered, as a table for readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from kg.model.prefixes import PREFIXES
from kg.model.table import Cell, Table
from kg.query.request import QueryResult
from kg.rdf.documents import RDF_TYPE, jsonld_document, turtle_document
from kg.rdf.resource import Resource
from kg.rdf.terms import iri, text, typed

_XSD = PREFIXES["xsd"]


def to_table(result: QueryResult, title: str = "", notes: tuple[str, ...] = ()) -> Table:
    """The answer as a table: names shortened by prefixes, numbers as numbers.

    Args:
        result: an answer in JSON, or in N-Triples if it is a graph.
        title: what the table is called.
        notes: what its reader should know, such as the lens.
    """
    if result.wire not in ("json", "ntriples"):
        raise ValueError(f"a table is made of json or ntriples, not of {result.wire}")
    names = _Names(result.prefixes)
    if result.form.is_graph:
        rows = tuple(tuple(names.cell(term) for term in terms) for terms in _triples(result.body))
        return Table(("subject", "predicate", "object"), rows, title, notes)
    answer = json.loads(result.body)
    if "boolean" in answer:
        return Table(("answer",), (("yes" if answer["boolean"] else "no",),), title, notes)
    columns = tuple(answer["head"]["vars"])
    rows = tuple(
        tuple(names.cell(solution.get(column)) for column in columns)
        for solution in answer["results"]["bindings"]
    )
    return Table(columns, rows, title, notes)


def graph_document(result: QueryResult, output: str) -> bytes:
    """An answer in N-Triples as `turtle` or `jsonld`, with the prefixes that it needs."""
    names = _Names(result.prefixes)
    resources = tuple(_resources(result.body, names))
    used = {name: result.prefixes[name] for name in names.used}
    write = turtle_document if output == "turtle" else jsonld_document
    return write(used, resources)


class _Names:
    """Names shortened by a set of prefixes, each worked out once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._spaces = sorted(
            ((space, name) for name, space in prefixes.items()), key=lambda x: (-len(x[0]), x[1])
        )
        self._known: dict[str, str] = {}
        self.used: set[str] = set()  #: the prefixes that names were shortened by

    def name(self, address: str) -> str:
        if address not in self._known:
            self._known[address] = self._shorten(address)
        return self._known[address]

    def _shorten(self, address: str) -> str:
        for space, name in self._spaces:
            if address.startswith(space) and _LOCAL.fullmatch(address, len(space)):
                self.used.add(name)
                return f"{name}:{address[len(space) :]}"
        return address

    def term(self, term: Mapping[str, str]) -> str:
        """A term of SPARQL's JSON as Turtle."""
        value = term["value"]
        if term["type"] == "uri":
            short = self.name(value)
            return iri(value) if short == value else short
        if term["type"] == "bnode":
            return f"_:{value}"
        if "datatype" in term:
            return typed(value, self.term({"type": "uri", "value": term["datatype"]}))
        return text(value, term.get("xml:lang"))

    def cell(self, term: Mapping[str, Any] | None) -> Cell:
        """The cell for a term of SPARQL's JSON."""
        if term is None:
            return None
        if term["type"] == "uri":
            return self.name(term["value"])
        if term["type"] == "bnode":
            return f"_:{term['value']}"
        if term["type"] == "triple":
            parts = (term["value"][part] for part in ("subject", "predicate", "object"))
            return f"<<( {' '.join(str(self.cell(part)) for part in parts)} )>>"
        return _value(term["value"], term.get("datatype", ""))


_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


_MOST_DIGITS = 300  #: of a number; one that is longer is shown as it is written
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _value(written: str, datatype: str) -> Cell:
    """A number or a truth value where the cell can hold it without loss, else the text."""
    if not datatype.startswith(_XSD):
        return written
    kind = datatype.removeprefix(_XSD)
    try:
        if kind == "boolean":
            return _BOOLEANS.get(written, written)
        if kind == "integer":
            return int(written)
        if kind == "decimal":
            exact = Decimal(written)
            if not exact.is_finite() or abs(exact.adjusted()) > _MOST_DIGITS:
                return written
            number = int(exact) if exact == exact.to_integral_value() else float(exact)
            return number if Decimal(str(number)) == exact else written
        if kind in ("double", "float") and written not in ("INF", "-INF", "NaN"):
            return float(written)
    except (ValueError, InvalidOperation):
        pass  # an ill-typed literal is shown as it is
    return written


_TERM = re.compile(
    r'<(?P<iri>[^>]*)>|_:(?P<blank>\S+)|(?P<text>"(?:[^"\\]|\\.)*")'
    r"(?:\^\^<(?P<datatype>[^>]*)>|@(?P<language>\S+))?"
)


def _resources(body: bytes, names: _Names) -> Iterator[Resource]:
    """Sorted N-Triples by subject and predicate."""
    for subject, triples in groupby(_triples(body), key=lambda triple: triple[0]):
        properties = tuple(
            (_predicate(predicate, names), tuple(names.term(triple[2]) for triple in group))
            for predicate, group in groupby(triples, key=lambda triple: triple[1])
        )
        yield Resource(names.term(subject), properties)


def _predicate(term: Mapping[str, str], names: _Names) -> str:
    return "a" if term["value"] == RDF_TYPE else names.term(term)


def _triples(body: bytes) -> Iterator[list[dict[str, str]]]:
    """The triples of N-Triples as terms of SPARQL's JSON."""
    for line in body.decode().split("\n"):
        if line:
            yield [_term(match) for match in _TERM.finditer(line)]


def _term(match: re.Match[str]) -> dict[str, str]:
    if match["iri"] is not None:
        return {"type": "uri", "value": match["iri"]}
    if match["blank"] is not None:
        return {"type": "bnode", "value": match["blank"]}
    term = {"type": "literal", "value": _unescaped(match["text"])}
    if match["datatype"]:
        return {**term, "datatype": match["datatype"]}
    return {**term, "xml:lang": match["language"]} if match["language"] else term


def _unescaped(quoted: str) -> str:
    """The value of a literal of N-Triples, whose escapes are JSON's but for the long one."""
    plain = re.sub(r"\\U([0-9A-Fa-f]{8})", lambda match: chr(int(match[1], 16)), quoted[1:-1])
    return str(json.loads(f'"{plain}"', strict=False))
