"""Named queries: SPARQL files with a header that says what they answer and what they take.

A parameter is a variable of the query. A value given to it becomes a `VALUES` clause at the start
of the pattern, which every engine and endpoint reads; left free, the query asks for all.

```sparql
# title: Who backs an actor
# description: One row a claim, with the chain behind it.
# param: actor (entity, default venezuela) the actor that is backed
SELECT ?backer WHERE { … }
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model.facts import FactSet
from kg.model.interval import parse_date
from kg.model.suggest import did_you_mean, id_meant
from kg.query.errors import ParameterError, QueryError
from kg.query.guard import examine, where_brace
from kg.query.tokens import Kind

#: As a parameter's value: leave it free, whatever its default.
ANY = "*"


class ParameterKind(StrEnum):
    """What a parameter takes."""

    ENTITY = "entity"
    SOURCE = "source"
    CLAIM = "claim"
    RELATION = "relation"
    TYPE = "type"
    DATE = "date"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that may be given a value."""

    name: str
    kind: ParameterKind
    default: str | None
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with a name."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str


def read_named_query(name: str, text: str) -> NamedQuery:
    """The query of a file `NAME.rq`; without a header it goes by its name.

    Raises:
        QueryError: if its header or the query is wrong, with the place.
    """
    title, description = "", ""
    parameters: list[Parameter] = []
    for line, key, value in _header(text):
        if key == "title":
            title = value
        elif key == "description":
            description = value
        elif key == "param":
            parameters.append(_parameter(value, line, [each.name for each in parameters]))
        else:
            hint = did_you_mean(key, _KEYS) or "one of " + ", ".join(_KEYS)
            raise QueryError(f"no header is called '{key}'", line, 3, hint)
    query = NamedQuery(name, title or name, description, tuple(parameters), text)
    _check_parameters(query)
    return query


def bind(query: NamedQuery, values: Mapping[str, str], facts: FactSet) -> str:
    """The text of a query with its parameters set, the defaults where nothing is given.

    Raises:
        ParameterError: if a parameter does not exist or does not take its value.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            hint = did_you_mean(name, known) or _listed(known)
            raise ParameterError(name, f"'{query.name}' has no parameter '{name}'", hint)
    clauses = ""
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None and value != ANY:
            clauses += f" VALUES ?{parameter.name} {{ {term(parameter, value, facts)} }}"
    brace = where_brace(examine(query.text))
    if brace is None or not clauses:
        return query.text
    return query.text[: brace.end] + clauses + query.text[brace.end :]


def title_of(query: NamedQuery, values: Mapping[str, str], facts: FactSet) -> str:
    """The title with what is asked for: `Who helps an actor: actor Venezuela`."""
    told = []
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None and value != ANY:
            told.append(f"{parameter.name} {_in_words(parameter, value, facts)}")
    return f"{query.title}: {', '.join(told)}" if told else query.title


def _in_words(parameter: Parameter, value: str, facts: FactSet) -> str:
    if parameter.kind in (ParameterKind.ENTITY, ParameterKind.SOURCE):
        prefix, _ = _named(parameter.kind, facts)
        return facts.name(value.removeprefix(f"{prefix}:"))
    return value


def term(parameter: Parameter, value: str, facts: FactSet) -> str:
    """A value as a term of SPARQL; what it names must exist.

    Raises:
        ParameterError: if the parameter does not take it.
    """
    kind = parameter.kind
    if kind is ParameterKind.DATE:
        return f'"{_day(parameter, value)}"^^xsd:date'
    if kind is ParameterKind.TEXT:
        return _quoted(value)
    if kind is ParameterKind.NUMBER:
        if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", value):
            raise ParameterError(parameter.name, f"'{value}' is not a number")
        return value
    if kind is ParameterKind.BOOLEAN:
        if value not in ("true", "false"):
            raise ParameterError(parameter.name, f"'{value}' is neither 'true' nor 'false'")
        return value
    prefix, ids = _named(kind, facts)
    id_ = facts.kept(value.removeprefix(f"{prefix}:"))
    if id_ not in ids:
        meant = id_meant(id_, facts, ids)
        hint = f"did you mean '{meant}'?" if meant else ""
        raise ParameterError(parameter.name, f"no {kind} is called '{value}'", hint)
    return f"{prefix}:{id_}"


def _named(kind: ParameterKind, facts: FactSet) -> tuple[str, Mapping[str, object]]:
    found: Mapping[ParameterKind, tuple[str, Mapping[str, object]]] = {
        ParameterKind.ENTITY: ("e", facts.entities),
        ParameterKind.SOURCE: ("s", facts.sources),
        ParameterKind.CLAIM: ("c", facts.claims),
        ParameterKind.RELATION: ("kg", facts.vocabulary.relations),
        ParameterKind.TYPE: ("kg", facts.vocabulary.types),
    }
    return found[kind]


def _day(parameter: Parameter, value: str) -> str:
    try:
        bound = parse_date(value)
    except ValueError as error:
        raise ParameterError(parameter.name, str(error), _DAY_HINT) from None
    if bound.earliest != bound.latest:
        raise ParameterError(parameter.name, f"'{value}' is not one day", _DAY_HINT)
    return value


_DAY_HINT = "write a day, such as 2025-12-02"


def _quoted(value: str) -> str:
    """A string of SPARQL: nothing in it can end it, and no escape stands for what could."""
    for plain, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        value = value.replace(plain, escape)
    return f'"{value}"'


def _listed(known: Mapping[str, Parameter]) -> str:
    return "it takes " + ", ".join(f"'{name}'" for name in known) if known else "it takes none"


_KEYS = ("title", "description", "param")
_HEADER = re.compile(r"#[ \t]+([A-Za-z_-]+):[ \t]*(.*)")
_CONTINUED = re.compile(r"#(?:[ \t]{2,})(\S.*)")
_PARAMETER = re.compile(r"([A-Za-z][A-Za-z0-9_]*) \(([a-z]+)(?:, default ([^()]+))?\) (\S.*)")


def _header(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, key and value of each header; an indented comment goes on with the one before."""
    found: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        header, continued = _HEADER.fullmatch(line.rstrip()), _CONTINUED.fullmatch(line.rstrip())
        if continued and found:
            start, key, value = found[-1]
            found[-1] = (start, key, f"{value} {continued[1]}".strip())
        elif header:
            found.append((number, header[1], header[2]))
    yield from found


def _parameter(value: str, line: int, known: list[str]) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if match is None:
        hint = (
            "write '# param: NAME (KIND, default VALUE) DESCRIPTION', the default if there is one"
        )
        raise QueryError("this parameter cannot be read", line, 1, hint)
    name, kind, default, description = match.groups()
    if kind not in list(ParameterKind):
        hint = did_you_mean(kind, list(ParameterKind)) or "one of " + ", ".join(ParameterKind)
        raise QueryError(f"'{kind}' is no kind of parameter", line, 1, hint)
    if name in known:
        raise QueryError(f"the parameter '{name}' is there twice", line, 1)
    return Parameter(name, ParameterKind(kind), default, description)


def _check_parameters(query: NamedQuery) -> None:
    examined = examine(query.text)
    variables = {token.text[1:] for token in examined.tokens if token.kind is Kind.VARIABLE}
    for parameter in query.parameters:
        if parameter.name not in variables:
            message = f"the parameter '{parameter.name}' is no variable of the query"
            raise QueryError(message, 1, 1, did_you_mean(parameter.name, variables) or "")
    if query.parameters and where_brace(examined) is None:
        raise QueryError("a query with parameters needs a WHERE clause", 1, 1)
