"""`kg annotate`: from a text to facts, paragraph by paragraph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import complete_ids
from kg.cli.session import Session, fail, pass_session

if TYPE_CHECKING:
    from kg.model.facts import Source
    from kg.workspace.folder import Workspace


@click.command()
@click.argument("source", shell_complete=complete_ids)
@click.option(
    "--text", "file", metavar="FILE", help="The text that was read; default: found in texts/."
)
@click.option("--list", "is_listed", is_flag=True, help="Print all paragraphs; ask for nothing.")
@click.option("--quote", is_flag=True, help="Write the words themselves into each passage, too.")
@pass_session
def annotate(session: Session, source: str, file: str | None, is_listed: bool, quote: bool) -> None:
    """Walk through the text of SOURCE, and add facts to the words that say them.

    Each paragraph is shown with the claims that stand in it, marked below the words that they cite.
    Every fact is written as soon as it is given. Nothing is guessed, and no word of the text is
    written unless --quote asks for it.
    """
    workspace = session.workspace()
    found = _source(workspace, source)
    if file is None:
        file = _file_of(found, workspace)
    data = Path(file).read_bytes()
    body = _decoded(file, data)
    is_asking = not is_listed
    if is_asking and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("annotate asks in a terminal; --list prints what is covered")
    if found.text is None:
        if is_listed:
            hint = f"'kg text {file}' prints what to write, or annotate without --list"
            fail(f"'{source}' says nothing of its text: {hint}")
        found = _described(session, workspace, found, file, data)
    _require_same(found, file, data)
    if is_listed:
        _print_all(session, session.workspace(), found, body)
        return
    from kg.cli.walk import walk

    walk(session, source, body, with_quote=quote)


def _source(workspace: Workspace, id: str) -> Source:
    from kg.model.suggest import nearest_to

    sources = workspace.facts.sources
    if id not in sources:
        nearest = nearest_to(id, sources)
        hint = f": did you mean '{nearest}'?" if nearest else ": 'kg add source' adds one"
        raise click.UsageError(f"no source is called '{id}'{hint}")
    return sources[id]


def _file_of(source: Source, workspace: Workspace) -> str:
    """The file below `texts/` that holds the text of a source, by its hash."""
    from hashlib import sha256

    from kg.workspace.folder import read_texts

    folder = workspace.root / "texts"
    texts = read_texts(folder) if source.text is not None and folder.is_dir() else ()
    for text in texts:
        if source.text is not None and sha256(text.data).hexdigest() == source.text.sha256:
            return str(folder / text.path)
    why = "says nothing of its text" if source.text is None else "has no text below texts/"
    raise click.UsageError(f"'{source.id}' {why}: --text FILE names it")


def _decoded(file: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fail(f"{file}: byte {error.start} is not UTF-8")


def _described(
    session: Session, workspace: Workspace, source: Source, file: str, data: bytes
) -> Source:
    """The source with its `text`, which is written if that is wanted."""
    from kg.cli.writing import rewrite
    from kg.edit.anchor import edit_describing
    from kg.evidence import describe_text

    described = describe_text(data)
    if described.endswith("parts:\n"):
        fail(f"{file}: it holds no text")
    if source.places.body.value("text") is not None:
        fail(f"the 'text' of '{source.id}' cannot be read: 'kg check' says why")
    click.echo(f"'{source.id}' says nothing of its text yet. This would be written below it:\n")
    click.echo(described)
    if not click.confirm("Write it?"):
        raise click.exceptions.Exit(0)
    text = workspace.texts.by_path[source.places.path]
    rewrite(session, workspace, [edit_describing(text, source.places, data)])
    return session.workspace().facts.sources[source.id]


def _require_same(source: Source, file: str, data: bytes) -> None:
    """Ends where the text is not the one that was read: its passages would mean other words."""
    from hashlib import sha256

    assert source.text is not None
    expected = source.text.sha256
    actual = sha256(data).hexdigest()
    if actual == expected:
        return
    lines, mark = data.replace(b"\r\n", b"\n"), b"\xef\xbb\xbf"
    variants = (
        ("its line ends", lines),
        ("its line ends", lines.replace(b"\n", b"\r\n")),
        ("its byte order mark", data.removeprefix(mark)),
        ("its byte order mark", mark + data),
    )
    only = [what for what, each in variants if sha256(each).hexdigest() == expected]
    why = (
        f"but for {only[0]} it is" if only else "find the text with this hash, or describe this one"
    )
    fail(
        f"{file} is not the text that '{source.id}' was read in: its SHA-256 is "
        f"{actual[:12]}…, not {expected[:12]}… ({source.places.key('text')}): {why}"
    )


def _print_all(session: Session, workspace: Workspace, source: Source, body: str) -> None:
    from shutil import get_terminal_size

    from kg.coverage import coverage
    from kg.render.annotated import part_lines, summary_line

    parts = coverage(source, workspace.facts)
    columns = min(get_terminal_size().columns, 100)
    for part in parts:
        text = body[part.start : part.end]
        shown = part_lines(part, text, workspace.facts, columns, color=session.is_colored())
        click.echo("\n".join([*shown, ""]))
    click.echo(summary_line(parts))
