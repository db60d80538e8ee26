"""The dossier: one HTML file that needs nothing but a browser, made by pyvis.

pyvis carries nodes and lines into our own template; its own templates load from the network and
put names into the page unescaped. Nothing in the page may run but two scripts named by their hash.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any

from kg.lens import Scene
from kg.view.picture import Line, Node, Picture, compose


def render(scene: Scene, focus: str | None = None, hops: int = 1) -> bytes:
    """One self-contained HTML page of `scene`, or of what is `hops` steps around `focus`.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    picture = compose(scene, focus, hops)
    return _inline(_fill(picture)).encode()


def _fill(picture: Picture) -> str:
    """The template with the picture in it; scripts and styles are still marks."""
    from jinja2 import DictLoader, Environment, StrictUndefined
    from pyvis.network import Network

    environment = Environment(
        autoescape=True,
        loader=DictLoader({"page.html": _read("page.html")}),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
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


# -- one file -------------------------------------------------------------------------------------

_MARK = re.compile(r"<!--kg:([a-z]+)-->")


def _inline(page: str) -> str:
    """The page with its styles, scripts and their hashes in place of the marks.

    A mark cannot come from the data, in which `<` is always escaped; and what is put in is not
    looked through again, so that a library may hold anything.
    """
    style = _read("page.css")
    library, script = _as_inline_script(_read_library()), _as_inline_script(_read("page.js"))
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; "
        f"style-src {_hash(style)}; script-src {_hash(library)} {_hash(script)}"
    )
    parts = {"policy": policy, "style": style, "library": library, "script": script}
    return _MARK.sub(lambda mark: parts[mark[1]], page)


def _as_inline_script(text: str) -> str:
    """A script that no parser ends early: the same to JavaScript, as they stand in strings only."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\n//# sourceMappingURL=.*", "", text)
    return re.sub(r"<(?=!--|script|/script)", r"<\\", text, flags=re.IGNORECASE)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return files("kg.view").joinpath(name).read_text(encoding="utf-8")


def _read_library() -> str:
    """vis-network as pyvis brings it."""
    library = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8")
