"""A new name for an id, everywhere it is written."""

from __future__ import annotations

import re

from kg.assist.target import Target, declarations, mentions_of
from kg.assist.world import World
from kg.check import Texts
from kg.edit.references import unread
from kg.model.edit import Edit
from kg.model.facts import UNKNOWN
from kg.model.vocabulary import RESERVED
from kg.reading.records import SUBJECT, slug
from kg.reading.shape import Space
from kg.reading.values import ID_PATTERN, PART_PATTERN, RELATION_PATTERN, TYPE_PATTERN

_PATTERNS = {
    Space.TYPE: TYPE_PATTERN,
    Space.RELATION: RELATION_PATTERN,
    Space.PART: PART_PATTERN,
}


class RenameError(ValueError):
    """An id cannot be renamed, or not so."""


def refusal(target: Target, world: World, texts: Texts) -> str | None:
    """Why an id cannot be renamed, if so."""
    claims = world.facts.claims
    if target.space is Space.THING and target.id in claims and "--" in target.id:
        return "a claim is called after its fact and the lists in it: rename one of these"
    if target.id in (SUBJECT, UNKNOWN) and target.space is Space.THING:
        return f"'{target.id}' has a meaning of its own"
    declared = declarations(target, world, texts)
    if not declared:
        return f"'{target.id}' is declared nowhere"
    if any(span.path.startswith("kg/core/") for span in declared):
        return f"'{target.id}' belongs to the core ontology"
    return None


def rename(target: Target, name: str, world: World, texts: Texts) -> tuple[Edit, ...]:
    """The edits that give an id a new name in all files.

    Raises:
        RenameError: if it cannot be renamed, or not so.
    """
    problem = refusal(target, world, texts) or _unfit(target, name, world)
    if problem is not None:
        raise RenameError(problem)
    broken = unread(texts)
    if broken:
        raise RenameError(
            f"{broken[0]} cannot be read, so it may hold '{target.id}': mend it first"
        )
    return tuple(
        Edit(mention.span, slug(name) if mention.is_slug else name)
        for mention in mentions_of(target, world, texts)
        if not mention.span.path.startswith("kg/core/")
    )


def _unfit(target: Target, name: str, world: World) -> str | None:
    pattern = _PATTERNS.get(target.space, ID_PATTERN)
    facts, vocabulary = world.facts, world.facts.vocabulary
    if not re.fullmatch(pattern, name):
        return f"'{name}' cannot be an id here"
    taken: dict[Space, object] = {
        Space.THING: {*facts.ids, *facts.profile.groups, SUBJECT, UNKNOWN},
        Space.GROUP: {**world.types, **facts.profile.groups, SUBJECT: "", UNKNOWN: ""},
        Space.TYPE: {*vocabulary.types, *RESERVED},
        Space.RELATION: {*vocabulary.relations, *vocabulary.schemes, *RESERVED},
        Space.SCHEME: {*vocabulary.schemes, *vocabulary.relations, *RESERVED},
        Space.LENS: {*facts.profile.lenses, "default"},
        Space.PART: _parts(target, world),
    }  # fmt: skip
    holds = taken[target.space]
    if isinstance(holds, dict | set | tuple) and name in holds and name != target.id:
        return f"'{name}' is taken"
    return None


def _parts(target: Target, world: World) -> tuple[str, ...]:
    source = world.facts.sources.get(target.of or "")
    return tuple(source.text.parts) if source and source.text else ()
