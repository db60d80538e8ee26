"""`kg check`: every finding, where it is and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.session import Session, pass_session
from kg.cli.writing import diff_of, put_in_place

if TYPE_CHECKING:
    from kg.check import Checked
    from kg.edit.fixing import Fixed
    from kg.model.diagnostic import Diagnostic
    from kg.model.facts import FactSet
    from kg.model.text import SourceText
    from kg.workspace.folder import Workspace


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "output", type=click.Choice(["text", "json", "sarif", "github"]), default="text",
    help="How to print the findings.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings fail as errors do.")
@click.option(
    "--texts", metavar="DIR", help="Verify passages against the sources' texts in this folder."
)
@click.option("--fix", is_flag=True, help="Make the fixes that cannot change what is meant.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix, make also those that might.")
@click.option(
    "--diff", "is_diff", is_flag=True, help="Show what --fix would change; write nothing."
)
@click.option(
    "--coverage",
    "is_counted",
    is_flag=True,
    help="Count the claims in each part of the sources' texts, too.",
)
@click.option("--watch", "is_watching", is_flag=True, help="Judge anew on every save.")
@pass_session
def check(
    session: Session,
    paths: tuple[str, ...],
    output: str,
    strict: bool,
    texts: str | None,
    fix: bool,
    unsafe_fixes: bool,
    is_diff: bool,
    is_counted: bool,
    is_watching: bool,
) -> None:
    """Judge the facts and the ontology.

    The whole workspace is always read; PATH shows only the findings in these files or folders.
    Exit code 1 where there is an error, with --strict also where there is a warning.
    """
    from kg.model.diagnostic import Severity, in_reading_order
    from kg.model.display import counted
    from kg.render.diagnostics import FORMATS, to_text

    if (unsafe_fixes or is_diff) and not fix:
        raise click.UsageError("--unsafe-fixes and --diff go with --fix")
    if is_counted and output != "text":
        raise click.UsageError("--coverage is printed as text: leave out --format")
    if is_watching and (fix or is_counted or output != "text"):
        raise click.UsageError("--watch prints findings as text, and changes nothing")
    workspace = session.workspace()
    is_within = _within(workspace.root, paths)
    if is_watching:
        from kg.cli.watching import watch

        _read_texts(texts)  # or it ends here

        def find(now: Workspace) -> Sequence[Diagnostic]:
            found = _find(now.checked, _read_texts(texts))
            return in_reading_order([diagnostic for diagnostic in found if is_within(diagnostic)])

        def in_short(now: Workspace, shown: Sequence[Diagnostic]) -> str:
            return _in_short(now.facts, shown, bool(paths))

        watch(session, workspace, find, in_short, Path(texts).resolve() if texts else None)
        return
    read = _read_texts(texts)
    if fix:
        fixed = _fixed(workspace, read, is_within, unsafe_fixes)
        if is_diff:
            click.echo(diff_of(workspace, fixed.texts), nl=False)
            raise click.exceptions.Exit(1 if fixed.texts else 0)
        put_in_place(workspace, fixed.texts)
        if fixed.fixes:
            files = ", ".join(sorted(fixed.texts))
            session.say(f"{counted(fixed.fixes, 'fix', 'fixes')} made in {files}")
        workspace = session.workspace()
    found = _find(workspace.checked, read)
    shown = in_reading_order([diagnostic for diagnostic in found if is_within(diagnostic)])
    by_path = workspace.texts.by_path
    if output == "text":
        text = to_text(shown, by_path, color=session.is_colored(), columns=session.columns())
        click.echo(text, nl=False, color=True)
    else:
        click.echo(FORMATS[output](_from_here(shown, workspace, output), by_path), nl=False)
    if is_counted:
        click.echo("\n" * bool(shown), nl=False)
        _print_coverage(workspace.facts)
    session.say(_in_short(workspace.facts, shown, bool(paths)))
    if offer := _offer(shown):
        session.say(offer)
    weighty = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if any(d.severity in weighty and d.allowed is None for d in shown):
        raise click.exceptions.Exit(1)


def _from_here(
    shown: Sequence[Diagnostic], workspace: Workspace, output: str
) -> Sequence[Diagnostic]:
    """The findings with paths from where one is: GitHub counts them from the repository."""
    here = Path.cwd()
    if output == "json" or workspace.root == here or not workspace.root.is_relative_to(here):
        return shown
    return [each.below(workspace.root.relative_to(here).as_posix()) for each in shown]


def _read_texts(folder: str | None) -> tuple[SourceText, ...] | None:
    """The texts of `--texts`; None where it is not given."""
    from kg.workspace.folder import read_texts

    if folder is None:
        return None
    if not Path(folder).is_dir():
        raise click.UsageError(f"--texts: '{folder}' is no folder")
    return read_texts(Path(folder))


def _find(checked: Checked, read: tuple[SourceText, ...] | None) -> list[Diagnostic]:
    """All findings, those that comments allow among them."""
    from kg.evidence import verify_texts
    from kg.suppressions import sift

    held = verify_texts(checked.facts, read) if read is not None else ()
    told, allowed = sift(held, checked.suppressions)
    return [*checked.diagnostics, *checked.allowed, *told, *allowed]


def _fixed(
    workspace: Workspace,
    read: tuple[SourceText, ...] | None,
    is_within: Callable[[Diagnostic], bool],
    is_unsafe_wanted: bool,
) -> Fixed:
    """The texts with the fixes made that are asked for."""
    from kg.check import check as judge
    from kg.edit.fixing import fix_all

    def is_wanted(diagnostic: Diagnostic) -> bool:
        fix = diagnostic.fix
        if fix is None or diagnostic.allowed is not None:
            return False
        return (fix.is_safe or is_unsafe_wanted) and is_within(diagnostic)

    return fix_all(workspace.texts, lambda texts: _find(judge(texts), read), is_wanted)


def _in_short(facts: FactSet, shown: Sequence[Diagnostic], is_part: bool) -> str:
    """How much was read, and how much is wrong with it."""
    from kg.model.display import counted
    from kg.render.diagnostics import summary

    counts = ", ".join(
        (
            counted(len(facts.claims), "claim"),
            counted(len(facts.facts), "fact"),
            counted(len(facts.entities), "entity", "entities"),
            counted(len(facts.sources), "source"),
        )
    )
    whole = f"{counts} in the workspace; these paths" if is_part else counts
    return f"{whole}: {summary(shown)}"


def _offer(shown: Sequence[Diagnostic]) -> str | None:
    """What `--fix` would do about the findings."""
    fixes = [d.fix for d in shown if d.fix is not None and d.allowed is None]
    safe = sum(fix.is_safe for fix in fixes)
    if not fixes:
        return None
    if not safe:
        return f"'kg check --fix --unsafe-fixes' puts {len(fixes)} right"
    more = f", with --unsafe-fixes {len(fixes)}" if len(fixes) > safe else ""
    return f"'kg check --fix' puts {safe} right{more}"


def _print_coverage(facts: FactSet) -> None:
    from shutil import get_terminal_size

    from kg.coverage import coverage_table
    from kg.render.tables import render

    table = coverage_table(facts)
    if not table.rows:
        click.echo("No source's text is described: 'kg text FILE' does that.")
        return
    click.echo(render(table, "table", get_terminal_size().columns))


def _within(root: Path, paths: tuple[str, ...]) -> Callable[[Diagnostic], bool]:
    """Whether a finding is in one of the files and folders named; always where none is."""
    wanted = []
    for path in paths:
        resolved = Path(path).resolve()
        if not resolved.exists():
            raise click.UsageError(f"there is no '{path}'")
        if not resolved.is_relative_to(root):
            raise click.UsageError(f"'{path}' lies outside the workspace {root}")
        wanted.append(resolved.relative_to(root))
    return lambda found: (
        not wanted or any(Path(found.span.path).is_relative_to(path) for path in wanted)
    )
