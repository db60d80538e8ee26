"""A workspace: the folder on disk, and everything that one asks of it."""

from __future__ import annotations

import gc
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.check import UNREADABLE_FILE, Checked, Texts, check, lens_named
from kg.lens import Lens, make_lens
from kg.marking import release
from kg.model.diagnostic import Diagnostic
from kg.model.facts import FactSet
from kg.model.text import SourceText, Span
from kg.scene import Scene, look
from kg.workspace import outputs
from kg.workspace.core import core_folder

if TYPE_CHECKING:
    import rdflib

    from kg.model.table import Table
    from kg.network import ActorNetwork
    from kg.view.asking import Asking
    from kg.view.framed import Page

PROFILE = "kg.yaml"
#: No file is larger that a person wrote; reading one takes some twenty times its size in memory.
MOST_BYTES = 64 * 1024 * 1024


class NoWorkspaceError(Exception):
    """There is no workspace where one was looked for."""


class UnsoundError(Exception):
    """The facts have errors, so nothing is built or answered from them."""

    def __init__(self, checked: Checked) -> None:
        super().__init__("the facts have errors")
        self.checked = checked


def open_workspace(folder: str | Path = ".") -> Workspace:
    """The workspace that `folder` is or lies in: the nearest parent with a `kg.yaml`.

    Raises:
        NoWorkspaceError: if there is none.
    """
    try:
        start = Path(folder).resolve()
    except FileNotFoundError:
        raise NoWorkspaceError("the current folder does not exist any more") from None
    for candidate in (start, *start.parents):
        profile = candidate / PROFILE
        if profile.exists() or profile.is_symlink():
            return Workspace(candidate)
    raise NoWorkspaceError(f"no {PROFILE} in {start} or above it")


@dataclass(frozen=True)
class Workspace:
    """A folder with `kg.yaml`, `facts/` and what else belongs to it, read when first asked for."""

    root: Path
    #: what git remembers is read instead of what lies in the folder
    revision: str | None = None
    #: what was found in it earlier: the rest alone is judged anew
    before: Checked | None = field(default=None, compare=False, repr=False)

    @cached_property
    def texts(self) -> Texts:
        """Everything that the facts are read from.

        Raises:
            kg.workspace.revisions.RevisionError: if git has no such revision of the workspace.
        """
        if self.revision is not None:
            from kg.workspace.revisions import texts_of_revision

            return texts_of_revision(self.root, self.revision)
        unreadable: list[Diagnostic] = []
        core = core_folder("ontology")
        return Texts(
            profile=_read(self.root, self.root / PROFILE, unreadable),
            core=tuple(
                SourceText(f"kg/core/{text.path}", text.data)
                for text in _read_folder(core.parent, core, unreadable)
            ),
            ontology=tuple(_read_folder(self.root, self.root / "ontology", unreadable)),
            facts=tuple(_read_folder(self.root, self.root / "facts", unreadable)),
            unreadable=tuple(unreadable),
        )

    @cached_property
    def checked(self) -> Checked:
        """The facts with everything that is wrong with them."""
        with _uncollected():
            return check(self.texts, self.before)

    def anew(self) -> Workspace:
        """The same as it is now; it is read anew, but judged only where something has changed."""
        return replace(self, before=self.checked)

    @property
    def facts(self) -> FactSet:
        """The facts as far as they could be read."""
        return self.checked.facts

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with the facts."""
        return self.checked.diagnostics

    @property
    def output(self) -> Path:
        """Where builds go."""
        return self.root / "output"

    @property
    def inputs(self) -> tuple[Path, ...]:
        """What the workspace is read from: `kg.yaml` and the folders."""
        root = self.root.resolve()
        return tuple(root / name for name in (PROFILE, "facts", "ontology", "queries"))

    @property
    def query_folders(self) -> tuple[Path, ...]:
        """Where named queries are looked for, the workspace's own first."""
        own, core = self.root / "queries", core_folder("queries")
        return (own, core) if own.is_dir() and own != core else (core,)

    def lens(self, name: str = "default", **dials: str | tuple[str, ...]) -> Lens:
        """A lens of `kg.yaml` with some dials turned: `lens(as_of="2021", assume="war")`.

        Raises:
            kg.lens.DialError: if `kg.yaml` names no such lens, or a dial or a value does not exist.
        """
        facts = self.sound_facts
        lens = lens_named(name, facts)
        given = {dial: (v,) if isinstance(v, str) else tuple(v) for dial, v in dials.items()}
        if not given:
            return lens
        marking = make_lens(
            "", {d: v for d, v in given.items() if d == "marking"}, facts, lens
        ).marking
        # What a marking keeps back is not named by a hint either.
        return make_lens("custom", given, release(facts, marking) if marking else facts, lens)

    @property
    def sound_facts(self) -> FactSet:
        """The facts.

        Raises:
            UnsoundError: if they have errors.
        """
        if not self.checked.is_sound:
            raise UnsoundError(self.checked)
        return self.checked.facts

    def scene(self, lens: Lens | str = "default") -> Scene:
        """The facts as seen through a lens.

        Raises:
            UnsoundError: if they have errors.
        """
        return look(self.sound_facts, self.lens(lens) if isinstance(lens, str) else lens)

    def graph(self, lens: Lens | str = "default") -> rdflib.Graph:
        """The RDF dataset under a lens, as an rdflib graph."""
        from kg.rdf.dataset import to_dataset, to_rdflib

        return to_rdflib(to_dataset(self.scene(lens)))

    def at(self, revision: str) -> Workspace:
        """The workspace as it was in a revision of its git repository."""
        return Workspace(self.root, revision)

    def network(self, lens: Lens | str = "default") -> ActorNetwork:
        """The actors and their ties under a lens."""
        from kg.network import project

        return project(self.scene(lens))

    def query(self, query: str, lens: Lens | str = "default", **parameters: str) -> Table:
        """The answer to SPARQL text or to a named query.

        Raises:
            UnsoundError: if the facts have errors.
            kg.query.errors.QueryError: if the query is refused or is not SPARQL.
            kg.engine.errors.EngineError: if the engine gives up.
        """
        from kg.query.named import bind
        from kg.query.results import to_table
        from kg.workspace.questions import ask, is_sparql, named_query

        scene, title = self.scene(lens), ""
        if not is_sparql(query):
            named = named_query(self.query_folders, query)
            query, title = bind(named, parameters, scene.facts), named.title
        request, result = ask(scene, query, "table")
        return to_table(result, title, (*request.notes, f"Seen {scene.describe()}"))

    def view(
        self,
        focus: str | None = None,
        hops: int = 1,
        lens: Lens | str = "default",
        compare: Lens | str | None = None,
        sparql: bool = False,
    ) -> Page:
        """The claims as a page: what `kg view` writes, and what a notebook shows.

        Args:
            focus: an entity or source; only what is near it is drawn.
            hops: how near, in claims.
            lens: what it is seen through.
            compare: a second lens; what changes to it is marked.
            sparql: whether the page can be asked; it answers from the whole of one lens, so with
                neither `focus` nor `compare`.

        Raises:
            UnsoundError: if the facts have errors.
            KeyError: if `focus` is no entity or source.
            ValueError: if `sparql` goes with `focus` or `compare`.
            kg.engine.errors.EngineError: if the engine for pages is not installed.
            kg.query.errors.QueryError: if a named query is wrong.
        """
        from kg.compare import compare as compared
        from kg.view.dossier import render
        from kg.view.framed import Page

        if sparql and (focus is not None or compare is not None):
            raise ValueError("sparql answers from the whole of one lens")
        scene = self.scene(lens)
        shown = scene if compare is None else compared(scene, self.scene(compare))
        focus = None if focus is None else scene.facts.kept(focus)
        asking = self._asking(scene) if sparql else None
        return Page(render(shown, focus, hops, asking=asking))

    def _asking(self, scene: Scene) -> Asking:
        from kg.workspace.questions import asking

        return asking(scene, self.query_folders)

    def rewrite(self, changed: Mapping[str, SourceText]) -> None:
        """Puts changed and new files of facts in place, if the others are as they were read.

        Raises:
            kg.workspace.outputs.StaleError: if one was changed since; nothing is written then.
            OSError: if they cannot be written.
        """
        own = self.texts.own
        expected = {path: own[path].data if path in own else None for path in changed}
        files = {path: text.data for path, text in changed.items()}
        outputs.replace_files(self.root, files, expected)

    def recover(self) -> None:
        """Finishes, or discards, what a killed build left in `output/`."""
        outputs.recover(self.output)

    def write_outputs(self, artifacts: Mapping[str, bytes]) -> None:
        """Puts a build into `output/`, all of it or nothing."""
        outputs.write_set(self.output, artifacts)


