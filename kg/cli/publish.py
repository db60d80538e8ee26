"""`kg publish`: the ontology in the formats that other tools read."""

from __future__ import annotations

import click

from kg.cli.session import Session, pass_session, scene_of


@click.command()
@pass_session
def publish(session: Session) -> None:
    """Write ontology/published: OWL, SHACL, a JSON-LD context and JSON Schemas for editors.

    They describe the core and the workspace's own types and relations.
    """
    from kg.publish import artifacts
    from kg.workspace.outputs import write_files

    workspace = session.workspace()
    vocabulary = scene_of(session, workspace, {}).facts.vocabulary
    folder = workspace.root / "ontology" / "published"
    write_files(folder, artifacts(vocabulary))
    session.say(f"wrote {folder}")
