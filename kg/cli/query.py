"""`kg query`: SPARQL and named queries."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kg.cli.options import complete_queries, dials_of, lens_options, target_file
from kg.cli.session import Session, fail, pass_session, scene_of

if TYPE_CHECKING:
    from kg.model.table import Table
    from kg.query.errors import QueryError
    from kg.scene import Scene
    from kg.workspace.folder import Workspace

_FORMATS = (
    "table", "markdown", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld", "html",
)  # fmt: skip


class _Seconds(click.FloatRange):
    """A range of seconds; 'nan' lies in no range, though every comparison lets it pass."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        seconds: float = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail("nan is no time", param, ctx)
        return seconds


@click.command()
@click.argument("question", metavar="[Q]", required=False, shell_complete=complete_queries)
@click.option("--param", "-p", "given", metavar="NAME=VALUE", multiple=True,
              help="A parameter of a named query.")  # fmt: skip
@click.option("--format", "-f", "output", type=click.Choice(_FORMATS), default="table",
              help="How to print the answer; default: a table.")  # fmt: skip
@click.option("-o", "--output", "target", metavar="FILE",
              help="With --format html: where to write; default output/answer.html.")  # fmt: skip
@click.option("--timeout", type=_Seconds(0.1, 86_400), default=30.0, metavar="SECONDS",
              help="When to give up; default 30.")  # fmt: skip
@click.option("--list", "is_listing", is_flag=True, help="List the named queries.")
@lens_options
@click.pass_context
@pass_session
def query(
    session: Session,
    context: click.Context,
    question: str | None,
    given: tuple[str, ...],
    output: str,
    target: str | None,
    timeout: float,
    is_listing: bool,
) -> None:
    """Ask the graph.

    Q is SPARQL text (it holds '{' or a space), a .rq file, '-' for standard input, or the name of
    a query; 'kg query --list' lists those. A query reads nothing but the graph and never leaves
    the machine. --format html draws the claims of the answer, with the answer beside them.
    """
    from kg.engine.embedded import Limits
    from kg.engine.errors import EngineError
    from kg.query.errors import QueryError
    from kg.query.results import to_table
    from kg.render.results import render
    from kg.workspace.questions import ask

    workspace = session.workspace()
    if is_listing or question is None:
        if question is not None:
            raise click.UsageError("--list takes no query")
        _list(workspace)
        return
    if target is not None and output != "html":
        raise click.UsageError("--output goes with --format html: else '>' writes to a file")
    scene = scene_of(session, workspace, dials_of(context))
    asked = _asked(question, given, workspace, scene)
    try:
        wire = "table" if output == "html" else output
        request, result = ask(scene, asked.text, wire, Limits(seconds=timeout))
    except QueryError as error:
        raise click.UsageError(_query_message(error)) from None
    except ValueError as error:
        raise click.UsageError(f"--format: {error}") from None
    except EngineError as error:
        fail(str(error))
    seen = f"Seen {scene.describe()}"
    if output == "html":
        notes = (asked.words, *request.notes, seen)
        table = to_table(result, asked.full_title or "An answer", notes)
        _draw(
            session, scene, table, target_file(target, workspace.output / "answer.html", workspace)
        )
        return
    answer = render(result, output, width=_width(), title=asked.title, notes=(*request.notes, seen))
    click.echo(answer, nl=False)
    if output not in ("table", "markdown"):  # those carry their notes themselves
        for note in (*request.notes, seen):
            session.say(note)


def _draw(session: Session, scene: Scene, answer: Table, path: Path) -> None:
    from kg.view.dossier import to_html, told
    from kg.view.picture import compose
    from kg.workspace.outputs import write_file

    picture = compose(scene, answer=answer)
    write_file(path, to_html(picture, scene.facts))
    rows = "1 row" if len(answer.rows) == 1 else f"{len(answer.rows):,} rows"
    session.say(f"{rows}; drew {told(picture)}")
    if not picture.claims:
        session.say("the answer names no claims and no two things: nothing is there to draw")
    session.say(f"wrote {path}")


def _list(workspace: Workspace) -> None:
    from kg.query.errors import QueryError
    from kg.workspace.questions import named_query, query_names

    broken = []
    for name in query_names(workspace.query_folders):
        try:
            named = named_query(workspace.query_folders, name)
        except QueryError as error:
            broken.append(f"queries/{name}.rq: {_query_message(error)}")
            continue
        click.secho(name, bold=True, nl=False)
        click.echo(f"  {named.title}")
        for parameter in named.parameters:
            default = f", default {parameter.default}" if parameter.default else ""
            click.echo(f"    --param {parameter.name}={parameter.kind}{default}")
    if broken:
        fail("; ".join(broken))


class _Asked(NamedTuple):
    """A question: its SPARQL text, its title without and with parameters, and how it was put."""

    text: str
    words: str
    title: str = ""
    full_title: str = ""


def _asked(question: str, given: tuple[str, ...], workspace: Workspace, scene: Scene) -> _Asked:
    from kg.query.errors import ParameterError, QueryError
    from kg.query.named import bind, title_of
    from kg.workspace.questions import NoQueryError, is_sparql, named_query, read_query

    if question == "-" or is_sparql(question):
        if given:
            raise click.UsageError("--param goes with a named query")
        text = _standard_input() if question == "-" else _clean(question)
        return _Asked(text, f"Asked: {shorten(text, 400, placeholder=' …')}")
    try:
        if question.endswith(".rq"):
            if Path(question).exists() and not Path(question).is_file():
                raise click.UsageError(f"'{question}' is not a regular file")
            named = read_query(Path(question))
        else:
            named = named_query(workspace.query_folders, question)
        values = _parameters(given)
        text = bind(named, values, scene.facts)
        words = f"Asked: {' '.join(('kg query', question, *(f'-p {each}' for each in given)))}"
        return _Asked(text, words, named.title, title_of(named, values, scene.facts))
    except NoQueryError as error:
        raise click.UsageError(f"{error}: {error.hint}") from None
    except QueryError as error:
        raise click.UsageError(f"{question}: {_query_message(error)}") from None
    except ParameterError as error:
        hint = f": {error.hint}" if error.hint else ""
        raise click.UsageError(f"--param {error.name}: {error.message}{hint}") from None


def _standard_input() -> str:
    if sys.stdin is None:
        raise click.UsageError("standard input is closed")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"standard input: byte {error.start} is not UTF-8") from None


def _clean(question: str) -> str:
    """The question, if it was typed in the locale's encoding."""
    try:
        question.encode()
    except UnicodeEncodeError:
        raise click.UsageError("the query is not UTF-8") from None
    return question


def _parameters(given: tuple[str, ...]) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise click.UsageError(f"--param: '{each}' is not NAME=VALUE")
        if name in parameters:
            raise click.UsageError(f"--param: '{name}' is given twice")
        parameters[name] = value
    return parameters


def _query_message(error: QueryError) -> str:
    place = f"{error.line}:{error.column}: " if error.line else ""
    return f"{place}{error.message}" + (f": {error.hint}" if error.hint else "")


def _width() -> int:
    """The terminal's width; generous where there is none to fit."""
    from shutil import get_terminal_size

    return get_terminal_size((160, 24)).columns
