"""Names in a query that mean nothing: a misspelt one would silently match nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import takewhile

from kg.model.facts import FactSet
from kg.model.suggest import did_you_mean
from kg.model.vocabulary import RESERVED
from kg.query.errors import QueryError
from kg.query.tokens import Kind, scan


def unknown_names(text: str, facts: FactSet) -> Iterator[str]:
    """A note for each name under kg's own prefixes that neither ontology nor facts know.

    A prefix that the query declares for itself is its own affair.
    """
    known = known_names(facts)
    declared: set[str] = set()
    before = ""
    told: set[str] = set()
    for token in scan(text):
        if token.kind is Kind.NAME:
            prefix, _, local = token.text.partition(":")
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix in known and prefix not in declared and token.text not in told:
                told.add(token.text)
                if local and local not in known[prefix]:
                    hint = did_you_mean(local, known[prefix])
                    yield f"'{token.text}' is not known, so nothing matches it" + (
                        f": {hint}" if hint else ""
                    )
        before = token.text.upper() if token.kind is Kind.WORD else ""


def with_hint(error: QueryError, text: str, facts: FactSet) -> QueryError:
    """The error, with a hint where it stands at a name that lacks its prefix."""
    if error.hint or error.line is None or error.column is None:
        return error
    rest = text.split("\n")[error.line - 1][error.column - 1 :]
    word = "".join(takewhile(lambda each: each.isalnum() or each in "_-", rest))
    for prefix, names in known_names(facts).items():
        if word in names:
            return QueryError(error.message, error.line, error.column, f"write {prefix}:{word}")
    return error


def known_names(facts: FactSet) -> Mapping[str, Collection[str]]:
    """The names that mean something, by kg's own prefixes."""
    vocabulary = facts.vocabulary
    terms = {*vocabulary.relations, *vocabulary.types, *vocabulary.schemes, *RESERVED}
    return {"kg": terms, "e": facts.entities, "s": facts.sources, "c": facts.claims}
