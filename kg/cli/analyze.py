"""`kg analyze`: measures of the network of actors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.options import compare_option, dials_of, lens_options
from kg.cli.session import Session, fail, pass_session, scene_beside, scene_of

if TYPE_CHECKING:
    from kg.analysis.explanation import Measure
    from kg.model.table import Table
    from kg.network import ActorNetwork
    from kg.scene import Scene

_FORMATS = ("table", "markdown", "csv", "json")


def complete_measures(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The measures that begin with what is typed."""
    from kg.analysis import MEASURES

    return [m.__name__ for m in MEASURES if m.__name__.startswith(incomplete.replace("-", "_"))]


@click.command()
@click.argument("measures", metavar="[MEASURE]...", nargs=-1, shell_complete=complete_measures)
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N rows.")
@click.option("--claims", "has_claims", is_flag=True,
              help="List the claims behind each row in place of their number.")  # fmt: skip
@click.option("--format", "-f", "output", type=click.Choice(_FORMATS), default="table",
              help="How to print them; default: a table.")  # fmt: skip
@click.option("--list", "is_listing", is_flag=True, help="List the measures.")
@click.option("--explain", "is_explaining", is_flag=True,
              help="Print definition, formula, cost and reference.")  # fmt: skip
@click.option("--robust", "is_robust", is_flag=True,
              help="Show how ranks spread when each voice is left out in turn.")  # fmt: skip
@compare_option("Show how ranks shift to a second lens")
@lens_options
@click.pass_context
@pass_session
def analyze(
    session: Session,
    context: click.Context,
    measures: tuple[str, ...],
    top: int | None,
    has_claims: bool,
    output: str,
    is_listing: bool,
    is_explaining: bool,
    is_robust: bool,
    compare: str | None,
) -> None:
    """Measure the network of actors.

    Without a MEASURE, the main ones side by side. Only affirmed claims in force are ties, and
    parallel claims make one; every row knows the claims that it rests on, which --claims lists,
    and which CSV and JSON hold. With --compare, the ranks of each MEASURE through two lenses stand
    side by side; with --robust, beside each rank the best and the worst over all lenses that leave
    out one source, speaker or publisher more, and who of them moves it most.
    """
    from kg.analysis import MEASURES

    chosen = [_measure(name) for name in dict.fromkeys(measures)]
    if is_listing or is_explaining:
        _explain(chosen or MEASURES, in_full=is_explaining)
        return
    if is_robust and compare is not None:
        raise click.UsageError("--robust and --compare are two questions: ask one at a time")
    if (is_robust or compare is not None) and not chosen:
        chosen = [_measure("degree")]
    if output == "csv" and len(chosen) > 1:
        raise click.UsageError("--format csv takes one measure: tables have different columns")
    workspace = session.workspace()
    scene = scene_of(session, workspace, dials_of(context))
    tables = (_spread if is_robust else _measured)(session, scene, chosen)
    if compare is not None:
        seen = scene_beside(session, workspace, compare, scene)
        tables = _compared(tables, _measured(session, seen, chosen))
    if output not in ("csv", "json"):
        tables = [_for_readers(table) for table in tables]
    tables = [_cut(table, top) for table in tables]
    _print(tables, output, has_claims)
    if output == "csv":  # it has no place for them
        for note in tables[0].notes:
            session.say(note)


def _measure(name: str) -> Measure:
    from kg.analysis import MEASURES
    from kg.model.suggest import did_you_mean

    known = {measure.__name__: measure for measure in MEASURES}
    found = known.get(name.replace("-", "_"))
    if found is None:
        hint = did_you_mean(name.replace("-", "_"), known) or "'kg analyze --list' lists them"
        raise click.UsageError(f"no measure is called '{name}': {hint}")
    return found


def _measured(session: Session, scene: Scene, chosen: Sequence[Measure]) -> list[Table]:
    from kg.network import project

    with session.steps() as say:
        say("drawing the network")
        return _tables(project(scene), chosen, say)


def _spread(session: Session, scene: Scene, chosen: Sequence[Measure]) -> list[Table]:
    from kg.analysis.ranking import NoRanksError
    from kg.analysis.robustness import robustness

    with session.steps() as say:
        say("drawing the network")
        try:
            return [robustness(scene, each, say) for each in chosen]
        except NoRanksError as error:
            raise click.UsageError(f"--robust: {error}") from None


def _compared(before: Sequence[Table], after: Sequence[Table]) -> list[Table]:
    from kg.analysis.ranking import NoRanksError
    from kg.analysis.shifts import shifts

    try:
        return [shifts(old, new) for old, new in zip(before, after, strict=True)]
    except NoRanksError as error:
        raise click.UsageError(f"--compare: {error}") from None


def _tables(
    network: ActorNetwork, chosen: Sequence[Measure], say: Callable[[str], None]
) -> list[Table]:
    from kg.analysis.overview import OVERVIEW, overview

    found = {}
    for each in chosen or map(_measure, OVERVIEW):
        say(f"measuring {each.__name__}")
        found[each.__name__] = each(network)
    return list(found.values()) if chosen else [_with_hint(overview(network, found))]


def _with_hint(table: Table) -> Table:
    from dataclasses import replace

    *notes, seen = table.notes
    return replace(table, notes=(*notes, "'kg analyze --list' has more measures", seen))


def _cut(table: Table, top: int | None) -> Table:
    from dataclasses import replace

    left = len(table.rows) - (top or len(table.rows))
    if left <= 0:
        return table
    note = f"{left:,} more {'row' if left == 1 else 'rows'}: leave out --top"
    return replace(
        table,
        rows=table.rows[:top],
        evidence=table.evidence[:top],
        notes=(note, *table.notes),
    )


def _print(tables: list[Table], output: str, has_claims: bool) -> None:
    from shutil import get_terminal_size

    from kg.render.tables import as_json_list, render, with_claims

    if output == "json":
        click.echo(as_json_list(tables), nl=False)
        return
    width = get_terminal_size().columns
    shown = [with_claims(table) if has_claims else table for table in tables]
    click.echo("\n".join(render(table, output, width) for table in shown), nl=False)


def _for_readers(table: Table) -> Table:
    """The table without ids that a name stands beside, and without rows that nothing is behind."""
    from dataclasses import replace

    from kg.render.tables import without_ids

    claims = table.columns.index("claims")
    rows = [(row, of) for row, of in zip(table.rows, table.evidence, strict=True) if row[claims]]
    left = len(table.rows) - len(rows)
    note = (f"{left:,} more, with no claim behind the figures",) if left else ()
    return replace(
        without_ids(replace(table, rows=tuple(row for row, _ in rows))),
        evidence=tuple(of for _, of in rows),
        notes=(*note, *table.notes),
    )


def _explain(measures: Sequence[Measure], *, in_full: bool) -> None:
    from shutil import get_terminal_size

    from kg.analysis.explanation import explain
    from kg.model.display import wrap

    if sys.flags.optimize > 1:
        fail("measures are explained by their docstrings, which Python's option -OO leaves out")
    width = min(get_terminal_size().columns, 100)
    for index, measure in enumerate(measures):
        told = explain(measure)
        if index and in_full:
            click.echo()
        click.secho(told.name, bold=True)
        parts = (("formula", told.formula), ("claims", told.claims), ("cost", told.cost),
                 ("reference", told.reference))  # fmt: skip
        lines = wrap(f"  {told.definition}", width, "  ")
        for word, text in parts if in_full else ():
            lines += wrap(f"  {word + ':':10} {text}", width, " " * 13)
        for line in lines:
            click.echo(line)
