"""The fixes that findings carry, made in the texts until there is nothing more to make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.check import Texts
from kg.edit.apply import apply_all, compatible
from kg.model.diagnostic import Diagnostic
from kg.model.text import SourceText

#: A fix may let another finding appear that has one, too.
_MORE_ROUNDS = 10


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
    for _ in range(_most_rounds(texts)):
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


def _most_rounds(texts: Texts) -> int:
    """More rounds than that would be a loop.

    A file is read up to its first slip, so that each line may take a round of its own.
    """
    lines = max((text.data.count(b"\n") for text in texts.own.values()), default=0)
    return lines + _MORE_ROUNDS
