"""Files by their URIs, as clients write them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kg.workspace.folder import PROFILE


def to_path(uri: str) -> Path | None:
    """The file that a URI names; None where it names none, such as a text without a name."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if os.name == "nt":
        path = path.lstrip("/") if path[2:3] == ":" else path
    if "\0" in path:
        return None
    return Path(f"//{parts.netloc}{path}" if parts.netloc not in ("", "localhost") else path)


def root_of(path: Path) -> Path | None:
    """The nearest folder above a file that has a `kg.yaml`."""
    for folder in path.parents:
        if (folder / PROFILE).is_file():
            return folder
    return None


def name_of(path: Path, root: Path) -> str | None:
    """The path of a file in its workspace, if it is one that a workspace is read from."""
    name = path.relative_to(root).as_posix()
    if name == PROFILE:
        return name
    is_read = name.startswith(("facts/", "ontology/")) and path.suffix.lower() in (".yaml", ".yml")
    return name if is_read else None
