"""Statements under headings, each with the claims that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg import wording
from kg.aggregation import Gathered, chains
from kg.model.display import counted
from kg.model.facts import Claim
from kg.model.table import Cell, cell_text
from kg.scene import Scene

_MOST_BEHIND = 12  #: of the claims behind a statement
_MOST_CHAINS = 2
_MOST_TOLD = 3  #: sentences within a sentence


@dataclass(frozen=True, slots=True)
class Reference:
    """A claim that a statement rests on."""

    id: str
    sentence: str
    standing: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, with what it rests on."""

    text: str
    ids: tuple[str, ...]  #: of the claims that it rests on
    claims: tuple[Reference, ...]  #: the first of them
    standing: str = ""  #: of the claims, where the statement says what they say
    said_by: str = ""  #: through whom they come
    is_whole: bool = False  #: it says all that the claims' own sentences say

    @property
    def count(self) -> int:
        """On how many claims it rests."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Topic:
    """Statements under a heading; the last may be left out, which is then said."""

    title: str
    statements: tuple[Statement, ...]
    left_out: int = 0  #: claims whose statements are not there


def statement(text: str, claims: Sequence[Claim], scene: Scene) -> Statement:
    """A sentence of the report's own, with the claims that it is made from."""
    return Statement(text, _ids(claims), _references(claims, scene))


def retold(gathered: Gathered, scene: Scene) -> Statement:
    """What claims say, with how they stand and through whom they come."""
    claims = gathered.claims
    return Statement(
        f"{gathered.text}.",
        _ids(claims),
        _references(claims, scene),
        _standing(claims, scene),
        _said_by(claims, scene),
        gathered.is_whole,
    )


def topic(title: str, told: Iterable[Gathered], scene: Scene, most: int) -> Topic:
    """What claims say under a heading, in at most so many statements."""
    told = tuple(told)
    left_out = sum(len(gathered.claims) for gathered in told[most:])
    return Topic(title, tuple(retold(gathered, scene) for gathered in told[:most]), left_out)


def figure(cell: Cell) -> str:
    """A cell for the reader: three significant digits are all that such figures bear."""
    return f"{cell:.3g}" if isinstance(cell, float) else cell_text(cell)


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


def _references(claims: Sequence[Claim], scene: Scene) -> tuple[Reference, ...]:
    return tuple(
        Reference(c.id, wording.sentence(c, scene.facts), wording.standing(c, scene))
        for c in claims[:_MOST_BEHIND]
    )


def _standing(claims: Sequence[Claim], scene: Scene) -> str:
    """`in force` · `not in force: …` · `2 in force; 1 not in force: …`."""
    numbers: dict[str, int] = {}
    for claim in claims:
        words = wording.standing(claim, scene)
        if claim.id in scene.in_headline_alone:
            words += ", in a headline alone"
        numbers[words] = numbers.get(words, 0) + 1
    if len(numbers) == 1:
        return next(iter(numbers))
    return "; ".join(f"{number} {words}" for words, number in numbers.items())


def _said_by(claims: Sequence[Claim], scene: Scene) -> str:
    """The chains, a few of them; of more only how many there are."""
    found = chains(claims, scene.facts)
    return "; ".join(found) if len(found) <= _MOST_CHAINS else f"{len(found)} chains of speakers"


def behind(evidence: Iterable[Iterable[str]], scene: Scene) -> tuple[Claim, ...]:
    """The claims that are the evidence of something, each once."""
    ids = dict.fromkeys(id for claims in evidence for id in claims)
    return tuple(scene.facts.claims[id] for id in ids)


def and_told(told: Sequence[Gathered]) -> str:
    """What follows a claim about claims: what some of them say, or just the end of a sentence."""
    if not told:
        return "."
    others = "; and others" if told[_MOST_TOLD:] else ""
    return ": " + "; ".join(each.text for each in told[:_MOST_TOLD]) + f"{others}."


def are(number: int, word: str) -> str:
    """`1 claim is` · `12 claims are`."""
    return f"{counted(number, word)} {'is' if number == 1 else 'are'}"