_ENDINGS = (".yaml", ".yml")


def read_texts(folder: Path) -> tuple[SourceText, ...]:
    """Every file of a folder of sources' texts.

    Raises:
        OSError: if one cannot be read.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(
        SourceText(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection for a while: reading makes no cycles, and collecting doubles it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_folder(root: Path, folder: Path, unreadable: list[Diagnostic]) -> Iterator[SourceText]:
    """The YAML files of a folder, however deep; a link to a folder is not followed, but told."""
    paths: list[Path] = []
    failed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=failed.append):
        for name in folders:
            if Path(place, name).is_symlink():
                problem = "it is a link to a folder, which is not followed"
                unreadable.append(_unreadable(root, Path(place, name), problem))
        paths += [Path(place, name) for name in names if name.lower().endswith(_ENDINGS)]
    for error in failed:
        if not (isinstance(error, FileNotFoundError) and error.filename == str(folder)):
            problem = f"it cannot be read: {error.strerror}"
            unreadable.append(_unreadable(root, Path(error.filename), problem))
    for path in sorted(paths, key=lambda path: path.relative_to(root).as_posix()):
        text = _read(root, path, unreadable)
        if text is not None:
            yield text


def _read(root: Path, path: Path, unreadable: list[Diagnostic]) -> SourceText | None:
    """The text of a file; None, and a finding, where it cannot or must not be read."""
    hint = None
    try:
        target = Path(os.path.realpath(path))
        if target.is_relative_to(os.path.realpath(root)):
            data = _read_regular(path)
            if data is None:
                problem = "it is not a regular file"
            elif len(data) <= MOST_BYTES:
                return SourceText(path.relative_to(root).as_posix(), data)
            else:
                problem = f"it is larger than {MOST_BYTES // 2**20} MB"
                hint = "split it: files under 'facts/' may be named and nested at will"
        else:
            problem = "it is a link that leads out of the workspace"
    except OSError as error:
        problem = f"it cannot be read: {error.strerror}"
    unreadable.append(_unreadable(root, path, problem, hint))
    return None


def _read_regular(path: Path) -> bytes | None:
    """What a file holds, and no more than one byte over MOST_BYTES; None if it is not a file.

    It is asked what it is once it is open: whatever it was before, nothing is waited for here.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return file.read(MOST_BYTES + 1)


def _unreadable(root: Path, path: Path, problem: str, hint: str | None = None) -> Diagnostic:
    name = path.relative_to(root).as_posix()
    return Diagnostic(UNREADABLE_FILE, problem, Span(name, 1, 1, 1, 1), hint)
