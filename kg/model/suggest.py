"""The nearest valid word to a wrong one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.model.facts import FactSet


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
