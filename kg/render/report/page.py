"""The report as one HTML page without scripts, which asks nothing of the network."""

from __future__ import annotations

from importlib.resources import files

from kg import html
from kg.findings.statements import figure
from kg.model.display import counted
from kg.render.report.content import Report, checks, notes, read


def to_html(report: Report) -> str:
    """The page; statements and marks in it lead to their claims in `graph.html`."""
    sources = {name: _read(name) for name in ("page.html", "pictures.html")}
    page = html.templates(sources).get_template("page.html")
    text = page.render(
        report=report,
        checks=checks(report),
        read=read(report),
        figure=figure,
        counted=counted,
        notes=notes,
    )
    return html.inline(text, html.bare(_read("page.css"))) + "\n"


def _read(name: str) -> str:
    return files("kg.render.report").joinpath(name).read_text(encoding="utf-8")
