"""`kg merge`: what a curator decides on whether entities are one, written down with the reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from kg.cli.options import complete_ids
from kg.cli.session import Session, fail, pass_session
from kg.cli.writing import diff_of, put_in_place, rewrite

if TYPE_CHECKING:
    from kg.edit.writing import NewEntry
    from kg.model.facts import FactSet, Identity
    from kg.workspace.folder import Workspace


@click.command()
@click.argument("kept", metavar="ENTITY", shell_complete=complete_ids)
@click.argument("others", metavar="[OTHER]...", nargs=-1, shell_complete=complete_ids)
@click.option("--different", is_flag=True, help="They are not the same.")
@click.option("--unsure", is_flag=True, help="It is not known whether they are the same.")
@click.option("--reason", metavar="TEXT", help="Why; asked for in a terminal.")
@click.option("--by", metavar="NAME", help="Who decided it.")
@click.option("--undo", is_flag=True,
              help="Take the decision on these entities back, or the one of that id.")  # fmt: skip
@click.option("--diff", "is_diff", is_flag=True, help="Show the changes; write nothing.")
@pass_session
def merge(
    session: Session,
    kept: str,
    others: tuple[str, ...],
    different: bool,
    unsure: bool,
    reason: str | None,
    by: str | None,
    undo: bool,
    is_diff: bool,
) -> None:
    """Record that entities are the same: all that is said of OTHER is told of ENTITY.

    Nothing that was written is changed: the decision stands under 'identities' with its reason, and
    --undo brings everything back. --different and --unsure record that they are not, or that
    nobody knows, so that 'kg check' does not ask again.
    """
    if different and unsure:
        raise click.UsageError("--different and --unsure exclude each other")
    workspace = session.workspace()
    if undo:
        if different or unsure or reason or by:
            raise click.UsageError("--undo takes no verdict and no reason")
        _take_back(session, workspace, (kept, *others), is_diff=is_diff)
        return
    verdict = "different" if different else "unsure" if unsure else "same"
    entities = _entities((kept, *others), workspace.facts, verdict)
    entry = _entry(entities, verdict, reason, by, workspace)
    _record(session, workspace, entry, is_diff=is_diff)


# -- what is asked for ----------------------------------------------------------------------------


def _entities(ids: tuple[str, ...], facts: FactSet, verdict: str) -> list[str]:
    """The entities that are meant, each by the id that it goes by."""
    from kg.model.suggest import id_meant

    for id in ids:
        if id in facts.written.entities:
            continue
        if id in facts.ids:
            raise click.UsageError(f"'{id}' is no entity: only entities can be the same")
        nearest = id_meant(id, facts, facts.written.entities)
        hint = f": did you mean '{nearest}'?" if nearest else ""
        raise click.UsageError(f"no entity is called '{id}'{hint}")
    if len(set(ids)) < 2:
        raise click.UsageError("name two entities or more: the one to be kept, then the others")
    found = list(dict.fromkeys(facts.kept(id) for id in ids))
    if len(found) < 2:
        already = ", ".join(dict.fromkeys(ids))
        raise click.UsageError(f"{already} are the same already: 'kg show {found[0]}' says why")
    for identity in facts.identities.values():
        if set(found) <= {facts.kept(id) for id in identity.entities}:
            decided = f"'{identity.id}' says {identity.verdict}: {identity.reason}"
            if identity.verdict == verdict:
                raise click.UsageError(f"that is decided already: {decided}")
            raise click.UsageError(
                f"{decided}; take that back first: kg merge --undo {identity.id}"
            )
    return found


def _entry(
    entities: list[str], verdict: str, reason: str | None, by: str | None, workspace: Workspace
) -> NewEntry:
    import sys

    from kg.cli.addition import ids_taken
    from kg.cli.entries import refuse_control_characters
    from kg.edit.ids import suggest_id
    from kg.edit.writing import NewEntry

    if reason is None and sys.stdin.isatty() and sys.stdout.isatty():
        reason = click.prompt("Why")
    if not (reason or "").strip():
        raise click.UsageError("--reason: say why: it is kept with the decision")
    values = {
        "entities": entities,
        "verdict": verdict,
        "reason": str(reason),
        **({"by": by} if by else {}),
        "recorded": date.today().isoformat(),
    }
    refuse_control_characters("--reason", str(reason))
    refuse_control_characters("--by", by or "")
    id = suggest_id("identities", values, set(ids_taken(workspace.texts.facts)))
    assert id is not None
    return NewEntry("identities", id, values)


# -- what is done ---------------------------------------------------------------------------------


def _record(session: Session, workspace: Workspace, entry: NewEntry, *, is_diff: bool) -> None:
    from kg.edit.addition import UnreadableFileError, add, judge
    from kg.edit.blocks import LayoutError
    from kg.model.display import counted
    from kg.render.diagnostics import to_text

    try:
        addition = add(workspace.texts, [entry])
    except UnreadableFileError as error:
        fail(f"{error}: it cannot be read, so nothing is added to it; 'kg check' says why")
    except LayoutError as error:
        fail(f"{error}; nothing was written")
    judgement = judge(addition, workspace.checked)
    if judgement.errors:
        click.echo(to_text(judgement.errors, addition.texts.by_path), nl=False, err=True)
        fail(f"nothing was written: it would bring {counted(len(judgement.errors), 'error')}")
    if is_diff:
        click.echo(diff_of(workspace, addition.changed), nl=False)
        return
    put_in_place(workspace, addition.changed)
    (placed,) = addition.placed
    click.echo(f"{placed.path}:{placed.found.span.line}: added identity '{entry.id}'")
    _tell(session, workspace.facts, judgement.checked.facts, entry.id)
    found = to_text(judgement.others, addition.texts.by_path)
    click.echo(found, nl=False, err=True)


def _tell(session: Session, before: FactSet, after: FactSet, id: str) -> None:
    """What is seen otherwise than before, and how to go back."""
    from kg.model.display import counted

    for other in sorted(after.same_as.keys() - before.same_as.keys()):
        claims = counted(len(before.mentions.get(other, ())), "claim")
        session.say(f"  {other} goes by {after.kept(other)} now, with {claims}")
    session.say(f"  'kg merge --undo {id}' takes it back")


def _take_back(
    session: Session, workspace: Workspace, named: tuple[str, ...], *, is_diff: bool
) -> None:
    from kg.edit.blocks import LayoutError, edit_removing, read_layout
    from kg.wording import identity_text

    identity = _decided(named, workspace.facts)
    path = identity.places.path
    layout = read_layout(workspace.texts.own[path])
    assert layout is not None  # the decision was read from it
    try:
        edit = edit_removing(layout, "identities", identity.id)
    except LayoutError as error:
        fail(f"{error}; nothing was written")
    rewrite(session, workspace, [edit], is_diff=is_diff)
    if is_diff:
        return
    session.say(f"{path}: took '{identity.id}' back")
    session.say(f"  it said {identity.verdict} of {identity_text(identity)}")


def _decided(named: tuple[str, ...], facts: FactSet) -> Identity:
    """The one decision that is meant."""
    from kg.model.suggest import did_you_mean

    if len(named) == 1 and named[0] in facts.identities:
        return facts.identities[named[0]]
    found = [each for each in facts.identities.values() if set(named) <= set(each.entities)]
    if len(found) > 1:
        listed = ", ".join(each.id for each in found)
        raise click.UsageError(f"several decisions name {', '.join(named)}: say which: {listed}")
    if not found:
        hint = did_you_mean(named[0], facts.identities) if len(named) == 1 else None
        raise click.UsageError(
            f"no decision on {' and '.join(named)} is recorded" + (f": {hint}" if hint else "")
        )
    return found[0]
