"""The dossier: one HTML file that needs nothing but a browser, made by pyvis.

pyvis carries nodes and lines into our own template; its own templates load from the network and
put names into the page unescaped. Nothing in the page may run but scripts named by their
hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from kg import html
from kg.compare import Comparison
from kg.model.display import counted
from kg.model.facts import FactSet
from kg.model.table import Cell, Table, cell_text
from kg.scene import Scene
from kg.view.answer import MOST_ROWS, named
from kg.view.asking import Asking, asking_details
from kg.view.drawn import FATES
from kg.view.facets import KNOWN_IN_BOTH, TITLES
from kg.view.inferred import InferredLine
from kg.view.lines import Line, effect_text
from kg.view.nodes import Node
from kg.view.parts import Part
from kg.view.picture import Picture, compose


def render(
    shown: Scene | Comparison,
    focus: str | None = None,
    hops: int = 1,
    answer: Table | None = None,
    asking: Asking | None = None,
) -> bytes:
    """One self-contained HTML page of a scene, of what is around `focus`, or of an answer.

    Args:
        shown: what is drawn; of a comparison both scenes in one picture, and what changes.
        focus: an entity or source; only what is near it is drawn.
        hops: how near, in claims.
        answer: a table; only the claims that it is about are drawn, and it stands beside them.
        asking: what the page needs to answer SPARQL; of a whole scene alone, since it answers from
            all of it.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    facts = shown.facts if isinstance(shown, Scene) else shown.after.facts
    return to_html(compose(shown, focus, hops, answer), facts, asking)


def to_html(picture: Picture, facts: FactSet, asking: Asking | None = None) -> bytes:
    """A picture of some facts as one self-contained HTML page."""
    details = _details(picture) | (
        {"ask": asking_details(asking, facts)} if asking is not None else {}
    )
    page = _fill(picture, facts, asking)
    parts = PARTS if asking is None else (*PARTS[:-1], "sparql", "ask", PARTS[-1])
    scripts = {"first": _read("page/first.js"), "script": _read_script(parts)}
    style = html.bare(_read("page.css") + _read("changes.css"))
    packed = {"library": _read_library()}
    data = {"rest": _packed(details)}
    return html.inline(page, style, scripts, packed, _worker(asking), data).encode()


def _packed(details: Mapping[str, Any]) -> bytes:
    return json.dumps(details, ensure_ascii=False, separators=(",", ":")).encode()


def _worker(asking: Asking | None) -> Mapping[str, bytes]:
    """The engine as a worker runs it, and what it answers from."""
    if asking is None:
        return {}
    script = asking.script + _read("page/engine.js")
    return {"engine": script.encode(), "wasm": asking.module, "triples": asking.triples}


def told(picture: Picture) -> str:
    """How much a picture holds, and what changes in it."""
    changes = _changes(picture)
    return f"{_held(picture)}: {changes}" if changes else _held(picture)


def _changes(picture: Picture) -> str:
    """How many claims of two scenes are gained, lost and so on."""
    values = (value for facet in picture.facets if facet.id == "change" for value in facet.values)
    return ", ".join(f"{value.count:,} {value.label}" for value in values)


def _held(picture: Picture) -> str:
    parts = f", in {counted(len(picture.parts), 'part')}" if picture.parts else ""
    return (
        f"{counted(len(picture.nodes), 'thing')} and {counted(len(picture.claims), 'claim')}{parts}"
    )


#: Of a page that draws parts so many claims can be read without its script.
_MOST_LISTED = 500


def _fill(picture: Picture, facts: FactSet, asking: Asking | None) -> str:
    """The template with the picture in it; scripts and styles are still marks."""
    from pyvis.network import Network

    environment = html.templates({"page.html": _read("page.html")})
    environment.globals.update(
        picture=picture,
        listed=list(picture.claims.items())[: _MOST_LISTED if picture.parts else None],
        asking=asking,
        answer=_answer(picture, facts),
        changes=_changes(picture),
        fates=FATES,
        lenses=_lenses(picture),
        read={source: picture.things[source]["name"] for source in picture.sources},
        library=_notice(_read_library()),
    )
    network: Any = Network(directed=True, heading=picture.title)
    network.templateEnv, network.path = environment, "page.html"
    network.options = {"physics": {"enabled": False}}
    looks = {group.type: (group.shape, group.colour) for group in picture.groups}
    # add_node and add_edge look for duplicates each time; ours are none.
    network.nodes = [_node(node, picture, looks[node.group]) for node in picture.nodes]
    drawn = () if picture.parts else picture.lines  # what stands for what is up to the page
    network.edges = [*map(_edge, drawn), *map(_inferred_edge, picture.inferred)]
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
        "weight": picture.things[node.thing]["about"],
        **({"fate": node.fate.value} if node.fate else {}),
    }


