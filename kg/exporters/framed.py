"""JSON-LD with claims as objects that hold what they speak of: for programs that know no RDF."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.exporters.exporter import Exporter
from kg.rdf.dataset import to_dataset
from kg.scene import Scene

_NAMED: Mapping[str, Any] = {"@embed": "@always", "@explicit": True, "rdfs:label": {}}

#: What a claim holds in full; of other things only their address is kept. The shape is that of a
#: JSON-LD frame, and the frame of the export is made of it.
SHAPE: Mapping[str, Any] = {
    "rdf:subject": _NAMED,
    "rdf:predicate": _NAMED,
    "rdf:object": _NAMED,
    "kg:condition": _NAMED,
    "kg:unless": _NAMED,
    "kg:source": {**_NAMED, "dcterms:issued": {}, "schema:url": {}},
    "kg:attribution": {"@embed": "@always", "kg:speaker": _NAMED},
    "kg:passage": {
        "@embed": "@always",
        "oa:hasSelector": {"@embed": "@always"},
        "oa:hasSource": {"@embed": "@never"},
    },
}


def export(scene: Scene) -> Mapping[str, bytes]:
    """`claims.jsonld`, and `frame.jsonld`, which makes the same of a build's `graph.jsonld`."""
    document = json.loads(to_dataset(scene).jsonld())
    nodes = {node["@id"]: node for node in document["@graph"]}
    claims = [node for node in nodes.values() if "kg:Claim" in node.get("@type", ())]
    lens = [node for node in nodes.values() if "kg:Lens" in node.get("@type", ())]
    context = json.dumps(document["@context"], ensure_ascii=False, indent=1)
    lines = ",\n".join(map(_line, [*lens, *(_embed(claim, SHAPE, nodes) for claim in claims)]))
    framed = f'{{"@context": {context},\n"@graph": [\n{lines}\n]}}\n'
    head = {"@context": document["@context"], "@type": ["kg:Claim", "kg:Lens"]}
    frame = {**head, "@embed": "@never", "@omitDefault": True, **SHAPE}
    written = json.dumps(frame, ensure_ascii=False, indent=1) + "\n"
    return {"claims.jsonld": framed.encode(), "frame.jsonld": written.encode()}


def _embed(node: Any, shape: Mapping[str, Any], nodes: Mapping[str, Any]) -> Any:
    """A node with the nodes that `shape` names in place of their addresses."""
    kept = (name for name in node if not shape.get("@explicit") or name in _ALWAYS or name in shape)
    return {
        name: _embedded(node[name], shape[name], nodes) if name in shape else node[name]
        for name in kept
    }


_ALWAYS = ("@id", "@type")


def _embedded(value: Any, shape: Mapping[str, Any], nodes: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_embedded(each, shape, nodes) for each in value]
    if not isinstance(value, dict) or value.get("@id") not in nodes:
        return value  # a text, a number, or the address of something outside
    if shape["@embed"] == "@never":
        return value
    return _embed(nodes[value["@id"]], shape, nodes)


def _line(node: Any) -> str:
    """On one line: that is written four times as fast as with indents, and diffs claim by claim."""
    return json.dumps(node, ensure_ascii=False)


EXPORTER = Exporter("jsonld-frame", "claims as nested JSON-LD objects, for programs", export)
