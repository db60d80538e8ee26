from __future__ import annotations

from decimal import Decimal
from textwrap import indent

import pytest

from kg.model.facts import (
    Attribution,
    Basis,
    Claim,
    Condition,
    FactSet,
    Literal,
    Modality,
    Passage,
    Polarity,
)
from kg.model.interval import parse_date, parse_interval
from kg.model.vocabulary import LiteralKind
from kg.reading import keys
from kg.reading.values import parse_quantity
from tests.conftest import brief, check_all, errors, sound_facts

WORLD = """\
entities:
  ann: {type: Person, name: Ann}
  ben: {type: Person, name: Ben}
  arvenia: {type: State, name: Arvenia, aliases: [Port Arven]}
  belmark: {type: State, name: Belmark}
  pact: {type: Alliance, name: Pact}
  strait: {type: Region, name: Strait}
  oil: {type: Resource, name: Oil}
  closure: {type: Scenario, name: Closure}
  flood: {type: Scenario, name: Flood}
  talks: {type: Meeting, name: Talks}
  times: {type: MediaOrganization, name: The Times}
sources:
  article:
    type: NewsArticle
    title: An article
    published: 2024-05-03
    text: {sha256: HASH, characters: 300, parts: {H: 0-40, P1: 41-200, P2: 201-300}, headline: H}
  report: {type: Report, title: A report, published: 2024-05}
""".replace("HASH", "a" * 64)

#: Further kinds of literal objects, which the core has no use for.
OWN = """\
relations:
  says: {domain: Actor, range: text}
  dates: {domain: Actor, range: date}
  counts: {domain: Actor, range: number}
"""


def facts_of(facts: str) -> FactSet:
    return sound_facts(WORLD + "facts:\n" + indent(facts, "  "), OWN)


def fact(line: str = "", start: str = "subject: ann, relation: leads, object: pact") -> str:
    return f"- {{id: f, {start}, source: article{', ' + line if line else ''}}}\n"


def claim(line: str) -> Claim:
    """The claim of the fact `f`, beside another called `e` that it can refer to."""
    return facts_of(fact(line) + fact("").replace("id: f", "id: e")).claims["f"]


def problems(text: str) -> list[str]:
    """The errors, with the line counted from the first line of `text`."""
    found = check_all({"world.yaml": WORLD, "own.yaml": text}, OWN).diagnostics
    return [brief(d).removeprefix("facts/own.yaml:") for d in found if d.severity == "error"]


def fact_problems(line: str) -> list[str]:
    return [found.partition(" ")[2] for found in problems("facts:\n" + fact(line))]


# -- entities -------------------------------------------------------------------------------------


def test_every_key_of_an_entity_is_read() -> None:
    file = """\
        entities:
          old: {type: Concept, name: Old}
          arvenia:
            type: State
            name: Arvenia
            labels: {zh-Hant: 阿, ru: Арвения, es: Arvenia}
            aliases: [Port Arven, NO]
            codes: {wikidata: Q1, cow: 010, iso3166: NO}
            description: A coast.
            close_match: [old]
            note: Made up.
        """.replace("010", "10")
    entity = sound_facts(file).entities["arvenia"]
    assert ("State", "Arvenia") == (entity.type, entity.name)
    assert (("es", "Arvenia"), ("ru", "Арвения"), ("zh-Hant", "阿")) == entity.labels
    assert ("Port Arven", "NO") == entity.aliases
    assert (("cow", "10"), ("iso3166", "NO"), ("wikidata", "Q1")) == entity.codes
    assert ("A coast.", ("old",), "Made up.") == (
        entity.description,
        entity.close_match,
        entity.note,
    )


def test_what_an_entity_does_not_say_is_empty() -> None:
    entity = sound_facts("entities: {a: {type: State, name: A}}").entities["a"]
    assert ((), (), (), None, (), None) == (
        entity.labels,
        entity.aliases,
        entity.codes,
        entity.description,
        entity.close_match,
        entity.note,
    )


def test_one_value_may_stand_for_a_list() -> None:
    entity = sound_facts("entities: {a: {type: State, name: A, aliases: B}}").entities["a"]
    assert ("B",) == entity.aliases


