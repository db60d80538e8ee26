"""The judge: texts of a workspace in, a fact set and all that is wrong with it out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg import evidence, suppressions
from kg.identity import unite
from kg.lens import DialError, Lens, make_lens
from kg.model.diagnostic import Code, Diagnostic, Related, Severity, in_reading_order
from kg.model.facts import UNKNOWN, FactSet, Profile
from kg.model.node import Mapping as MappingNode
from kg.model.node import Places, Sequence
from kg.model.suggest import did_you_mean, listing
from kg.model.text import SourceText, Span
from kg.reading import (
    declarations,
    document,
    entities,
    scenarios,
    shape,
    sheet,
    values,
    vocabulary,
)
from kg.reading.declarations import SUBJECT
from kg.reading.facts import read_facts
from kg.reading.profile import NO_PROFILE, read_profile
from kg.reading.vocabulary import Document, read_vocabulary
from kg.rules import RULES, RULES_OVER_ALL
from kg.suppressions import Suppression, read_suppressions, sift, unused


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


@dataclass(frozen=True, slots=True)
class Checked:
    """What could be read, and everything that was found wrong."""

    facts: FactSet
    diagnostics: tuple[Diagnostic, ...]
    allowed: tuple[Diagnostic, ...] = ()  #: what comments allow, each with the reason
    suppressions: tuple[Suppression, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings weigh that much."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found that stops a build."""
        return not self.count(Severity.ERROR)


def check(texts: Texts) -> Checked:
    """Reads the texts and holds what they say to every rule."""
    found: list[Diagnostic] = [*texts.unreadable, *_check_names(texts)]
    profiles = _documents((texts.profile,) if texts.profile else (), found)
    profile = read_profile(profiles[0], found) if profiles else NO_PROFILE
    # Where `kg.yaml` of the core itself cannot be read, its ontology is still its own.
    core = () if profile.is_core or texts.core == texts.ontology else texts.core
    ontology = _documents(texts.ontology, found)
    terms = read_vocabulary(_documents(core, found), ontology, found)
    documents = _documents(texts.facts, found)
    fact_set = unite(read_facts(documents, profile, terms, found))
    written = _things_written(documents)
    found.extend(_check_groups(fact_set, written))
    found.extend(_check_lenses(fact_set, written))
    rules = RULES if found else RULES + RULES_OVER_ALL
    for rule in rules:
        found.extend(rule.find(fact_set))
    allowances: list[Suppression] = []
    for document_read in (*profiles, *ontology, *documents):
        text = texts.own[document_read.path]
        allowances.extend(read_suppressions(text, document_read, CODES, found))
    told, allowed = sift(found, allowances)
    told.extend(unused(allowances, allowed, {rule.CODE.name for rule in rules}))
    return Checked(fact_set, in_reading_order(told), in_reading_order(allowed), tuple(allowances))


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


def _documents(texts: Iterable[SourceText], found: list[Diagnostic]) -> tuple[Document, ...]:
    roots = ((text.path, document.read_document(text, found)) for text in texts)
    return tuple(Document(path, root) for path, root in roots if root is not None)


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


def _things_written(documents: Iterable[Document]) -> frozenset[str]:
    """The ids of all entities and sources, whether or not they could be read."""
    sections = [d.root.value(key) for d in documents for key in ("entities", "sources")]
    return frozenset(id for s in sections if isinstance(s, MappingNode) for id in s.entries)


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
            *shape.CODES,
            *values.CODES,
            *vocabulary.CODES,
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
