"""Trying out an entry while it is being written: what it says so far, and what is wrong with it.

It is read by the readers and held to the rules as `kg check` would, but among no more than the
things that it names: that takes as long in a large workspace as in a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.check import Texts, check
from kg.edit.addition import Placed, key_of
from kg.edit.blocks import new_file, read_layout
from kg.edit.writing import NewEntry, Value, value_of
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.facts import RULED_OUT, Claim, FactSet
from kg.model.suggest import did_you_mean, id_meant
from kg.reading.declarations import UNKNOWN_ENTITY, UNKNOWN_SOURCE
from kg.reading.shape import MISSING_KEY

#: The id of an entry that has none yet.
NAMELESS = "draft"

_PATH = "facts/draft.yaml"

#: Keys that name claims: these are looked up, not read along.
_OF_CLAIMS = ("about", "supersedes", "disputes")

#: What has to be known of a thing that an entry names.
_KNOWN = ("type", "name", "title", "published", "text")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the value of a key."""

    key: str
    message: str
    hint: str | None
    is_error: bool = True
    unknown: str | None = None  #: what no entity or source is called
    meant: str | None = None  #: the id of the entity or source that it may mean


@dataclass(frozen=True, slots=True)
class Trial:
    """An entry as it would be read."""

    facts: FactSet  #: the entry and what it names, nothing else
    findings: tuple[Finding, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What it says, where it is a fact that says something yet."""
        return tuple(self.facts.claims[id] for id in self.facts.facts.get(NAMELESS, ()))


def try_out(texts: Texts, world: FactSet, entry: NewEntry) -> Trial:
    """Reads an entry as far as it is written; keys that are missing are no mistake yet."""
    nameless = replace(entry, id=NAMELESS, values=_without_claims(entry))
    file = new_file(_PATH, [*_named(entry, world), nameless])
    checked = check(replace(texts, facts=(file,), unreadable=()))
    layout = read_layout(file)
    section = layout.section(entry.section) if layout is not None else None
    findings = list(_unknown_claims(entry, world))
    if section is not None:
        placed = Placed(nameless, _PATH, True, section.entries[-1])
        findings += [f for d in checked.diagnostics if (f := _finding(d, placed)) is not None]
        findings = [_with_what_is_meant(each, world) for each in findings]
    return Trial(checked.facts, tuple(findings))


def _without_claims(entry: NewEntry) -> dict[str, Value]:
    return {key: value for key, value in entry.values.items() if key not in _OF_CLAIMS}


def _finding(diagnostic: Diagnostic, placed: Placed) -> Finding | None:
    key = key_of(diagnostic, placed)
    if key is None or key == "id" or diagnostic.code is MISSING_KEY:
        return None
    is_error = diagnostic.severity is Severity.ERROR
    unknown = None
    if diagnostic.code in (UNKNOWN_ENTITY, UNKNOWN_SOURCE):
        unknown = diagnostic.message.partition("'")[2].rpartition("'")[0]
    return Finding(key, diagnostic.message, diagnostic.hint, is_error, unknown)


def _with_what_is_meant(finding: Finding, world: FactSet) -> Finding:
    """The finding with the nearest of all things, of which the trial knows but few."""
    if finding.unknown is None:
        return finding
    among = {**world.written.entities, **world.sources}
    meant = id_meant(finding.unknown, world, among)
    hint = f"did you mean '{meant}'?" if meant else finding.hint
    return replace(finding, hint=hint, meant=meant)


def _named(entry: NewEntry, world: FactSet) -> Iterator[NewEntry]:
    """The things that an entry names, with no more than has to be known of them."""
    written = (word for value in entry.values.values() for word in _texts(value))
    words = {word.removeprefix(RULED_OUT) for word in written}
    for section, things in (("entities", world.written.entities), ("sources", world.sources)):
        for id in sorted(words & things.keys()):
            body = things[id].places.body
            known = {key: node for key, (_, node) in body.entries.items() if key in _KNOWN}
            yield NewEntry(section, id, {key: value_of(node) for key, node in known.items()})


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        return
    for each in value.values() if isinstance(value, Mapping) else value:
        yield from _texts(each)


def _unknown_claims(entry: NewEntry, world: FactSet) -> Iterator[Finding]:
    claims = {*world.facts, *world.claims}
    for key in _OF_CLAIMS:
        known = world.ids if key == "about" else claims
        for id in _texts(entry.values.get(key, [])):
            if id not in known:
                what = "entity, source or fact" if key == "about" else "claim or fact"
                yield Finding(key, f"no {what} is called '{id}'", did_you_mean(id, known))
