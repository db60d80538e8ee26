"""The rules that a fact set is held to: one module a rule, each with its `CODE` and its `find`."""

from kg.rules import (
    after_source,
    contradicting_quantity,
    contrary_valence,
    disputed,
    domain,
    duplicate_claim,
    headline_unsupported,
    no_passage,
    range,
    self_relation,
    single_weak_source,
    source_cycle,
    undated_source,
    uneven_valence,
    unused_entity,
    wider_than_parent,
)

#: Each judges a declaration by itself.
RULES = (
    domain,
    range,
    uneven_valence,
    contrary_valence,
    wider_than_parent,
    after_source,
    undated_source,
    no_passage,
    self_relation,
    source_cycle,
)

#: Each weighs declarations against one another, so it is asked only where all could be read.
RULES_OVER_ALL = (
    disputed,
    duplicate_claim,
    contradicting_quantity,
    headline_unsupported,
    unused_entity,
    single_weak_source,
)
