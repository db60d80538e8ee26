"""`kg init`: a new workspace."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.session import Session, pass_session


@click.command()
@click.argument("folder", metavar="[DIR]", default=".")
@pass_session
def init(session: Session, folder: str) -> None:
    """Make a new workspace in DIR, with a short commented example that builds."""
    import shutil

    from kg.workspace.core import core_folder

    target = Path(folder)
    starter = core_folder("starter")
    files = sorted(path for path in starter.rglob("*") if path.is_file())
    names = [path.relative_to(starter) for path in files]
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"'{folder}' is not a folder")
    taken = [str(name) for name in names if (target / name).exists()]
    if taken:
        raise click.UsageError(f"'{folder}' has {', '.join(taken)} already: nothing was written")
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(starter / name, target / name)
    inside = "" if target.resolve() == Path.cwd() else f"cd {folder} && "
    session.say(f"{len(names)} files in {target}; next: {inside}kg build")
