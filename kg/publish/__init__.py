"""What kg publishes of a vocabulary: files for other tools to read, and a page for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.model.vocabulary import Vocabulary
from kg.publish.context import context
from kg.publish.ontology import ontology
from kg.publish.reference import reference_page
from kg.publish.schema import facts_schema, ontology_schema, workspace_schema
from kg.publish.shapes import shapes

__all__ = ["ARTIFACTS", "artifacts", "reference_page"]

#: Every published file with what makes it.
ARTIFACTS: Mapping[str, Callable[[Vocabulary], bytes]] = {
    "context.jsonld": context,
    "facts.schema.json": facts_schema,
    "kg.ttl": ontology,
    "ontology.schema.json": ontology_schema,
    "shapes.ttl": shapes,
    "workspace.schema.json": workspace_schema,
}


def artifacts(vocabulary: Vocabulary) -> Mapping[str, bytes]:
    """The content of each published file by its name, the same bytes on every machine."""
    return {name: make(vocabulary) for name, make in ARTIFACTS.items()}
