"""Judging a workspace as it is in the editor: buffers over files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.assist.world import World
from kg.check import Checked, Texts, check
from kg.model.diagnostic import Diagnostic
from kg.model.facts import FactSet
from kg.model.text import SourceText
from kg.reading.document import read_document
from kg.workspace.folder import PROFILE, Workspace


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a workspace, and what is known of it."""

    texts: Texts  #: as they are, be they YAML or not
    world: World
    diagnostics: tuple[Diagnostic, ...]
    good: Mapping[str, SourceText] = field(default_factory=dict)  #: buffers as they last were YAML
    checked: Checked | None = None  #: what the next one can go on from


def judge(root: Path, buffers: Mapping[str, SourceText], before: Judged | None = None) -> Judged:
    """Reads the workspace with the buffers in place of its files, and checks what has changed.

    While a line is typed its file is no YAML for a moment. Then the text that was YAML last stands
    in for it, so that its entities are still known and no other file has a finding for it.
    """
    on_disk = Workspace(root).texts
    texts = overlay(on_disk, buffers)
    good = dict(before.good) if before else {}
    broken: dict[str, list[Diagnostic]] = {}
    stand_ins: dict[str, SourceText] = {}
    for path, text in buffers.items():
        found: list[Diagnostic] = []
        if read_document(text, found) is not None:
            good[path] = text
            continue
        broken[path] = found
        last = good.get(path) or _readable(on_disk.by_path.get(path))
        if last is not None:
            good[path] = stand_ins[path] = last
    checked = check(overlay(texts, stand_ins), before.checked if before else None)
    kept = (d for d in checked.diagnostics if d.span.path not in stand_ins)
    own = (d for path in stand_ins for d in broken[path])
    diagnostics = tuple(sorted((*kept, *own), key=lambda d: (d.span, d.code.name, d.message)))
    world = World(checked.facts)
    _warm(world)
    good = {path: text for path, text in good.items() if path in buffers}
    return Judged(texts, world, diagnostics, good, checked)


def overlay(texts: Texts, buffers: Mapping[str, SourceText]) -> Texts:
    """The texts with the buffers in place of files, those that are not saved yet among them."""
    if not buffers:
        return texts
    readable = tuple(d for d in texts.unreadable if d.span.path not in buffers)
    return replace(
        texts,
        profile=buffers.get(PROFILE, texts.profile),
        ontology=_replaced(texts.ontology, buffers, "ontology/"),
        facts=_replaced(texts.facts, buffers, "facts/"),
        unreadable=readable,
    )


def nothing_known() -> World:
    """What is known before anything was read."""
    from kg.model.vocabulary import Vocabulary
    from kg.reading.profile import NO_PROFILE

    return World(FactSet(NO_PROFILE, Vocabulary({}, {}, {}), {}, {}, {}))


def _replaced(
    files: Iterable[SourceText], buffers: Mapping[str, SourceText], folder: str
) -> tuple[SourceText, ...]:
    own = {path: text for path, text in buffers.items() if path.startswith(folder)}
    by_path = {text.path: text for text in files} | own
    return tuple(by_path[path] for path in sorted(by_path))


def _readable(text: SourceText | None) -> SourceText | None:
    return text if text is not None and read_document(text, []) is not None else None


def _warm(world: World) -> None:
    """Works out what every answer needs, so that the first does not wait for it."""
    _ = world.uses, world.types_used, world.scenarios, world.words_used, world.facts_of_files
    _ = world.facts.mentions, world.facts.facts
