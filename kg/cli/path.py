"""`kg path`: how two actors are tied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import click

from kg.cli.options import complete_ids, dials_of, lens_options
from kg.cli.session import Session, pass_session, scene_of

if TYPE_CHECKING:
    from kg.analysis.paths import Hop, Way
    from kg.network import ActorNetwork
    from kg.scene import Scene

_FORMATS = ("text", "table", "markdown", "csv", "json")


@click.command()
@click.argument("start", metavar="A", shell_complete=complete_ids)
@click.argument("end", metavar="B", shell_complete=complete_ids)
@click.option("--up-to", type=click.IntRange(1, 12), metavar="HOPS",
              help="Every path of at most so many hops; default: the shortest only.")  # fmt: skip
@click.option("--directed", is_flag=True, help="Only in the direction of the ties.")
@click.option("--not-in-force", "beyond", is_flag=True,
              help="Also over claims that are not in force; such hops are marked.")  # fmt: skip
@click.option("--top", type=click.IntRange(1, 1_000_000), default=20, metavar="N",
              help="At most so many paths; default 20.")  # fmt: skip
@click.option("--format", "-f", "output", type=click.Choice(_FORMATS), default="text",
              help="How to print them; default: text.")  # fmt: skip
@lens_options
@click.pass_context
@pass_session
def path(
    session: Session,
    context: click.Context,
    start: str,
    end: str,
    up_to: int | None,
    directed: bool,
    beyond: bool,
    top: int,
    output: str,
) -> None:
    """Show how two actors are tied, hop by hop, with the claims behind each hop.

    A hop is marked as reported where no claim of it is in the voice of the source that was read,
    as possible where none is certain on the date, as in a headline alone where no body bears it
    out, and with the reason where none is in force. What is denied makes no hop and is told beside.
    """
    from kg.analysis.paths import Way
    from kg.network import project

    scene = scene_of(session, session.workspace(), dials_of(context))
    network = project(scene)
    start, end = map(scene.facts.kept, (start, end))
    for actor in (start, end):
        _refuse_unknown(actor, network, scene)
    if start == end:
        raise click.UsageError(f"'{start}' is on both sides: name two actors")
    way = Way(directed, beyond)
    found = list(islice(_paths(network, start, end, up_to, way), top + 1))
    title = _title(found[:top], start, end, up_to, scene)
    notes = []
    if len(found) > top:
        notes.append(f"There are more paths than the {top} shown: --top shows more")
    elif not found:
        notes += _other_ways(network, start, end, up_to, way)
        notes += _go_betweens(start, end, network, scene)
    notes.append(f"Seen {scene.describe()}")
    click.echo(_shown(found[:top], (start, end), scene, title, tuple(notes), output), nl=False)
    if output == "csv":  # it has no place for them
        for note in notes:
            session.say(note)


def _paths(
    network: ActorNetwork, start: str, end: str, up_to: int | None, way: Way
) -> Iterator[tuple[Hop, ...]]:
    from kg.analysis.paths import short_paths, shortest_paths

    if up_to is None:
        return shortest_paths(network, start, end, way)
    return short_paths(network, start, end, up_to, way)


def _title(
    found: list[tuple[Hop, ...]], start: str, end: str, up_to: int | None, scene: Scene
) -> str:
    names = f"{scene.facts.name(start)} to {scene.facts.name(end)}"
    if not found:
        return f"{names}: no path"
    longest = max(map(len, found))
    hops = "1 hop" if longest == 1 else f"{longest} hops"
    if up_to is None:
        return f"{names}: the shortest paths, {hops} long"
    return f"{names}: paths of at most {up_to} {'hop' if up_to == 1 else 'hops'}"


def _other_ways(
    network: ActorNetwork, start: str, end: str, up_to: int | None, way: Way
) -> Iterator[str]:
    """What would have found a path, for those who found none."""
    from dataclasses import replace

    for looser, words in (
        (replace(way, directed=False), "against the direction of the ties, too"),
        (replace(way, beyond=True), "over claims that are not in force (--not-in-force)"),
        (replace(way, directed=False, beyond=True), "in any direction, with --not-in-force"),
    ):
        if looser != way and next(_paths(network, start, end, up_to, looser), None):
            yield f"There is one {words}"
            return
    if up_to is not None and next(_paths(network, start, end, None, way), None):
        yield "There is a longer one: leave out --up-to"


def _go_betweens(start: str, end: str, network: ActorNetwork, scene: Scene) -> Iterator[str]:
    """What is no actor and claims of both speak of, in force or not: an event, a policy."""
    around = [
        {thing for claim in scene.facts.mentions.get(actor, ()) for thing in claim.things}
        for actor in (start, end)
    ]
    between = sorted((around[0] & around[1]) - network.actors.keys())
    if between:
        names = ", ".join(f"{scene.facts.name(thing)} ({thing})" for thing in between)
        yield f"Claims of both, in force or not, speak of what is no actor: {names}"


def _shown(
    found: list[tuple[Hop, ...]],
    ends: tuple[str, str],
    scene: Scene,
    title: str,
    notes: tuple[str, ...],
    output: str,
) -> str:
    from shutil import get_terminal_size

    from kg.render import paths
    from kg.render.tables import render, without_ids

    width = get_terminal_size().columns
    beside = paths.beside(found, *ends, scene)
    if output == "text":
        return paths.to_text(title, found, scene, notes, beside, min(width, 100))
    if beside:
        ids = ", ".join(claim.id for claim in beside)
        notes = (f"Said of the two, but no hop: {ids}", *notes)
    table = paths.to_table(found, scene, title, notes)
    return render(table if output in ("csv", "json") else without_ids(table), output, width)


def _refuse_unknown(actor: str, network: ActorNetwork, scene: Scene) -> None:
    from kg.model.suggest import id_meant

    facts = scene.facts
    if actor in network.actors:
        return
    if actor in facts.entities or actor in facts.sources:
        kind = facts.vocabulary.types[facts.type_of(actor) or ""].label
        raise click.UsageError(f"'{actor}' is of type {kind}: paths run between actors")
    nearest = id_meant(actor, facts, network.actors)
    hint = f": did you mean '{nearest}'?" if nearest else ""
    raise click.UsageError(f"no actor is called '{actor}'{hint}")