def _edge(line: Line) -> Mapping[str, Any]:
    return {
        "id": line.id,
        "from": line.subject,
        "to": line.object,
        "arrows": "to;from" if line.both_ways else "to",
        "stroke": line.stroke.value,
        "holds": line.holds,
        "denied": line.denied,
        "disputed": line.disputed,
        "tone": line.tone.value,
        "claims": list(line.claims),
        "bend": line.bend,
        **({"fate": line.fate.value} if line.fate else {}),
    }


def _inferred_edge(line: InferredLine) -> Mapping[str, Any]:
    """What follows from claims, as an edge of its own kind: it has none, but says whence."""
    return {
        "id": line.id,
        "from": line.subject,
        "to": line.object,
        "arrows": "to;from" if line.both_ways else "to",
        "stroke": "inferred",
        "holds": True,
        "denied": False,
        "disputed": line.disputed,
        "tone": line.tone.value,
        "claims": [],
        "bend": line.bend,
        "inferred": {
            "relation": line.relation,
            "label": line.label,
            "words": line.words,
            "rule": line.rule,
            "effect": effect_text(line.tone, is_denied=False),
            "certain": line.certain,
            "weights": line.weights,
            "ways": line.ways,
        },
    }


def _details(picture: Picture) -> dict[str, Any]:
    places = {id: place for place, id in enumerate(picture.claims)}
    return {
        "things": {id: _in_numbers(thing, places) for id, thing in picture.things.items()},
        "claims": _claims(picture),
        "groups": [
            {"type": g.type, "label": g.label, "shape": g.shape, "tint": g.colour, "count": g.count}
            for g in picture.groups
        ],
        "facets": [asdict(facet) for facet in picture.facets],
        "disputed": picture.disputed,
        "focus": picture.focus,
        "hops": picture.hops,
        "findings": _findings(picture),
        "parts": [_part(part) for part in picture.parts],
        "fates": FATES,
        "compared": picture.is_compared,
        "facetsOfBoth": {id: KNOWN_IN_BOTH[id] for id in ("change", "standing", "tone")},
        "changeTitle": TITLES["change"],
        "look": picture.look and {**picture.look, "claims": _rows(picture.look["claims"])},
    }


def _part(part: Part) -> Sequence[Any]:
    """The things of a part, or a list of its parts."""
    return [_part(each) for each in part.parts] if part.parts else part.things


def _findings(picture: Picture) -> list[Mapping[str, Any]]:
    """The findings, each with those of its claims that the page holds."""
    return [
        {
            "title": topic.title,
            "statements": [
                {
                    "text": each.text,
                    "standing": each.standing,
                    "said": each.said_by,
                    "claims": [id for id in each.ids if id in picture.claims],
                }
                for each in topic.statements
            ],
        }
        for topic in picture.findings
    ]


def _lenses(picture: Picture) -> list[list[tuple[str, bool]]]:
    """Each lens part by part, with whether another one lacks the part; those that do come first."""
    lenses = picture.seen
    told = [[(part, any(part not in lens for lens in lenses)) for part in own] for own in lenses]
    return [sorted(parts, key=lambda part: not part[1]) for parts in told]


# The page is to stay small: data.js reads again what these three write in short.
class _Values:
    """Values, each once; records refer to them by their places."""

    def __init__(self) -> None:
        self.listed: list[Any] = []
        self._places: dict[object, int] = {}

    def place(self, value: Any) -> int:
        """The place of a value, which is put at the end where it is not there yet."""
        key = value if isinstance(value, str) else (json.dumps(value),)  # not to take ["a"] for one
        place = self._places.setdefault(key, len(self.listed))
        if place == len(self.listed):
            self.listed.append(value)
        return place


