"""The nearest valid word to a wrong one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from kg.model.edit import Edit, Fix
from kg.model.facts import FactSet
from kg.model.text import Span


class Suggestion(NamedTuple):
    """What was probably meant by a wrong word, as a hint and as a fix."""

    hint: str
    fix: Fix | None  #: where there is one thing that can have been meant


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
    spelt = nearest_to(word, terms, 0.8)
    found = [spelt] if spelt else _told_by(word, terms)
    if not found:
        return suggest(word, terms, span)
    *first, last = [f"'{id}'" for id in found]
    hint = f"did you mean {', '.join(first)} or {last}?" if first else f"did you mean {last}?"
    return Suggestion(hint, None if first else replacing(word, found[0], span))


def _told_by(word: str, terms: Mapping[str, str]) -> list[str]:
    """Up to three terms whose words are like those of `word`."""
    by_word = _terms_by_word(tuple(terms.items()))
    choices = tuple(by_word)
    spoken = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", word).casefold().split()
    likest = [nearest_to(each, choices, 0.8) for each in spoken[:_SPOKEN] if len(each) > 3]
    return list(dict.fromkeys(id for each in likest if each for id in by_word[each]))[:3]


@lru_cache(maxsize=4)
def _terms_by_word(terms: tuple[tuple[str, str], ...]) -> Mapping[str, list[str]]:
    by_word: dict[str, list[str]] = {}
    for id, words in terms:
        for each in dict.fromkeys(re.findall(r"\w{4,}", words.casefold())):
            by_word.setdefault(re.sub("ies$", "y", each), []).append(id)
    return by_word


def replacing(word: str, other: str, span: Span) -> Fix:
    """The fix that writes `other` for `word`."""
    is_safe = _letters(word) == _letters(other)
    return Fix(f"replace '{word}' by '{other}'", (Edit(span, other),), is_safe)


def _letters(word: str) -> str:
    return re.sub(r"[\s_-]", "", word.casefold())


#: A longer word is no misspelling of anything, and takes long to compare.
_LONGEST = 100
_SHORT = 3
_SPOKEN = 8  #: no term is called by more words than so many


def did_you_mean(word: str, choices: Iterable[str]) -> str | None:
    """A hint that names the choice most like `word`, if one is like it."""
    nearest = nearest_to(word, choices)
    return f"did you mean '{nearest}'?" if nearest else None


def nearest_to(word: str, choices: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The choice most like `word`, the first in order of the alphabet where two are.

    Where none is like it, the one that begins with it.

    Args:
        word: what was written.
        choices: what may have been meant; a tuple, if many words are to be held to it.
        cutoff: how like a choice must be at least, from 0 for anything to 1 for the same.
    """
    from rapidfuzz import fuzz, process  # only ever needed where something is wrong

    if len(word) > _LONGEST:
        return None
    if len(word) <= _SHORT:  # one letter of so few is much
        cutoff = min(cutoff, 0.6)
    known = _folded(choices if isinstance(choices, tuple) else tuple(choices))
    found = process.extractOne(
        word.casefold(), known.keys(), scorer=fuzz.ratio, score_cutoff=100 * cutoff
    )
    if found:
        return known[found[0]]
    begun = word.casefold()
    fuller = [id for folded, id in known.items() if len(begun) > 2 and folded.startswith(begun)]
    return fuller[0] if len(fuller) == 1 else None


@lru_cache(maxsize=16)
def _folded(choices: tuple[str, ...]) -> Mapping[str, str]:
    """The choices by what they are in small letters, in order of the alphabet."""
    by_folded = {choice.casefold(): choice for choice in sorted(choices, reverse=True)}
    return {folded: by_folded[folded] for folded in sorted(by_folded)}


def listing(words: Iterable[str], joined_by: str = ", ", most: int = 20) -> str:
    """The words in a row; of very many only the first, and how many there are besides."""
    each = tuple(words)
    more = f" … ({len(each) - most} more)" if len(each) > most else ""
    return joined_by.join(each[:most]) + more


def id_meant(word: str, facts: FactSet, among: Collection[str]) -> str | None:
    """The id that a word means: what has it for a name or an alias, else the nearest id or name."""
    names = {
        name.casefold(): entity.id
        for entity in facts.entities.values()
        if entity.id in among
        for name in (entity.name, *entity.aliases)
    } | {
        source.title.casefold(): source.id
        for source in facts.sources.values()
        if source.id in among
    }
    folded = word.casefold()
    return names.get(folded) or nearest_to(word, among) or names.get(nearest_to(word, names) or "")
