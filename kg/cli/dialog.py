"""What is known while an entry is asked for: what was entered, what fits next, what is wrong."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from kg.assist.completion import Suggestion, complete
from kg.assist.world import World
from kg.cli.addition import Draft, Wish, ids_taken
from kg.cli.entries import SECTIONS, option_texts, option_words, value_given
from kg.edit.ids import suggest_id, words_of
from kg.edit.trial import NAMELESS, Finding, Trial, try_out
from kg.edit.writing import NewEntry, Value, flow_value
from kg.model.display import visible
from kg.model.vocabulary import SCENARIO
from kg.reading import values as v
from kg.reading.shape import Key, Space
from kg.wording import sentence
from kg.workspace.folder import Workspace

#: Keys with names of their own: a name, `=` and a text.
NAMED = (v.LABELS, v.CODES_BY_SCHEME)


@dataclass
class Dialog:
    """What was entered so far."""

    section: str
    workspace: Workspace
    world: World  #: with the things that are made on the way
    usual: Mapping[str, str] = field(default_factory=dict)  #: what is likely under a key
    values: dict[str, Value] = field(default_factory=dict)
    id: str | None = None
    made: list[Draft] = field(default_factory=list)  #: what is made on the way
    #: what a type would be wrong for, where the thing is made for an entry that names it
    objections: Callable[[str], tuple[Finding, ...]] | None = None

    @property
    def entry(self) -> NewEntry:
        """The entry as it stands."""
        return NewEntry(self.section, NAMELESS, self.values)

    @property
    def drafts(self) -> list[Draft]:
        """All that is to be added, in order."""
        own = [Draft(self.section, self.id, dict(self.values))] if self.values else []
        return [*self.made, *own]

    @property
    def taken(self) -> set[str]:
        """The ids that are not free."""
        made = {draft.id for draft in self.made if draft.id is not None}
        return {*ids_taken(self.workspace.texts.facts), *made}

    @property
    def suggested_id(self) -> str | None:
        """The id that the entry would get."""
        return suggest_id(self.section, self.values, self.taken)

    def trial(self, **more: Value) -> Trial:
        """The entry as it would be read, with some values put in."""
        entry = replace(self.entry, values={**self.values, **more})
        return try_out(self.workspace.texts, self.world.facts, entry)


def begin(workspace: Workspace, section: str, source: str | None) -> Dialog:
    """A dialog in which nothing was entered; a fact is likely of that source, or of the last."""
    usual = {"source": source or last_source(workspace)} if section == "facts" else {}
    return Dialog(section, workspace, World(workspace.facts), usual)


def last_source(workspace: Workspace) -> str:
    """The source of the last fact of the file that was changed last; else the newest one."""
    claims = workspace.facts.claims.values()
    times = {path: _changed(workspace.root / path) for path in {c.places.path for c in claims}}
    last = max(
        claims,
        key=lambda c: (times[c.places.path], c.places.path, c.places.declared.line),
        default=None,
    )
    if last is not None:
        return last.source
    newest = sorted(workspace.facts.sources.values(), key=lambda s: s.published_text or "")
    return newest[-1].id if newest else ""


def _changed(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


# -- what is typed --------------------------------------------------------------------------------


def value_typed(dialog: Dialog, key: Key, text: str) -> Value:
    """The value that is typed for a key, as the option of the key takes it.

    Where there may be several, a comma stands between them: ids hold none.

    Raises:
        click.UsageError: if it does not have the form of the option.
    """
    parts = [part.strip() for part in text.split(",")]
    is_list = key.kind in (*NAMED, v.RELATION, v.CHAIN_LINK) or key.name == "tags"
    if key.many and Space.THING in key.kind.names:
        is_list = key.kind is not v.OBJECT or parts[0] in dialog.world.types
    return value_given(key, [part for part in parts if part] if is_list else [text])


def value_text(key: Key, value: Value) -> str:
    """A value as it would be typed."""
    return ", ".join(option_texts(key.name, value))


def findings(dialog: Dialog, key: Key, text: str) -> tuple[Finding, ...]:
    """What is wrong with what is typed for a key, what it stands beside included."""
    try:
        value = value_typed(dialog, key, text)
    except click.UsageError as error:
        return (Finding(key.name, error.message, None),)
    # What a fact relates is held to its relation once its source is known: the likely one will do.
    likely = {name: text for name, text in dialog.usual.items() if name == "source" and text}
    found = dialog.trial(**{**likely, **dialog.values, key.name: value}).findings
    if key.name == "type" and dialog.objections is not None and not found:
        return dialog.objections(text)
    return found


def refusal(dialog: Dialog, key: Key, text: str) -> Finding | None:
    """Why what is typed cannot be taken; what names a thing that is not there may be."""
    if not text:
        return Finding(key.name, f"needed: {key.summary}", None) if key.required else None
    found = findings(dialog, key, text)
    own = (each for each in found if each.key == key.name or key.name in _TIED)
    return next((each for each in own if each.is_error and each.unknown is None), None)


#: Keys that are held to one another: what is wrong with one is to be put right at any of them.
_TIED = ("subject", "relation", "object", "type")


def refusal_of_id(dialog: Dialog, id: str) -> Finding | None:
    """Why an id cannot be taken."""
    if not id:
        return Finding("id", "needed: an id of a-z, 0-9 and '-'", None)
    if id in dialog.taken:
        return Finding("id", f"'{id}' is taken", None)
    if words_of(id) != id:
        return Finding("id", f"'{id}' cannot be an id", "write a-z, 0-9 and '-'")
    return None


# -- what fits ------------------------------------------------------------------------------------


def suggestions(dialog: Dialog, key: Key, typed: str) -> tuple[tuple[Suggestion, ...], str]:
    """What can be typed for a key, as an editor would offer it, and the word that it replaces."""
    item = typed.rpartition(",")[2].lstrip() if key.many or key.kind in NAMED else typed
    lead, word = _within_item(key, item)
    others = {name: value for name, value in dialog.values.items() if name != key.name}
    begins = f"  - id: {NAMELESS}" if dialog.entry.is_item else f"  {NAMELESS}:"
    lines = [
        f"{dialog.section}:",
        begins,
        *(f"    {name}: {flow_value(value)}" for name, value in others.items()),
        f"    {key.name}: {lead}{word}",
    ]
    row = len(lines) - 1
    found = complete(lines, "facts/draft.yaml", row, len(lines[row]), dialog.world)
    return found.suggestions, word


def is_begun(dialog: Dialog, key: Key, typed: str) -> bool:
    """Whether what is typed is the beginning of something that fits, and not all of it."""
    found, word = suggestions(dialog, key, typed)
    labels = [each.label for each in found]
    return word not in labels and any(label.startswith(word) for label in labels)


def _within_item(key: Key, typed: str) -> tuple[str, str]:
    """What stands before the word that is typed, as YAML, and the word."""
    if key.kind is v.CHAIN_LINK and ":" in typed:
        who, _, verb = typed.partition(":")
        return f"[{{by: {flow_value(who)}, verb: ", verb.lstrip()
    return ("{", typed) if key.kind in NAMED else ("", typed)


# -- what is said ---------------------------------------------------------------------------------


def said(dialog: Dialog) -> Iterator[str]:
    """What a fact says so far: its sentences, or their beginning."""
    if dialog.section != "facts":
        return
    trial = dialog.trial()
    if trial.claims:
        yield from (visible(sentence(claim, trial.facts)) for claim in trial.claims)
        return
    facts = dialog.world.facts
    ends = [option_texts(key, dialog.values.get(key, [])) for key in ("subject", "object")]
    subjects, objects = (" and ".join(map(facts.name, each)) for each in ends)
    relation = dialog.values.get("relation")
    known = facts.vocabulary.relations.get(relation) if isinstance(relation, str) else None
    if subjects:
        verb = known.label if known is not None else ""
        yield visible(" ".join(part for part in (subjects, verb, objects, "…") if part))


def command_lines(dialog: Dialog, wish: Wish) -> Iterator[str]:
    """The commands that say what was entered."""
    nouns = {section: noun for noun, section in SECTIONS.items()}
    for draft in dialog.drafts:
        words = ["kg", "add", nouns[draft.section]]
        words += ["--id", draft.id] if draft.id is not None else []
        words += option_words(draft.values)
        words += ["--file", wish.file] if wish.file is not None else []
        words += ["--again"] if wish.again else []
        yield shlex.join(words)


# -- things that are made on the way --------------------------------------------------------------


def unknown_thing(dialog: Dialog, key: Key) -> Finding | None:
    """The finding that a thing named under a key is not there."""
    found = dialog.trial().findings
    return next((each for each in found if each.key == key.name and each.unknown), None)


def is_name_of(name: str, id: str, dialog: Dialog) -> bool:
    """Whether a thing is called just so."""
    facts = dialog.world.facts
    if id in facts.sources:
        return name.casefold() == facts.sources[id].title.casefold()
    entity = facts.entities.get(id)
    names = (entity.name, *entity.aliases) if entity is not None else ()
    return name.casefold() in (each.casefold() for each in names)


def put_in(dialog: Dialog, key: Key, name: str, id: str) -> None:
    """Puts an id under a key, where a name stood that no thing goes by."""
    dialog.values = _naming(dialog, key, name, id)


def for_thing(dialog: Dialog, key: Key, name: str) -> Dialog:
    """A dialog about a thing that an entry names under a key and that is not there."""
    section = "sources" if key.name in ("source", "based_on") else "entities"
    words = name.replace("-", " ").title() if words_of(name) == name else name
    usual = {_called(section): words, **({"type": SCENARIO} if key.kind is v.CONDITION else {})}
    inner = Dialog(section, dialog.workspace, dialog.world, usual)

    def objections(type_id: str) -> tuple[Finding, ...]:
        tried = replace(inner, values={"type": type_id, _called(section): name})
        world = _with_thing(tried, NAMELESS + "-thing")
        outer = replace(dialog, world=world, values=_naming(dialog, key, name, NAMELESS + "-thing"))
        found = outer.trial().findings
        return tuple(each for each in found if each.is_error and each.unknown is None)

    inner.objections = objections
    return inner


def keep_thing(dialog: Dialog, key: Key, name: str, inner: Dialog) -> None:
    """Notes a thing to be made, and puts its id where its name stood."""
    assert inner.id is not None
    dialog.made += inner.drafts
    dialog.world = _with_thing(inner, inner.id)
    dialog.values = _naming(dialog, key, name, inner.id)


def id_for_thing(dialog: Dialog, inner: Dialog, name: str) -> str | None:
    """The id that a thing gets: what was typed, if it can be one."""
    typed = name if refusal_of_id(dialog, name) is None else None
    return typed or suggest_id(inner.section, inner.values, dialog.taken)


def _called(section: str) -> str:
    return "title" if section == "sources" else "name"


def _with_thing(inner: Dialog, id: str) -> World:
    """The world with a thing in it that is going to be made."""
    facts, trial = inner.world.facts, inner.trial().facts
    entities, sources = dict(facts.entities), dict(facts.sources)
    if NAMELESS in trial.entities:
        entities[id] = replace(trial.entities[NAMELESS], id=id)
    if NAMELESS in trial.sources:
        sources[id] = replace(trial.sources[NAMELESS], id=id)
    apart = facts.apart and replace(facts.apart, entities={**facts.apart.entities, **entities})
    return World(replace(facts, entities=entities, sources=sources, apart=apart))


def _naming(dialog: Dialog, key: Key, name: str, id: str) -> dict[str, Value]:
    """The values, with an id under a key where the name of a thing stood."""
    return {**dialog.values, key.name: _renamed(dialog.values[key.name], name, id)}


def _renamed(value: Value, name: str, id: str) -> Value:
    if isinstance(value, str):
        return {name: id, f"not:{name}": f"not:{id}"}.get(value, value)
    if isinstance(value, Mapping):
        return {k: _renamed(each, name, id) if k == "by" else each for k, each in value.items()}
    return [_renamed(each, name, id) for each in value]