ENTITY = "entities:\n  a: {type: State, name: A, %s}\n"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("labels: {engl: A}", "bad-language: 'engl' is not a language tag"),
        ("labels: {ru: }", "empty-value: text is expected here"),
        ("labels: [A]",
         "wrong-shape: a list stands where names by language, such as ru: Россия, should"),
        ("aliases: []", "empty-value: the list 'aliases' is empty"),
        ("aliases: [[x]]", "wrong-shape: a list stands where text should"),
        ("aliases: ", "empty-value: 'aliases' has no value"),
        ("codes: {iso3166: no}", "bad-code: 'no' is no ISO 3166-1 alpha-2 code"),
        ("codes: {iso3167: NO}", "unknown-scheme: no code scheme is called 'iso3167'"),
        ("codes: {wikidata: Q0159}", "bad-code: 'Q0159' is no Wikidata item code"),
        ("codes: NO", "wrong-shape: 'NO' stands where codes by scheme should"),
        ("close_match: b", "unknown-entity: no entity is called 'b'"),
        ("descritpion: x", "unknown-key: an entity has no key 'descritpion'"),
        ("note: {x: y}", "wrong-shape: a mapping stands where text should"),
    ],
)  # fmt: skip
def test_a_mistake_in_an_entity(key: str, expected: str) -> None:
    assert [expected] == [brief(d).partition(" ")[2] for d in check_all(ENTITY % key).diagnostics]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{name: A}", "facts/facts.yaml:1:12 missing-key: an entity needs the key 'type'"),
        ("{type: State}", "facts/facts.yaml:1:12 missing-key: an entity needs the key 'name'"),
        ("{type: State, nmae: A}", "facts/facts.yaml:1:29 unknown-key: an entity has no key "
                                   "'nmae'"),
        ("{type: Sate, name: A}", "facts/facts.yaml:1:22 unknown-type: no type is called 'Sate'"),
        ("{type: , name: A}", "facts/facts.yaml:1:22 empty-value: 'type' has no value"),
        ("{type: [State], name: A}", "facts/facts.yaml:1:22 wrong-shape: a list stands where a "
                                     "type should"),
        ("A", "facts/facts.yaml:1:15 wrong-shape: 'A' stands where the keys of an entity should"),
        ("", "facts/facts.yaml:1:15 wrong-shape: nothing stands where the keys of an entity "
             "should"),
    ],
)  # fmt: skip
def test_a_broken_entity_is_one_finding_and_still_declared(body: str, expected: str) -> None:
    use = (
        "facts: [{id: f, subject: a, relation: backs, object: arvenia, source: article, place: a}]"
    )
    found = check_all({"facts.yaml": f"entities: {{a: {body}}}\n{use}", "world.yaml": WORLD})
    assert [expected] == errors(found)


@pytest.mark.parametrize(
    "id", ["Arvenia", "a b", "a--b", "-a", "_a", "a.b", "é", "a/b", "a:b", "a'b", ""]
)
def test_what_cannot_be_an_id(id: str) -> None:
    (found,) = problems(f"entities:\n  {id!r}: {{type: State, name: A}}\n")
    assert found.startswith("2:3 bad-id" if id else "2:3 empty-value")


@pytest.mark.parametrize("id", ["a", "0", "a-b", "a_b", "a_-_b", "2025-12-02", "no", "null"])
def test_what_can_be_an_id(id: str) -> None:
    assert [id] == list(sound_facts(f"entities: {{{id}: {{type: State, name: A}}}}").entities)


def test_words_of_said_by_cannot_be_ids() -> None:
    for id in ("subject", "unknown"):
        assert [f"1:12 bad-id: '{id}' has a meaning of its own in 'said_by'"] == problems(
            f"entities: {{{id}: {{type: State, name: A}}}}"
        )


@pytest.mark.parametrize(
    "again",
    [
        "entities: {ann: {type: Person, name: Ann}}",
        "sources: {ann: {type: Report, title: Ann}}",
        "facts: [{id: ann, subject: ben, relation: leads, object: pact, source: article}]",
    ],
)
def test_all_ids_share_one_space(again: str) -> None:
    (found,) = problems(again)
    assert "duplicate-id: 'ann' is declared twice" == found.partition(" ")[2]


# -- sources --------------------------------------------------------------------------------------


def test_every_key_of_a_source_is_read() -> None:
    file = """\
        entities: {times: {type: MediaOrganization, name: The Times}}
        sources:
          older: {type: Report, title: Older}
          article:
            type: NewsArticle
            title: "12:30"
            publisher: times
            published: 2024-05~
            url: https://example.org/a?b=c#d
            archived: http://archive.org/x
            retrieved: 2024-05-04
            author: A. Nonymous
            language: en-GB
            based_on: older
            reliability: B
            text:
              sha256: HASH
              characters: 300
              parts: {P1: 41-200, H: 0-40}
              headline: [H]
            description: An article.
            note: Read in print.
        """.replace("HASH", "0123456789abcdef" * 4)
    source = sound_facts(file).sources["article"]
    assert ("NewsArticle", "12:30", "times") == (source.type, source.title, source.publisher)
    assert (parse_date("2024-05~"), "2024-05~") == (source.published, source.published_text)
    assert ("https://example.org/a?b=c#d", "http://archive.org/x", "2024-05-04") == (
        source.url,
        source.archived,
        source.retrieved,
    )
    assert ("A. Nonymous", "en-GB", ("older",), "B") == (
        source.author,
        source.language,
        source.based_on,
        source.reliability,
    )
    assert ("An article.", "Read in print.") == (source.description, source.note)
    assert source.text is not None
    assert ("0123456789abcdef" * 4, 300) == (source.text.sha256, source.text.characters)
    assert [("H", (0, 40)), ("P1", (41, 200))] == list(source.text.parts.items())
    assert ("H",) == source.text.headline


