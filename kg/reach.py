"""What one comes to by following pointers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def cycles(after: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The first of each cycle, in order."""
    yield from sorted(min(group) for group in _knots(after))


def _knots(after: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """All that lead to one another, together: the strongly connected components (Tarjan 1972)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: dict[str, None] = {}  # in no component yet, in the order of their numbers
    for start in after:
        steps = [] if start in number else [(start, iter(after[start]))]
        while steps:
            node, ahead = steps[-1]
            if node not in number:
                number[node] = lowest[node] = len(number)
                waiting[node] = None
            for other in ahead:
                if other not in number:
                    steps.append((other, iter(after.get(other, ()))))
                    break
                if other in waiting:
                    lowest[node] = min(lowest[node], lowest[other])
            else:
                steps.pop()
                if steps:
                    above = steps[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == number[node]:
                    group = [waiting.popitem()[0]]
                    while group[-1] != node:
                        group.append(waiting.popitem()[0])
                    if len(group) > 1 or node in after.get(node, ()):
                        yield group


def reached_from(start: Iterable[Node], after: Mapping[Node, Iterable[Node]]) -> frozenset[Node]:
    """`start` and all that follows on it, in any number of steps."""
    reached = set(start)
    ahead = list(reached)
    while ahead:
        for other in after.get(ahead.pop(), ()):
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return frozenset(reached)
