"""`kg add`: a fact, an entity or a source, written where it belongs and only if it checks."""

from __future__ import annotations

import click


class _Kinds(click.Group):
    """The kinds of entries; their options are made of the tables of keys when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["fact", "entity", "source"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        from kg.cli.entries import command_adding

        return command_adding(cmd_name)


@click.group(cls=_Kinds)
def add() -> None:
    """Add a fact, an entity or a source.

    It is written into the file that it fits best, below its like; all else in the file stays as
    it is. What 'kg check' would refuse is not written. Without options, a terminal asks for it.
    """