def _rows(records: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Records as rows of places in a list of values; what a record has not is none."""
    values = _Values()
    keys = tuple(dict.fromkeys(key for record in records for key in record))
    rows = [
        [values.place(record[key]) if key in record else None for key in keys] for record in records
    ]
    return {"keys": keys, "rows": rows, "values": values.listed}


def _claims(picture: Picture) -> Mapping[str, Any]:
    """Claims as rows of places in a list of values: what several say alike is there once."""
    values = _Values()
    place = values.place
    words = {
        id: told for line in picture.lines for id, told in zip(line.claims, line.words, strict=True)
    }
    shared = (*_SHARED, *(_COMPARED if picture.is_compared else ()))
    rows = []
    for id, claim in picture.claims.items():
        whole = {**claim, "words": words.get(id, ())}
        rows.append(
            [
                id,
                claim["line"],
                [place(phrase) for phrase in claim["sentence"]],
                [place(claim["facets"][facet.id]) for facet in picture.facets],
                *(place(whole[key]) for key in shared),
            ]
        )
    keys = ("id", "line", "sentence", "facets", *shared)
    return {"keys": keys, "rows": rows, "values": values.listed}


#: What the script needs of a claim besides.
_SHARED = ("subject", "relation", "object", "value", "modality", "conditions", "standing",
           "headline", "stroke", "holds", "effect", "beside", "decided", "chain", "passages",
           "parts", "when", "about", "more", "note", "words", "disputed", "symmetric")  # fmt: skip
#: And where two scenes are compared.
_COMPARED = ("before", "change", "fateOfLine")


def _in_numbers(thing: Mapping[str, Any], places: Mapping[str, int]) -> Mapping[str, Any]:
    """What the script needs of a thing, its claims by their places among all."""
    parts = [[part, [places[id] for id in claims]] for part, claims in thing["parts"]]
    return {**thing, "parts": parts}


def _answer(picture: Picture, facts: FactSet) -> Mapping[str, Any] | None:
    """The answer with links into the picture, and a note where rows had to be left out."""
    table = picture.answer
    if table is None:
        return None
    left = len(table.rows) - MOST_ROWS
    more = (f"{counted(left, 'more row')} not in this page",) if left > 0 else ()
    return {
        "columns": table.columns,
        "rows": [[_cell(cell, picture, facts) for cell in row] for row in table.rows[:MOST_ROWS]],
        "notes": (*more, *table.notes),
    }


def _cell(cell: Cell, picture: Picture, facts: FactSet) -> tuple[str, str | None]:
    """The text of a cell, and where in the page it leads."""
    text = cell_text(cell)
    name = named(cell, facts)
    if name in picture.claims:
        return text, f"c={name}"
    return text, f"n={name}" if name in picture.things else None


#: The page's script by what it does, in the order in which it runs.
PARTS = ("changes", "data", "parts", "inferred", "filters", "lens", "relook", "dials", "theme",
         "canvas", "words", "pointing", "paths", "address", "sight", "panel", "legend", "find",
         "keys", "findings", "print", "tables", "long", "matrix", "times", "image",
         "begin")  # fmt: skip


def _read_script(parts: Sequence[str]) -> str:
    text = html.bare("".join(_read(f"page/{part}.js") for part in parts))
    failed = '(error) => { document.documentElement.classList.add("plain"); throw error; }'
    return f'"use strict";\n(async () => {{\n{text}}})().catch({failed});\n'


def _read(name: str) -> str:
    return files("kg.view").joinpath(name).read_text(encoding="utf-8")


def _notice(library: str) -> Mapping[str, Any]:
    """What the library says of itself at its head: its version, and whose it is."""
    head = library[: library.index("*/")]
    version = re.search(r"@version\s+(\S+)", head)
    owners = re.findall(r"@copyright\s+\(c\)\s+([^,\n]+)", head)
    return {"version": version[1] if version else "", "owners": owners}


def _read_library() -> str:
    """vis-network as pyvis brings it."""
    library = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8")
