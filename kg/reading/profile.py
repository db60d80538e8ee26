"""`kg.yaml` as a profile of the workspace."""

from __future__ import annotations

from kg.model.diagnostic import Diagnostic
from kg.model.facts import Profile
from kg.model.node import Mapping, Node, Places, Scalar, Sequence
from kg.reading import keys
from kg.reading.shape import UNKNOWN_KEY, Reader, is_empty, read_keys, report_shape
from kg.reading.values import ID
from kg.reading.vocabulary import Document

#: What stands in for a `kg.yaml` that cannot be read, so that the facts still can.
NO_PROFILE = Profile("Untitled", "http://localhost/", {}, is_core=False, lenses={})


def read_profile(document: Document, found: list[Diagnostic]) -> Profile:
    """What `kg.yaml` says. The dials of its lenses are read once the facts are known."""
    reader = Reader(document.path, found)
    values = read_keys(document.root, keys.PROFILE, reader) or {}
    lenses = {}
    default = document.root.value("lens")
    if default is not None and not is_empty(default):
        lenses["default"] = _dials(default, reader)
    named = document.root.value("lenses")
    if isinstance(named, Mapping):
        for name, (name_node, node) in named.entries.items():
            if name == "default":
                hint = "write its dials under 'lens'"
                reader.report(UNKNOWN_KEY, "'lenses' cannot name the default lens", name_node, hint)
            elif ID.read(name_node, reader) is not None:
                lenses[name] = _dials(node, reader)
    elif named is not None and not is_empty(named):
        report_shape(named, "the lenses by name", reader)
    file = Scalar("kg.yaml", document.root.start, document.root.start)
    return Profile(
        title=values.get("title", NO_PROFILE.title),
        base=values.get("base", NO_PROFILE.base),
        prefixes=dict(sorted(values.get("prefixes", {}).items())),
        is_core=values.get("core") == "true",
        lenses=dict(sorted(lenses.items())),
        places=Places(document.path, file, document.root),
    )


def _dials(node: Node, reader: Reader) -> dict[str, tuple[str, ...]]:
    if not isinstance(node, Mapping):
        report_shape(node, "the dials of a lens", reader)
        return {}
    dials: dict[str, tuple[str, ...]] = {}
    for dial, (_, value) in node.entries.items():
        items = value.items if isinstance(value, Sequence) else [value]
        if all(isinstance(item, Scalar) and item.value for item in items):
            dials[dial] = tuple(item.value for item in items if isinstance(item, Scalar))
        else:
            report_shape(value, f"the value of '{dial}'", reader)
    return dials
