"""`kg rename`: another id, everywhere it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import complete_ids
from kg.cli.session import Session, pass_session
from kg.cli.writing import rewrite

if TYPE_CHECKING:
    from kg.assist.target import Target
    from kg.assist.world import World
    from kg.check import Texts
    from kg.workspace.folder import Workspace

_KINDS = ("thing", "type", "relation", "scheme", "group", "lens")


@click.command()
@click.argument("id", shell_complete=complete_ids)
@click.argument("name")
@click.option("--kind", type=click.Choice(_KINDS), help="What is meant, where an id means several.")
@click.option("--part-of", metavar="SOURCE", help="Rename a part of this source's text.")
@click.option("--diff", "is_diff", is_flag=True, help="Show the changes; write nothing.")
@pass_session
def rename(
    session: Session, id: str, name: str, kind: str | None, part_of: str | None, is_diff: bool
) -> None:
    """Give an entity, source, fact, type, relation or other ID a new NAME in all files.

    Claims' ids that it is a part of follow. Its address in RDF changes with it.
    """
    from kg.assist.rename import RenameError
    from kg.assist.rename import rename as edits_for
    from kg.assist.world import World
    from kg.model.display import counted

    if id == name:
        raise click.UsageError(f"'{id}' is called so already")
    workspace = session.workspace()
    world = World(workspace.facts)
    target = _target(id, kind, part_of, world, workspace.texts)
    try:
        edits = edits_for(target, name, world, workspace.texts)
    except RenameError as error:
        raise click.UsageError(str(error)) from None
    done = rewrite(session, workspace, edits, is_diff=is_diff)
    if not is_diff:
        places = f"{counted(len(edits), 'place')} in {counted(len(done), 'file')}"
        session.say(f"'{id}' is now '{name}': {places}")
        for query in _queries_naming(id, workspace):
            session.say(f"{query} may name it, too: queries are left as they are")


def _queries_naming(id: str, workspace: Workspace) -> list[str]:
    """The workspace's own queries in which the id stands behind a prefix."""
    import re

    named = re.compile(rf":{re.escape(id)}(?![\w-])")
    own = workspace.root / "queries"
    return [
        path.relative_to(workspace.root).as_posix()
        for path in sorted(own.glob("*.rq"))
        if named.search(path.read_text(encoding="utf-8", errors="replace"))
    ]


def _target(id: str, kind: str | None, part_of: str | None, world: World, texts: Texts) -> Target:
    """What `id` means."""
    from kg.assist.target import Target, declarations
    from kg.model.suggest import did_you_mean
    from kg.reading.shape import Space

    def declared(space: Space) -> bool:
        return bool(declarations(Target(space, id, 0, 0, 0, part_of), world, texts))

    if part_of is not None:
        if part_of not in world.facts.sources:
            raise click.UsageError(f"--part-of: no source is called '{part_of}'")
        spaces = [Space.PART]
    else:
        spaces = [Space(kind)] if kind else [Space(each) for each in _KINDS]
    found = [space for space in spaces if declared(space)]
    if len(found) > 1:
        ways = " or ".join(f"--kind {space}" for space in found)
        raise click.UsageError(f"'{id}' means several things: say which with {ways}")
    if not found:
        vocabulary = world.facts.vocabulary
        known = {*world.types, *world.facts.facts, *vocabulary.types, *vocabulary.relations}
        hint = did_you_mean(id, known)
        raise click.UsageError(f"nothing is called '{id}'" + (f": {hint}" if hint else ""))
    return Target(found[0], id, 0, 0, 0, part_of)
