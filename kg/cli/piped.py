"""Entries from standard input, as YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import click

from kg.cli.addition import Draft
from kg.cli.session import fail
from kg.edit.writing import value_of
from kg.model.diagnostic import Diagnostic
from kg.model.node import Mapping, Node, Sequence
from kg.model.text import SourceText, Span
from kg.reading.document import read_document
from kg.render.diagnostics import to_text

_NAME = "-"


def read_drafts(section: str, data: bytes) -> list[Draft]:
    """The entries in YAML: one, a list of facts, or a whole section with its key.

    Comments are not kept: an entry is written in kg's own layout.
    """
    if not data.strip():
        raise click.UsageError("standard input is empty")
    found: list[Diagnostic] = []
    is_list = section == "facts" and data.lstrip()[:1] in (b"-", b"[")
    lead = f"{section}:\n".encode() if is_list and not data.startswith(b"---") else b""
    root = read_document(SourceText(_NAME, lead + data), found)
    if root is None or found:
        shifted = [replace(each, span=_up(each.span, bool(lead)), related=()) for each in found]
        click.echo(to_text(shifted, {_NAME: SourceText(_NAME, data)}), nl=False, err=True)
        fail("nothing was written: standard input is not YAML that kg reads")
    drafts = list(_drafts(section, root))
    if not drafts:
        raise click.UsageError(f"standard input holds no {section}")
    return drafts


def _drafts(section: str, root: Mapping) -> Iterator[Draft]:
    node: Node | None = root.value(section)
    whole = node is not None
    if section == "facts":
        items = node.items if isinstance(node, Sequence) else [node if whole else root]
        for item in items:
            if not isinstance(item, Mapping):
                raise click.UsageError("each fact on standard input is a mapping of its keys")
            values = {key: value_of(value) for key, (_, value) in item.entries.items()}
            id = values.pop("id", None)
            yield Draft(section, id if isinstance(id, str) else None, values, is_by_options=False)
        return
    if whole and isinstance(node, Mapping):
        root = node
    if all(isinstance(value, Mapping) for _, value in root.entries.values()):
        for id, (_, body) in root.entries.items():
            assert isinstance(body, Mapping)
            values = {key: value_of(value) for key, (_, value) in body.entries.items()}
            yield Draft(section, id, values, is_by_options=False)
        return
    values = {key: value_of(value) for key, (_, value) in root.entries.items()}
    yield Draft(section, None, values, is_by_options=False)


def _up(span: Span, is_shifted: bool) -> Span:
    if not is_shifted:
        return span
    return span._replace(line=max(1, span.line - 1), end_line=max(1, span.end_line - 1))
