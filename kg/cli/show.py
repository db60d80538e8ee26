"""`kg show`: everything on one entity, claim or source."""

from __future__ import annotations

import click

from kg.cli.options import complete_ids, dials_of, lens_options
from kg.cli.session import Session, pass_session, scene_of


@click.command()
@click.argument("id", shell_complete=complete_ids)
@lens_options
@click.pass_context
@pass_session
def show(session: Session, context: click.Context, id: str) -> None:
    """Print everything on one entity, source, fact or claim, with chains and passages."""
    from shutil import get_terminal_size

    from kg.model.suggest import id_meant
    from kg.render.card import card

    scene = scene_of(session, session.workspace(), dials_of(context))
    facts = scene.facts
    if id not in facts.ids:
        nearest = id_meant(id, facts, facts.ids)
        hint = f": did you mean '{nearest}'?" if nearest else ""
        raise click.UsageError(f"nothing is called '{id}'{hint}")
    click.echo(card(id, scene, width=min(get_terminal_size().columns, 100)), nl=False)
