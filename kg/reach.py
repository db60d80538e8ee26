"""What one comes to by following pointers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def cycles(after: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The first of each cycle, in order."""
    told: set[str] = set()
    for start in sorted(after):
        reached = reached_from(start, after)
        if start in reached and start not in told:
            told |= {other for other in reached if start in reached_from(other, after)}
            yield start


def reached_from(start: Node, after: Mapping[Node, Iterable[Node]]) -> frozenset[Node]:
    """All that follows on `start`, in one step or more; `start` itself where it is in a cycle."""
    reached: set[Node] = set()
    ahead = [start]
    while ahead:
        for other in after.get(ahead.pop(), ()):
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return frozenset(reached)
