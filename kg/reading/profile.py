"""`kg.yaml` as a profile of the workspace."""

from __future__ import annotations

from kg.model.diagnostic import Diagnostic
from kg.model.facts import Profile
from kg.model.node import Mapping, Node, Places, Scalar, Sequence
from kg.reading import keys
from kg.reading.shape import EMPTY_VALUE, UNKNOWN_KEY, Reader, is_empty, read_keys, report_shape
from kg.reading.values import ID
from kg.reading.vocabulary import Document

#: What stands in for a `kg.yaml` that cannot be read, so that the facts still can.
NO_PROFILE = Profile("Untitled", "http://localhost/", {}, is_core=False, lenses={})


def read_profile(document: Document, found: list[Diagnostic]) -> Profile:
    """What `kg.yaml` says. The dials of its lenses are read once the facts are known."""
    reader = Reader(document.path, found)
    values = read_keys(document.root, keys.PROFILE, reader) or {}
    file = Scalar("kg.yaml", document.root.start, document.root.start)
    return Profile(
        title=values.get("title", NO_PROFILE.title),
        base=values.get("base", NO_PROFILE.base),
        prefixes=dict(sorted(values.get("prefixes", {}).items())),
        is_core=values.get("core") == "true",
        lenses=dict(sorted(_lenses(document.root, reader).items())),
        groups=dict(sorted(_groups(document.root, reader).items())),
        marking=values.get("marking"),
        places=Places(document.path, file, document.root),
    )


def _lenses(root: Mapping, reader: Reader) -> dict[str, dict[str, tuple[str, ...]]]:
    lenses = {}
    default = root.value("lens")
    if default is not None and not is_empty(default):
        lenses["default"] = _dials(default, reader)
    for name_node, node in _by_name(root, "lenses", reader):
        if name_node.value == "default":
            hint = "write its dials under 'lens'"
            reader.report(UNKNOWN_KEY, "'lenses' cannot name the default lens", name_node, hint)
        else:
            lenses[name_node.value] = _dials(node, reader)
    return lenses


def _groups(root: Mapping, reader: Reader) -> dict[str, tuple[str, ...]]:
    groups = {}
    for name_node, node in _by_name(root, "groups", reader):
        voices = _words(node, f"the voices of '{name_node.value}'", reader)
        if voices is not None:
            groups[name_node.value] = voices
    return groups


def _by_name(root: Mapping, section: str, reader: Reader) -> list[tuple[Scalar, Node]]:
    """What stands under each name of a section; a name that cannot be one is reported."""
    node = root.value(section)
    if not isinstance(node, Mapping):
        if node is not None and not is_empty(node):
            report_shape(node, f"the {section} by name", reader)
        return []
    return [entry for entry in node.entries.values() if ID.read(entry[0], reader) is not None]


def _dials(node: Node, reader: Reader) -> dict[str, tuple[str, ...]]:
    if not isinstance(node, Mapping):
        report_shape(node, "the dials of a lens", reader)
        return {}
    dials: dict[str, tuple[str, ...]] = {}
    for dial, (_, value) in node.entries.items():
        words = _words(value, f"the value of '{dial}'", reader)
        if words is not None:
            dials[dial] = words
    return dials


def _words(node: Node, what: str, reader: Reader) -> tuple[str, ...] | None:
    """One word, or each of a list; None, with a report, where it is neither."""
    items = node.items if isinstance(node, Sequence) else [node]
    if not items:
        reader.report(EMPTY_VALUE, "the list is empty", node, "drop the key, or name somebody")
        return None
    if all(isinstance(item, Scalar) and item.value for item in items):
        return tuple(item.value for item in items if isinstance(item, Scalar))
    report_shape(node, what, reader)
    return None
