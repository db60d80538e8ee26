"""The workspaces that are open in an editor, each with its buffers and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kg.assist.layout import lines_of
from kg.assist.world import World
from kg.check import Texts
from kg.lsp.judging import Judged, nothing_known, overlay
from kg.lsp.uris import name_of, root_of, to_path
from kg.model.diagnostic import Diagnostic
from kg.model.text import SourceText
from kg.workspace.core import core_folder

_CORE = "kg/core/"


@dataclass(slots=True)
class Folder:
    """One workspace: the folder of a `kg.yaml`."""

    root: Path
    buffers: dict[str, SourceText] = field(default_factory=dict)
    uris: dict[str, str] = field(default_factory=dict)  #: as the client writes those of buffers
    versions: dict[str, int | None] = field(default_factory=dict)
    judged: Judged | None = None
    shown: set[str] = field(default_factory=set)  #: the files that have findings in the editor
    is_stale: bool = True  #: something has changed since it was judged

    @property
    def world(self) -> World:
        """What is known of it."""
        return self.judged.world if self.judged else nothing_known()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found in it."""
        return self.judged.diagnostics if self.judged else ()

    def texts(self) -> Texts:
        """All its texts, the buffers as they are at this moment."""
        texts = self.judged.texts if self.judged else Texts(None, (), (), ())
        return overlay(texts, self.buffers)

    def is_current(self, path: str) -> bool:
        """Whether a file is still what was judged, so that its findings are where they say."""
        if self.judged is None:
            return False
        judged = self.judged.texts.by_path.get(path)
        now = self.buffers.get(path, judged)
        return judged is not None and now is not None and judged.data == now.data

    def uri(self, path: str) -> str:
        """The URI of a file."""
        if path in self.uris:
            return self.uris[path]
        if path.startswith(_CORE):
            return (core_folder("ontology").parent / path.removeprefix(_CORE)).as_uri()
        return (self.root / path).as_uri()

    def text(self, path: str) -> SourceText:
        """A file as it is in the editor; empty where there is none."""
        text = self.buffers.get(path)
        if text is None and self.judged is not None:
            text = self.judged.texts.by_path.get(path)
        return text or SourceText(path, b"")

    def lines(self, path: str) -> list[str]:
        """The lines of a file, as it is in the editor."""
        return lines_of(self.text(path).data.decode("utf-8-sig", errors="replace"))


@dataclass(frozen=True, slots=True)
class Place:
    """A file of a workspace."""

    folder: Folder
    path: str


@dataclass(slots=True)
class Folders:
    """All workspaces that are open."""

    by_root: dict[Path, Folder] = field(default_factory=dict)

    def place(self, uri: str) -> Place | None:
        """The file that a URI names, if a workspace is read from it; the workspace is opened."""
        path = to_path(uri)
        root = root_of(path) if path is not None else None
        if path is None or root is None:
            return None
        name = name_of(path, root)
        return None if name is None else Place(self.open(root), name)

    def open(self, root: Path) -> Folder:
        """The workspace in a folder."""
        return self.by_root.setdefault(root, Folder(root))

    def has_workspace(self, uri: str) -> bool:
        """Whether a file lies in any workspace, be it read or not."""
        path = to_path(uri)
        return path is not None and root_of(path) is not None
