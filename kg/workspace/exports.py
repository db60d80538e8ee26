"""Exporters: kg's own and those of other packages, and where their files go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path, PurePosixPath, PureWindowsPath
from traceback import extract_tb
from typing import Any

from kg.exporters import EXPORTERS, Exporter
from kg.workspace.outputs import write_file

#: What another package declares in its `pyproject.toml` to offer an exporter.
GROUP = "kg.exporters"


class ExporterError(Exception):
    """An exporter of another package cannot be used."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A format on offer: kg's own, or one of another package that is loaded when asked for."""

    name: str
    summary: str
    package: str | None  #: None for kg's own


def offers() -> tuple[Offer, ...]:
    """All formats, kg's own first; nothing of another package is loaded."""
    own = tuple(Offer(each.name, each.summary, None) for each in EXPORTERS)
    taken = {offer.name for offer in own}
    others = (
        Offer(point.name, f"offered by {_package(point)}", _package(point))
        for point in _points()
        if point.name not in taken
    )
    return (*own, *others)


def exporter_named(name: str) -> Exporter:
    """The exporter called `name`; kg's own goes before one of the same name.

    Whatever one of another package raises when it is used is an `ExporterError`, too.

    Raises:
        KeyError: if there is none.
        ExporterError: if it is of another package and cannot be loaded.
    """
    for exporter in EXPORTERS:
        if exporter.name == name:
            return exporter
    points = [point for point in _points() if point.name == name]
    if not points:
        raise KeyError(name)
    if len(points) > 1:
        packages = ", ".join(_package(point) for point in points)
        raise ExporterError(f"several packages offer '{name}': {packages}")
    return _loaded(points[0])


def files_of(exporter: Exporter, made: object) -> Mapping[str, bytes]:
    """The files that an exporter made, if they are files that stay in their folder.

    Raises:
        ExporterError: if one is not.
    """
    if not isinstance(made, Mapping) or not made:
        raise ExporterError(f"the exporter '{exporter.name}' made no file")
    for name, data in made.items():
        is_name = isinstance(name, str) and _stays_inside(name)
        if not is_name or not isinstance(data, bytes):
            raise ExporterError(f"the exporter '{exporter.name}' made no file of '{name}'")
    return made


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts the files into a folder of their own, each of them whole.

    Raises:
        OSError: if they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_file(folder / name, data)


def _points() -> Iterator[EntryPoint]:
    yield from sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.module


def _loaded(point: EntryPoint) -> Exporter:
    found = _foreign(point, "cannot be loaded", point.load)
    if not isinstance(found, Exporter):
        raise ExporterError(f"'{point.name}' of {_package(point)} is no kg.exporters.Exporter")
    made = partial(_foreign, point, "failed", found.export)
    return replace(found, export=made)


def _foreign(point: EntryPoint, words: str, call: Callable[..., Any], *arguments: Any) -> Any:
    """What the code of another package gives.

    Raises:
        ExporterError: if it raises whatever it may, which is its cause.
    """
    try:
        return call(*arguments)
    # The one place where kg catches everything: the code is not kg's, its faults are as much the
    # world's as a full disk, and the user needs to know whose they are.
    except Exception as error:
        said = " ".join(str(error).split())
        told = f"{type(error).__name__}: {said}" if said else type(error).__name__
        file, line, *_ = extract_tb(error.__traceback__)[-1]
        raise ExporterError(
            f"the exporter '{point.name}' of {_package(point)} {words}: {told} ({file}:{line})"
        ) from error


def _stays_inside(name: str) -> bool:
    return all(
        not path.is_absolute() and not path.drive and ".." not in path.parts and path.name
        for path in (PurePosixPath(name), PureWindowsPath(name))
    )
