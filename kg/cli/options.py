"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.workspace.folder import Workspace

F = TypeVar("F", bound=Callable[..., Any])

_DIALS = (
    ("as_of", "DATE", "What holds on a date or in an interval (EDTF)."),
    (
        "according_to",
        "ID",
        "Only what comes through this voice, group or type of voices.",
    ),
    ("without", "ID", "Nothing that comes through this voice, group or type of voices."),
    ("assume", "ID", "Take this scenario as given; not:ID rules it out."),
    ("credibility", "1-5", "At least this credible (Admiralty)."),
    ("reliability", "A-E", "Through sources at least this reliable (Admiralty)."),
    ("likelihood", "TERM", "At least this likely (ICD 203)."),
    ("modality", "WORD", "Claims stated this way; the default is actual."),
    ("certainty", "WORD", "'certain': only what certainly holds on the date."),
    ("decisions", "WORD", "'ignored': as if the curator had ranked nothing."),
    ("inference", "WORD", "'off': direct edges alone, and nothing that follows from them."),
    ("marking", "TLP", "Nothing marked above this: CLEAR, GREEN, AMBER, AMBER+STRICT, RED."),
)


def lens_options(command: F) -> F:
    """The dials of the lens, gathered into one argument `dials`."""
    for dial, metavar, summary in reversed(_DIALS):
        option = "--" + dial.replace("_", "-")
        command = click.option(
            option, metavar=metavar, multiple=True, help=summary, expose_value=False, callback=_keep
        )(command)
    named = click.option(
        "--lens", metavar="NAME", multiple=True, help="A lens that kg.yaml names.",
        expose_value=False, callback=_keep,
    )  # fmt: skip
    return named(command)


def dials_of(context: click.Context) -> dict[str, tuple[str, ...]]:
    """The dials that were turned, by their key in `kg.yaml`."""
    dials: dict[str, tuple[str, ...]] = context.meta.get(__name__, {})
    return dials


def _keep(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> None:
    if parameter.name == "lens" and len(value) > 1:
        raise click.UsageError("--lens takes one name: turn its dials with the other options")
    if value and parameter.name:
        context.meta.setdefault(__name__, {})[parameter.name] = value


def compare_option(what: str) -> Callable[[F], F]:
    """`--compare`, which takes the lens of a second side; `what` says what is done with it."""
    return click.option(
        "--compare",
        metavar="LENS",
        help=f"{what}: a name, or dials such as 'as-of=2021 without=ID'.",
    )


def dials_written(written: str) -> dict[str, tuple[str, ...]]:
    """The dials of `--compare`: a lens that kg.yaml names, or dials and their values.

    `escalation` · `as-of=2021 without=western-sources`
    """
    if "=" not in written:
        return {"lens": (written,)}
    dials: dict[str, tuple[str, ...]] = {}
    import shlex

    try:
        words = shlex.split(written)
    except ValueError as error:
        raise click.UsageError(f"--compare: {error}") from None
    for word in words:
        dial, is_set, value = word.partition("=")
        key = dial.removeprefix("--").replace("-", "_")
        if not is_set:
            raise click.UsageError(
                f"--compare: '{word}' is no dial with a value, such as as-of=2021"
            )
        dials[key] = (*dials.get(key, ()), value)
    return dials


def complete_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The ids of the workspace that begin with what is typed."""
    from kg.workspace.folder import NoWorkspaceError, open_workspace

    try:
        facts = open_workspace((context.find_root().params.get("folder")) or ".").facts
    except (NoWorkspaceError, OSError):
        return []
    return [id for id in sorted(facts.ids) if id.startswith(incomplete)]


def complete_terms(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The relations, or the types, that begin with what is typed."""
    from kg.workspace.folder import NoWorkspaceError, open_workspace

    try:
        terms = open_workspace((context.find_root().params.get("folder")) or ".").facts.vocabulary
    except (NoWorkspaceError, OSError):
        return []
    names = terms.types if parameter.name == "type" else terms.relations
    return [name for name in names if name.startswith(incomplete)]


def complete_queries(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The named queries that begin with what is typed."""
    from kg.workspace.folder import NoWorkspaceError, open_workspace
    from kg.workspace.questions import query_names

    try:
        workspace = open_workspace((context.find_root().params.get("folder")) or ".")
        names = query_names(workspace.query_folders)
    except (NoWorkspaceError, OSError):
        return []
    return [name for name in names if name.startswith(incomplete)]


def target_file(output: str | None, default: Path, workspace: Workspace) -> Path:
    """The file to write; a link is followed, and nothing but a file is ever replaced.

    Nor is what the workspace is read from: a slip must not cost the facts.
    """
    if output is None:
        return default
    path = Path(output).resolve()
    if not output or path.is_dir():
        raise click.UsageError(f"--output: '{output}' is a folder")
    if path.exists() and not path.is_file():
        raise click.UsageError(f"--output: '{output}' is not a regular file")
    if not path.parent.is_dir():
        raise click.UsageError(f"--output: there is no folder '{path.parent}'")
    refuse_inputs(output, path, workspace)
    return path


def target_folder(output: str, workspace: Workspace) -> Path:
    """The folder to write files into, which need not be there yet."""
    folder = Path(output).resolve()
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"--output: '{output}' is a file, and there are several")
    if not folder.parent.is_dir():
        raise click.UsageError(f"--output: there is no folder '{folder.parent}'")
    refuse_inputs(output, folder, workspace)
    return folder


def refuse_inputs(output: str, path: Path, workspace: Workspace) -> None:
    """Refuses to write where the workspace is read from."""
    if any(path == held or path.is_relative_to(held) for held in workspace.inputs):
        raise click.UsageError(f"--output: '{output}' is where the workspace is read from")
