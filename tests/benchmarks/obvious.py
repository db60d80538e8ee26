"""The obvious code for the same job: load with PyYAML, add to rdflib, serialize.

It writes the triples that kg writes of these facts, so that both do the same work; it checks
nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from rdflib import Graph, Literal, Namespace
from rdflib.namespace import PROV, RDF, RDFS, XSD

KG = Namespace("https://w3id.org/actor-kg/ontology#")
BASE = "https://example.org/generated/"
E, C, S = Namespace(BASE + "entity/"), Namespace(BASE + "claim/"), Namespace(BASE + "source/")
A, P = Namespace(BASE + "attribution/"), Namespace(BASE + "passage/")


def load(folder: Path) -> list[dict[str, Any]]:
    """All facts of a folder."""
    facts: list[dict[str, Any]] = []
    for path in sorted((folder / "facts").glob("*.yaml")):
        with path.open(encoding="utf-8") as file:
            facts.extend(yaml.load(file, yaml.CSafeLoader).get("facts", ()))
    return facts


def graph_of(facts: list[dict[str, Any]]) -> Graph:
    """The facts as triples: those of the claim, its chain and its edge."""
    graph = Graph()
    for fact in facts:
        claim, link = C[fact["id"]], A[fact["id"] + "/1"]
        subject, relation, target = E[fact["subject"]], KG[fact["relation"]], E[fact["object"]]
        year = str(fact["when"])[:4]
        (said,) = fact["said_by"]
        label = f"{fact['subject']} {fact['relation']} {fact['object']}"
        triples = [
            (claim, RDF.type, KG.Claim),
            (claim, RDF.subject, subject),
            (claim, RDF.predicate, relation),
            (claim, RDF.object, target),
            (claim, RDFS.label, Literal(label)),
            (claim, KG.fact, Literal(fact["id"])),
            (claim, KG.source, S[fact["source"]]),
            (claim, PROV.hadPrimarySource, S[fact["source"]]),
            (claim, PROV.wasAttributedTo, E[said["by"]]),
            (claim, KG.polarity, KG[fact.get("polarity", "affirmed")]),
            (claim, KG.modality, KG[fact["modality"]]),
            (claim, KG.basis, KG.stated),
            (claim, KG.when, Literal(str(fact["when"]))),
            (claim, KG.validFrom, Literal(f"{year}-01-01", datatype=XSD.date)),
            (claim, KG.certainFrom, Literal(f"{year}-12-31", datatype=XSD.date)),
            (claim, KG.certainUntil, Literal("2025-12-28", datatype=XSD.date)),
            (claim, KG.holds, Literal(True)),
            (claim, KG.certain, Literal(True)),
            (claim, KG.passage, P[f"{fact['source']}/{fact['passage']}"]),
            (claim, KG.note, Literal(fact["note"])),
            (claim, KG.attribution, link),
            (link, RDF.type, KG.Attribution),
            (link, KG.position, Literal(1)),
            (link, KG.speaker, E[said["by"]]),
            (link, KG.verb, Literal(said["verb"])),
        ]
        for triple in triples:
            graph.add(triple)
        if fact.get("polarity") != "denied" and fact["modality"] == "actual":
            graph.add((subject, relation, target))
    return graph


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(graph_of(load(Path(sys.argv[1]))).serialize(format="turtle"))
