"""What can be written at a place: keys, ids and words that fit there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.assist.cursor import Cursor, cursor_at, table_of
from kg.assist.describe import entity_line, relation_line
from kg.assist.meanings import meanings
from kg.assist.source import default_source, source_at
from kg.assist.world import World
from kg.edit.ids import suggest_id
from kg.edit.writing import Value
from kg.model.facts import RULED_OUT, UNKNOWN
from kg.model.prefixes import PREFIXES
from kg.model.vocabulary import ACTOR, DOCUMENT, LiteralKind, Relation
from kg.reading.records import SUBJECT
from kg.reading.shape import Keys, Kind, Space
from kg.reading.values import CHAIN, CONDITION, CURIE, INTERVAL, LANGUAGE, RANGE_ITEM
from kg.wording import sentence

#: More than anybody reads; those who type on are answered again.
LIMIT = 200


class Sort(StrEnum):
    """What a suggestion is."""

    KEY = "key"
    ENTITY = "entity"
    SOURCE = "source"
    FACT = "fact"
    CLAIM = "claim"
    RELATION = "relation"
    TYPE = "type"
    PART = "part"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can be written at a place."""

    label: str
    sort: Sort
    detail: str = ""  #: short, beside the label
    about: str = ""  #: longer, for one alone: plain text
    names: tuple[str, ...] = ()  #: by what else it is found
    rank: int = 0  #: those of a lower rank come first
    text: str | None = None  #: what is put in, if it is not the label


@dataclass(frozen=True, slots=True)
class Completion:
    """All that can be written at a place, and what of the line it replaces."""

    suggestions: tuple[Suggestion, ...]
    start: int
    end: int
    is_whole: bool  #: there are no more; else one asks again after the next letter


NOTHING = Completion((), 0, 0, True)


def complete(lines: Sequence[str], path: str, row: int, column: int, world: World) -> Completion:
    """What can be written at a row and a column, from 0, of the file at a path."""
    cursor = cursor_at(_without_colon(lines, row, column), table_of(path), row, column)
    if cursor is None:
        return NOTHING
    word = cursor.word
    start = word.start + len(word.quote)
    end = max(word.end - len(word.quote), start) if _is_closed(lines, cursor) else word.end
    typed = lines[row][start:column]
    if column < start:
        return NOTHING
    fits = ((_fit(s, typed), s) for s in _offered(cursor, lines, typed, world))
    ranked = [(fit, s.rank, s.label, s) for fit, s in fits if fit is not None]
    found = [s for *_, s in sorted(ranked, key=lambda each: each[:3])]
    before = lines[row][:start]
    lead = " " if before.endswith((":", "-")) and not word.quote and word.start else ""
    shown = [_with_lead(s, lead) for s in found[:LIMIT]] if lead else found[:LIMIT]
    return Completion(tuple(shown), start, end, len(found) <= LIMIT)


def _without_colon(lines: Sequence[str], row: int, column: int) -> Sequence[str]:
    """The lines, with `not:` right before a place as one word: its scenario is yet to come."""
    if not re.search(r"(?:^|[\s\[,'\"])not:$", lines[row][:column]):
        return lines
    text = lines[row]
    return [*lines[:row], text[: column - 1] + "_" + text[column:], *lines[row + 1 :]]


def _is_closed(lines: Sequence[str], cursor: Cursor) -> bool:
    word = cursor.word
    raw = lines[word.row][word.start : word.end]
    return bool(word.quote) and len(raw) > 1 and raw.endswith(word.quote)


def _with_lead(suggestion: Suggestion, lead: str) -> Suggestion:
    return replace(suggestion, text=lead + (suggestion.text or suggestion.label))


def _fit(suggestion: Suggestion, typed: str) -> int | None:
    """How well what is typed fits, from 0 for the beginning of an id on; None if not at all."""
    folded = typed.casefold()
    label, *names = (name.casefold() for name in (suggestion.label, *suggestion.names))
    if label.startswith(folded):
        return 0
    if any(name.startswith(folded) for name in names):
        return 1
    if any(re.search(rf"\b{re.escape(folded)}", name) for name in (label, *names)):
        return 2
    if any(folded in name for name in (label, *names)):
        return 3
    letters = iter(label)
    return 4 if all(letter in letters for letter in folded) else None  # some are left out


