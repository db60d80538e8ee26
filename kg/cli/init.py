"""`kg init`: a new workspace."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.session import Session, pass_session


@click.command()
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--empty", "is_empty", is_flag=True, help="Without the example: kg.yaml alone.")
@pass_session
def init(session: Session, folder: str, is_empty: bool) -> None:
    """Make a new workspace in DIR, with a short commented example that builds."""
    import shutil

    from kg.model.display import counted
    from kg.workspace.core import core_folder
    from kg.workspace.folder import PROFILE

    target = Path(folder)
    starter = core_folder("starter")
    files = sorted(path for path in starter.rglob("*") if path.is_file())
    names = [path.relative_to(starter) for path in files]
    if is_empty:
        names = [Path(PROFILE)]
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"'{folder}' is not a folder")
    taken = [str(name) for name in names if (target / name).exists()]
    if taken:
        raise click.UsageError(f"'{folder}' has {', '.join(taken)} already: nothing was written")
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if is_empty:
            (target / name).write_bytes(_without_lenses((starter / name).read_bytes()))
        else:
            shutil.copyfile(starter / name, target / name)
    inside = "" if target.resolve() == Path.cwd() else f"cd {folder} && "
    then = "kg add source" if is_empty else "kg build"
    session.say(f"{counted(len(names), 'file')} in {target}; next: {inside}{then}")


def _without_lenses(profile: bytes) -> bytes:
    """The example's `kg.yaml` with its lenses as comments: they name what is in the example."""
    head, lenses, rest = profile.partition(b"lenses:\n")
    lines = (lenses + rest).split(b"\n\n", 1)
    return head + b"# " + lines[0].replace(b"\n", b"\n# ") + b"\n\n" + lines[1]
