"""What other tools say of the slips: the table of docs/explanation/messages-compared.md.

`python -m tests.slips.compare PYTHON` writes it; PYTHON is that of an environment with `linkml`,
which is no dependency of kg. Each of the others gets the best that it can have: PyYAML reads dates
as text, JSON Schema and SHACL are what kg publishes, and `linkml.yaml` says all that LinkML can.
"""

from __future__ import annotations

import json
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
from kg.rdf.dataset import to_dataset, to_rdflib
from kg.scene import look
from tests.slips.test_slips import CASES, HERE, found_in, with_slip

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
        data = yaml.load(open(path, encoding="utf-8"), Loader)
    except yaml.YAMLError:
        said[path] = None
        continue
    is_usual = isinstance(data, dict) and isinstance(data.get("facts", []), list)
    data = listed(data) if is_usual else data
    said[path] = [each.message for each in validate(data, sys.argv[1], "Document").results]
json.dump(said, sys.stdout)
"""


class Said(NamedTuple):
    """What a tool says of a slip, and whether it names its line and what to write."""

    words: str
    has_line: bool
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
    return Said(first.message, has_line=True, has_help=bool(first.hint))


def by_json_schema(path: Path, validator: Draft202012Validator) -> Said | None:
    """PyYAML's exception, or the error of JSON Schema that tells most."""
    try:
        data = yaml.load(path.read_bytes(), Loader)
    except yaml.MarkedYAMLError as error:
        return Said(str(error.problem), has_line=True, has_help=False)
    except yaml.YAMLError as error:
        return Said(str(error), has_line=False, has_help=False)
    worst = best_match(validator.iter_errors(data))
    return _by_schema(worst.message) if worst else None


def _by_schema(message: str) -> Said:
    """Words of a schema, which help where they list what may be written."""
    return Said(message, has_line=False, has_help="is not one of" in message)


def by_shacl(path: Path, shapes: Graph) -> Said | None:
    """pySHACL's first message on the graph of what could be read."""
    facts = check(with_slip(path)).facts
    graph = to_rdflib(to_dataset(look(facts, Lens(inference=Inference.OFF))))
    _, report, _ = validate(graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    messages = sorted(str(message) for message in report.objects(None, SH.resultMessage))
    return Said(messages[0], has_line=False, has_help=False) if messages else None


def by_linkml(python: str) -> Mapping[str, list[str] | None]:
    """What LinkML says of each case; None where PyYAML says it."""
    files = [*CASES, *(HERE / "world" / "facts").glob("*.yaml")]
    command = [python, "-c", _LINKML, str(HERE / "linkml.yaml"), *map(str, files)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    said: Mapping[str, list[str] | None] = json.loads(run.stdout)
    right = [said[str(path)] for path in files[len(CASES) :]]
    assert [[]] == right, f"LinkML finds fault with what is right: {right}"
    return said


def main(python: str) -> None:
    """Writes the table and the counts."""
    vocabulary = check(with_slip(CASES[0])).facts.vocabulary
    schema = json.loads(publish.ARTIFACTS["facts.schema.json"](vocabulary))
    validator = Draft202012Validator(schema)
    shapes = Graph().parse(data=publish.ARTIFACTS["shapes.ttl"](vocabulary), format="turtle")
    linkml = by_linkml(python)
    rows: list[tuple[str, list[Said | None]]] = []
    for path in CASES:
        other = by_json_schema(path, validator)
        told = linkml[str(path)]
        third = other if told is None else _by_schema(told[0]) if told else None
        rows.append((path.stem, [by_kg(path), other, third, by_shacl(path, shapes)]))
    lines = ["| slip | kg check | PyYAML, JSON Schema | LinkML | pySHACL |", "| --- " * 5 + "|"]
    lines += [f"| {name} | {' | '.join(map(_cell, said))} |" for name, said in rows]
    columns = list(zip(*(said for _, said in rows), strict=True))
    for title, counts in (
        ("found", lambda said: said is not None),
        ("with its line", lambda said: said is not None and said.has_line),
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