SOURCE = "sources:\n  s: {type: Report, title: S, %s}\n"
TEXT = "text: {sha256: " + "a" * 64 + ", characters: 100, parts: {P1: 0-50}%s}"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("publisher: tims", "unknown-entity: no entity is called 'tims'"),
        ("publisher: article", "wrong-kind: 'article' is a source, where an entity is expected"),
        ("based_on: times", "wrong-kind: 'times' is an entity, where a source is expected"),
        ("based_on: reprot", "unknown-source: no source is called 'reprot'"),
        ("published: 2025-02-30", "bad-date: '2025-02-30' is not a day of the calendar"),
        ("published: 2024/2025", "bad-date: '2024/2025' is not a date"),
        ("retrieved: yesterday", "bad-date: 'yesterday' is not a date"),
        ("url: example.org", "bad-address: 'example.org' is not a web address"),
        ("url: javascript:alert(1)", "bad-address: 'javascript:alert(1)' is not a web address"),
        ("url: 'https://a b'", "bad-address: 'https://a b' is not a web address"),
        ("archived: ftp://x.org/", "bad-address: 'ftp://x.org/' is not a web address"),
        ("language: english", "bad-language: 'english' is not a language tag"),
        ("reliability: G", "bad-value: 'G' is no reliability"),
        ("reliability: a", "bad-value: 'a' is no reliability"),
        ("text: x", "wrong-shape: 'x' stands where the keys of a source's text should"),
        ("text: {}", "empty"),
        (TEXT.replace("a" * 64, "A" * 64) % "",
         f"bad-hash: '{'A' * 64}' is not a SHA-256"),
        (TEXT.replace("100", "1_00") % "", "bad-number: '1_00' is not a count"),
        (TEXT.replace("0-50", "50-0") % "", "bad-range: '50-0' ends before it begins"),
        (TEXT.replace("0-50", "0..50") % "", "bad-range: '0..50' is not a range of characters"),
        (TEXT.replace("0-50", "0-101") % "",
         "bad-range: 0-101 ends behind the text, which has 100 characters"),
        (TEXT.replace("P1", "P 1") % "", "bad-id: 'P 1' cannot be a part"),
        (TEXT % ", headline: H", "unknown-part: the source 's' has no part 'H'"),
        (TEXT.replace("parts", "prats") % ", headline: P1",
         "unknown-key: a source's text has no key 'prats'"),
        (TEXT.replace("100", "5" * 5000) % "", f"bad-number: '{'5' * 5000}' is not a count"),
        (TEXT.replace("0-50", "0-" + "5" * 5000) % "",
         f"bad-range: '0-{'5' * 5000}' is not a range of characters"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_source(key: str, expected: str) -> None:
    found = [finding.partition(" ")[2] for finding in problems(SOURCE % key)]
    if expected == "empty":  # three keys are missing, which is three mistakes
        assert 3 == len(found)
    else:
        assert [expected] == found


def test_a_source_must_be_a_document() -> None:
    found = problems("sources:\n  s: {type: Person, title: S}\n")
    assert ["2:13 not-a-document: 'Person' is not a kind of Document"] == found


@pytest.mark.parametrize(
    "text",
    [
        "text: {characters: 300, parts: {P1: 0-40}, headline: P1}",
        f"text: {{sha256: {'a' * 64}, characters: 300, prats: {{P1: 0-40}}}}",
        f"text: {{sha256: {'a' * 64}, characters: 300, parts: {{P1: 0+40}}, headline: P1}}",
        f"txet: {{sha256: {'a' * 64}, characters: 300, parts: {{P1: 0-40}}}}",
        "text: P1",
    ],
)
def test_a_text_that_cannot_be_read_is_one_finding_however_often_it_is_cited(text: str) -> None:
    facts = "".join(
        f"  - {{id: f{n}, subject: ann, relation: leads, object: pact, source: s, passage: P1}}\n"
        for n in range(3)
    )
    found = problems(f"sources:\n  s: {{type: Report, title: S, {text}}}\nfacts:\n{facts}")
    assert 1 == len(found)
    assert found[0].startswith("2:")


# -- the keys of a fact ---------------------------------------------------------------------------


def test_what_a_fact_does_not_say_has_its_default() -> None:
    plain = claim("")
    assert ("f", "f", "ann", "leads", "pact", "article") == (
        plain.id,
        plain.fact,
        plain.subject,
        plain.relation,
        plain.object,
        plain.source,
    )
    assert (Polarity.AFFIRMED, Modality.ACTUAL, Basis.STATED) == (
        plain.polarity,
        plain.modality,
        plain.basis,
    )
    nothing = (plain.marking, plain.degree, plain.when, plain.credibility, plain.likelihood)
    assert (None,) * 5 == nothing
    nothing_else = (plain.quantity, plain.place, plain.manner, plain.recorded, plain.note)
    assert (None,) * 5 == nothing_else
    assert ((),) * 5 == (plain.said_by, plain.passages, plain.against, plain.about, plain.tags)
    assert ((),) * 3 == (plain.conditions, plain.supersedes, plain.disputes)


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        *(("polarity: " + word, "polarity", word) for word in Polarity),
        *(("modality: " + word, "modality", word) for word in Modality),
        *(("basis: " + word, "basis", word) for word in Basis),
        ("condition: closure", "conditions", (Condition("closure"),)),
        ("condition: not:closure", "conditions", (Condition("closure", is_ruled_out=True),)),
        ("condition: [closure, 'not: flood']", "conditions",
         (Condition("closure"), Condition("flood", is_ruled_out=True))),
        ("supersedes: e", "supersedes", ("e",)),
        ("disputes: [e]", "disputes", ("e",)),
        ("marking: AMBER+STRICT", "marking", "AMBER+STRICT"),
        ("degree: extensive", "degree", "extensive"),
        ("when: 2022/..", "when", parse_interval("2022/..")),
        ("when: 2022", "when", parse_interval("2022")),
        *((f"credibility: {n}", "credibility", n) for n in range(1, 7)),
        ("likelihood: roughly even", "likelihood", "roughly even"),
        ("quantity: ~300 person", "quantity", parse_quantity("~300 person")),
        ("place: strait", "place", "strait"),
        ("against: belmark", "against", ("belmark",)),
        ("against: [belmark, arvenia]", "against", ("belmark", "arvenia")),
        ("manner: in secret", "manner", "in secret"),
        ("tags: [NO, 12:30]", "tags", ("NO", "12:30")),
        ("recorded: 2025-01", "recorded", "2025-01"),
        ("note: 'NO: 010'", "note", "NO: 010"),
        ("about: oil", "about", ("oil",)),
        ("about: [oil, article, f]", "about", ("oil", "article", "f")),
        ("said_by: times", "said_by", (Attribution("times", None),)),
        ("said_by: [report, {by: ben, verb: told}]", "said_by",
         (Attribution("report", None), Attribution("ben", "told"))),
        ("said_by: {by: ben}", "said_by", (Attribution("ben", None),)),
        ("said_by: {by: subject, verb: told}", "said_by", (Attribution("ann", "told"),)),
        ("said_by: unknown", "said_by", (Attribution(None, None),)),
        ("passage: P1", "passages", (Passage("article", "P1", None, None),)),
        ("passage: [H, P2]", "passages",
         (Passage("article", "H", None, None), Passage("article", "P2", None, None))),
        ("passage: {part: P1, chars: 3-9, quote: the pact}", "passages",
         (Passage("article", "P1", (3, 9), "the pact"),)),
        ("passage: {part: P1, chars: 0-159}", "passages",
         (Passage("article", "P1", (0, 159), None),)),
    ],
)  # fmt: skip
def test_a_key_of_a_fact_is_read(line: str, attribute: str, value: object) -> None:
    assert value == getattr(claim(line), attribute)