def _offered(
    cursor: Cursor, lines: Sequence[str], typed: str, world: World
) -> Iterator[Suggestion]:
    if cursor.table is not None:
        yield from _keys(cursor, cursor.table, lines)
    if cursor.name is not None:
        yield from _free_keys(cursor, cursor.name, world)
    if cursor.kind is not None and not cursor.starts_item:
        yield from _values(cursor, cursor.kind, lines, typed, world)


# -- keys -----------------------------------------------------------------------------------------


def _keys(cursor: Cursor, table: Keys, lines: Sequence[str]) -> Iterator[Suggestion]:
    """The keys that are not there yet, those that must be there first."""
    is_new = not cursor.is_key  # the mapping begins here
    present = set() if is_new else {k for k in cursor.mapping.entries if not _is_own(cursor, k)}
    has_source = default_source(cursor, lines) is not None
    dash = "- " if cursor.starts_item else ""
    colon = "" if cursor.has_colon else ": "
    for index, key in enumerate(table.by_name.values()):
        if key.name not in present:
            is_required = key.required and not (key.name == "source" and has_source)
            detail = "required" if is_required else ""
            rank = index if is_required else 100 + index
            text = None if not dash and not colon else f"{dash}{key.name}{colon}"
            yield Suggestion(
                key.name, Sort.KEY, detail, key.summary, rank=rank + 1000 * is_new, text=text
            )


def _is_own(cursor: Cursor, name: str) -> bool:
    """Whether a key of the mapping is the word itself."""
    return cursor.has_colon and name == cursor.word.text


def _free_keys(cursor: Cursor, kind: Kind, world: World) -> Iterator[Suggestion]:
    """The keys of a mapping that may have any: code schemes, languages."""
    present = {k for k in cursor.mapping.entries if cursor.is_key and not _is_own(cursor, k)}
    colon = "" if cursor.has_colon else ": "
    if Space.SCHEME in kind.names:
        for scheme in world.facts.vocabulary.schemes.values():
            if scheme.id not in present:
                about = f"{scheme.label}: {scheme.pattern}"
                yield Suggestion(
                    scheme.id, Sort.WORD, scheme.label, about, (scheme.label,),
                    text=scheme.id + colon,
                )  # fmt: skip
    elif kind is LANGUAGE:
        for rank, language in enumerate(world.languages):
            if language not in present:
                yield Suggestion(language, Sort.WORD, "language", rank=rank, text=language + colon)


# -- values ---------------------------------------------------------------------------------------


def _values(
    cursor: Cursor, kind: Kind, lines: Sequence[str], typed: str, world: World
) -> Iterator[Suggestion]:
    there = _listed(cursor)
    for suggestion in _all_values(cursor, kind, lines, typed, world):
        if suggestion.label not in there:
            yield suggestion


def _listed(cursor: Cursor) -> set[str]:
    """What the list has already in which the place is."""
    if not cursor.levels[-1].is_list or cursor.key is None:
        return set()
    return {word for word in cursor.sibling(cursor.key.name) if word != cursor.word.text}


def _all_values(
    cursor: Cursor, kind: Kind, lines: Sequence[str], typed: str, world: World
) -> Iterator[Suggestion]:
    if kind.words:
        for rank, (word, meaning) in enumerate(meanings(kind).items()):
            yield Suggestion(word, Sort.WORD, meaning, meaning, rank=rank)
    elif kind is CONDITION:
        yield from _conditions(typed, world)
    elif Space.THING in kind.names:
        yield from _things(cursor, kind, world)
    elif kind is CHAIN:
        yield from _chains(typed, world)
    elif Space.RELATION in kind.names:
        yield from _relations(cursor, world)
    elif Space.TYPE in kind.names:
        yield from _types(cursor, kind, world)
    elif Space.PART in kind.names:
        yield from _parts(cursor, lines, world)
    elif kind is LANGUAGE:
        for rank, language in enumerate(world.languages):
            yield Suggestion(language, Sort.WORD, rank=rank)
    elif kind is INTERVAL and cursor.key is not None and cursor.key.name == "when":
        yield from _dates(cursor, lines, world)
    elif cursor.keys == ("facts", "id"):
        yield from _fact_ids(cursor, world)
    elif kind is CURIE:
        yield from _curies(world)
    elif cursor.key is not None and cursor.key.name in world.words_used:
        for rank, word in enumerate(world.words_used[cursor.key.name]):
            yield Suggestion(word, Sort.WORD, "used before", rank=rank)
    if Space.TYPE in kind.names and Space.THING in kind.names:
        yield from _groups_and_types(world)


