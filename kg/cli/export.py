"""`kg export`: the graph in the formats of other tools."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import dials_of, lens_options, target_file, target_folder
from kg.cli.session import Session, fail, pass_session, scene_of

if TYPE_CHECKING:
    from kg.workspace.folder import Workspace


def complete_formats(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The formats that begin with what is typed."""
    from kg.workspace.exports import ExporterError, offers

    try:
        found = offers()
    except ExporterError:
        return []
    return [offer.name for offer in found if offer.name.startswith(incomplete)]


@click.command()
@click.argument("format", metavar="[FORMAT]", required=False, shell_complete=complete_formats)
@click.option("-o", "--output", metavar="PATH",
              help="The file or, for several files, the folder to write; '-' is standard output. "
              "Default: output/export/FORMAT/.")  # fmt: skip
@click.option("--list", "is_listing", is_flag=True, help="List the formats.")
@lens_options
@click.pass_context
@pass_session
def export(
    session: Session,
    context: click.Context,
    format: str | None,
    output: str | None,
    is_listing: bool,
) -> None:
    """Write the graph in a format of other tools.

    Edges are the direct edges under the lens, with the ids of their claims. What is denied or not
    in force is no edge in any format; those that hold claims hold it as a claim, and say how it
    stands.
    """
    if is_listing or format is None:
        if format is not None:
            raise click.UsageError("--list takes no format")
        _list()
        return
    from kg.workspace.exports import ExporterError, exporter_named, files_of

    try:
        exporter = exporter_named(format)
    except KeyError:
        raise click.UsageError(_unknown(format)) from None
    except ExporterError as error:
        fail(str(error))
    workspace = session.workspace()
    scene = scene_of(session, workspace, dials_of(context))
    try:
        with session.steps() as say:
            say(f"writing {format}")
            files = files_of(exporter, exporter.export(scene))
    except (ExporterError, ImportError) as error:
        fail(str(error))
    _write(session, files, output, workspace, format)
    session.say(f"seen {scene.describe()}")


def _list() -> None:
    from shutil import get_terminal_size

    from kg.model.display import wrap
    from kg.workspace.exports import ExporterError, offers

    try:
        found = offers()
    except ExporterError as error:
        fail(str(error))
    indent = max(len(offer.name) for offer in found) + 2
    columns = max(get_terminal_size().columns, indent + 20)
    for offer in found:
        lines = wrap(f"{offer.name:{indent}}{offer.summary}", columns, " " * indent)
        click.echo(click.style(lines[0][:indent], bold=True) + lines[0][indent:])
        for line in lines[1:]:
            click.echo(line)


def _unknown(name: str) -> str:
    from kg.model.suggest import did_you_mean
    from kg.workspace.exports import offers

    hint = did_you_mean(name, [offer.name for offer in offers()]) or "'kg export --list' lists them"
    return f"no format is called '{name}': {hint}"


def _write(
    session: Session,
    files: Mapping[str, bytes],
    output: str | None,
    workspace: Workspace,
    name: str,
) -> None:
    from kg.workspace.outputs import write_file, write_files

    if output == "-":
        if len(files) > 1:
            raise click.UsageError(f"--output: there are {len(files)} files: name a folder")
        sys.stdout.buffer.writelines(files.values())
        return
    if output is None:
        folder = workspace.output / "export" / name
    elif len(files) > 1 or output.endswith("/") or (output and Path(output).is_dir()):
        folder = target_folder(output, workspace)
    else:
        write_file(target_file(output, workspace.output, workspace), *files.values())
        session.say(f"wrote {output}")
        return
    write_files(folder, files)
    session.say(f"wrote {', '.join(files)} into {output or folder}")
