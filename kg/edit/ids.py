"""Ids suggested from what an entry says: the same content always gets the same id."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Container, Iterator, Mapping

from kg.edit.writing import Value
from kg.model.facts import UNKNOWN, Modality, Polarity, Verdict
from kg.reading.records import SUBJECT, slug

#: No suggested id is longer.
MAX_LENGTH = 60

#: Latin letters that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
     "þ": "th", "’": "", "'": ""}
)  # fmt: skip


def suggest_id(section: str, values: Mapping[str, Value], taken: Container[str]) -> str | None:
    """An id for an entry that has none, made of what it says.

    An entity gets its name, a source its publisher and its date, a fact its subject, relation and
    object, as far as each is a single one, and what is not usual of polarity and modality:
    `russia-backs-venezuela-denied`. A decision on identity is called as it decides:
    `usa-is-united-states`. Where that is taken, a source's title or a fact's source is put behind
    it, and then a hash of all that it says.

    Returns:
        None where there is nothing to make it of, such as a name in another script.
    """
    for id in _suggestions(section, values):
        if id not in taken and id not in (SUBJECT, UNKNOWN):
            return id
    return None


def words_of(name: str) -> str | None:
    """A name as an id: `Nicolás Maduro` as `nicolas-maduro`.

    Returns:
        None where a letter of it has no place in an id.
    """
    apart = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    if any(character.isalnum() and not character.isascii() for character in plain):
        return None
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or None


def _suggestions(section: str, values: Mapping[str, Value]) -> Iterator[str]:
    pieces = _PIECES[section](values)
    if not pieces:
        return
    yield _shortened(pieces)
    further = words_of(_text(values.get("title" if section == "sources" else "source")) or "")
    if further and further not in pieces:
        yield _shortened([*pieces, further])
    content = json.dumps(values, sort_keys=True, ensure_ascii=False)
    mark = hashlib.sha256(f"{section} {content}".encode()).hexdigest()[:8]
    yield f"{_shortened(pieces, MAX_LENGTH - 9)}-{mark}"


def _of_entity(values: Mapping[str, Value]) -> list[str]:
    name = words_of(_text(values.get("name")) or "")
    return [name] if name else []


def _of_source(values: Mapping[str, Value]) -> list[str]:
    published = words_of(_text(values.get("published")) or "")
    publisher = words_of(_text(values.get("publisher")) or "")
    title = words_of(_text(values.get("title")) or "")
    if publisher and published:
        return [publisher, published]
    named = [piece for piece in (publisher, title) if piece]
    return [*named, published] if named and published else named


def _of_fact(values: Mapping[str, Value]) -> list[str]:
    """The items of a list are added to the claims' ids anyway."""
    ends = [values.get(key) for key in ("subject", "relation", "object")]
    single = [_piece(end) for end in ends if isinstance(end, str)]
    pieces = single or [_piece(end[0]) for end in ends if end and not isinstance(end, Mapping)]
    stated = (("polarity", Polarity.AFFIRMED), ("modality", Modality.ACTUAL))
    said = [_text(values.get(key)) for key, usual in stated if values.get(key) != usual]
    return [piece for piece in (*pieces, *said) if piece]


def _of_identity(values: Mapping[str, Value]) -> list[str]:
    first, *rest = [id for id in values.get("entities", ()) if isinstance(id, str)]
    between = {Verdict.SAME: "is", Verdict.DIFFERENT: "is-not", Verdict.UNSURE: "may-be"}
    return [*rest, between[Verdict(str(values["verdict"]))], first]


_PIECES = {
    "entities": _of_entity,
    "sources": _of_source,
    "facts": _of_fact,
    "identities": _of_identity,
}


def _text(value: Value | None) -> str | None:
    return value if isinstance(value, str) else None


def _piece(value: object) -> str:
    return re.sub("-+", "-", slug(value)) if isinstance(value, str) else ""


def _shortened(pieces: list[str], limit: int = MAX_LENGTH) -> str:
    """The pieces in a row, the longest of them cut at its last words until all fit."""
    words = [piece.split("-") for piece in pieces]
    while len("-".join("-".join(each) for each in words)) > limit:
        longest = max(words, key=lambda each: (len(each) > 1, len("-".join(each))))
        if len(longest) > 1:
            longest.pop()
        elif len(longest[0]) > 1:
            longest[0] = longest[0][: -max(1, len(longest[0]) // 4)]
        else:
            break
    return "-".join("-".join(each) for each in words).strip("-")