def test_every_key_of_a_fact_is_tried_above() -> None:
    tried = set(test_a_key_of_a_fact_is_read.pytestmark[0].args[1])  # type: ignore[attr-defined]
    names = {str(line).partition(":")[0] for line, _, _ in tried}
    assert set(keys.FACT.by_name) - {"id", "subject", "relation", "object", "source"} == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("polarity: negated", "bad-value: 'negated' is no polarity"),
        ("polarity: Denied", "bad-value: 'Denied' is no polarity"),
        ("modality: planned", "bad-value: 'planned' is no modality"),
        ("modality: [actual, intended]", "wrong-shape: a list stands where text should"),
        ("basis: assumed", "bad-value: 'assumed' is no basis"),
        ("condition: talks", "not-a-scenario: 'talks' is a Meeting, not a Scenario"),
        ("condition: clsure", "unknown-entity: no entity is called 'clsure'"),
        ("condition: f", "wrong-kind: 'f' is a fact, where an entity is expected"),
        ("condition: not:talks", "not-a-scenario: 'talks' is a Meeting, not a Scenario"),
        ("condition: not:clsure", "unknown-entity: no entity is called 'clsure'"),
        ("condition: {not: closure}", "wrong-shape: a mapping stands where an id should"),
        ("supersedes: ben", "wrong-kind: 'ben' is an entity, where a fact is expected"),
        ("supersedes: ff", "unknown-fact: no fact is called 'ff'"),
        ("disputes: f", "bad-value: 'f' names itself under 'disputes'"),
        ("disputes: f--x", "unknown-fact: no fact is called 'f--x'"),
        ("marking: TLP:RED", "bad-value: 'TLP:RED' is no marking"),
        ("when: 2025-02-30/..", "bad-date: '2025-02-30' is not a day of the calendar"),
        ("when: since 2022", "bad-date: 'since 2022' is not a date"),
        ("when: [2022, 2023]", "wrong-shape: a list stands where text should"),
        ("when: /", "bad-date: '/' leaves both ends unknown: leave the key out instead"),
        ("credibility: 7", "bad-value: '7' is no credibility"),
        ("credibility: 03", "bad-value: '03' is no credibility"),
        ("likelihood: probable", "bad-value: 'probable' is no likelihood"),
        ("quantity: 300", "bad-quantity: '300' is not a quantity"),
        ("quantity: a few people", "bad-quantity: 'a few people' is not a quantity"),
        ("quantity: 1_000 USD", "bad-quantity: '1_000 USD' is not a quantity"),
        ("quantity: 1e6 USD", "bad-quantity: '1e6 USD' is not a quantity"),
        ("quantity: 9..3 USD", "bad-quantity: '9..3 USD' has its bounds the wrong way round"),
        ("quantity: .. USD", "bad-quantity: '.. USD' has no number"),
        ("quantity: ٣ USD", "bad-quantity: '٣ USD' is not a quantity"),
        (f"quantity: {'5' * 5000} USD", f"bad-quantity: '{'5' * 5000} USD' is not a quantity"),
        ("place: nowhere", "unknown-entity: no entity is called 'nowhere'"),
        ("place: article", "wrong-kind: 'article' is a source, where an entity is expected"),
        ("against: [belmark, belmrk]", "unknown-entity: no entity is called 'belmrk'"),
        ("about: nothing", "unknown-entity: no entity, source or fact is called 'nothing'"),
        ("said_by: bne", "unknown-entity: no entity or source is called 'bne'"),
        ("said_by: {by: f}", "wrong-kind: 'f' is a fact, where an entity or source is expected"),
        ("said_by: {verb: told}", "missing-key: a link of the chain needs the key 'by'"),
        ("said_by: {by: ben, vreb: told}", "unknown-key: a link of the chain has no key 'vreb'"),
        ("said_by: [[ben]]", "wrong-shape: a list stands where an id should"),
        ("said_by: []", "empty-value: the list 'said_by' is empty"),
        ("passage: P3", "unknown-part: the source 'article' has no part 'P3'"),
        ("passage: {chars: 0-3}", "missing-key: a passage needs the key 'part'"),
        ("passage: {part: H, chars: 0-41}",
         "bad-range: 0-41 ends behind part 'H', which has 40 characters"),
        ("passage: {part: H, chars: 3}", "bad-range: '3' is not a range of characters"),
        ("recorded: now", "bad-date: 'now' is not a date"),
        ("tags: ''", "empty-value: 'tags' has no value"),
        ("conditon: closure", "unknown-key: a fact has no key 'conditon'"),
        ("id: g", "duplicate-key: the key 'id' stands twice"),
        ("note: &x y", "yaml-anchor: '&x' is an anchor"),
        ("note: *x", "yaml-anchor: '*x' is an alias"),
        ("place: *x", "yaml-anchor: '*x' is an alias"),
        ("against: [belmark, *x]", "yaml-anchor: '*x' is an alias"),
        ("said_by: [{by: *x}]", "yaml-anchor: '*x' is an alias"),
        ("passage: *x", "yaml-anchor: '*x' is an alias"),
        ("against: [belmark, '']", "empty-value: an id is expected here"),
    ],
)  # fmt: skip
def test_one_mistake_in_a_fact_is_one_finding(line: str, expected: str) -> None:
    assert [expected] == fact_problems(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- {subject: ann, relation: leads, object: pact, source: article}",
         "2:5 missing-key: a fact needs the key 'id'"),
        ("- {id: f, relation: leads, object: pact, source: article}",
         "2:5 missing-key: a fact needs the key 'subject'"),
        ("- {id: f, subject: ann, object: pact, source: article}",
         "2:5 missing-key: a fact needs the key 'relation'"),
        ("- {id: f, subject: ann, relation: leads, source: article}",
         "2:5 missing-key: a fact needs the key 'object'"),
        ("- {id: f, subject: ann, relation: leads, object: pact}",
         "2:5 missing-key: a fact needs the key 'source'"),
        ("- {id: F, subject: ann, relation: leads, object: pact, source: article}",
         "2:10 bad-id: 'F' cannot be an id"),
        ("- {id: a--b, subject: ann, relation: leads, object: pact, source: article}",
         "2:10 bad-id: 'a--b' cannot be an id"),
        ("- {id: f, subject: anne, relation: leads, object: pact, source: article}",
         "2:22 unknown-entity: no entity or source is called 'anne'"),
        ("- {id: f, subject: ann, relation: lead, object: pact, source: article}",
         "2:37 unknown-relation: no relation is called 'lead'"),
        ("- {id: f, subject: ann, relation: leads, object: pcat, source: article}",
         "2:52 unknown-entity: no entity or source is called 'pcat'"),
        ("- {id: f, subject: ann, relation: leads, object: pact, source: atricle}",
         "2:66 unknown-source: no source is called 'atricle'"),
        ("- {id: f, subject: ann, relation: leads, object: pact, source: times}",
         "2:66 wrong-kind: 'times' is an entity, where a source is expected"),
        ("- {id: f, subject: [ann, bne], relation: leads, object: pact, source: article}",
         "2:28 unknown-entity: no entity or source is called 'bne'"),
        ("- {id: f, subject: [ann, ann], relation: leads, object: pact, source: article}",
         "2:28 duplicate-id: 'ann' stands twice in the list"),
        ("- {id: f, subject: [ann, ann], relation: [informs, backs], object: ben, source: article}",
         "2:28 duplicate-id: 'ann' stands twice in the list"),
        ("- {id: f, subject: ann, relation: [leads, leads], object: pact, source: article}",
         "2:45 duplicate-id: 'leads' stands twice in the list"),
        ("- {id: f, subject: ann, relation: leads, object: {by: pact}, source: article}",
         "2:52 wrong-shape: a mapping stands where an entity, a source or a value should"),
        ("- {id: f, subject: [], relation: leads, object: pact, source: article}",
         "2:22 empty-value: the list 'subject' is empty"),
        ("- f", "2:5 wrong-shape: 'f' stands where the keys of a fact should"),
    ],
)  # fmt: skip
def test_one_mistake_in_what_a_fact_must_have_is_one_finding(text: str, expected: str) -> None:
    assert [expected] == problems("facts:\n  " + text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("facts: {f: {subject: ann}}", "1:8 wrong-shape: a mapping stands where a list of facts, "
                                       "each beginning with '- ', should"),
        ("entities: [ann]", "1:11 wrong-shape: a list stands where the entities by id should"),
        ("sources: x", "1:10 wrong-shape: 'x' stands where the sources by id should"),
        ("defaults: x", "1:11 wrong-shape: 'x' stands where the keys of 'defaults' should"),
        ("defaults: {subject: ann}", "1:12 unknown-key: 'defaults' has no key 'subject'"),
        ("defaults: {id: ann}", "1:12 unknown-key: 'defaults' has no key 'id'"),
        ("fatcs: []", "1:1 unknown-key: a fact file has no key 'fatcs'"),
        ("facts:", "1:7 empty-value: 'facts' has no value"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file(text: str, expected: str) -> None:
    assert [expected] == problems(text)


# -- hints ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hint", "related"),
    [
        ("facts: [{id: f, subject: blemark, relation: backs, object: arvenia, source: article}]",
         "did you mean 'belmark'?", ["facts/world.yaml:5:3"]),
        ("facts: [{id: f, subject: Belmark, relation: backs, object: arvenia, source: article}]",
         "'Belmark' is a name of 'belmark': write the id", ["facts/world.yaml:5:3"]),
        ("facts: [{id: f, subject: Port Arven, relation: backs, object: belmark, source: article}]",
         "'Port Arven' is a name of 'arvenia': write the id", ["facts/world.yaml:4:3"]),
        ("facts: [{id: f, subject: zzz, relation: backs, object: arvenia, source: article}]",
         "declare it, or check its spelling", []),
        ("facts: [{id: f, subject: belmark, relation: bakcs, object: arvenia, source: article}]",
         "did you mean 'backs'?", []),
        ("facts: [{id: f, subject: belmark, relation: backs, object: arvenia, source: artcle}]",
         "did you mean 'article'?", ["facts/world.yaml:14:3"]),
        ("facts: [{id: f, subject: belmark, relation: backs, object: arvenia, sorce: article}]",
         "did you mean 'source'?", []),
        ("entities: {x: {type: Stat, name: X}}", "did you mean 'State'?", []),
        ("entities: {x: {type: State, name: X, codes: {iso316: NO}}}",
         "did you mean 'iso3166'?", []),
        ("sources: {x: {type: Report, title: X, reliability: H}}",
         "one of A, B, C, D, E, F", []),
        ("facts: [{id: f, subject: belmark, relation: backs, object: arvenia, source: article, "
         "modality: intnded}]", "did you mean 'intended'?", []),
        ("facts: [{id: f, subject: belmark, relation: backs, object: arvenia, source: article, "
         "passage: P12}]", "did you mean 'P1'?", []),
    ],
)  # fmt: skip
def test_a_hint_names_the_nearest(text: str, hint: str, related: list[str]) -> None:
    (found,) = [d for d in check_all({"own.yaml": text, "world.yaml": WORLD}).diagnostics
                if d.severity == "error"]  # fmt: skip
    assert hint == found.hint
    assert related == [str(other.span) for other in found.related]


# -- defaults -------------------------------------------------------------------------------------


def test_defaults_hold_for_their_file_and_a_fact_s_own_key_wins() -> None:
    first = """\
        defaults: {source: report, modality: intended, said_by: [ben], tags: a}
        facts:
          - {id: f1, subject: ann, relation: leads, object: ben}
          - {id: f2, subject: ann, relation: leads, object: ben, modality: desired, source: article}
        """
    second = "facts: [{id: g, subject: ann, relation: leads, object: pact, source: article}]"
    claims = check_all({"a.yaml": first, "b.yaml": second, "w.yaml": WORLD}).facts.claims
    told = {id: (c.source, str(c.modality), c.speakers, c.tags) for id, c in sorted(claims.items())}
    assert {
        "f1": ("report", "intended", ("ben",), ("a",)),
        "f2": ("article", "desired", ("ben",), ("a",)),
        "g": ("article", "actual", (), ()),
    } == told


def test_subject_in_the_defaults_is_each_claim_s_own() -> None:
    file = """\
        defaults: {source: article, said_by: {by: subject, verb: told}}
        facts:
          - {id: f, subject: [arvenia, belmark], relation: backs, object: pact}
        """
    claims = check_all({"a.yaml": file, "w.yaml": WORLD}).facts.claims
    assert {"f--arvenia": ("arvenia",), "f--belmark": ("belmark",)} == {
        id: claim.speakers for id, claim in claims.items()
    }


def test_a_mistake_in_the_defaults_is_one_finding() -> None:
    facts = "".join(
        f"  - {{id: f{n}, subject: ann, relation: leads, object: pact}}\n" for n in range(4)
    )
    for line, expected in (
        ("{source: artcle}", "1:20 unknown-source: no source is called 'artcle'"),
        ("{sorce: article}", "1:12 unknown-key: 'defaults' has no key 'sorce'"),
        ("{source: article, modality: x}", "1:39 bad-value: 'x' is no modality"),
        ("{source: article, place: x}", "1:36 unknown-entity: no entity is called 'x'"),
        ("{source: article, passage: P9}",
         "1:38 unknown-part: the source 'article' has no part 'P9'"),
    ):  # fmt: skip
        assert [expected] == problems(f"defaults: {line}\nfacts:\n{facts}")


def test_defaults_do_not_reach_another_file() -> None:
    fact_file = "facts: [{id: f, subject: ann, relation: leads, object: pact}]"
    files = {"a.yaml": "defaults: {source: article}", "b.yaml": fact_file, "w.yaml": WORLD}
    assert ["facts/b.yaml:1:9 missing-key: a fact needs the key 'source'"] == errors(
        check_all(files)
    )


# -- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "ids"),
    [
        ("subject: ann, relation: leads, object: pact", ["f"]),
        ("subject: [ann], relation: leads, object: pact", ["f--ann"]),
        ("subject: [ann, ben], relation: leads, object: pact", ["f--ann", "f--ben"]),
        ("subject: arvenia, relation: [alliedWith, backs], object: belmark",
         ["f--allied-with", "f--backs"]),
        ("subject: arvenia, relation: backs, object: [belmark, pact]", ["f--belmark", "f--pact"]),
        ("subject: [arvenia, belmark], relation: [backs, alliedWith], object: [pact]",
         ["f--arvenia--backs--pact", "f--arvenia--allied-with--pact",
          "f--belmark--backs--pact", "f--belmark--allied-with--pact"]),
        ("subject: oil, relation: amountsTo, object: 15000000 USD", ["f"]),
        ("subject: oil, relation: amountsTo, object: [1.5 USD, ~20 EUR]",
         ["f--1-5-usd", "f--20-eur"]),
    ],
)  # fmt: skip
def test_a_list_adds_its_items_to_the_ids(start: str, ids: list[str]) -> None:
    facts = facts_of(fact("", start))
    assert sorted(ids) == list(facts.claims)
    assert {"f": tuple(sorted(ids))} == facts.facts
    in_order = sorted(facts.claims.values(), key=lambda claim: claim.index)
    assert ids == [claim.id for claim in in_order]


