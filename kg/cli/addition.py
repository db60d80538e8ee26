"""Carrying out `kg add`: in one turn with the workspace, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from kg.cli.session import Session, fail
from kg.edit.addition import (
    Addition,
    Judgement,
    UnreadableFileError,
    add,
    judge,
    key_of,
    namesakes,
)
from kg.edit.blocks import LayoutError, read_layout
from kg.edit.ids import suggest_id
from kg.edit.place import defaults_of
from kg.edit.writing import TABLES, NewEntry, Value
from kg.model.diagnostic import Diagnostic
from kg.model.display import counted, visible
from kg.model.text import SourceText
from kg.render.diagnostics import to_text
from kg.wording import sentence
from kg.workspace.folder import Workspace
from kg.workspace.outputs import turn, write_files

_NOUNS = {
    "facts": "fact",
    "entities": "entity",
    "sources": "source",
    "decisions": "decision",
    "identities": "identity",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as it was given: its id may still be found for it."""

    section: str
    id: str | None
    values: Mapping[str, Value]
    is_by_options: bool = True  #: else from YAML: its keys are spoken of as such


@dataclass(frozen=True, slots=True)
class Wish:
    """Where and how entries are to be added."""

    file: str | None = None
    again: bool = False
    dry_run: bool = False


def carry_out(session: Session, drafts: Sequence[Draft], wish: Wish) -> None:
    """Adds the entries, or ends with what speaks against it."""
    workspace = session.workspace()
    path = _path_below_facts(workspace, wish.file)
    for draft in drafts:
        _require_keys(draft, workspace, path)
    with nullcontext() if wish.dry_run else turn(workspace.root):
        workspace = session.workspace()  # read in one's turn: nobody changes it any more
        addition = _addition(workspace, drafts, path)
        judgement = judge(addition, workspace.checked)
        _refuse_errors(workspace, drafts, addition, judgement)
        if not wish.again:
            _refuse_what_is_there(workspace, addition, judgement)
        if wish.dry_run:
            _show(workspace, addition)
        else:
            _write(workspace, addition)
    _tell(session, addition, judgement, wish)


def _path_below_facts(workspace: Workspace, file: str | None) -> str | None:
    """The path of `--file` within the workspace."""
    if file is None:
        return None
    if Path(file).suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError(f"--file: '{file}' does not end in .yaml")
    for start in (Path.cwd(), workspace.root):
        path = start / file
        whole = path.parent.resolve() / path.name
        if whole.is_relative_to(workspace.root / "facts"):
            return whole.relative_to(workspace.root).as_posix()
    raise click.UsageError(f"--file: '{file}' lies outside {workspace.root / 'facts'}")


def _require_keys(draft: Draft, workspace: Workspace, path: str | None) -> None:
    """Ends where a key is missing that must be there."""
    table = TABLES[draft.section]
    text = workspace.texts.by_path.get(path) if path else None
    layout = read_layout(text) if text else None
    said = defaults_of(layout) if layout is not None and draft.section == "facts" else {}
    missing = [
        key for key in table.required if key not in ("id", *draft.values) and key not in said
    ]
    if not missing:
        return
    named = [_called(draft, key) for key in missing]
    it = _NOUNS[draft.section]
    if not draft.values:
        raise click.UsageError(f"the {it} needs {', '.join(named)}: --help shows every option")
    summary = table.by_name[missing[0]].summary
    raise click.UsageError(f"the {it} needs {', '.join(named)}: {summary}")


def _addition(workspace: Workspace, drafts: Sequence[Draft], path: str | None) -> Addition:
    entries = list(_entries(workspace, drafts))
    try:
        return add(workspace.texts, entries, path)
    except UnreadableFileError as error:
        fail(f"{error}: it cannot be read, so nothing is added to it; 'kg check' says why")
    except LayoutError as error:
        fail(f"{error}; nothing was written")


def _entries(workspace: Workspace, drafts: Sequence[Draft]) -> Iterator[NewEntry]:
    """The drafts with ids: those that have none get one that is free."""
    taken = set(ids_taken(workspace.texts.facts))
    for draft in drafts:
        id = draft.id if draft.id is not None else suggest_id(draft.section, draft.values, taken)
        if id is None:
            what = _called(draft, "id")
            raise click.UsageError(
                f"{what}: no id can be made of what is given: write one of a-z, 0-9 and '-'"
            )
        taken.add(id)
        yield NewEntry(draft.section, id, draft.values)


