"""What every command does that changes files of facts: look first, then write all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.session import Session, fail

if TYPE_CHECKING:
    from kg.model.edit import Edit
    from kg.model.text import SourceText
    from kg.workspace.folder import Workspace


def rewrite(
    session: Session, workspace: Workspace, edits: Iterable[Edit], *, is_diff: bool = False
) -> Mapping[str, SourceText]:
    """Makes edits in the workspace's files, unless what they make has errors that it had not.

    With `is_diff` the changes are printed, and nothing is written. What changed is returned.
    """
    from kg.edit.apply import apply_all

    changed = apply_all(workspace.texts.own, edits)
    _refuse_new_errors(workspace, changed)
    if is_diff:
        click.echo(diff_of(workspace, changed), nl=False)
    else:
        put_in_place(workspace, changed)
    return changed


def _refuse_new_errors(workspace: Workspace, changed: Mapping[str, SourceText]) -> None:
    from kg.check import check
    from kg.render.diagnostics import summary, to_text

    after = workspace.texts.with_files(changed)
    before = {(d.code.name, d.message) for d in workspace.diagnostics}
    new = [
        d
        for d in check(after, workspace.checked).diagnostics
        if d.severity == "error" and (d.code.name, d.message) not in before
    ]
    if new:
        click.echo(to_text(new[:5], after.by_path), nl=False, err=True)
        fail(f"nothing was written: it would bring {summary(new)}")


def put_in_place(workspace: Workspace, changed: Mapping[str, SourceText]) -> None:
    """Writes changed and new files, all or none."""
    from kg.workspace.outputs import StaleError

    try:
        workspace.rewrite(changed)
    except StaleError as error:
        fail(str(error))


def diff_of(workspace: Workspace, changed: Mapping[str, SourceText]) -> str:
    """What changes in each file, as git shows it."""
    from kg.edit.apply import unified_diff
    from kg.model.text import SourceText

    own = workspace.texts.own
    return "".join(
        unified_diff(own.get(path, SourceText(path, b"")), changed[path])
        for path in sorted(changed)
    )