def _conditions(typed: str, world: World) -> Iterator[Suggestion]:
    for id in world.scenarios:
        entity = world.facts.entities[id]
        detail = entity_line(entity, world.facts)
        names = (entity.name, *entity.aliases)
        if not typed.startswith(RULED_OUT):
            yield Suggestion(id, Sort.ENTITY, detail, entity.description or "", names)
        against = tuple(RULED_OUT + name for name in names)
        yield Suggestion(
            RULED_OUT + id, Sort.ENTITY, f"ruled out: {detail}", entity.description or "", against,
            rank=1,
        )  # fmt: skip


def _things(cursor: Cursor, kind: Kind, world: World) -> Iterator[Suggestion]:
    facts, takes = world.facts, kind.takes
    fits = _fitting_ends(cursor, world)
    if fits is not None and not fits.takes_things:
        return
    if "entity" in takes:
        for entity in facts.entities.values():
            if fits is None or fits.admits(entity.type):
                yield Suggestion(
                    entity.id, Sort.ENTITY, entity_line(entity, facts), entity.description or "",
                    (entity.name, *entity.aliases, *(name for _, name in entity.labels)),
                )  # fmt: skip
    if "source" in takes:
        for source in facts.sources.values():
            if fits is None or fits.admits(source.type):
                detail = f"{source.title} · {source.type}"
                about = source.description or ""
                yield Suggestion(source.id, Sort.SOURCE, detail, about, (source.title,), rank=1)
    if "fact" in takes:
        yield from _facts_and_claims(cursor, world)
    if cursor.key is not None and cursor.key.name in ("said_by", "by"):
        yield Suggestion(SUBJECT, Sort.WORD, "the subject of each claim", rank=2)
        yield Suggestion(UNKNOWN, Sort.WORD, "somebody not named", rank=2)


def _facts_and_claims(cursor: Cursor, world: World) -> Iterator[Suggestion]:
    facts, own = world.facts, cursor.sibling("id")
    for fact, claims in facts.facts.items():
        if fact in own:
            continue
        first = sentence(facts.claims[claims[0]], facts)
        if claims == (fact,):
            yield Suggestion(fact, Sort.CLAIM, first, first, rank=3)
            continue
        yield Suggestion(fact, Sort.FACT, f"{len(claims)} claims", first, rank=3)
        for claim in claims:
            said = sentence(facts.claims[claim], facts)
            yield Suggestion(claim, Sort.CLAIM, said, said, rank=4)


@dataclass(frozen=True, slots=True)
class _Ends:
    """The types that an end of a fact may have, as its relations say."""

    takes_things: bool
    admits: Callable[[str], bool]


def _fitting_ends(cursor: Cursor, world: World) -> _Ends | None:
    """What may stand here by the relations of the fact; None where they say nothing."""
    side = cursor.key.name if cursor.key is not None else ""
    vocabulary = world.facts.vocabulary
    if side in ("said_by", "by"):
        return _Ends(True, lambda type_id: vocabulary.may_be(type_id, (ACTOR, DOCUMENT)))
    if cursor.keys[:1] != ("facts",) or side not in ("subject", "object"):
        return None
    named = [vocabulary.relations.get(id) for id in cursor.sibling("relation")]
    relations = [relation for relation in named if relation is not None]
    if not relations:
        return None
    if side == "object":
        relations = [relation for relation in relations if relation.literal is None]
        ends = [relation.range for relation in relations]
    else:
        ends = [relation.domain for relation in relations]

    def admits(type_id: str) -> bool:
        return all(not types or vocabulary.may_be(type_id, types) for types in ends)

    if relations and not any(map(admits, world.types_used)):
        return None  # nothing fits yet: better all than none
    return _Ends(bool(relations), admits)


