"""The fixes that findings carry, made in the texts until there is nothing more to make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.check import Texts
from kg.edit.apply import apply_all, compatible
from kg.model.diagnostic import Diagnostic
from kg.model.text import SourceText

#: A slip may take some fixes, one after another; more than so many would be a loop.
_MOST_AT_ONE_PLACE = 10


@dataclass(frozen=True, slots=True)
class Fixed:
    """Texts with fixes made in them."""

    texts: Mapping[str, SourceText]  #: those that changed, by path
    fixes: int  #: how many were made
    left: tuple[Diagnostic, ...]  #: what is found after that


def fix_all(
    texts: Texts,
    find: Callable[[Texts], Sequence[Diagnostic]],
    is_wanted: Callable[[Diagnostic], bool],
) -> Fixed:
    """Makes the fixes of all findings that are wanted, each whole or not at all.

    Args:
        texts: the workspace; of the core nothing is changed.
        find: what is wrong with a workspace.
        is_wanted: which findings are to be fixed.
    """
    found, count = tuple(find(texts)), 0
    changed: dict[str, SourceText] = {}
    rounds: Counter[frozenset[tuple[str, str, int]]] = Counter()
    # A file is read up to its first slip, so that there may be as many rounds as there are slips.
    while rounds[place := _place(found)] < _MOST_AT_ONE_PLACE:
        rounds[place] += 1
        own = texts.own
        fixes = [d.fix.edits for d in found if d.fix is not None and is_wanted(d)]
        groups = [group for group in dict.fromkeys(fixes) if all(e.span.path in own for e in group)]
        edits = compatible(groups)
        if not edits:
            break
        made = set(edits)
        count += sum(made.issuperset(group) for group in groups)
        step = apply_all(own, edits)
        changed.update(step)
        texts = texts.with_files(step)
        found = tuple(find(texts))
    return Fixed(changed, count, found)


def _place(found: Sequence[Diagnostic]) -> frozenset[tuple[str, str, int]]:
    """Where there is something to fix: a fix that moves nothing there mends nothing."""
    return frozenset((d.code.name, d.span.path, d.span.line) for d in found if d.fix is not None)
