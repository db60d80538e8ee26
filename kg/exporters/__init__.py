"""The formats that kg writes besides its own: one module a format."""

from __future__ import annotations

from kg.exporters.exporter import Exporter

__all__ = ["EXPORTERS", "Exporter"]

#: Every exporter of kg, in the order to be listed in.
EXPORTERS: tuple[Exporter, ...] = ()