def test_values_that_would_make_one_id_are_reported() -> None:
    line = (
        "- {id: f, subject: oil, relation: amountsTo, object: [20 EUR, ~20 EUR], source: article}"
    )
    assert ["2:63 duplicate-id: '~20 EUR' and '20 EUR' make the same id"] == problems(
        "facts:\n" + line
    )


def test_a_claim_of_a_list_may_be_spoken_of() -> None:
    file = """\
        - {id: f, subject: [ann, ben], relation: leads, object: pact, source: article}
        - {id: all, subject: ann, relation: informs, object: ben, source: article, about: f}
        - {id: one, subject: ann, relation: informs, object: ben, source: article, about: f--ben}
        """
    claims = facts_of(file).claims
    assert ("f--ann", "f--ben") == claims["all"].about
    assert ("f--ben",) == claims["one"].about


@pytest.mark.parametrize("id", ["f--bne", "f--", "f--ann--leads", "g--ann", "--ann"])
def test_a_claim_that_no_list_makes_is_unknown(id: str) -> None:
    file = f"""\
facts:
- {{id: f, subject: [ann, ben], relation: leads, object: pact, source: article}}
- {{id: one, subject: ann, relation: informs, object: ben, source: article, about: {id}}}
"""
    assert [f"3:83 unknown-entity: no entity, source or fact is called '{id}'"] == problems(file)


