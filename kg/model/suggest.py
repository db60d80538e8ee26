"""The nearest valid word to a wrong one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from kg.model.edit import Edit, Fix
from kg.model.facts import FactSet
from kg.model.text import Span


class Suggestion(NamedTuple):
    """What was probably meant by a wrong word, as a hint and as a fix."""

    hint: str
    fix: Fix


def suggest(word: str, choices: Iterable[str], span: Span) -> Suggestion | None:
    """The choice most like the `word` at `span`, if one is like it.

    Writing it is safe only where it is the same word in another spelling.
    """
    nearest = nearest_to(word, choices)
    if nearest is None:
        return None
    return Suggestion(f"did you mean '{nearest}'?", replacing(word, nearest, span))


def suggest_term(word: str, terms: Mapping[str, str], span: Span) -> Suggestion | None:
    """The type or relation that is probably meant: by its id, or else by the words that tell of it.

    Args:
        word: what is written.
        terms: the words of each term, its label before its description, by id.
        span: where it is written.
    """
    spelt = nearest_to(word, terms, 0.75)
    found = [spelt] if spelt else _told_by(word, terms)
    if not found:
        return suggest(word, terms, span)
    *first, last = [f"'{id}'" for id in found]
    hint = f"did you mean {', '.join(first)} or {last}?" if first else f"did you mean {last}?"
    return Suggestion(hint, replacing(word, found[0], span))


def _told_by(word: str, terms: Mapping[str, str]) -> list[str]:
    """Up to three terms whose words are like those of `word`."""
    by_word: dict[str, list[str]] = {}
    for id, words in terms.items():
        for each in dict.fromkeys(re.findall(r"\w{4,}", words.casefold())):
            by_word.setdefault(re.sub("ies$", "y", each), []).append(id)
    spoken = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", word).casefold().split()
    likest = [nearest_to(each, by_word, 0.8) for each in spoken if len(each) > 3]
    return list(dict.fromkeys(id for each in likest if each for id in by_word[each]))[:3]


def replacing(word: str, other: str, span: Span) -> Fix:
    """The fix that writes `other` for `word`."""
    is_safe = _letters(word) == _letters(other)
    return Fix(f"replace '{word}' by '{other}'", (Edit(span, other),), is_safe)


def _letters(word: str) -> str:
    return re.sub(r"[\s_-]", "", word.casefold())


def did_you_mean(word: str, choices: Iterable[str]) -> str | None:
    """A hint that names the choice most like `word`, if one is like it."""
    nearest = nearest_to(word, choices)
    return f"did you mean '{nearest}'?" if nearest else None


def nearest_to(word: str, choices: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The choice most like `word`, the first in order of the alphabet where two are.

    `cutoff` is how like it must be at least, from 0 for anything to 1 for the same.
    """
    import difflib  # only ever needed where something is wrong

    folded = {choice.casefold(): choice for choice in sorted(choices, reverse=True)}
    matcher = difflib.SequenceMatcher(b=word.casefold())
    found = difflib.get_close_matches(word.casefold(), sorted(folded), n=5, cutoff=cutoff)
    if not found:
        return None

    def distance(choice: str) -> tuple[float, str]:
        matcher.set_seq1(choice)
        return -matcher.ratio(), choice

    return folded[min(found, key=distance)]


def id_meant(word: str, facts: FactSet, among: Collection[str]) -> str | None:
    """The id that a word means: what has it for a name or an alias, else the nearest id or name."""
    names = {
        name.casefold(): entity.id
        for entity in facts.entities.values()
        if entity.id in among
        for name in (entity.name, *entity.aliases)
    }
    folded = word.casefold()
    return names.get(folded) or nearest_to(word, among) or names.get(nearest_to(word, names) or "")
