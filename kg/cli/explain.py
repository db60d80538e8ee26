"""`kg explain`: the manual page of a diagnostic, or what a type or a relation means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.session import Session, pass_session

if TYPE_CHECKING:
    from kg.model.vocabulary import Vocabulary


@click.command()
@click.argument("topic", metavar="[TOPIC]", required=False)
@pass_session
def explain(session: Session, topic: str | None) -> None:
    """Print the manual page of a diagnostic, or what a type or a relation means.

    'types' and 'relations' list what the ontology has, any other word those that speak of it;
    without TOPIC, all diagnostics are listed.
    """
    from shutil import get_terminal_size

    from kg.check import CODES
    from kg.model.suggest import nearest_to
    from kg.render.terms import list_relations, list_spoken_of, list_types, relation_page, type_page
    from kg.workspace.core import core_folder

    if topic is None:
        _list_codes()
        return
    if topic in CODES:
        page = core_folder("diagnostics") / f"{topic}.md"
        click.echo(page.read_text(encoding="utf-8"), nl=False)
        return
    vocabulary, width = _vocabulary(session), min(get_terminal_size().columns, 100)
    if topic == "types":
        click.echo(list_types(vocabulary, width), nl=False)
    elif topic == "relations":
        click.echo(list_relations(vocabulary, width), nl=False)
    elif topic in vocabulary.types:
        click.echo(type_page(vocabulary, topic, width), nl=False)
    elif topic in vocabulary.relations:
        click.echo(relation_page(vocabulary, topic, width), nl=False)
    else:
        known = [*CODES, *vocabulary.types, *vocabulary.relations]
        nearest = nearest_to(topic, known, 0.8)
        spoken_of = "" if nearest else list_spoken_of(vocabulary, topic, width)
        if spoken_of:
            click.echo(f"nothing is called '{topic}'; these speak of it:\n\n{spoken_of}", nl=False)
            return
        meant = f"did you mean '{nearest}'?" if nearest else None
        hint = meant or "'kg explain', 'kg explain types' and so on list all"
        raise click.UsageError(f"no diagnostic, type or relation is called '{topic}': {hint}")


def _list_codes() -> None:
    from kg.check import CODES

    width = max(len(name) for name in CODES)
    families = sorted({each.family for each in CODES.values()}, key=str.lower)
    for family in families:
        click.secho(family, bold=True)
        for each in CODES.values():
            if each.family == family:
                click.echo(f"  {each.name:{width}}  {each.severity:7}  {each.summary}")


def _vocabulary(session: Session) -> Vocabulary:
    """The workspace's types and relations; the core's where there is no workspace."""
    from kg.workspace.core import core_vocabulary
    from kg.workspace.folder import NoWorkspaceError, open_workspace

    try:
        return open_workspace(session.folder).facts.vocabulary
    except NoWorkspaceError:
        return core_vocabulary()
