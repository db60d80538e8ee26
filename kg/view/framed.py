"""A dossier as a value: a notebook shows the page itself, in a frame that reaches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_HEIGHT = 680  # pixels


@dataclass(frozen=True, slots=True)
class Page:
    """One self-contained HTML page."""

    html: bytes  #: UTF-8, to be written to a file as it is

    def _repr_html_(self) -> str:
        """The page in a frame, as Jupyter asks for it; its scripts see nothing of the notebook."""
        allowed = "allow-scripts allow-downloads allow-popups allow-modals"
        return (
            f'<iframe title="The claims as a graph" width="100%" height="{_HEIGHT}" '
            f'style="border:0" sandbox="{allowed}" srcdoc="{escape(self.html.decode())}"></iframe>'
        )

    def __repr__(self) -> str:
        return f"Page({len(self.html) / 1000:,.0f} KB of HTML)"
