"""Facts and lenses of every kind, for properties that must hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from hypothesis import strategies as st

from kg.lens import Lens
from kg.model.dials import Certainty, Decisions, Inference
from kg.model.facts import (
    LIKELIHOODS,
    MARKINGS,
    Attribution,
    Basis,
    Claim,
    Condition,
    Decision,
    FactSet,
    Modality,
    Polarity,
    Rank,
)
from kg.model.interval import parse_interval
from tests.conftest import sound_facts

WORLD = """\
entities:
  a: {type: State, name: Arvenia}
  b: {type: State, name: Belmark}
  c: {type: State, name: Corland}
  shut: {type: Scenario, name: Closure of the strait}
  war: {type: Scenario, name: War}
  times: {type: MediaOrganization, name: The Times}
  post: {type: MediaOrganization, name: The Post}
  aide: {type: UnnamedSource, name: An aide}
sources:
  paper: {type: NewsArticle, title: Paper, published: 2024-05-03, publisher: times, reliability: B}
  month: {type: NewsArticle, title: Month, published: 2023-06, reliability: C}
  undated: {type: Report, title: Undated, publisher: post, reliability: E}
  unrated: {type: Report, title: Unrated, published: 2024-01-01}
  unjudged: {type: Report, title: Unjudged, published: 2024-01-01, reliability: F}
"""


def world(*lines: str, source: str = "paper") -> FactSet:
    """Facts `f1`, `f2` … each with the keys of a line besides the usual ones."""
    usual = {"subject": "a", "relation": "backs", "object": "b", "source": source}
    facts = []
    for number, line in enumerate(lines, 1):
        own = {part.partition(":")[0].strip() for part in line.split(", ")}
        rest = [f"{key}: {value}" for key, value in usual.items() if key not in own]
        facts.append(f"  - {{{', '.join([f'id: f{number}', *rest, line]).rstrip(', ')}}}\n")
    return sound_facts(WORLD + "facts:\n" + "".join(facts))


#: The scenarios of the world, taken as given and ruled out.
CONDITIONS = tuple(
    Condition(scenario, is_ruled_out)
    for is_ruled_out in (False, True)
    for scenario in ("shut", "war")
)


@lru_cache(maxsize=1)
def template() -> FactSet:
    return world("")


intervals = st.sampled_from(
    ["2019", "2020-05", "2020/2022", "2020/..", "/2023", "../2021", "[..2005]/[2024..]",
     "2024~", "2026/..", "2024-05-03", "202X/2030", "2022/"]
).map(parse_interval)  # fmt: skip
conditions = st.sampled_from(
    [(), (), *((c,) for c in CONDITIONS), (CONDITIONS[0], CONDITIONS[3]), CONDITIONS[:2]]
)
_voices = st.sampled_from(["aide", "undated", "unrated", "month", "a", "times"])
subsets_of_voices = st.lists(_voices, max_size=2, unique=True).map(tuple)


@st.composite
def claims(draw: st.DrawFn, number: int) -> Claim:
    base = template().claims["f1"]
    chain = draw(subsets_of_voices)
    return replace(
        base,
        id=f"c{number}",
        subject=draw(st.sampled_from(["a", "b", "c", "shut"])),
        object=draw(st.sampled_from(["a", "b", "war", "shut"])),
        relation=draw(st.sampled_from(["backs", "attacks", "hasTensionsWith"])),
        source=draw(st.sampled_from(["paper", "month", "undated", "unjudged"])),
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        basis=draw(st.sampled_from([Basis.STATED, Basis.STATED, Basis.PRESUPPOSED])),
        conditions=draw(conditions),
        when=draw(st.none() | intervals),
        said_by=tuple(Attribution(voice, None) for voice in chain),
        credibility=draw(st.sampled_from([None, 1, 2, 3, 4, 5, 6])),
        likelihood=draw(st.sampled_from([None, *LIKELIHOODS])),
        supersedes=draw(_earlier(number)),
        disputes=draw(_earlier(number)),
        marking=draw(st.sampled_from([None, *MARKINGS])),
    )


def _earlier(number: int) -> st.SearchStrategy[tuple[str, ...]]:
    """No claim, or one of those that were made before."""
    others = [(f"c{other}",) for other in range(number)]
    return st.sampled_from([(), (), (), *others])


@st.composite
def decisions(draw: st.DrawFn, id: str, claims: list[str]) -> Decision:
    return Decision(
        id=id,
        claims=(draw(st.sampled_from(claims)),),
        rank=draw(st.sampled_from(Rank)),
        over=draw(st.sampled_from([(), (), *((claim,) for claim in claims)])),
        reason="Because.",
        by=None,
        recorded=None,
        places=template().claims["f1"].places,
    )


@st.composite
def fact_sets(draw: st.DrawFn) -> FactSet:
    drawn = [draw(claims(number)) for number in range(6)]
    claims_by_id = {claim.id: claim for claim in drawn}
    names = draw(st.sampled_from([(), (), ("d1",), ("d1", "d2")]))
    decided = {name: draw(decisions(name, list(claims_by_id))) for name in names}
    profile = replace(template().profile, marking=draw(st.sampled_from([None, "GREEN"])))
    return replace(template(), profile=profile, claims=claims_by_id, decisions=decided)


lenses = st.builds(
    Lens,
    as_of=st.none() | intervals,
    according_to=subsets_of_voices,
    without=subsets_of_voices,
    assume=st.sampled_from([(), *((c,) for c in CONDITIONS), CONDITIONS[:2], CONDITIONS[1:3]]),
    credibility=st.sampled_from([None, 1, 2, 3, 4, 5]),
    reliability=st.sampled_from([None, "A", "B", "C", "D", "E"]),
    likelihood=st.sampled_from([None, *LIKELIHOODS]),
    modality=st.lists(st.sampled_from(Modality), min_size=1, unique=True).map(tuple),
    certainty=st.sampled_from(Certainty),
    decisions=st.sampled_from(Decisions),
    marking=st.sampled_from([None, None, *MARKINGS]),
    inference=st.sampled_from(Inference),
)
