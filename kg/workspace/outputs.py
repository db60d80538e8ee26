"""Writing `output/` so that whatever happens, every file in it is whole.

A set of files is written to `.next/`, synced, and marked complete by renaming the folder to
`.complete/`; then its files are moved into place one by one, the manifest last. A build that was
killed leaves either folder behind: `recover` finishes what is complete and discards the rest.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_NEXT, _COMPLETE, MANIFEST = ".next", ".complete", "manifest.json"


def write_set(folder: Path, artifacts: Mapping[str, bytes]) -> None:
    """Puts the files into `folder`, with a manifest of their hashes, all or none.

    Raises:
        OSError: if they cannot be written, or somebody else is writing there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _lock(folder, waits=False) as is_ours:
        if not is_ours:
            raise OSError(None, "somebody else is writing there", str(folder))
        _recover(folder)
        following = folder / _NEXT
        try:
            following.mkdir()
            for name, data in {**artifacts, MANIFEST: _manifest(artifacts)}.items():
                _write_synced(following / name, data)
        except OSError as error:  # a full disk must not stay full of what is of no use
            shutil.rmtree(following, ignore_errors=True)
            raise OSError(error.errno, error.strerror, str(folder)) from None
        except KeyboardInterrupt:
            shutil.rmtree(following, ignore_errors=True)
            raise
        _sync_folder(following)
        following.rename(folder / _COMPLETE)
        _sync_folder(folder)
        _move_into_place(folder)


def write_file(path: Path, data: bytes) -> None:
    """Puts one file in place whole.

    Raises:
        OSError: if it cannot be written.
    """
    write_files(path.parent, {path.name: data})


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts files in place, each of them whole, and none before all are written.

    Whoever writes into the folder at the same time comes after or before, never between.

    Raises:
        OSError: if they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with turn(folder):
        _put(folder, files)


class StaleError(Exception):
    """A file is no longer what it was when it was read, so nothing was written."""


def replace_files(
    folder: Path, files: Mapping[str, bytes], expected: Mapping[str, bytes | None]
) -> None:
    """Like `write_files`, where each file still holds what is expected; None if it is not there.

    Raises:
        StaleError: if one holds something else: somebody changed it in the meantime.
        OSError: if they cannot be written.
    """
    with turn(folder):
        for name in files:
            path = folder / name
            if (path.read_bytes() if path.exists() else None) != expected[name]:
                raise StaleError(f"{name} was changed in the meantime: nothing was written")
        # What a link leads to is replaced, not the link.
        _put(folder, {str((folder / name).resolve()): data for name, data in files.items()})


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    paths = [folder / name for name in files]
    for parent in dict.fromkeys(path.parent for path in paths):
        parent.mkdir(parents=True, exist_ok=True)
    written = [path.with_name(f".{path.name}.kg-next") for path in paths]
    try:
        for temporary, data in zip(written, files.values(), strict=True):
            _write_synced(temporary, data)
        for temporary, path in zip(written, paths, strict=True):
            if path.exists():
                shutil.copymode(path, temporary)
        for temporary, path in zip(written, paths, strict=True):
            temporary.replace(path)
    finally:  # what is not in place is of no use, whatever ended this
        for temporary in written:
            temporary.unlink(missing_ok=True)
    for parent in dict.fromkeys(path.parent for path in paths):
        _sync_folder(parent)


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One's turn with the folder: waits until nobody else holds it.

    Windows locks no folder: nobody waits there.
    """
    with _lock(folder, waits=True):
        yield


def recover(folder: Path) -> None:
    """Finishes a complete set that a killed build left behind, or discards an incomplete one.

    Where somebody is writing just now, nothing is left behind yet.
    """
    if not any((folder / name).is_dir() for name in (_COMPLETE, _NEXT)):
        return
    with _lock(folder, waits=False) as is_ours:
        if is_ours:
            _recover(folder)


def _recover(folder: Path) -> None:
    if (folder / _COMPLETE).is_dir():
        _move_into_place(folder)
    if (folder / _NEXT).is_dir():
        shutil.rmtree(folder / _NEXT)


@contextmanager
def _lock(folder: Path, waits: bool) -> Iterator[bool]:
    """Whether nobody else holds the folder; the system frees it when its holder ends, however.

    Windows locks no folder: two builds at once may there end in an error.
    """
    if os.name == "nt":
        yield True
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _manifest(artifacts: Mapping[str, bytes]) -> bytes:
    hashes = {name: hashlib.sha256(artifacts[name]).hexdigest() for name in sorted(artifacts)}
    return (json.dumps({"sha256": hashes}, indent=2) + "\n").encode()


def _move_into_place(folder: Path) -> None:
    complete = folder / _COMPLETE
    names = sorted(path.name for path in complete.iterdir())
    for name in sorted(names, key=lambda name: name == MANIFEST):
        (complete / name).replace(folder / name)
    _sync_folder(folder)
    complete.rmdir()


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows syncs a folder's entries by itself and opens no folder
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