def _relations(cursor: Cursor, world: World) -> Iterator[Suggestion]:
    """Those that fit what stands in subject and object; where none does, all."""
    relations = world.facts.vocabulary.relations
    if cursor.keys[:1] == ("facts",):
        fitting = {r.id: r for r in relations.values() if _connects(r, cursor, world)}
        relations = fitting or dict(relations)
    most = max(world.uses.values(), default=0)
    for relation in relations.values():
        line = relation_line(relation)
        rank = most - world.uses.get(relation.id, 0)
        names = (relation.label, relation.inverse_label)
        yield Suggestion(relation.id, Sort.RELATION, line, relation.description, names, rank)


def _connects(relation: Relation, cursor: Cursor, world: World) -> bool:
    may_be = world.facts.vocabulary.may_be
    objects = cursor.sibling("object")
    for ids, types in ((cursor.sibling("subject"), relation.domain), (objects, relation.range)):
        known = [world.types[id] for id in ids if id in world.types]
        if types and not all(may_be(type_id, types) for type_id in known):
            return False
    return relation.literal is None or not any(id in world.types for id in objects)


def _chains(typed: str, world: World) -> Iterator[Suggestion]:
    done = typed[: typed.rfind("/") + 1]
    for relation in world.facts.vocabulary.relations.values():
        yield Suggestion(done + relation.id, Sort.RELATION, relation_line(relation))


def _types(cursor: Cursor, kind: Kind, world: World) -> Iterator[Suggestion]:
    vocabulary = world.facts.vocabulary
    only = (DOCUMENT,) if cursor.keys[:1] == ("sources",) else ()
    most = max(world.types_used.values(), default=0)
    for each in vocabulary.types.values():
        if not only or vocabulary.may_be(each.id, only):
            rank = most - world.types_used.get(each.id, 0)
            about = each.description or each.label
            yield Suggestion(each.id, Sort.TYPE, each.label, about, (each.label,), rank)
    if kind is RANGE_ITEM and cursor.keys[-1:] == ("range",):
        for literal in LiteralKind:
            yield Suggestion(literal, Sort.WORD, "a value, not a thing", rank=most + 1)


def _parts(cursor: Cursor, lines: Sequence[str], world: World) -> Iterator[Suggestion]:
    is_own = cursor.keys[:1] == ("sources",)
    source = world.facts.sources.get(cursor.keys[1] if is_own else source_at(cursor, lines) or "")
    if source is None or source.text is None:
        return
    for rank, (part, (start, end)) in enumerate(
        sorted(source.text.parts.items(), key=lambda item: item[1])
    ):
        headline = "headline, " if part in source.text.headline else ""
        detail = f"{headline}{end - start} characters of {source.title}"
        yield Suggestion(part, Sort.PART, detail, rank=rank)


def _dates(cursor: Cursor, lines: Sequence[str], world: World) -> Iterator[Suggestion]:
    source = world.facts.sources.get(source_at(cursor, lines) or "")
    if source is not None and source.published_text:
        date = source.published_text
        yield Suggestion(date, Sort.WORD, "when the source was published")
        yield Suggestion(f"{date}/..", Sort.WORD, "from then on", rank=1)


def _fact_ids(cursor: Cursor, world: World) -> Iterator[Suggestion]:
    """An id made of what the fact says already."""
    values: dict[str, Value] = {
        key: words[0] if len(words) == 1 else list(words)
        for key, words in cursor.mapping.entries.items()
        if words and key != "id"
    }
    facts = world.facts
    taken = facts.ids | facts.profile.groups.keys()
    id = suggest_id("facts", values, taken) if values else None
    if id is not None:
        yield Suggestion(id, Sort.WORD, "from what the fact says")


def _curies(world: World) -> Iterable[Suggestion]:
    return (Suggestion(f"{p}:", Sort.WORD, address) for p, address in PREFIXES.items())


def _groups_and_types(world: World) -> Iterator[Suggestion]:
    groups: Mapping[str, tuple[str, ...]] = world.facts.profile.groups
    for name, voices in groups.items():
        yield Suggestion(name, Sort.WORD, f"group: {', '.join(voices)}", rank=2)
    for each in world.facts.vocabulary.types.values():
        yield Suggestion(each.id, Sort.TYPE, f"every {each.label}", each.description, rank=3)
    yield Suggestion(UNKNOWN, Sort.WORD, "somebody not named", rank=2)
