"""The judge: texts of a workspace in, a fact set and all that is wrong with it out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from types import ModuleType
from typing import Generic, TypeVar

from kg import evidence, suppressions
from kg.identity import unite
from kg.lens import DialError, Lens, make_lens
from kg.model.diagnostic import Code, Diagnostic, Related, Severity, in_reading_order
from kg.model.facts import UNKNOWN, FactSet, Profile
from kg.model.node import Mapping as MappingNode
from kg.model.node import Places, Sequence
from kg.model.suggest import did_you_mean, listing
from kg.model.text import SourceText, Span
from kg.model.vocabulary import Vocabulary
from kg.parcels import Judged, Parcel, judge, split
from kg.reading import (
    comments,
    declarations,
    document,
    entities,
    records,
    scenarios,
    shape,
    sheet,
    values,
    vocabulary,
)
from kg.reading.facts import Reading, read_facts
from kg.reading.profile import NO_PROFILE, read_profile
from kg.reading.records import SUBJECT, Records, read_records
from kg.reading.vocabulary import Document, read_vocabulary
from kg.rules import RULES, RULES_OF_CLAIMS, RULES_OVER_ALL
from kg.suppressions import (
    Suppression,
    may_hold_suppressions,
    read_suppressions,
    sift,
    unused,
)


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts that a workspace is read from."""

    profile: SourceText | None  #: `kg.yaml`
    core: tuple[SourceText, ...]  #: the core ontology
    ontology: tuple[SourceText, ...]  #: the workspace's own
    facts: tuple[SourceText, ...]
    unreadable: tuple[Diagnostic, ...] = ()  #: files that could not be read, and why

    @property
    def by_path(self) -> Mapping[str, SourceText]:
        """Every file by its path; the workspace's own go before the core's."""
        return {text.path: text for text in (*self.core, *self.own.values())}

    @property
    def own(self) -> Mapping[str, SourceText]:
        """The workspace's own files by path: those that may be changed."""
        profile = (self.profile,) if self.profile else ()
        return {text.path: text for text in (*self.ontology, *self.facts, *profile)}

    def with_files(self, changed: Mapping[str, SourceText]) -> Texts:
        """The same texts with some of the workspace's own files changed, or new below `facts/`."""
        if not changed:
            return self
        new = {path: text for path, text in changed.items() if path not in self.own}
        facts = [*(changed.get(text.path, text) for text in self.facts), *new.values()]
        return replace(
            self,
            profile=self.profile and changed.get(self.profile.path, self.profile),
            ontology=tuple(changed.get(text.path, text) for text in self.ontology),
            facts=tuple(sorted(facts, key=lambda text: text.path)),
        )


_It = TypeVar("_It")
_Of = TypeVar("_Of")


@dataclass(frozen=True, slots=True)
class Made(Generic[_It]):
    """Something that was read, with what it was read from and what is wrong with that alone."""

    it: _It
    of: object
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class File:
    """What one fact file declares."""

    records: Records
    written: frozenset[str]  #: the ids of entities and sources, whether or not they could be read


@dataclass(frozen=True, slots=True)
class Kept:
    """What a check leaves to the next one, each part with all that it was made of."""

    profile: Made[Profile] | None = None
    vocabulary: Made[Vocabulary] | None = None
    files: Mapping[str, Made[File | None]] = field(default_factory=dict)  #: by path
    comments: Mapping[str, Made[tuple[Suppression, ...]]] = field(default_factory=dict)
    reading: Reading | None = None
    judged: Mapping[int, Judged] = field(default_factory=dict)  #: by RULES
    weighed: Mapping[int, Judged] = field(default_factory=dict)  #: by RULES_OVER_ALL


@dataclass(frozen=True, slots=True)
class Checked:
    """What could be read, and everything that was found wrong."""

    facts: FactSet
    diagnostics: tuple[Diagnostic, ...]
    allowed: tuple[Diagnostic, ...] = ()  #: what comments allow, each with the reason
    suppressions: tuple[Suppression, ...] = ()
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)

    def count(self, severity: Severity) -> int:
        """How many findings weigh that much."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found that stops a build."""
        return not self.count(Severity.ERROR)


