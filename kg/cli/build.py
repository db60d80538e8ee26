"""`kg build`: the main job, from facts to everything in `output/`."""

from __future__ import annotations

import click

from kg.cli.options import dials_of, lens_options
from kg.cli.session import Session, pass_session, scene_of


@click.command()
@lens_options
@click.pass_context
@pass_session
def build(session: Session, context: click.Context) -> None:
    """Check the facts and build RDF, measures, the report and the graph view into output/."""
    from kg.render.diagnostics import summary
    from kg.workspace.build import artifacts

    workspace = session.workspace()
    scene = scene_of(session, workspace, dials_of(context))
    with session.steps() as say:
        made = artifacts(workspace, scene, say)
    workspace.write_outputs(made)
    session.say(f"{len(scene.facts.claims)} claims, {len(scene.edges)} of them edges")
    session.say(f"seen {scene.describe()}")
    if scene.lens.marking is None:  # it counts what is kept back as well
        session.say(f"check: {summary(workspace.diagnostics)}")
    session.say(f"open {workspace.output / 'graph.html'}")
