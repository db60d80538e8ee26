"""`kg view`: the graph as one HTML file."""

from __future__ import annotations

import click

from kg.cli.options import complete_ids, dials_of, lens_options, target_file
from kg.cli.session import Session, fail, pass_session, scene_of


@click.command()
@click.option("--focus", metavar="ID", shell_complete=complete_ids, help="Only what is near this.")
@click.option("--hops", type=click.IntRange(min=1), default=1, help="How near; default 1.")
@click.option("-o", "--output", metavar="FILE", help="Where to write; default output/view.html.")
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@lens_options
@click.pass_context
@pass_session
def view(
    session: Session,
    context: click.Context,
    focus: str | None,
    hops: int,
    output: str | None,
    is_opened: bool,
) -> None:
    """Draw the claims as one HTML file that works offline."""
    import webbrowser

    from kg.model.suggest import did_you_mean
    from kg.view.dossier import render
    from kg.workspace.outputs import write_file

    workspace = session.workspace()
    scene = scene_of(session, workspace, dials_of(context))
    if focus is not None and focus not in scene.facts.entities:
        hint = did_you_mean(focus, scene.facts.entities) or "name an entity"
        raise click.UsageError(f"--focus: no entity is called '{focus}': {hint}")
    path = target_file(output, workspace.output / "view.html")
    write_file(path, render(scene, focus=focus, hops=hops))
    session.say(f"wrote {output or path}")
    if is_opened and not webbrowser.open(path.resolve().as_uri()):
        fail(f"no browser was found to open {path}")
