"""What other tools say of the slips: the table of docs/explanation/messages-compared.md.

`python -m tests.slips.compare PYTHON` writes it; PYTHON is that of an environment with `linkml`,
which is no dependency of kg. Each of the others gets the best that it can have: PyYAML reads dates
as text, JSON Schema and SHACL are what kg publishes, and `linkml.yaml` says all that LinkML can.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH

from kg import publish
from kg.check import check
from kg.lens import Lens
from kg.model.dials import Inference
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Sequence
from kg.model.text import SourceText
from kg.rdf.dataset import to_dataset, to_rdflib
from kg.reading.document import read_document
from kg.scene import look
from tests.slips.test_slips import CASES, HERE, OF_KG_ALONE, PATH, found_in, places, with_slip

#: The lines of what another file declares, too: kg names both places.
DECLARED_AGAIN = {"entity-declared-again": 2, "id-declared-twice": 2}

PAGE = HERE.parent.parent / "docs" / "explanation" / "messages-compared.md"
START, END = "<!-- made by tests/slips/compare.py -->\n", "<!-- end -->\n"

_LINKML = """
import json, sys, yaml
from linkml.validator import validate
class Loader(yaml.SafeLoader): pass
Loader.yaml_implicit_resolvers = {
    letter: [(tag, regexp) for tag, regexp in pairs if not tag.endswith("timestamp")]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
def listed(data):
    # LinkML has no word for one value or a list of them.
    for entry in [*(data.get("facts") or []), *(data.get("entities") or {}).values()]:
        for key in ("subject", "object", "condition", "said_by", "passage", "about", "supersedes",
                    "aliases"):
            if isinstance(entry, dict) and key in entry and not isinstance(entry[key], list):
                entry[key] = [entry[key]]
    return data
said = {}
for path in sys.argv[2:]:
    try:
        data = yaml.load(open(path, "rb"), Loader)
    except yaml.YAMLError:
        said[path] = None
        continue
    is_usual = isinstance(data, dict) and isinstance(data.get("facts", []), list)
    is_usual = is_usual and isinstance(data.get("entities", {}), dict)
    data = listed(data) if is_usual else data
    said[path] = [each.message for each in validate(data, sys.argv[1], "Document").results]
json.dump(said, sys.stdout)
"""


class Said(NamedTuple):
    """What a tool says of a slip, and whether it leads to its line and says what to write."""

    words: str
    is_placed: bool
    has_help: bool


class Loader(yaml.SafeLoader):
    """PyYAML's, without dates."""


Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def by_kg(path: Path) -> Said | None:
    """The first finding of `kg check`."""
    first = found_in(with_slip(path))[0]
    spans = [first.span, *(related.span for related in first.related)]
    is_placed = any(span.path == PATH and span.line == line_of(path.stem) for span in spans)
    return Said(first.message, is_placed, has_help=bool(first.hint))


def line_of(name: str) -> int:
    """The line of a slip in its own file."""
    place = places()[name]
    return place.line if place.path == PATH else DECLARED_AGAIN[name]


def by_json_schema(path: Path, validator: Draft202012Validator) -> Said | None:
    """PyYAML's exception, or the error of JSON Schema that tells most."""
    try:
        data = yaml.load(path.read_bytes(), Loader)
    except yaml.MarkedYAMLError as error:
        marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
        is_placed = any(mark.line + 1 == line_of(path.stem) for mark in marks)
        return Said(str(error.problem), is_placed, has_help="expected" in str(error.problem))
    except yaml.YAMLError as error:
        return Said(str(error), is_placed=False, has_help=False)
    worst = best_match(validator.iter_errors(data))
    return _by_schema(worst.message, [*map(str, worst.absolute_path)], path) if worst else None


def _by_schema(message: str, keys: list[str], path: Path) -> Said:
    """Words of a schema: the path of keys leads to a line, or the words quote what stands there."""
    line, word = line_of(path.stem), places()[path.stem].word
    is_placed = _line_below(keys, path) == line or (bool(word) and f"'{word}'" in message)
    return Said(message, is_placed, any(words in message for words in _HELPFUL))


#: What a schema says where it tells what may stand there, or has to.
_HELPFUL = ("is not one of", "is not of type", "does not match", "is a required property")


def _line_below(keys: list[str], path: Path) -> int | None:
    """The line of what a path of keys leads to, as an editor would find it."""
    node: Node | None = read_document(SourceText(PATH, path.read_bytes()), [])
    for key in keys:
        if isinstance(node, MappingNode):
            node = node.value(key)
        elif isinstance(node, Sequence):
            node = node.items[int(key)] if int(key) < len(node.items) else None
    return None if node is None else node.start.line + 1


def by_shacl(path: Path, shapes: Graph) -> Said | None:
    """pySHACL's first message on the graph of what could be read."""
    facts = check(with_slip(path)).facts
    graph = to_rdflib(to_dataset(look(facts, Lens(inference=Inference.OFF))))
    _, report, _ = validate(graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    messages = sorted(str(message) for message in report.objects(None, SH.resultMessage))
    if not messages:
        return None
    named = [*report.objects(None, SH.focusNode), *report.objects(None, SH.value)]
    line = path.read_text(encoding="utf-8").split("\n")[line_of(path.stem) - 1]
    is_placed = any(
        re.search(rf"\b{re.escape(re.split('[/#]', str(n))[-1])}\b", line) for n in named
    )
    return Said(messages[0], is_placed, has_help=" takes " in messages[0])


def by_linkml(python: str) -> Mapping[str, list[str] | None]:
    """What LinkML says of each case; None where PyYAML says it."""
    files = [*CASES, *(HERE / "world" / "facts").glob("*.yaml")]
    command = [python, "-c", _LINKML, str(HERE / "linkml.yaml"), *map(str, files)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    said: Mapping[str, list[str] | None] = json.loads(run.stdout)
    right = [said[str(path)] for path in files[len(CASES) :]]
    assert [[]] == right, f"LinkML finds fault with what is right: {right}"
    return said


def _by_linkml(message: str, path: Path) -> Said:
    words, _, keys = message.rpartition(" in /")
    return _by_schema(words or message, [key for key in keys.split("/") if key], path)


def main(python: str) -> None:
    """Writes the table and the counts."""
    vocabulary = check(with_slip(CASES[0])).facts.vocabulary
    schema = json.loads(publish.ARTIFACTS["facts.schema.json"](vocabulary))
    validator = Draft202012Validator(schema)
    shapes = Graph().parse(data=publish.ARTIFACTS["shapes.ttl"](vocabulary), format="turtle")
    linkml = by_linkml(python)
    rows: list[tuple[str, list[Said | None]]] = []
    for path in (path for path in CASES if path.stem not in OF_KG_ALONE):
        other = by_json_schema(path, validator)
        told = linkml[str(path)]
        third = other if told is None else _by_linkml(told[0], path) if told else None
        rows.append((path.stem, [by_kg(path), other, third, by_shacl(path, shapes)]))
    lines = ["| slip | kg check | PyYAML, JSON Schema | LinkML | pySHACL |", "| --- " * 5 + "|"]
    lines += [f"| {name} | {' | '.join(map(_cell, said))} |" for name, said in rows]
    columns = list(zip(*(said for _, said in rows), strict=True))
    for title, counts in (
        ("found", lambda said: said is not None),
        ("at the right line", lambda said: said is not None and said.is_placed),
        ("with what to write", lambda said: said is not None and said.has_help),
    ):
        numbers = " | ".join(f"**{sum(map(counts, column))}**" for column in columns)
        lines.append(f"| **{title}, of {len(rows)}** | {numbers} |")
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.partition(START)[0], page.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n" + "\n".join(lines) + f"\n\n{END}{after}", encoding="utf-8")


def _cell(said: Said | None) -> str:
    if said is None:
        return "—"
    words = " ".join(said.words.split()).replace("|", "¦")
    words = words if len(words) <= 90 else words[:89] + "…"
    return f"`{words.replace('`', '')}`"


if __name__ == "__main__":
    main(sys.argv[1])
