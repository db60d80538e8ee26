"""The fixes that findings carry, made in the texts until there is nothing more to make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.check import Texts
from kg.edit.apply import apply, compatible
from kg.model.diagnostic import Diagnostic
from kg.model.edit import Edit
from kg.model.text import SourceText

#: A fix may let another finding appear that has one, too; more rounds than this would be a loop.
MAX_ROUNDS = 10


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
    for _ in range(MAX_ROUNDS):
        own = texts.own
        fixes = [d.fix.edits for d in found if d.fix is not None and is_wanted(d)]
        groups = [group for group in dict.fromkeys(fixes) if all(e.span.path in own for e in group)]
        edits = compatible(groups)
        if not edits:
            break
        count += sum(set(group) <= set(edits) for group in groups)
        step = {path: apply(own[path], each) for path, each in _by_path(edits).items()}
        changed |= step
        texts = texts.with_files(step)
        found = tuple(find(texts))
    return Fixed(changed, count, found)


def _by_path(edits: Iterable[Edit]) -> Mapping[str, list[Edit]]:
    grouped: dict[str, list[Edit]] = {}
    for edit in edits:
        grouped.setdefault(edit.span.path, []).append(edit)
    return grouped
