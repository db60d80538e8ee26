"""What a workspace declares, by id: the place where references are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.edit import Fix
from kg.model.node import Places, span_of
from kg.model.suggest import nearest_to, replacing
from kg.model.text import Span
from kg.model.vocabulary import Vocabulary
from kg.reading.document import shorten
from kg.reading.records import (
    ENDS,
    MOST_OF_FACT,
    TOO_MANY,
    Declared,
    Record,
    Records,
    too_many_of_fact,
)
from kg.reading.values import BAD_VALUE, LONGEST, Reference
from kg.reading.vocabulary import UNKNOWN_TYPE, unknown_term

#: So many claims, and so many names, all facts together: far more than a curator can write.
MOST_OF_ALL = 1_000_000

_NOUNS = {
    "entity": "an entity",
    "source": "a source",
    "fact": "a fact",
    "decision": "a decision",
    "identity": "an identity",
}


@dataclass(frozen=True)
class Index:
    """Everything that the files declare, and as what; of two with one id the first counts."""

    by_id: Mapping[str, Declared]
    by_file: Mapping[Records, tuple[Declared, ...]]  #: what counts of each file
    found: tuple[Diagnostic, ...]
    _claims: dict[str, dict[str, None]] = field(default_factory=dict, repr=False)
    _choices: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The ids of entities and sources by their names and aliases."""
        names: dict[str, str] = {}
        for each in self.by_id.values():
            if each.kind in ("entity", "source") and each.record is not None:
                values = each.record.values
                for name in (*values.get("aliases", ()), values.get("name")):
                    if name:
                        names.setdefault(name, each.id)
        return names

    def claims(self, declared: Declared) -> dict[str, None]:
        """The ids of a fact's claims, in order."""
        if declared.id not in self._claims:
            self._claims[declared.id] = dict.fromkeys(claim.id for claim in declared.mint())
        return self._claims[declared.id]

    def declared_as(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """All ids of some kinds."""
        if kinds not in self._choices:
            ids = (each.id for each in self.by_id.values() if each.kind in kinds)
            self._choices[kinds] = tuple(ids)
        return self._choices[kinds]


def index(files: Iterable[Records]) -> Index:
    """What the files declare together."""
    by_id: dict[str, Declared] = {}
    by_file: dict[Records, tuple[Declared, ...]] = {}
    found: list[Diagnostic] = []
    count = 0
    for file in files:
        is_new = by_id.keys().isdisjoint(file.by_id)
        count += file.count
        if is_new and len(file.by_id) == len(file.declared) and count <= MOST_OF_ALL:
            by_id.update(file.by_id)
            by_file[file] = file.declared
        else:
            first = tuple(_first_ones(file.declared, by_id, found))
            by_file[file] = tuple(_with_room(first, count - file.count, found))
    return Index(by_id, by_file, tuple(found))


def _first_ones(
    declared: Iterable[Declared], by_id: dict[str, Declared], found: list[Diagnostic]
) -> Iterator[Declared]:
    """Those whose id was free; it is reported of the others."""
    for each in declared:
        first = by_id.setdefault(each.id, each)
        if first is each:
            yield each
        else:
            message = f"'{each.id}' is declared twice"
            hint = "all that is declared shares one id space: give it a name of its own"
            related = (Related(first.places.declared, f"it is {_NOUNS[first.kind]} here"),)
            found.append(Diagnostic(DUPLICATE_ID, message, each.places.declared, hint, related))


def _with_room(
    declared: Iterable[Declared], count: int, found: list[Diagnostic]
) -> Iterator[Declared]:
    """Those for whose claims there is room, `count` before them; the first other one is told."""
    for each in declared:
        is_told = count > MOST_OF_ALL
        count += each.count
        if count <= MOST_OF_ALL or not each.count:
            yield each
        elif not is_told:
            found.append(_too_many_of_all("make", "claims", each.places))


@dataclass(slots=True)
class Declarations:
    """The index as a file looks into it: with what it asks for, and what is wrong with that."""

    vocabulary: Vocabulary
    index: Index
    found: list[Diagnostic] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  #: the ids that were looked up
    named: int = 0  #: so many things are named so far, in other files too

    def _declared(self, id: str) -> Declared | None:
        self.asked.add(id)
        return self.index.by_id.get(id)

    def look_up(
        self, reference: Reference, kinds: tuple[str, ...], path: str, own: str | None = None
    ) -> str | None:
        """The id, if it is declared as one of `kinds`; else None, with a report.

        `own` is what refers, where it cannot mean itself.
        """
        id = reference.id
        declared = self._declared(id)
        if declared is not None and declared.kind in kinds:
            return id
        span = span_of(path, reference.node)
        expected = " or ".join(kinds) if len(kinds) < 3 else "entity, source or fact"
        if declared is not None:
            here = (Related(declared.places.declared, "it is declared here"),)
            noun = _NOUNS[declared.kind]
            message = f"'{id}' is {noun}, where {_article(expected)} is expected"
            hint = "name what it has published" if kinds == ("source",) else None
            self.found.append(Diagnostic(WRONG_KIND, message, span, hint, here))
            return None
        code = _UNKNOWN.get(kinds, UNKNOWN_ENTITY)
        found = self._suggest(reference, kinds, span, own)
        message = f"no {expected} is called '{shorten(id, LONGEST)}'"
        self.found.append(Diagnostic(code, message, span, *found))
        return None

    def _suggest(
        self, reference: Reference, kinds: tuple[str, ...], span: Span, own: str | None
    ) -> tuple[str, tuple[Related, ...], Fix | None]:
        """A hint, the place of what was probably meant, and the fix that names it."""
        id, by_id, names = reference.id, self.index.by_id, self.index.names
        several = self._several(id, kinds)
        if several:
            return several, (), None
        fact = by_id.get(id.partition("--")[0])
        if id in names and by_id[names[id]].kind in kinds:
            nearest: str | None = names[id]
            hint = f"'{id}' is a name of '{nearest}': write the id"
        elif fact is not None and fact.count and "fact" in kinds:
            nearest = nearest_to(id, self.index.claims(fact), 0.0)
            assert nearest is not None
            return f"did you mean '{nearest}'?", (), _naming(reference, nearest, span)
        else:
            known = self.index.declared_as(kinds)
            nearest = nearest_to(id, tuple(k for k in known if k != own) if own else known)
            hint = f"did you mean '{nearest}'?{_odd_letter(id)}" if nearest else _UNLIKE_ANY
        if nearest is None:
            return hint, (), None
        here = Related(by_id[nearest].places.declared, f"'{nearest}' is declared here")
        return hint, (here,), _naming(reference, nearest, span)

    def _several(self, id: str, kinds: tuple[str, ...]) -> str | None:
        """What to write where an id is several in a row; none of them may be left out unseen."""
        by_id, names = self.index.by_id, self.index.names
        for divided in _DIVIDED if len(id) < _LONGEST else ():
            ids = [names.get(each, each) for each in divided.split(id)]
            if len(ids) > 1 and all(each in by_id and by_id[each].kind in kinds for each in ids):
                break
        else:
            return None
        if kinds == ("source",):
            return "name one here, and write a fact for each of the others"
        return f"a list stands in brackets: write [{', '.join(ids)}]"

    def one(self, record: Record, key: str, kinds: tuple[str, ...] = ("entity",)) -> str | None:
        """The id under `key`, looked up; None where there is none, or it is not declared."""
        reference = record.values.get(key)
        return self.look_up(reference, kinds, record.places.path) if reference else None

    def many(
        self, record: Record, key: str, kinds: tuple[str, ...] = ("entity",)
    ) -> tuple[str, ...]:
        """The ids under `key`, looked up; those that are not declared are left out."""
        references: tuple[Reference, ...] = record.values.get(key, ())
        ids = [self.look_up(reference, kinds, record.places.path) for reference in references]
        return tuple(dict.fromkeys(id for id in ids if id is not None))

    def claims_named(self, record: Record, key: str) -> tuple[str, ...]:
        """The claims under `key`, where a fact stands for all of its; others are reported."""
        ids: list[str] = []
        for reference in record.values.get(key, ()):
            claims = self.claims_of(reference.id)
            if not claims:
                self.look_up(reference, ("fact",), record.places.path, own=record.id)
            elif claims[0].partition("--")[0] == record.id:
                span = span_of(record.places.path, reference.node)
                message = f"'{reference.id}' names itself under '{key}'"
                self.found.append(Diagnostic(BAD_VALUE, message, span, "name another claim"))
                continue
            ids.extend(claims)
        return tuple(dict.fromkeys(ids))

    def type_of(self, record: Record) -> str | None:
        """The type that a record names, looked up in the vocabulary."""
        reference = record.values.get("type")
        if reference is None:
            return None
        types = self.vocabulary.types
        if reference.id in types:
            return str(reference.id)
        self.found.append(
            unknown_term(UNKNOWN_TYPE, "type", reference.id, record.places, "type", None, types)
        )
        return None

    def places(self, id: str) -> Places:
        """Where `id` is declared."""
        declared = self._declared(id)
        assert declared is not None
        return declared.places

    def claims_of(self, id: str) -> tuple[str, ...]:
        """The claims that `id` stands for: those of a fact, or the one of that id; else none."""
        fact = id.partition("--")[0]
        declared = self._declared(fact)
        claims = self.index.claims(declared) if declared is not None else {}
        if id == fact:
            return tuple(claims)
        return (id,) if id in claims else ()

    def may_name(self, record: Record) -> bool:
        """Whether there is room for what a fact or decision names; reported where there is none."""
        values = record.values
        lists = [v for key, v in values.items() if isinstance(v, tuple) and key not in ENDS]
        count = sum(map(len, lists))
        for key in ("about", "supersedes", "disputes", "claims", "over"):
            for reference in values.get(key, ()):
                declared = self._declared(reference.id)
                count += declared.count if declared is not None else 0
        if count > MOST_OF_FACT:
            self.found.append(too_many_of_fact("name", "things", count, record.places))
            return False
        is_told = self.named > MOST_OF_ALL
        self.named += count
        if self.named > MOST_OF_ALL and not is_told:
            self.found.append(_too_many_of_all("name", "things", record.places))
        return self.named <= MOST_OF_ALL


def _too_many_of_all(verb: str, nouns: str, places: Places) -> Diagnostic:
    message = f"the facts up to '{places.name.value}' {verb} more than {MOST_OF_ALL:,} {nouns}"
    hint = "keep what belongs together in a workspace of its own"
    return Diagnostic(TOO_MANY, message, places.declared, hint)


def _odd_letter(id: str) -> str:
    """Which letter of an id is none of those that ids are made of, though it may look like one."""
    odd = next((letter for letter in id if not letter.isascii()), None)
    if odd is None:
        return ""
    from unicodedata import name

    return f" it holds U+{ord(odd):04X}, {name(odd, 'without a name').lower()}"


_UNLIKE_ANY = "declare it, or check its spelling"
_DIVIDED = (re.compile(" *[,;&+] *| and | - "), re.compile(" +"))
_LONGEST = 1000


def _naming(reference: Reference, id: str, span: Span) -> Fix:
    """The fix that names `id` instead; what stands before the id, such as `not:`, stays."""
    written = reference.node.value
    fix = replacing(reference.id, id, span)
    (edit,) = fix.edits
    return replace(fix, edits=(edit._replace(text=written.removesuffix(reference.id) + id),))


def _article(noun: str) -> str:
    return ("an " if noun[0] in "aeio" else "a ") + noun


def _code(name: str, summary: str) -> Code:
    return Code(name, "reference", Severity.ERROR, summary)


DUPLICATE_ID = _code("duplicate-id", "an id is declared twice")
UNKNOWN_ENTITY = _code("unknown-entity", "no entity is declared by that id")
UNKNOWN_SOURCE = _code("unknown-source", "no source is declared by that id")
UNKNOWN_FACT = _code("unknown-fact", "no fact or claim is declared by that id")
WRONG_KIND = _code("wrong-kind", "an id names another kind of thing than is expected")

CODES = (DUPLICATE_ID, UNKNOWN_ENTITY, UNKNOWN_SOURCE, UNKNOWN_FACT, WRONG_KIND)

#: The code where a reference can name one kind of thing only.
_UNKNOWN: Mapping[tuple[str, ...], Code] = {("source",): UNKNOWN_SOURCE, ("fact",): UNKNOWN_FACT}
