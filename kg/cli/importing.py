"""`kg import`: tables as facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.session import Session, fail, pass_session
from kg.cli.writing import put_in_place

if TYPE_CHECKING:
    from kg.model.diagnostic import Diagnostic
    from kg.sheet.columns import Wishes
    from kg.sheet.draft import Draft
    from kg.workspace.folder import Workspace


@click.group(name="import")
def importing() -> None:
    """Take over facts that were kept elsewhere."""


@importing.command()
@click.argument("table", metavar="FILE")
@click.option("--write", "is_written", is_flag=True, help="Write; otherwise only show.")
@click.option(
    "--file", "target", metavar="PATH",
    help="The fact file to write, or to add to; default: facts/ and the table's name.",
)  # fmt: skip
@click.option(
    "--as", "section", type=click.Choice(["facts", "entities", "sources"]), default="facts",
    show_default=True, help="What the rows are.",
)  # fmt: skip
@click.option("--map", "mapped", metavar="COLUMN=KEY", multiple=True, help="The key of a column.")
@click.option("--ignore", "ignored", metavar="COLUMN", multiple=True, help="Leave a column out.")
@click.option(
    "--set", "constants", metavar="KEY=VALUE", multiple=True, help="A value for every row."
)
@click.option(
    "--new-entities", "new_type", metavar="TYPE",
    help="Declare who is named and not there yet, as entities of this type.",
)  # fmt: skip
@click.option(
    "--dates", type=click.Choice(["DMY", "MDY", "YMD"], case_sensitive=False),
    help="The order of day, month and year in dates that are not 2025-12-02.",
)  # fmt: skip
@click.option(
    "--separator", metavar="TEXT", default=";", show_default=True,
    help="What stands between the items of a list in one cell.",
)  # fmt: skip
@click.option(
    "--delimiter", metavar="CHARACTER", help="What stands between cells; default: as the header."
)
@click.option("--encoding", metavar="NAME", help="How the file is encoded; default: UTF-8.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json", "sarif", "github"]), default="text",
    help="How to print the findings.",
)  # fmt: skip
@pass_session
def csv(
    session: Session,
    table: str,
    is_written: bool,
    target: str | None,
    section: str,
    mapped: tuple[str, ...],
    ignored: tuple[str, ...],
    constants: tuple[str, ...],
    new_type: str | None,
    dates: str | None,
    separator: str,
    delimiter: str | None,
    encoding: str | None,
    output: str,
) -> None:
    """Read a table, and show or write it as YAML.

    The first row names the columns: 'subject', 'relation', 'said by', 'passage.chars'. Cells hold
    ids, or names that exactly one thing has. Without --write nothing is written; with it all rows
    are, or none where one has an error. Rows that say what is there already are left out and told.
    """
    from kg.render.diagnostics import summary
    from kg.sheet.columns import WishError, Wishes

    wishes = Wishes(
        section,
        dict(_pair(each, "--map") for each in mapped),
        frozenset(ignored),
        dict(_pair(each, "--set") for each in constants),
        _separator(separator),
        dates.upper() if dates else None,
        new_type,
    )
    path = _target(session.workspace(), target, table)
    between = _delimiter(delimiter)
    body, found = _read(table, encoding)
    workspace = session.workspace()
    try:
        drafted = _draft(session, workspace, table, body, between, wishes, path, found)
    except WishError as error:
        raise click.UsageError(str(error)) from None
    _show_findings(session, workspace, table, body, found, output)
    if drafted is not None:
        _tell(session, drafted, table)
    if drafted is None or not drafted.is_sound:
        fail(f"{summary(found)}: nothing is written")
    if drafted.text is None:
        session.say("nothing is left to write")
    elif is_written:
        put_in_place(workspace, {path: drafted.text})
        session.say(f"wrote {path}")
    else:
        click.echo(drafted.added, nl=False)
        session.say(f"nothing is written yet: --write puts this into {path}")


def _pair(text: str, option: str) -> tuple[str, str]:
    left, sign, right = text.rpartition("=") if option == "--map" else text.partition("=")
    if not (sign and left.strip() and right.strip()):
        raise click.UsageError(f"{option}: '{text}' is not of the form LEFT=RIGHT")
    return left.strip(), right.strip()


def _separator(text: str) -> str:
    if not text.strip():
        raise click.UsageError("--separator: it must not be blank")
    return text


def _delimiter(text: str | None) -> str | None:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}
    delimiter = named.get(text.lower(), text) if text else None
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise click.UsageError(f"--delimiter: '{text}' is no single character")
    return delimiter


def _target(workspace: Workspace, target: str | None, table: str) -> str:
    """The fact file to write, relative to the workspace."""
    from kg.edit.ids import words_of

    if target is None:
        name = words_of(Path(table).stem)
        if name is None:
            raise click.UsageError("name the fact file with --file facts/NAME.yaml")
        return f"facts/{name}.yaml"
    root = workspace.root.resolve()
    for start in (Path.cwd(), root):
        path = start / target
        whole = path.parent.resolve() / path.name
        if whole.is_relative_to(root / "facts") and whole.suffix.lower() in (".yaml", ".yml"):
            return whole.relative_to(root).as_posix()
    raise click.UsageError(f"--file: '{target}' is no YAML file below {root / 'facts'}")


def _read(table: str, encoding: str | None) -> tuple[str | None, list[Diagnostic]]:
    from kg.reading.sheet import decode

    found: list[Diagnostic] = []
    try:
        return decode(table, Path(table).read_bytes(), encoding, found), found
    except LookupError:
        raise click.UsageError(f"--encoding: no encoding is called '{encoding}'") from None


def _draft(
    session: Session,
    workspace: Workspace,
    table: str,
    body: str | None,
    delimiter: str | None,
    wishes: Wishes,
    path: str,
    found: list[Diagnostic],
) -> Draft | None:
    """The draft, and everything that is found; None where the table cannot be told."""
    from kg.reading.sheet import read_sheet
    from kg.sheet.columns import read_columns
    from kg.sheet.draft import draft

    sheet = read_sheet(table, body, delimiter, found) if body is not None else None
    if sheet is None or found:
        return None
    columns = read_columns(sheet, wishes, found)
    if found:
        return None
    with session.steps() as say:
        say("reading the facts")
        before = workspace.checked
        if wishes.new_type is not None and wishes.new_type not in before.facts.vocabulary.types:
            raise click.UsageError(f"--new-entities: no type is called '{wishes.new_type}'")
        say("reading the table")
        drafted = draft(sheet, columns, wishes, path, workspace.texts, before)
    found.extend(drafted.findings)
    return drafted


def _show_findings(
    session: Session,
    workspace: Workspace,
    table: str,
    body: str | None,
    found: list[Diagnostic],
    output: str,
) -> None:
    from kg.model.text import SourceText
    from kg.render.diagnostics import FORMATS, to_text

    texts = {**workspace.texts.by_path}
    if body is not None:
        texts[table] = SourceText(table, body.encode("utf-8", errors="replace"))
    if output == "text":
        click.echo(to_text(found, texts, color=session.is_colored()), nl=False, err=True)
    else:
        click.echo(FORMATS[output](found, texts), nl=False)


def _tell(session: Session, drafted: Draft, table: str) -> None:
    """How names and dates were read, what is left out and what is new."""
    from kg.model.display import counted

    for (name, id), number in sorted(drafted.read.items()):
        session.say(f"'{name}' read as {id} ({counted(number, 'cell')})")
    for written, date in sorted(drafted.dates.items()):
        session.say(f"'{written}' read as {date}")
    for entry in drafted.invented:
        session.say(f"new entity: '{entry.values['name']}' as {entry.id} ({entry.values['type']})")
    for line in _left_out(drafted):
        session.say(f"{table}: {line}")
    one, many = _NOUNS[drafted.section]
    parts = [counted(len(drafted.entries), one, many)]
    if drafted.known:
        parts.append(f"{len(drafted.known):,} said already")
    if drafted.invented:
        parts.append(counted(len(drafted.invented), "new entity", "new entities"))
    session.say(f"{counted(drafted.rows, 'row')} of {table}: {', '.join(parts)}")


def _left_out(drafted: Draft) -> Iterator[str]:
    """What becomes of rows that say what is there already: those with other words one by one."""
    for known in drafted.known:
        if known.differs:
            keys = ", ".join(f"'{key}'" for key in known.differs)
            said = ", ".join(known.ids)
            yield f"line {known.span.line} is left out: {said} says it, with another {keys}"
    same = [known.span.line for known in drafted.known if not known.differs]
    if same:
        lines = f"line {same[0]} is" if len(same) == 1 else f"lines {_ranges(same)} are"
        yield f"{lines} left out: nothing in it is new"


def _ranges(lines: list[int]) -> str:
    """`2-4, 7` for 2, 3, 4 and 7."""
    found: list[tuple[int, int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1] = found[-1][0], line
        else:
            found.append((line, line))
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in found)


_NOUNS = {
    "facts": ("fact", "facts"),
    "entities": ("entity", "entities"),
    "sources": ("source", "sources"),
}
