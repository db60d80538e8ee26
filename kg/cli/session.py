"""What every command needs: the workspace it runs in, and how to say what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from kg.lens import Lens
    from kg.scene import Scene
    from kg.workspace.folder import Workspace


_LONG = 2.0  #: seconds from which on one wonders


@dataclass(frozen=True, slots=True)
class Session:
    """The global options of one run."""

    folder: str
    quiet: bool
    color: bool | None

    def workspace(self) -> Workspace:
        """The workspace to work in, with what a killed build left behind put right."""
        from kg.workspace.folder import NoWorkspaceError, open_workspace

        try:
            workspace = open_workspace(self.folder)
        except NoWorkspaceError as error:
            hint = "'kg init' makes a workspace; -C DIR names one"
            raise click.UsageError(f"{error}: {hint}") from None
        workspace.recover()
        return workspace

    def say(self, message: str) -> None:
        """Prints what is not a result, unless the user wants quiet."""
        if not self.quiet:
            click.echo(message, err=True)

    @contextmanager
    def steps(self) -> Iterator[Callable[[str], None]]:
        """Shows each step while it lasts, on a terminal alone; a long one leaves its time behind.

        Nothing else may be written in the meantime: the steps share one line.
        """
        import sys
        import time

        is_shown = not self.quiet and sys.stderr.isatty()
        shown, begun = "", time.monotonic()

        def tell(step: str) -> None:
            nonlocal shown, begun
            seconds = time.monotonic() - begun
            if is_shown and shown:
                click.echo(f"\r{' ' * len(shown)}\r", nl=False, err=True)
                if seconds >= _LONG:
                    click.echo(f"{shown}: {seconds:.0f} s", err=True)
            if is_shown:
                click.echo(step, nl=False, err=True)
            shown, begun = step, time.monotonic()

        try:
            yield tell
        finally:
            tell("")

    def columns(self) -> int | None:
        """How many columns the terminal has that standard output is; None where it is none."""
        import sys
        from shutil import get_terminal_size

        return get_terminal_size().columns if sys.stdout.isatty() else None

    def is_colored(self) -> bool:
        """Whether standard output takes colour."""
        import os
        import sys

        if self.color is not None:
            return self.color
        return sys.stdout.isatty() and "NO_COLOR" not in os.environ


pass_session = click.make_pass_decorator(Session)


def fail(message: str) -> NoReturn:
    """Ends with one line and exit code 1: the world, not the user, went wrong."""
    click.echo(f"kg: {message}", err=True)
    raise click.exceptions.Exit(1)


def scene_of(session: Session, workspace: Workspace, dials: dict[str, tuple[str, ...]]) -> Scene:
    """The workspace's facts through the lens that the options describe.

    Facts with errors end the command: nothing is answered from what may be wrong.
    """
    import gc

    from kg.render.diagnostics import summary, to_text

    with session.steps() as say:
        say("reading the facts")
        checked = workspace.checked
    gc.freeze()  # the facts live as long as the command: no collection need look at them again
    if not checked.is_sound:
        errors = [d for d in checked.diagnostics if d.severity == "error"]
        click.echo(to_text(errors[:5], workspace.texts.by_path), nl=False, err=True)
        fail(f"{summary(errors)}: 'kg check' shows all")
    return workspace.scene(_lens(workspace, dials))


def scene_beside(session: Session, workspace: Workspace, written: str, first: Scene) -> Scene:
    """The second side of a comparison, through the lens that `--compare` describes.

    Where that says nothing of markings, what the first side keeps back is kept back here, too.
    """
    from kg.cli.options import dials_written

    dials = dials_written(written)
    scene = scene_of(session, workspace, dials)
    if first.lens.marking is None or scene.lens.marking is not None:
        return scene
    return scene_of(session, workspace, {**dials, "marking": (first.lens.marking,)})


def _lens(workspace: Workspace, dials: dict[str, tuple[str, ...]]) -> Lens:
    from kg.lens import DialError

    (name,) = dials.get("lens") or ("default",)
    turned = {dial: values for dial, values in dials.items() if dial != "lens"}
    try:
        return workspace.lens(name, **turned)
    except DialError as error:
        option = "--" + error.dial.replace("_", "-")
        hint = f": {error.hint}" if error.hint else ""
        raise click.UsageError(f"{option}: {error.message}{hint}") from None
