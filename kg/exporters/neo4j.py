"""CSV files for Neo4j's bulk import, with claims as nodes.

A relationship between two things is a direct edge. Every claim is a node of its own, tied to what
it speaks of, other claims too, and to who says it, so that a denial is kept and never becomes a
relationship.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.exporters.columns import Column, Record, columns_of, values_of
from kg.exporters.exporter import Exporter
from kg.exporters.records import (
    ClaimRecord,
    ColumnType,
    EdgeRecord,
    NodeRecord,
    Records,
    to_claim_records,
    to_records,
)
from kg.model.markup import in_markdown
from kg.scene import Scene

#: Between the items of a list. Facts hold no control characters, so it cannot be part of one.
SEPARATOR = "\x1f"

_PARTS = ("subject", "object", "source", "place")


def export(scene: Scene) -> Mapping[str, bytes]:
    """Nodes and relationships with Neo4j's headers, and a page on how to import them."""
    records, claims = to_records(scene), to_claim_records(scene)
    nodes, edges = records.nodes, records.edges
    of_things, of_claims = columns_of(NodeRecord), columns_of(ClaimRecord)
    of_edges = [c for c in columns_of(EdgeRecord) if c.name not in ("id", "source", "target")]
    return {
        "things.csv": _csv(
            ("id:ID(Thing)", *map(_header, of_things[1:]), ":LABEL"),
            zip(*_columns(nodes, of_things), map(_labels, nodes), strict=True),
        ),
        "claims.csv": _csv(
            ("id:ID(Claim)", *map(_header, of_claims[1:]), ":LABEL"),
            zip(*_columns(claims, of_claims), ["Claim"] * len(claims), strict=True),
        ),
        "edges.csv": _csv(
            (":START_ID(Thing)", ":END_ID(Thing)", ":TYPE", *map(_header, of_edges)),
            zip(
                (edge.source for edge in edges),
                (edge.target for edge in edges),
                (upper_snake(edge.relation) for edge in edges),
                *_columns(edges, of_edges),
                strict=True,
            ),
        ),
        "parts.csv": _csv(
            (":START_ID(Claim)", ":END_ID(Thing)", ":TYPE", "position:int"),
            _parts(claims, {node.id for node in nodes}),
        ),
        "about.csv": _csv(
            (":START_ID(Claim)", ":END_ID(Claim)", ":TYPE"),
            _about_claims(claims, scene.facts.claims),
        ),
        "README.md": _readme(records).encode(),
    }


def upper_snake(relation: str) -> str:
    """A relation as Neo4j's conventions want a type: `givesAidTo` is `GIVES_AID_TO`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", relation).upper()


def _labels(node: NodeRecord) -> str:
    """The type and, above it, its kind and `Actor`."""
    labels = dict.fromkeys(("Thing", *(("Actor",) if node.actor else ()), node.kind, node.type))
    return SEPARATOR.join(labels)


def _header(column: Column) -> str:
    kinds = {
        ColumnType.BOOLEAN: ":boolean",
        ColumnType.INTEGER: ":int",
        ColumnType.DATE: ":date",
        ColumnType.IDS: ":string[]",
        ColumnType.TEXTS: ":string[]",
    }
    return column.name + kinds.get(column.type, "")


def _columns(records: Sequence[Record], columns: Iterable[Column]) -> Iterator[list[Any]]:
    """Each column as the writer takes it, to which None is an empty cell."""
    for column in columns:
        values = values_of(column, records)
        if column.type is ColumnType.BOOLEAN:
            yield ["true" if value else "false" for value in values]
        elif column.type in (ColumnType.IDS, ColumnType.TEXTS):
            yield [SEPARATOR.join(value) for value in values]
        else:
            yield values


def _parts(
    claims: Iterable[ClaimRecord], things: Collection[str]
) -> Iterator[tuple[str, str, str, str]]:
    """What ties a claim to things: what it speaks of, and who says it at which place."""
    for claim in claims:
        for part in _PARTS:
            thing = getattr(claim, part)
            if thing is not None:
                yield claim.id, thing, part.upper(), ""
        for scenario in claim.condition:
            yield claim.id, scenario, "CONDITION", ""
        for scenario in claim.unless:
            yield claim.id, scenario, "UNLESS", ""
        for thing in claim.against:
            yield claim.id, thing, "AGAINST", ""
        for thing in claim.about:
            if thing in things:
                yield claim.id, thing, "ABOUT", ""
        for position, speaker in enumerate(claim.said_by, start=1):
            if speaker in things:
                yield claim.id, speaker, "SAID_BY", str(position)


def _about_claims(
    claims: Iterable[ClaimRecord], known: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """What ties a claim to the claims that it speaks of."""
    for claim in claims:
        for other in claim.about:
            if other in known:
                yield claim.id, other, "ABOUT"


def _csv(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _readme(records: Records) -> str:
    return f"""# {in_markdown(records.title)}

Seen {in_markdown(records.seen)}.

Nodes are things and claims. A relationship between two things is a direct edge: an affirmed claim
in force, through the lens named above. Claims that are denied or not in force are nodes with the
label `Claim` and nothing more; `polarity`, `holds` and `standing` say how they stand.

`ABOUT` leads from a claim to the things and the claims that it speaks of, `SAID_BY` to each named
speaker, with the position in the chain. A link of the chain that is not named has no relationship;
the list `said_by` of the claim has `unknown` in its place.

```sh
neo4j-admin database import full kg \\
  --array-delimiter=U+001F --multiline-fields=true \\
  --nodes=things.csv --nodes=claims.csv \\
  --relationships=edges.csv --relationships=parts.csv --relationships=about.csv
```
"""


EXPORTER = Exporter("neo4j", "files for neo4j-admin database import, with claims as nodes", export)
