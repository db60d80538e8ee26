"""Measures of the actor network: one function a measure, from the network to a table."""

from __future__ import annotations

from kg.analysis.balance import triads
from kg.analysis.brokerage import brokerage, constraint
from kg.analysis.centrality import (
    betweenness,
    closeness,
    degree,
    eigenvector,
    in_degree,
    out_degree,
    pagerank,
)
from kg.analysis.cohesion import (
    articulation_points,
    bridges,
    density_by_kind,
    ego,
    k_core,
    reciprocity,
)
from kg.analysis.communities import blocs, communities
from kg.analysis.explanation import Measure
from kg.analysis.strength import in_strength, out_strength

#: Every measure, in the order to be listed in; a measure's name is its function's.
MEASURES: tuple[Measure, ...] = (
    degree,
    in_degree,
    out_degree,
    in_strength,
    out_strength,
    betweenness,
    closeness,
    pagerank,
    eigenvector,
    communities,
    blocs,
    k_core,
    articulation_points,
    bridges,
    reciprocity,
    ego,
    density_by_kind,
    triads,
    brokerage,
    constraint,
)
