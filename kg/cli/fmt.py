"""`kg fmt`: one layout for all files of a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.session import Session, fail, pass_session

if TYPE_CHECKING:
    from kg.model.diagnostic import Diagnostic
    from kg.model.text import SourceText

_YAML = (".yaml", ".yml")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; list what would change, and exit 1.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and exit 1.")
@pass_session
def fmt(session: Session, paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Lay the files out in one way: blanks, line breaks and quotes change, nothing else does.

    PATH is a file or a folder, or '-' for standard input to standard output; without one, it is
    kg.yaml, facts/ and ontology/ of the workspace. A file that cannot be read is left as it is.
    """
    from kg.model.display import counted

    if "-" in paths and len(paths) > 1:
        raise click.UsageError("'-' stands alone: standard input is one file")
    problems: list[Diagnostic] = []
    files = list(_files(session, paths, problems))
    results = [(old, _formatted(old, problems), target) for old, target in files]
    changed = [(old, new, target) for old, new, target in results if new and new.data != old.data]
    for old, new, target in changed:
        if diff:
            click.echo(_difference(old, new), nl=False)
        elif check:
            click.echo(old.path)
        elif target is not None:
            _write(target, new)
    is_tried = check or diff
    if paths == ("-",) and not is_tried:
        click.echo(b"".join(new.data for _, new, _ in results if new), nl=False)
    else:
        what = "would be laid out anew" if is_tried else "laid out anew"
        session.say(f"{counted(len(changed), 'file')} of {len(files)} {what}")
    _tell_of(problems, [old for old, _, _ in results])
    if problems or (changed and is_tried):
        raise click.exceptions.Exit(1)


def _files(
    session: Session, paths: tuple[str, ...], problems: list[Diagnostic]
) -> Iterator[tuple[SourceText, Path | None]]:
    """Each file to lay out, and where it is written back to."""
    import sys

    from kg.model.text import SourceText

    if paths == ("-",):
        yield SourceText("-", sys.stdin.buffer.read()), None
        return
    if not paths:
        workspace = session.workspace()
        problems.extend(workspace.texts.unreadable)
        for text in workspace.texts.own.values():
            yield text, workspace.root / text.path
        return
    for path in dict.fromkeys(file for name in paths for file in _below(Path(name))):
        yield SourceText(path.as_posix(), path.read_bytes()), path


def _below(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix.lower() in _YAML)
    if not path.exists():
        raise click.UsageError(f"there is no '{path}'")
    return [path]


def _formatted(text: SourceText, problems: list[Diagnostic]) -> SourceText | None:
    from kg.edit.formatting import FormatError, formatted

    try:
        return formatted(text, problems)
    except FormatError as error:
        fail(f"{error}; nothing was written")


def _write(path: Path, text: SourceText) -> None:
    from kg.workspace.outputs import write_file

    write_file(path.resolve(), text.data)  # a link stays one


def _difference(old: SourceText, new: SourceText) -> str:
    from difflib import unified_diff

    before, after = (text.data.decode("utf-8").splitlines(keepends=True) for text in (old, new))
    lines = unified_diff(before, after, old.path, new.path)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _tell_of(problems: list[Diagnostic], texts: list[SourceText]) -> None:
    from kg.render.diagnostics import to_text

    if problems:
        click.echo(to_text(problems, {text.path: text for text in texts}), nl=False, err=True)
        names = ", ".join(dict.fromkeys(problem.span.path for problem in problems))
        click.echo(f"kg: left alone, since it cannot be read: {names}", err=True)
