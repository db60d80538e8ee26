"""`kg git`: what a team that shares a workspace through git needs of kg."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.session import Session, fail, pass_session


@click.group()
def git() -> None:
    """Let git merge the files by what they declare, so that added facts never conflict."""


@git.command()
@pass_session
def setup(session: Session) -> None:
    """Make git use kg's merge driver in this repository.

    It adds lines to the workspace's .gitattributes, to be committed, and sets merge.kg.driver in
    this clone's configuration: everybody runs it once. Without it, git merges lines as ever.
    """
    from kg.workspace.merges import GitError, install_driver

    workspace = session.workspace()
    try:
        is_changed = install_driver(workspace.root)
    except GitError as error:
        fail(str(error))
    session.say("git merges the files of this workspace by what they declare")
    if is_changed:
        session.say("commit .gitattributes, so that others do so too once they ran 'kg git setup'")


@git.command()
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("name", default="the file")
@click.option("--marker-size", type=click.IntRange(min=1), default=7, show_default=True,
              help="How long conflict markers are.")  # fmt: skip
@pass_session
def merge(
    session: Session, base: Path, ours: Path, theirs: Path, name: str, marker_size: int
) -> None:
    """Merge THEIRS into the file OURS; both come from BASE. Git calls this.

    Entries are joined by id and their keys by name. What both sides changed stands between
    conflict markers, and the exit code is 1. A file that cannot be read is merged line by line.
    """
    from kg.workspace.merges import GitError, merge_files

    try:
        conflicts = merge_files(base, ours, theirs, name, marker_size)
    except GitError as error:
        fail(str(error))
    if conflicts:
        fail(f"{name}: both sides changed {', '.join(conflicts)}")