def ids_taken(texts: Sequence[SourceText]) -> Iterator[str]:
    """Every id that is declared, whether or not what it declares can be read."""
    for text in texts:
        layout = read_layout(text)
        for section in layout.sections if layout is not None else ():
            yield from (entry.id for entry in section.entries if entry.id is not None)


# -- what speaks against it -----------------------------------------------------------------------


def _refuse_errors(
    workspace: Workspace, drafts: Sequence[Draft], addition: Addition, judgement: Judgement
) -> None:
    if not judgement.errors:
        return
    by_path = addition.texts.by_path
    for diagnostic in judgement.errors:
        about = _about(diagnostic, drafts, addition)
        if about is None:
            click.echo(to_text([diagnostic], by_path), nl=False, err=True)
        else:
            hint = f"; {diagnostic.hint}" if diagnostic.hint else ""
            click.echo(f"{about}: {visible(diagnostic.message + hint)}", err=True)
    fail(f"nothing was written: {counted(len(judgement.errors), 'error')}")


def _about(diagnostic: Diagnostic, drafts: Sequence[Draft], addition: Addition) -> str | None:
    """The option, or the key of which entry, that a finding is about."""
    for draft, placed in zip(drafts, addition.placed, strict=True):
        key = key_of(diagnostic, placed)
        if key == "id" and diagnostic.code.name not in ("bad-id", "duplicate-id"):
            return f"{_NOUNS[draft.section]} '{placed.entry.id}'"
        if key is not None:
            at = "" if draft.is_by_options else f" of '{placed.entry.id}'"
            return _called(draft, key) + at
    return None


def _called(draft: Draft, key: str) -> str:
    return "--" + key.replace("_", "-") if draft.is_by_options else f"'{key}'"


def _refuse_what_is_there(workspace: Workspace, addition: Addition, judgement: Judgement) -> None:
    """Ends where a claim, a thing of that name or a source is there already."""
    reasons = [_there(diagnostic, addition) for diagnostic in judgement.duplicates]
    for placed in addition.placed:
        reasons += [
            f"'{each.id}' is there already ({each.places.declared})"
            for each in namesakes(placed.entry, workspace.facts)
        ]
    if reasons:
        for reason in reasons:
            click.echo(reason, err=True)
        fail("nothing was written; --again adds it all the same")


def _there(diagnostic: Diagnostic, addition: Addition) -> str:
    places = (diagnostic.span, *(each.span for each in diagnostic.related))
    new = {(p.path, p.found.name.start.line + 1) for p in addition.placed if p.found.name}
    old = next((place for place in places if (place.path, place.line) not in new), places[-1])
    return f"{diagnostic.message} ({old})"


# -- what is done ---------------------------------------------------------------------------------


def _write(workspace: Workspace, addition: Addition) -> None:
    """Puts the files in place; a file that is a link stays one."""
    changed = {
        str((workspace.root / path).resolve()): text.data for path, text in addition.changed.items()
    }
    write_files(workspace.root / "facts", changed)


def _show(workspace: Workspace, addition: Addition) -> None:
    """Prints the lines that would be written, and where."""
    shown: set[str] = set()
    for placed in addition.placed:
        body = addition.texts.by_path[placed.path].data.decode("utf-8-sig")
        if placed.is_new_file:
            if placed.path not in shown:
                click.echo(f"{placed.path}: a new file\n{body}", nl=False)
            shown.add(placed.path)
            continue
        span = placed.found.span
        lines = body.splitlines()[span.line - 1 : span.end_line - (span.end_column == 1)]
        click.echo(f"{placed.path}:{span.line}\n" + "\n".join(lines))


def _tell(session: Session, addition: Addition, judgement: Judgement, wish: Wish) -> None:
    facts = judgement.checked.facts
    for placed in addition.placed:
        entry, span = placed.entry, placed.found.span
        if not wish.dry_run:
            new = ", a new file" if placed.is_new_file else ""
            it = f"{_NOUNS[entry.section]} '{entry.id}'"
            click.echo(f"{placed.path}:{span.line}: added {it}{new}")
        for claim in facts.facts.get(entry.id, ()) if entry.section == "facts" else ():
            session.say(f"  {visible(sentence(facts.claims[claim], facts))}")
    others = to_text(judgement.others, addition.texts.by_path)
    if others:
        click.echo(others, nl=False, err=True)
