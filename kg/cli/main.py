"""`kg`: the group of all commands, and what is common to them."""

from __future__ import annotations

import io

import click

from kg import __version__
from kg.cli.add import add
from kg.cli.analyze import analyze
from kg.cli.annotate import annotate
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.diff import diff
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.fmt import fmt
from kg.cli.git import git
from kg.cli.importing import importing
from kg.cli.init import init
from kg.cli.lsp import lsp
from kg.cli.merge import merge
from kg.cli.path import path
from kg.cli.publish import publish
from kg.cli.query import query
from kg.cli.rename import rename
from kg.cli.session import Session
from kg.cli.show import show
from kg.cli.text import text
from kg.cli.view import view

COMMANDS = (
    init,
    add,
    importing,
    annotate,
    check,
    fmt,
    rename,
    merge,
    build,
    query,
    show,
    path,
    analyze,
    diff,
    view,
    export,
    text,
    lsp,
    explain,
    git,
    publish,
)


class _InReadingOrder(click.Group):
    """Lists the commands in the order in which one comes to need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_InReadingOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("-C", "folder", metavar="DIR", default=".", help="The workspace; default: this one.")
@click.option("-q", "--quiet", is_flag=True, help="Print results and errors, nothing else.")
@click.option("--color/--no-color", "color", default=None, help="Colour; default: on a terminal.")
@click.version_option(__version__, prog_name="kg")
@click.pass_context
def cli(context: click.Context, folder: str, quiet: bool, color: bool | None) -> None:
    """Keep who says what about whom, and see it as a graph through a lens.

    Facts are YAML; 'kg check' judges them, 'kg build' makes RDF, measures and an HTML view of them,
    'kg query' answers SPARQL. Exit codes: 0 fine, 1 findings or a failure, 2 misuse.
    """
    context.obj = Session(folder, quiet, color)


for _command in COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """Runs the command line; whatever the world does wrong is said in one line."""
    import gc
    import sys

    if sys.stdout is None or sys.stderr is None:
        raise SystemExit(1)  # nobody is there to be told
    _write_utf8()
    gc.disable()  # a run is short and makes next to no cycles; looking for them takes a third of it
    try:
        cli(prog_name="kg")
    except BrokenPipeError:  # somebody has seen enough: `kg query … | head`
        import os
        import sys

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"kg: {place}{error.strerror or error}", err=True)
        raise SystemExit(1) from None


def _write_utf8() -> None:
    """Files and pipes get UTF-8 whatever the locale; a terminal gets what it can show."""
    import sys

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