def test_a_broken_item_of_a_list_leaves_the_other_claims() -> None:
    file = (
        "facts: [{id: f, subject: [ann, x, ben], relation: leads, object: pact, source: article}]"
    )
    checked = check_all({"own.yaml": file, "world.yaml": WORLD})
    assert ["f--ann", "f--ben"] == list(checked.facts.claims)


# -- objects --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("subject: oil, relation: amountsTo, object: 15000000 USD",
         Literal(LiteralKind.QUANTITY, "15000000 USD", parse_quantity("15000000 USD"))),
        ("subject: ann, relation: says, object: NO", Literal(LiteralKind.TEXT, "NO")),
        ("subject: ann, relation: says, object: belmark", Literal(LiteralKind.TEXT, "belmark")),
        ("subject: ann, relation: dates, object: 2022/..", Literal(LiteralKind.DATE, "2022/..")),
        ("subject: ann, relation: counts, object: 010", Literal(LiteralKind.NUMBER, "010")),
        ("subject: ann, relation: counts, object: -1.50", Literal(LiteralKind.NUMBER, "-1.50")),
        ("subject: ann, relation: informs, object: article", None),
    ],
)  # fmt: skip
def test_an_object_may_be_a_value(start: str, expected: Literal | None) -> None:
    found = check_all({"own.yaml": "facts:\n" + fact("", start), "w.yaml": WORLD}, OWN).facts
    assert (expected or "article") == found.claims["f"].object


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("subject: oil, relation: amountsTo, object: oil", "bad-quantity: 'oil' is not a quantity"),
        ("subject: ann, relation: dates, object: 2022-13",
         "bad-date: '2022-13' is not a day of the calendar"),
        ("subject: ann, relation: counts, object: 1_000",
         "bad-number: '1_000' is not a number in plain digits"),
        ("subject: ann, relation: counts, object: NaN",
         "bad-number: 'NaN' is not a number in plain digits"),
        # a list of relations of both kinds: each takes what it takes
        ("subject: ann, relation: [counts, leads], object: pact",
         "bad-number: 'pact' is not a number in plain digits"),
        ("subject: ann, relation: [counts, leads], object: 12",
         "unknown-entity: no entity or source is called '12'"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind(start: str, expected: str) -> None:
    found = problems("facts:\n" + fact("", start))
    assert [expected] == [finding.partition(" ")[2] for finding in found]


def test_a_source_may_be_a_subject() -> None:
    facts = facts_of(fact("", "subject: [ann, times], relation: informs, object: arvenia"))
    assert {"ann", "times"} == {claim.subject for claim in facts.claims.values()}
    own = "relations: {mentions: {domain: Document, range: Document}}"
    file = "facts: [{id: f, subject: report, relation: mentions, object: article, source: article}]"
    assert [] == errors(check_all({"own.yaml": file, "world.yaml": WORLD}, own))


# -- quantities -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "approximate", "gloss"),
    [
        ("15000000 USD", "15000000", "15000000", "USD", False, None),
        ("~300 person", "300", "300", "person", True, None),
        ("200..900 person (a few hundred)", "200", "900", "person", False, "a few hundred"),
        ("1000000000.. USD (billions)", "1000000000", None, "USD", False, "billions"),
        ("..900 person", None, "900", "person", False, None),
        ("-1.5 percent of GDP", "-1.5", "-1.5", "percent of GDP", False, None),
        ("~10..20 km/h", "10", "20", "km/h", True, None),
        ("0.50 EUR", "0.50", "0.50", "EUR", False, None),
    ],
)
def test_a_quantity_is_read(
    text: str, low: str | None, high: str | None, unit: str, approximate: bool, gloss: str | None
) -> None:
    quantity = parse_quantity(text)
    assert text == quantity.text
    assert (low, high) == tuple(
        None if bound is None else str(bound) for bound in (quantity.low, quantity.high)
    )
    assert all(isinstance(bound, Decimal | None) for bound in (quantity.low, quantity.high))
    assert (unit, approximate, gloss) == (quantity.unit, quantity.approximate, quantity.gloss)