def check(texts: Texts, before: Checked | None = None) -> Checked:
    """Reads the texts and holds what they say to every rule.

    Args:
        texts: all that there is to read.
        before: what was found in the same workspace earlier. It changes nothing in what is found
            now, but what is as it was then is neither read nor judged again.
    """
    kept = Kept() if before is None else before.kept
    profile = _once(texts.profile, _read_profile, kept.profile)
    # Where `kg.yaml` of the core itself cannot be read, its ontology is still its own.
    core = () if profile.it.is_core or texts.core == texts.ontology else texts.core
    vocabulary = _once((core, texts.ontology), _read_vocabulary, kept.vocabulary)
    files = {text.path: _once(text, _read_file, kept.files.get(text.path)) for text in texts.facts}
    read = [file.it for file in files.values() if file.it is not None]
    reading = read_facts([file.records for file in read], profile.it, vocabulary.it, kept.reading)
    facts = unite(reading.facts)

    found = [*texts.unreadable, *_check_names(texts), *profile.found, *vocabulary.found]
    found.extend(chain.from_iterable(file.found for file in files.values()))
    found.extend(reading.found)
    written = frozenset[str]().union(*(file.written for file in read))
    found.extend(_check_groups(facts, written))
    found.extend(_check_lenses(facts, written))

    is_whole = not any(each.severity is Severity.ERROR for each in found)
    rules = RULES + RULES_OVER_ALL if is_whole else RULES
    if profile is not kept.profile or vocabulary is not kept.vocabulary:
        kept = Kept(comments=kept.comments)  # every claim is judged by them
    parcels = None if before is None else split(facts)
    judged = _judge(RULES, facts, parcels, kept.judged, found)
    weighed = kept.weighed
    if rules is not RULES:
        weighed = _judge(RULES_OVER_ALL, facts, parcels, kept.weighed, found)

    remarks = {
        path: _once(text, _read_comments, kept.comments.get(path))
        for path, text in texts.own.items()
    }
    found.extend(chain.from_iterable(each.found for each in remarks.values()))
    allowances = tuple(chain.from_iterable(each.it for each in remarks.values()))
    told, allowed = sift(found, allowances)
    told.extend(unused(allowances, allowed, {rule.CODE.name for rule in rules}))
    return Checked(
        facts,
        in_reading_order(told),
        in_reading_order(allowed),
        allowances,
        Kept(profile, vocabulary, files, remarks, reading, judged, weighed),
    )


def lens_named(name: str, facts: FactSet) -> Lens:
    """The lens that `kg.yaml` calls `name`; each dial it leaves out is the default lens's.

    Raises:
        DialError: if there is none, or if one of its dials is not right.
    """
    lenses = facts.profile.lenses
    known = sorted({"default", *lenses})
    if name not in known:
        hint = did_you_mean(name, known) or f"the lenses are: {listing(known)}"
        raise DialError("lens", name, f"no lens is called '{name}'", hint)
    default = make_lens("default", lenses.get("default", {}), facts, Lens())
    return default if name == "default" else make_lens(name, lenses[name], facts, default)


def _once(
    of: _Of, read: Callable[[_Of, list[Diagnostic]], _It], kept: Made[_It] | None
) -> Made[_It]:
    """What is read from a text, or several; what is kept, where that was read from the same."""
    if kept is not None and kept.of == of:
        return kept
    found: list[Diagnostic] = []
    return Made(read(of, found), of, tuple(found))


def _read_profile(text: SourceText | None, found: list[Diagnostic]) -> Profile:
    documents = _documents((text,) if text else (), found)
    return read_profile(documents[0], found) if documents else NO_PROFILE


def _read_vocabulary(
    texts: tuple[tuple[SourceText, ...], tuple[SourceText, ...]], found: list[Diagnostic]
) -> Vocabulary:
    core, own = texts
    return read_vocabulary(_documents(core, found), _documents(own, found), found)


def _read_file(text: SourceText, found: list[Diagnostic]) -> File | None:
    documents = _documents((text,), found)
    if not documents:
        return None
    (read,) = documents
    sections = [read.root.value(key) for key in ("entities", "sources")]
    ids = (id for section in sections if isinstance(section, MappingNode) for id in section.entries)
    return File(read_records(read, found), frozenset(ids))


def _read_comments(text: SourceText, found: list[Diagnostic]) -> tuple[Suppression, ...]:
    """The comments of a file that allow something; none where it cannot be read."""
    if not may_hold_suppressions(text):
        return ()
    documents = _documents((text,), [])
    return tuple(s for read in documents for s in read_suppressions(text, read, CODES, found))


def _documents(texts: Iterable[SourceText], found: list[Diagnostic]) -> tuple[Document, ...]:
    read: list[Document] = []
    for text in texts:
        root = document.read_document(text, found)
        if root is not None:
            found.extend(comments.cut_values(text, root))
            read.append(Document(text.path, root))
    return tuple(read)


