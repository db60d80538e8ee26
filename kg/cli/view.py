"""`kg view`: the graph as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import compare_option, complete_ids, dials_of, lens_options, target_file
from kg.cli.session import Session, fail, pass_session, scene_beside, scene_of

if TYPE_CHECKING:
    from kg.compare import Comparison
    from kg.model.facts import FactSet
    from kg.scene import Scene
    from kg.view.asking import Asking
    from kg.workspace.folder import Workspace


@click.command()
@click.option(
    "--focus",
    metavar="ID",
    shell_complete=complete_ids,
    help="Only what is near this, or comes through it.",
)
@compare_option("Show what changes from the lens to this one")
@click.option("--hops", type=click.IntRange(min=1), help="How near; default 1.")
@click.option("-o", "--output", metavar="FILE", help="Where to write; default output/view.html.")
@click.option("--sparql", "can_ask", is_flag=True,
              help="With a panel that answers SPARQL offline (2 MB more).")  # fmt: skip
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@lens_options
@click.pass_context
@pass_session
def view(
    session: Session,
    context: click.Context,
    focus: str | None,
    compare: str | None,
    hops: int | None,
    output: str | None,
    can_ask: bool,
    is_opened: bool,
) -> None:
    """Draw the claims as one HTML file that works offline.

    With --compare it shows them through two lenses at once, and what is gained and lost: the lens
    options make the first, --compare is the second.
    """
    import webbrowser

    from kg.compare import compare as compared
    from kg.view.dossier import to_html, told
    from kg.view.picture import compose
    from kg.workspace.outputs import write_file

    if hops is not None and focus is None:
        raise click.UsageError("--hops counts from what --focus names: give both")
    if can_ask and (focus is not None or compare is not None):
        other = "--focus" if focus is not None else "--compare"
        raise click.UsageError(f"--sparql answers from the whole of one lens: leave out {other}")
    workspace = session.workspace()
    scene = scene_of(session, workspace, dials_of(context))
    if focus is not None:
        focus = scene.facts.kept(focus)
        _refuse_unknown(focus, scene.facts)
    path = target_file(output, workspace.output / "view.html", workspace)
    shown: Scene | Comparison = scene
    if compare is not None:
        shown = compared(scene, scene_beside(session, workspace, compare, scene))
    picture = compose(shown, focus, hops or 1)
    asking = _asking(workspace, scene) if can_ask else None
    write_file(path, to_html(picture, scene.facts, asking))
    session.say(f"drew {told(picture)}")
    session.say(f"wrote {output or path}")
    if is_opened and not webbrowser.open(path.resolve().as_uri()):
        fail(f"no browser was found to open {path}")


def _asking(workspace: Workspace, scene: Scene) -> Asking:
    from kg.engine.errors import EngineError
    from kg.query.errors import QueryError
    from kg.workspace.questions import asking

    try:
        return asking(scene, workspace.query_folders)
    except EngineError as error:
        fail(f"--sparql: {error}")
    except QueryError as error:
        place = f"{error.line}:{error.column}: " if error.line else ""
        fail(f"queries: {place}{error.message}")


def _refuse_unknown(focus: str, facts: FactSet) -> None:
    from kg.model.suggest import id_meant

    if focus in facts.entities or focus in facts.sources:
        return
    if focus in facts.claims:
        ends = " or ".join(f"'{thing}'" for thing in facts.claims[focus].things)
        raise click.UsageError(f"--focus: '{focus}' is a claim: name {ends}")
    meant = id_meant(focus, facts, (*facts.entities, *facts.sources))
    hint = f"did you mean '{meant}'?" if meant else "name one"
    raise click.UsageError(f"--focus: no entity or source is called '{focus}': {hint}")
