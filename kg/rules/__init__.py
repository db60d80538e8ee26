"""The rules that a fact set is held to: one module a rule, each with its `CODE` and its `find`."""

from kg.rules import (
    after_source,
    contradicting_identity,
    contradicting_quantity,
    contradicting_time,
    contrary_valence,
    different_codes,
    disputed,
    domain,
    duplicate_claim,
    headline_unsupported,
    impossible_condition,
    impossible_scenario,
    inference_ends,
    marking_below_source,
    no_passage,
    possible_duplicate,
    range,
    scenario_cycle,
    self_relation,
    single_weak_source,
    source_cycle,
    supersedes_cycle,
    supersedes_later,
    uncovered_part,
    undated_source,
    uneven_valence,
    unmarked_source,
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
    inference_ends,
    after_source,
    undated_source,
    no_passage,
    self_relation,
    source_cycle,
    scenario_cycle,
    supersedes_cycle,
    marking_below_source,
    contradicting_identity,
)

#: Each weighs declarations against one another, so it is asked only where all could be read.
RULES_OVER_ALL = (
    disputed,
    duplicate_claim,
    possible_duplicate,
    different_codes,
    contradicting_quantity,
    contradicting_time,
    impossible_condition,
    impossible_scenario,
    supersedes_later,
    headline_unsupported,
    uncovered_part,
    unused_entity,
    unmarked_source,
    single_weak_source,
)

#: Those that judge each claim by what it names and by the claims that it is tied to: see
#: `kg.parcels`. The others look at anything.
RULES_OF_CLAIMS = (
    domain,
    range,
    no_passage,
    self_relation,
    supersedes_cycle,
    marking_below_source,
    disputed,
    duplicate_claim,
    contradicting_quantity,
    contradicting_time,
    supersedes_later,
    headline_unsupported,
    single_weak_source,
)
