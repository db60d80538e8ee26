"""Every IRI of kg is minted here. There are no blank nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.model.facts import Claim, FactSet, Literal, Passage, Profile
from kg.model.prefixes import KG, PREFIXES
from kg.rdf.terms import in_order, in_path, literal, prefixed

#: What a workspace mints under a prefix, below its base.
_FOLDERS = {"e": "entity/", "c": "claim/", "s": "source/"}


def prefixes_of(profile: Profile) -> Mapping[str, str]:
    """The prefixes that every query and every document of a workspace may use.

    Those of kg go before a workspace's own of the same name.
    """
    minted = {name: profile.base + folder for name, folder in _FOLDERS.items()}
    return {**profile.prefixes, **PREFIXES, **minted}


@lru_cache(maxsize=4096)
def kg_name(local: str) -> str:
    """The name of a type, a relation or any other word of the vocabulary."""
    return prefixed("kg", KG, local)


@dataclass(frozen=True, slots=True)
class Minted:
    """The names of everything in a workspace."""

    base: str
    things: Mapping[str, str]  #: the term of each entity, source and claim

    @classmethod
    def of(cls, facts: FactSet) -> Minted:
        """The names of all that `facts` declare."""
        base = facts.profile.base
        kinds = (("e", facts.entities), ("s", facts.sources), ("c", facts.claims))
        things = {
            id_: prefixed(prefix, base + _FOLDERS[prefix], id_)
            for prefix, ids in kinds
            for id_ in ids
        }
        return cls(base, things)

    def thing(self, id_: str) -> str:
        """The name of an entity, source or claim; what is none of them counts as an entity."""
        return self.things.get(id_) or prefixed("e", self.base + _FOLDERS["e"], id_)

    def each(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Their names, each once, in order."""
        return in_order([self.thing(id_) for id_ in ids])

    def object(self, target: str | Literal) -> str:
        """What a claim or an edge links its subject to: the name of a thing, or a value."""
        return literal(target) if isinstance(target, Literal) else self.thing(target)

    def passage(self, passage: Passage) -> str:
        """The name of a passage: a part of a source, or characters of it."""
        path = f"{in_path(passage.source)}/{in_path(passage.part)}"
        if passage.chars is not None:
            path += f"/{passage.chars[0]}-{passage.chars[1]}"
        return f"<{self.base}passage/{path}>"

    def attributions(self, claim: Claim) -> tuple[str, ...]:
        """The names of the links in a claim's chain."""
        start = f"<{self.base}attribution/{in_path(claim.id)}/"
        return tuple(f"{start}{position}>" for position, _ in enumerate(claim.said_by, start=1))

    def decision(self, id_: str) -> str:
        """The name of a decision."""
        return f"<{self.base}decision/{in_path(id_)}>"

    def identity(self, id_: str) -> str:
        """The name of a decision on which entities are one."""
        return f"<{self.base}identity/{in_path(id_)}>"

    def inference(self, subject: str, relation: str, object_: str | Literal) -> str:
        """The name of an inferred edge, made of what it links."""
        end = object_.text if isinstance(object_, Literal) else object_
        return f"<{self.base}inference/{in_path(subject)}/{in_path(relation)}/{in_path(end)}>"

    def graph(self, lens: str) -> str:
        """The IRI of the graph of a lens."""
        return f"{self.base}graph/{in_path(lens)}"
