"""`kg diff`: what differs between two lenses, two revisions, two folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import compare_option, dials_of, lens_options
from kg.cli.session import Session, fail, pass_session, scene_beside, scene_of

if TYPE_CHECKING:
    from kg.workspace.folder import Workspace

_FORMATS = ("text", "table", "markdown", "csv", "json")


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@compare_option("See the second side through this lens")
@click.option("--edges", is_flag=True, help="The direct edges instead of the claims, in tables.")
@click.option("--format", "-f", "output", type=click.Choice(_FORMATS), default="text",
              help="How to print it; default: text.")  # fmt: skip
@lens_options
@click.pass_context
@pass_session
def diff(
    session: Session,
    context: click.Context,
    old: str | None,
    new: str | None,
    compare: str | None,
    edges: bool,
    output: str,
) -> None:
    """Show what differs: claims and edges gained, lost and changed, and why.

    OLD and NEW are revisions of git or folders with a workspace; NEW left out is the workspace as
    it is, and both left out compare it with the last commit. With --compare and neither, the same
    facts are seen through two lenses: the lens options make the first, --compare is the second.
    """
    from shutil import get_terminal_size

    from kg.compare import compare as compared
    from kg.render import comparison
    from kg.render.tables import render
    from kg.workspace.revisions import RevisionError

    workspace = session.workspace()
    dials = dials_of(context)
    if old is None and compare is None:
        old = "HEAD"
    first = workspace if old is None else _side(workspace, old)
    second = workspace if new is None else _side(workspace, new)
    try:
        before = scene_of(session, first, dials)
        if compare is None:
            after = scene_of(session, second, dials)
            if before.lens.marking is None and after.lens.marking is not None:
                # What one side keeps back the other does not let out.
                before = scene_of(session, first, {**dials, "marking": (after.lens.marking,)})
        else:
            after = scene_beside(session, second, compare, before)
    except RevisionError as error:
        fail(str(error))
    found = compared(before, after)
    width = get_terminal_size().columns
    if output == "text":
        click.echo(comparison.to_text(found, min(width, 100)), nl=False)
    elif output == "json":
        click.echo(comparison.to_json(found), nl=False)
    else:
        table = comparison.edges_table(found) if edges else comparison.claims_table(found)
        click.echo(render(table, output, width), nl=False)
        if output == "csv":  # it has no place for them
            for note in table.notes:
                session.say(note)


def _side(workspace: Workspace, name: str) -> Workspace:
    """One side of the comparison: a folder that holds a workspace, else a revision."""
    from pathlib import Path

    from kg.workspace.folder import PROFILE
    from kg.workspace.folder import Workspace as Folder

    folder = Path(name)
    if (folder / PROFILE).is_file():
        return Folder(folder.resolve())
    if folder.is_dir():
        raise click.UsageError(f"'{name}' is a folder without a {PROFILE}")
    return workspace.at(name)
