"""Exporters: kg's own and those of other packages, and where their files go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePosixPath, PureWindowsPath
from traceback import extract_tb
from typing import Any

from kg.exporters import EXPORTERS, Exporter

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
    """All formats, kg's own first; nothing of another package is loaded.

    Raises:
        ExporterError: if what other packages declare cannot be read.
    """
    own = tuple(Offer(each.name, each.summary, None) for each in EXPORTERS)
    taken = {offer.name for offer in own}
    others = (
        Offer(point.name, f"offered by {_package(point)}", _package(point))
        for point in _points()
        if point.name not in taken and _stays_inside(point.name)
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
            raise ExporterError(f"the exporter '{exporter.name}' made no file of {name!r}")
        parents = {str(parent) for parent in PurePosixPath(name).parents}
        for other in parents & made.keys():
            message = f"the exporter '{exporter.name}' made '{other}' a file and a folder"
            raise ExporterError(message)
    return made


def _points() -> tuple[EntryPoint, ...]:
    """What other packages declare.

    Raises:
        ExporterError: if a package of the environment declares what cannot be read.
    """
    try:
        found = entry_points(group=GROUP)
    except (TypeError, ValueError) as error:  # what importlib makes of a malformed file
        message = f"a package's entry_points.txt cannot be read: {error}"
        raise ExporterError(message) from None
    return tuple(sorted(found, key=lambda point: (point.name, point.value)))


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
    except (Exception, SystemExit) as error:
        said = " ".join(str(error).split())
        told = f"{type(error).__name__}: {said}" if said else type(error).__name__
        file, line, *_ = extract_tb(error.__traceback__)[-1]
        raise ExporterError(
            f"the exporter '{point.name}' of {_package(point)} {words}: {told} ({file}:{line})"
        ) from error


def _stays_inside(name: str) -> bool:
    return all(
        not path.is_absolute()
        and not path.drive
        and ".." not in path.parts
        and path.name
        and name.isprintable()
        for path in (PurePosixPath(name), PureWindowsPath(name))
    )