def _judge(
    rules: Iterable[ModuleType],
    facts: FactSet,
    parcels: Mapping[int, Parcel] | None,
    before: Mapping[int, Judged],
    found: list[Diagnostic],
) -> Mapping[int, Judged]:
    """Holds the facts to rules, those of claims parcel by parcel where there are parcels.

    Whoever checks but once has no use for them: all at once is faster.
    """
    if parcels is None:
        found.extend(diagnostic for rule in rules for diagnostic in rule.find(facts))
        return {}
    of_claims = [rule for rule in rules if rule in RULES_OF_CLAIMS]
    judged = judge(of_claims, facts, parcels, before)
    found.extend(chain.from_iterable(each.found for each in judged.values()))
    for rule in rules:
        if rule not in of_claims:
            found.extend(rule.find(facts))
    return judged


def _check_names(texts: Texts) -> Iterator[Diagnostic]:
    """Files that are one and the same where names are held without regard to case or accents."""
    seen: dict[str, str] = {}
    for path in texts.own:
        first = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if first != path:
            message = f"some systems cannot tell this file from '{first}'"
            hint = "give one of them another name: macOS and Windows would hold but one"
            here = Related(Span(first, 1, 1, 1, 1), "this is the other")
            yield Diagnostic(CLASHING_NAMES, message, Span(path, 1, 1, 1, 1), hint, (here,))


def _check_groups(facts: FactSet, written: frozenset[str]) -> Iterator[Diagnostic]:
    """Groups of `kg.yaml` that are called like something else, or hold what is no voice."""
    places = facts.profile.places
    groups = places.body.value("groups") if places else None
    if places is None or not isinstance(groups, MappingNode):
        return
    within = Places(places.path, places.name, groups)
    known = {*written, *facts.vocabulary.types, UNKNOWN}
    choices = tuple(sorted(known))
    for name, voices in facts.profile.groups.items():
        if name in written or name in (SUBJECT, UNKNOWN):
            message = f"'{name}' means something else, so no group can be called so"
            yield Diagnostic(BAD_GROUP, message, within.key(name), "give the group another name")
        for index, voice in enumerate(voices):
            if voice not in known:
                at = index if isinstance(groups.value(name), Sequence) else None
                message = f"no entity, source or type is called '{voice}'"
                hint = did_you_mean(voice, choices)
                yield Diagnostic(BAD_GROUP, message, within.value(name, at), hint)


def _check_lenses(facts: FactSet, written: frozenset[str]) -> Iterator[Diagnostic]:
    broken = written - facts.entities.keys() - facts.sources.keys()
    for name, dials in facts.profile.lenses.items():
        for dial, settings in dials.items():
            try:
                make_lens(name, {dial: settings}, facts, Lens())
            except DialError as error:
                if error.value not in broken:  # else it is reported where it is declared
                    yield _dial_diagnostic(name, error, facts.profile)


def _dial_diagnostic(name: str, error: DialError, profile: Profile) -> Diagnostic:
    places = profile.places
    assert places is not None
    node = places.body.value("lens")
    if name != "default":
        lenses = places.body.value("lenses")
        node = lenses.value(name) if isinstance(lenses, MappingNode) else None
    assert isinstance(node, MappingNode)
    lens_places = Places(places.path, places.name, node)
    if error.value is None:
        return Diagnostic(BAD_LENS, error.message, lens_places.key(error.dial), error.hint)
    index = None
    value = node.value(error.dial)
    if isinstance(value, Sequence):
        items = [getattr(item, "value", None) for item in value.items]
        index = items.index(error.value)
    return Diagnostic(BAD_LENS, error.message, lens_places.value(error.dial, index), error.hint)


BAD_LENS = Code(
    "bad-lens", "shape", Severity.ERROR, "a lens has a dial or a value that does not exist"
)

BAD_GROUP = Code(
    "bad-group",
    "shape",
    Severity.ERROR,
    "a group of kg.yaml has the name of something else, or holds what is no voice",
)

UNREADABLE_FILE = Code("unreadable-file", "YAML", Severity.ERROR, "a file cannot be read")

CLASHING_NAMES = Code(
    "clashing-names",
    "YAML",
    Severity.WARNING,
    "two files have names that differ in case or in how accents are written alone",
)

#: Every code of kg by its name.
CODES: Mapping[str, Code] = {
    code.name: code
    for code in sorted(
        (
            *document.CODES,
            *comments.CODES,
            *shape.CODES,
            *values.CODES,
            *vocabulary.CODES,
            *records.CODES,
            *declarations.CODES,
            *entities.CODES,
            *scenarios.CODES,
            *sheet.CODES,
            *(rule.CODE for rule in (*RULES, *RULES_OVER_ALL)),
            *evidence.CODES,
            *suppressions.CODES,
            BAD_GROUP,
            BAD_LENS,
            CLASHING_NAMES,
            UNREADABLE_FILE,
        ),
        key=lambda code: code.name,
    )
}