# -- the profile ----------------------------------------------------------------------------------


def test_every_key_of_the_profile_is_read() -> None:
    file = """\
        title: My workspace
        base: https://example.org/mine/
        prefixes: {ex: "https://example.org/ns#", a-b: "http://x.org/"}
        core: false
        lens: {as_of: 2024, modality: [actual, intended]}
        lenses: {closed: {assume: closure}, before-2022: {as_of: 2021}}
        """
    profile = sound_facts(WORLD, profile=file).profile
    assert ("My workspace", "https://example.org/mine/", False) == (
        profile.title,
        profile.base,
        profile.is_core,
    )
    assert {"ex": "https://example.org/ns#", "a-b": "http://x.org/"} == profile.prefixes
    assert {
        "default": {"as_of": ("2024",), "modality": ("actual", "intended")},
        "closed": {"assume": ("closure",)},
        "before-2022": {"as_of": ("2021",)},
    } == profile.lenses


GOOD = "title: T\nbase: https://x.org/\n"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("base: https://x.org/\n", "kg.yaml:1:1 missing-key: kg.yaml needs the key 'title'"),
        ("title: T\n", "kg.yaml:1:1 missing-key: kg.yaml needs the key 'base'"),
        ("", None),
        ("title: T\nbase: https://x.org\n",
         "kg.yaml:2:7 bad-address: 'https://x.org' does not end in '/'"),
        ("title: T\nbase: x.org/\n", "kg.yaml:2:7 bad-address: 'x.org/' is not a web address"),
        (GOOD + "prefix: {}\n", "kg.yaml:3:1 unknown-key: kg.yaml has no key 'prefix'"),
        (GOOD + "prefixes: {Ex: 'http://x.org/'}\n",
         "kg.yaml:3:12 bad-id: 'Ex' cannot be a prefix"),
        (GOOD + "prefixes: {ex: 'http://x.org'}\n",
         "kg.yaml:3:16 bad-address: 'http://x.org' does not end in '/' or '#'"),
        (GOOD + "core: yes\n", "kg.yaml:3:7 bad-value: 'yes' is no truth value"),
        (GOOD + "lens: 2021\n",
         "kg.yaml:3:7 wrong-shape: '2021' stands where the dials of a lens should"),
        (GOOD + "lenses: [a]\n",
         "kg.yaml:3:9 wrong-shape: a list stands where the lenses by name should"),
        (GOOD + "lenses: {a b: {as_of: 2021}}\n", "kg.yaml:3:10 bad-id: 'a b' cannot be an id"),
        (GOOD + "lenses: {default: {as_of: 2021}}\n",
         "kg.yaml:3:10 unknown-key: 'lenses' cannot name the default lens"),
        (GOOD + "lenses: {a: {as_of: {x: y}}}\n",
         "kg.yaml:3:21 wrong-shape: a mapping stands where the value of 'as_of' should"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_profile(file: str, expected: str | None) -> None:
    found = errors(check_all(profile=file))
    assert found == [expected] if expected else 2 == len(found)


@pytest.mark.parametrize(
    ("dials", "expected"),
    [
        ("{as_off: 2021}", "5:7 bad-lens: no dial is called 'as_off'"),
        ("{as_of: soon}", "5:14 bad-lens: 'soon' is not a date"),
        ("{as_of: [2021, 2022]}", "5:7 bad-lens: one value is expected, not 2"),
        ("{assume: closre}", "5:15 bad-lens: no scenario is called 'closre'"),
        ("{assume: talks}", "5:15 bad-lens: no scenario is called 'talks'"),
        ("{assume: [closure, talks]}", "5:25 bad-lens: no scenario is called 'talks'"),
        (
            "{without: [ann, bne]}",
            "5:22 bad-lens: no entity, source, group or type is called 'bne'",
        ),
        ("{according_to: f}", "5:21 bad-lens: no entity, source, group or type is called 'f'"),
        ("{credibility: 6}", "5:20 bad-lens: '6' is no credibility"),
        ("{reliability: F}", "5:20 bad-lens: 'F' is no reliability"),
        ("{likelihood: maybe}", "5:19 bad-lens: 'maybe' is no likelihood"),
        ("{modality: [actual, imagined]}", "5:26 bad-lens: 'imagined' is no modality"),
        ("{certainty: sure}", "5:18 bad-lens: 'sure' is no certainty"),
    ],
)
def test_a_mistake_in_a_lens(dials: str, expected: str) -> None:
    named = GOOD + f"lenses:\n  ok: {{as_of: 2021}}\n  a: {dials}\n"
    default = (
        GOOD + f"\n\nlens: {dials}\nlenses: {{ok: {{without: [ben]}}, too: {{as_of: 2021}}}}\n"
    )
    column = int(expected.split(" ")[0].split(":")[1])
    moved = expected.replace(f"5:{column} ", f"5:{column + 1} ", 1)
    assert ["kg.yaml:" + expected] == errors(check_all(WORLD, profile=named))
    assert ["kg.yaml:" + moved] == errors(check_all(WORLD, profile=default))


def test_a_scenario_that_is_broken_where_it_is_declared_is_one_finding() -> None:
    world = WORLD.replace("{type: Scenario, name: Closure}", "{tpye: Scenario, name: Closure}")
    profile = GOOD + "lenses: {closed: {assume: closure}, without-it: {without: closure}}\n"
    assert ["facts/facts.yaml:9:13 unknown-key: an entity has no key 'tpye'"] == errors(
        check_all(world, profile=profile)
    )
