"""`kg check --watch`: judged anew on every save, while what did not change is not read again."""

from __future__ import annotations

import gc
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from kg.cli.session import Session, fail

if TYPE_CHECKING:
    from kg.model.diagnostic import Diagnostic
    from kg.workspace.folder import Workspace

#: Editors write a file in several steps: so long after the last one nothing more is expected.
_QUIET_MS = 20
#: And so long after the first one it is looked at in any case.
_PATIENCE_MS = 300
#: So often it is looked whether the workspace is still there.
_LOOK_UP_MS = 1000

_PARTS = ("facts", "ontology", "kg.yaml")


def watch(
    session: Session,
    workspace: Workspace,
    find: Callable[[Workspace], Sequence[Diagnostic]],
    in_short: Callable[[Workspace, Sequence[Diagnostic]], str],
    also: Path | None = None,
) -> None:
    """Prints what is found, now and after every change, until it is interrupted.

    Args:
        session: the options of the run.
        workspace: what is watched.
        find: the findings to show.
        in_short: the line below them.
        also: a folder of texts in which changes count as well.
    """
    try:
        with _until_interrupted() as end:
            found: Sequence[Diagnostic] = find(workspace)
            _print(session, workspace, found, in_short)
            session.say(f"watching {workspace.root}: Ctrl-C ends it")
            for _ in _changes(workspace.root, also, end):
                now = workspace.anew()
                changed = _differing(workspace, now)
                if not changed and also is None:
                    continue
                before, found = found, find(now)
                workspace = now
                if changed or found != before:
                    _print(session, workspace, _new_last(before, found), in_short)
                    session.say(_news(changed, before, found))
                _settle()
    except FileNotFoundError:  # while the watch was set up
        fail(f"{workspace.root} is gone")
    session.say("")


@contextmanager
def _until_interrupted() -> Iterator[Event]:
    """What runs within ends quietly at Ctrl-C.

    The exception that an interrupt raises is lost where Python cannot pass it on, as while a
    module is loaded; what is yielded is set all the same.
    """
    end = Event()

    def interrupt(*_: object) -> None:
        end.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield end
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGINT, before)


def _settle() -> None:
    """Takes out the rubbish now, so that no collection comes between a save and its findings."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _changes(root: Path, also: Path | None, end: Event) -> Iterator[None]:
    """One each time that something was saved; the first at once, for what was saved meanwhile."""
    from watchfiles import watch as changes

    places = (root, *((also,) if also is not None else ()))

    def counts(change: object, path: str) -> bool:
        place = Path(path)
        if also is not None and place.is_relative_to(also):
            return True
        parts = place.relative_to(root).parts if place.is_relative_to(root) else ()
        return parts[:1] != () and parts[0] in _PARTS

    is_first = True
    for found in changes(
        *places, watch_filter=counts, debounce=_PATIENCE_MS, step=_QUIET_MS,
        rust_timeout=_LOOK_UP_MS, yield_on_timeout=True, stop_event=end,
    ):  # fmt: skip
        if not root.is_dir():
            fail(f"{root} is gone")
        if found or is_first:
            yield
        is_first = False


def _differing(before: Workspace, now: Workspace) -> tuple[str, ...]:
    """The files that changed, came or went."""
    old, new = dict(before.texts.own), dict(now.texts.own)
    paths = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    unreadable = {each.span.path for each in (*before.texts.unreadable, *now.texts.unreadable)}
    if before.texts.unreadable == now.texts.unreadable:
        unreadable = set()
    return tuple(sorted(paths | unreadable))


def _print(
    session: Session,
    workspace: Workspace,
    found: Sequence[Diagnostic],
    in_short: Callable[[Workspace, Sequence[Diagnostic]], str],
) -> None:
    from kg.render.diagnostics import to_text

    if sys.stdout.isatty():
        click.clear()
    by_path, columns = workspace.texts.by_path, session.columns()
    text = to_text(found, by_path, color=session.is_colored(), columns=columns)
    click.echo(text, nl=False, color=True)
    session.say(in_short(workspace, found))


def _new_last(before: Iterable[Diagnostic], now: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is found now, in its order but with what is new at the end, where a terminal stands."""
    known = set(map(_kind, before))
    return sorted(now, key=lambda each: _kind(each) not in known)


def _news(changed: Sequence[str], before: Sequence[Diagnostic], now: Sequence[Diagnostic]) -> str:
    """What changed, and what that did: `12:30:05 facts/a.yaml: 1 finding more, 2 less`.

    As long as there is an error nothing is weighed against all else, so what that would find is
    neither new nor gone then.
    """
    from kg.model.diagnostic import Severity
    from kg.rules import RULES_OVER_ALL

    weighing = {rule.CODE.name for rule in RULES_OVER_ALL}
    broken = any(each.severity is Severity.ERROR for each in (*before, *now))
    hidden = weighing if broken else ()
    one, other = (
        Counter(_kind(each) for each in found if each.code.name not in hidden)
        for found in (before, now)
    )
    more, less = (other - one).total(), (one - other).total()
    files = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")
    counts = [f"{more} new" if more else "", f"{less} gone" if less else ""]
    told = ", ".join(each for each in counts if each) or "nothing new"
    return f"{datetime.now():%H:%M:%S} {files or 'the texts'}: {told}"


def _kind(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """A finding without its line, which moves with all that is written above it."""
    return diagnostic.span.path, diagnostic.code.name, diagnostic.message
