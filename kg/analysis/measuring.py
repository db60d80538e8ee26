"""All measures of a network at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.analysis import MEASURES
from kg.analysis.explanation import Measure
from kg.model.table import Table
from kg.network import ActorNetwork


def measure(network: ActorNetwork, measures: Iterable[Measure] = MEASURES) -> Mapping[str, Table]:
    """What each of some measures says of `network`, by their names."""
    return {each.__name__: each(network) for each in measures}
