"""The vocabulary as a JSON-LD context, so that a claim can be written as plain JSON.

Every type, relation and code is a term by its own name. The documents that `kg build` writes use
prefixed names, which mean the same with this context and without it.
"""

from __future__ import annotations

import json
from typing import Any

from kg.model.prefixes import KG, PREFIXES
from kg.model.vocabulary import Vocabulary
from kg.publish.terms import ANYTHING, DATATYPES, GROUPS, Property, words_of


def context(vocabulary: Vocabulary) -> bytes:
    """The context as a JSON-LD document."""
    terms: dict[str, Any] = {"@version": 1.1, "@vocab": KG, "id": "@id", "type": "@type"}
    terms.update(sorted(PREFIXES.items()))
    terms["altLabel"] = "skos:altLabel"
    terms["closeMatch"] = {"@id": "skos:closeMatch", "@type": "@id"}
    terms["exactMatch"] = {"@id": "skos:exactMatch", "@type": "@id"}
    terms["prefLabel"] = {"@id": "skos:prefLabel", "@container": "@language"}
    for group in GROUPS:
        for each in sorted(group.properties, key=lambda each: not each.is_own):
            terms.setdefault(each.local, _term(each))
    for relation in vocabulary.relations.values():
        takes = DATATYPES[relation.literal] if relation.literal else ()
        terms[relation.id] = _term(Property(f"kg:{relation.id}", "", takes))
    return (json.dumps({"@context": terms}, ensure_ascii=False, indent=2) + "\n").encode()


def _term(each: Property) -> Any:
    """A term that types its values, where it can do so whatever the value is."""
    takes = each.takes
    if not takes or words_of(takes[0]) or takes == ("rdf:Property",):
        kind = "@vocab" if takes else "@id"
        return {"@id": each.name, "@type": kind}
    if takes == (ANYTHING,) or len(takes) > 1 or takes == ("xsd:string",):
        return each.name
    return {"@id": each.name, "@type": takes[0] if each.takes_values else "@id"}
