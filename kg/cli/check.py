"""`kg check`: every finding, where it is and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.session import Session, pass_session

if TYPE_CHECKING:
    from kg.model.diagnostic import Diagnostic


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
@pass_session
def check(
    session: Session, paths: tuple[str, ...], output: str, strict: bool, texts: str | None
) -> None:
    """Judge the facts and the ontology.

    The whole workspace is always read; PATH shows only the findings in these files or folders.
    Exit code 1 where there is an error, with --strict also where there is a warning.
    """
    from kg.evidence import verify_texts
    from kg.model.diagnostic import Severity, in_reading_order
    from kg.model.display import counted
    from kg.render.diagnostics import FORMATS, summary, to_text
    from kg.workspace.folder import read_texts

    workspace = session.workspace()
    found = list(workspace.diagnostics)
    if texts is not None:
        if not Path(texts).is_dir():
            raise click.UsageError(f"--texts: '{texts}' is no folder")
        found.extend(verify_texts(workspace.facts, read_texts(Path(texts))))
    shown = in_reading_order(_within(workspace.root, paths, found))
    by_path = workspace.texts.by_path
    if output == "text":
        click.echo(to_text(shown, by_path, color=session.is_colored()), nl=False, color=True)
    else:
        click.echo(FORMATS[output](shown, by_path), nl=False)
    facts = workspace.facts
    counts = (
        counted(len(facts.claims), "claim"),
        counted(len(facts.facts), "fact"),
        counted(len(facts.entities), "entity", "entities"),
        counted(len(facts.sources), "source"),
    )
    whole = f"{', '.join(counts)} in the workspace; these paths" if paths else ", ".join(counts)
    session.say(f"{whole}: {summary(shown)}")
    weighty = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if any(diagnostic.severity in weighty for diagnostic in shown):
        raise click.exceptions.Exit(1)


def _within(root: Path, paths: tuple[str, ...], found: list[Diagnostic]) -> list[Diagnostic]:
    """The findings in the files and folders named; all of them where none is."""
    if not paths:
        return found
    wanted = []
    for path in paths:
        resolved = Path(path).resolve()
        if not resolved.exists():
            raise click.UsageError(f"there is no '{path}'")
        if not resolved.is_relative_to(root):
            raise click.UsageError(f"'{path}' lies outside the workspace {root}")
        wanted.append(resolved.relative_to(root))
    return [d for d in found if any(Path(d.span.path).is_relative_to(path) for path in wanted)]
