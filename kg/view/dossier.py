"""The dossier: one HTML file that needs nothing but a browser, made by pyvis.

pyvis carries nodes and lines into our own template; its own templates load from the network and
put names into the page unescaped. Nothing in the page may run but two scripts named by their hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from kg import html
from kg.lens import Scene
from kg.view.picture import Line, Node, Picture, compose


def render(scene: Scene, focus: str | None = None, hops: int = 1) -> bytes:
    """One self-contained HTML page of `scene`, or of what is `hops` steps around `focus`.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    page = _fill(compose(scene, focus, hops))
    scripts = {"library": _read_library(), "script": _read("page.js")}
    return html.inline(page, _read("page.css"), scripts).encode()


def _fill(picture: Picture) -> str:
    """The template with the picture in it; scripts and styles are still marks."""
    from pyvis.network import Network

    environment = html.templates({"page.html": _read("page.html")})
    environment.globals.update(picture=picture, details=_details(picture))
    network: Any = Network(directed=True, heading=picture.title)
    network.templateEnv, network.path = environment, "page.html"
    network.options = {"physics": {"enabled": False}}
    looks = {group.type: (group.shape, group.colour) for group in picture.groups}
    # add_node and add_edge look for duplicates each time; ours are none.
    network.nodes = [_node(node, picture, looks[node.group]) for node in picture.nodes]
    network.edges = [_edge(line) for line in picture.lines]
    page: str = network.generate_html()
    return page


def _node(node: Node, picture: Picture, look: tuple[str, str]) -> Mapping[str, Any]:
    shape, colour = look
    return {
        "id": node.thing,
        "x": node.at.x,
        "y": node.at.y,
        "shape": shape,
        "size": node.radius,
        "tint": colour,
        "group": node.group,
        "words": list(node.label),
        "letters": node.font,
        "weight": sum(len(claims) for _, claims in picture.things[node.thing]["parts"][:2]),
    }


def _edge(line: Line) -> Mapping[str, Any]:
    return {
        "id": line.id,
        "from": line.subject,
        "to": line.object,
        "arrows": "to;from" if line.both_ways else "to",
        "stroke": line.stroke.value,
        "denied": line.denied,
        "disputed": line.disputed,
        "tone": line.tone.value,
        "words": line.words,
        "claims": list(line.claims),
        "bend": line.bend,
    }


def _details(picture: Picture) -> Mapping[str, Any]:
    return {
        "things": picture.things,
        "claims": picture.claims,
        "groups": [
            {"type": g.type, "label": g.label, "shape": g.shape, "tint": g.colour, "count": g.count}
            for g in picture.groups
        ],
        "strokes": {stroke.value: count for stroke, count in picture.strokes.items()},
        "tones": {tone.value: count for tone, count in picture.tones.items()},
        "denied": picture.denied,
        "disputed": picture.disputed,
        "focus": picture.focus,
    }


def _read(name: str) -> str:
    return files("kg.view").joinpath(name).read_text(encoding="utf-8")


def _read_library() -> str:
    """vis-network as pyvis brings it."""
    library = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8")
