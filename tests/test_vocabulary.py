from __future__ import annotations

import pytest

from kg.check import Texts, check
from kg.model.vocabulary import Aspect, LiteralKind, Relation, Valence, Vocabulary
from kg.reading.vocabulary import infinitive_of, label_from_id
from tests.conftest import brief, check_all, core_texts, errors, text

BASE = """\
types:
  Thing: {label: thing}
  Person: {parent: Thing}
  Town: {parent: Thing}
relations:
  knows:
    domain: Person
    range: [Person, Town]
    symmetric: true
    aspect: event
    valence: {subject: 1, object: 1}
    plover: {type: AID, mode: visit, context: [military, legal]}
    cameo: ["04", "046"]
    same_as: [foaf:knows, schema:knows]
"""


def read(*files: str) -> Vocabulary:
    """The vocabulary of some ontology files, with nothing else in the workspace."""
    checked = check(Texts(None, (), tuple(text(f"{n}.yaml", f) for n, f in enumerate(files)), ()))
    assert [] == [brief(d) for d in checked.diagnostics]
    return checked.facts.vocabulary


def problems(*files: str) -> list[str]:
    checked = check(Texts(None, (), tuple(text(f"{n}.yaml", f) for n, f in enumerate(files)), ()))
    return [brief(d) for d in checked.diagnostics]


# -- what is read ---------------------------------------------------------------------------------


def test_every_key_of_a_relation_is_read() -> None:
    knows = read(BASE).relations["knows"]
    assert ("Person",) == knows.domain
    assert ("Person", "Town") == knows.range
    assert knows.symmetric
    assert Aspect.EVENT is knows.aspect
    assert Valence(1, 1) == knows.valence
    assert knows.plover is not None
    assert ("AID", "visit", ("military", "legal")) == (
        knows.plover.type,
        knows.plover.mode,
        knows.plover.context,
    )
    assert ("04", "046") == knows.cameo
    assert ("foaf:knows", "schema:knows") == knows.same_as


def test_what_a_relation_does_not_say_has_its_default() -> None:
    plain = read(BASE, "relations: {livesIn: {domain: Person, range: Town}}").relations["livesIn"]
    assert ("lives in", "live in", "") == (plain.label, plain.infinitive, plain.description)
    assert (False, Aspect.STATE, Valence(0, 0)) == (plain.symmetric, plain.aspect, plain.valence)
    assert (None, None, None, (), ()) == (
        plain.parent,
        plain.literal,
        plain.plover,
        plain.cameo,
        plain.same_as,
    )


def test_words_of_a_relation_are_read() -> None:
    words = """\
        relations:
          livesIn:
            label: dwells in
            infinitive: dwell inside
            inverse_label: is home of
            description: Where somebody lives.
            domain: Person
            range: Town
        """
    lives = read(BASE, words).relations["livesIn"]
    assert ("dwells in", "dwell inside", "is home of", "Where somebody lives.") == (
        lives.label,
        lives.infinitive,
        lives.inverse_label,
        lives.description,
    )


def test_a_relation_takes_from_its_parents_what_it_does_not_say() -> None:
    family = """\
        relations:
          loves: {parent: knows}
          adores: {parent: loves, symmetric: false, range: Person}
        """
    relations = read(BASE, family).relations
    for relation in (relations["loves"], relations["adores"]):
        assert ("Person",) == relation.domain
        assert (Aspect.EVENT, Valence(1, 1)) == (relation.aspect, relation.valence)
        # a mapping to another vocabulary is its own affair
        assert (None, (), ()) == (relation.plover, relation.cameo, relation.same_as)
    assert (True, ("Person", "Town")) == (relations["loves"].symmetric, relations["loves"].range)
    assert (False, ("Person",)) == (relations["adores"].symmetric, relations["adores"].range)


@pytest.mark.parametrize("kind", list(LiteralKind))
def test_a_range_may_be_a_kind_of_value(kind: LiteralKind) -> None:
    relations = read(BASE, f"relations: {{has: {{domain: Person, range: {kind}}}}}").relations
    assert (kind, ()) == (relations["has"].literal, relations["has"].range)


def test_lineage_goes_to_the_root() -> None:
    vocabulary = read(BASE, "types: {Child: {parent: Person}}\nrelations: {loves: {parent: knows}}")
    assert ["Child", "Person", "Thing"] == list(vocabulary.lineage("Child"))
    assert ["loves", "knows"] == list(vocabulary.relation_lineage("loves"))
    assert vocabulary.is_a("Child", "Thing")
    assert not vocabulary.is_a("Person", "Child")
    assert vocabulary.is_any("Child", ("Town", "Person"))
    assert not vocabulary.is_any("Town", ("Person", "Child"))
    assert [] == list(vocabulary.lineage("Nobody"))


def test_a_code_scheme_is_read() -> None:
    file = """\
        codes:
          iso: {label: ISO, pattern: "[A-Z]{2}", url: "https://x.org/{}", iri: "http://x.org/{}"}
          free: {label: Free}
        """
    schemes = read(file).schemes
    assert ("ISO", "[A-Z]{2}", "https://x.org/{}", "http://x.org/{}") == (
        schemes["iso"].label,
        schemes["iso"].pattern,
        schemes["iso"].url,
        schemes["iso"].iri,
    )
    assert (".+", None, None) == (schemes["free"].pattern, schemes["free"].url, schemes["free"].iri)


def test_files_may_be_in_any_order() -> None:
    child = "types: {Child: {parent: Person}}\nrelations: {loves: {parent: knows}}"
    assert read(BASE, child) == read(child, BASE)


@pytest.mark.parametrize(
    ("label", "infinitive"),
    [
        ("backs", "back"),
        ("is allied with", "be allied with"),
        ("has trade tensions with", "have trade tensions with"),
        ("does business with", "do business with"),
        ("carries out", "carry out"),
        ("ties down", "tie down"),
        ("reaches", "reach"),
        ("pushes", "push"),
        ("passes", "pass"),
        ("taxes", "tax"),
        ("undergoes", "undergo"),
        ("imposes", "impose"),
        ("governs", "govern"),
        ("must obey", "must obey"),
        ("pass", "pass"),
    ],
)
def test_an_infinitive_is_derived(label: str, infinitive: str) -> None:
    assert infinitive == infinitive_of(label)


def test_a_label_is_derived() -> None:
    assert "gives military support to" == label_from_id("givesMilitarySupportTo")
    assert "news article" == label_from_id("NewsArticle")


# -- what is wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        # keys and values
        ("types: {Dog: {laebl: x}}", "0.yaml:1:15 unknown-key: a type has no key 'laebl'"),
        ("types: {dog: {label: x}}", "0.yaml:1:9 bad-id: 'dog' cannot be a type"),
        ("types: {Dog: [x]}", "0.yaml:1:14 wrong-shape: a list stands where the keys of a type "
                              "should"),
        ("types: [Dog]", "0.yaml:1:8 wrong-shape: a list stands where the types by id should"),
        ("types: {Dog: {parent: Animl}}", "0.yaml:1:23 unknown-type: no type is called 'Animl'"),
        ("types: {Dog: {same_as: foo:Bar}}",
         "0.yaml:1:24 bad-address: 'foo' is no prefix that kg knows"),
        ("types: {Dog: {same_as: Bar}}", "0.yaml:1:24 bad-address: 'Bar' is not PREFIX:NAME"),
        ("types: {Dog: {parent: Dog}}",
         "0.yaml:1:23 parent-cycle: 'Dog' is its own ancestor: Dog → Dog"),
        ("codes: {x: {pattern: y}}", "0.yaml:1:9 missing-key: a code scheme needs the key 'label'"),
        ("codes: {x: {label: X, url: 'https://x.org/'}}",
         "0.yaml:1:28 bad-address: 'https://x.org/' does not hold one '{}'"),
        ("codes: {x: {label: X, pattern: '[A-Z'}}",
         "0.yaml:1:32 bad-value: '[A-Z' is not a regular expression that RE2 takes: missing ]: "
         "[A-Z"),
        ("types: {Claim: {label: x}}",
         "0.yaml:1:9 reserved-term: 'Claim' is a word of kg's own model of claims"),
        ("types:", "0.yaml:1:7 empty-value: 'types' has no value"),
        ("types: {Dog: &x {label: x}}", "0.yaml:1:14 yaml-anchor: '&x' is an anchor"),
        ("types: {Dog: {label: [x]}}", "0.yaml:1:22 wrong-shape: a list stands where text should"),
        ("typs: {Dog: {label: x}}", "0.yaml:1:1 unknown-key: an ontology file has no key 'typs'"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_type_or_scheme(entry: str, expected: str) -> None:
    (found,) = problems(entry)
    assert expected.split(":", 3)[:3] == found.split(":", 3)[:3]
    assert expected == found


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("Likes: {domain: Person, range: Town}", "bad-id: 'Likes' cannot be a relation"),
        ("likes: {domain: Persn, range: Town}", "unknown-type: no type is called 'Persn'"),
        ("likes: {domain: Person, range: [Town, Twon]}", "unknown-type: no type is called 'Twon'"),
        ("likes: {domain: Person, range: quanttiy}", "unknown-type: no type is called 'quanttiy'"),
        ("likes: {domain: date, range: Town}", "unknown-type: no type is called 'date'"),
        ("likes: {parent: knosw}", "unknown-relation: no relation is called 'knosw'"),
        ("likes: {paernt: knows}", "unknown-key: a relation has no key 'paernt'"),
        ("likes: {domian: Person, range: Town}", "unknown-key: a relation has no key 'domian'"),
        ("likes: {domain: Person}",
         "no-ends: the relation 'likes' has no range, and no parent that has one"),
        ("likes: {domain: Person, range: [Town, text]}",
         "mixed-range: 'text' stands beside other types in a range"),
        ("likes: {parent: knows, symmetric: yes}", "bad-value: 'yes' is no truth value"),
        ("likes: {parent: knows, aspect: evnet}", "bad-value: 'evnet' is no aspect"),
        ("likes: {parent: knows, valence: {subject: 2}}", "bad-value: '2' is no valence"),
        ("likes: {parent: knows, valence: {subject: 1, objcet: 1}}",
         "unknown-key: a valence has no key 'objcet'"),
        ("likes: {parent: knows, valence: 1}",
         "wrong-shape: '1' stands where the keys of a valence should"),
        ("likes: {parent: knows, plover: {type: aid}}", "bad-value: 'aid' is no PLOVER type"),
        ("likes: {parent: knows, plover: {mode: x}}",
         "missing-key: a PLOVER mapping needs the key 'type'"),
        ("likes: {parent: knows, cameo: 4}", "bad-value: '4' is no CAMEO code"),
        ("likes: {parent: knows, label: }", "empty-value: 'label' has no value"),
        ("likes: {parent: likes}", "parent-cycle: 'likes' is its own ancestor: likes → likes"),
    ],
)  # fmt: skip
def test_one_mistake_in_a_relation_is_one_finding(entry: str, expected: str) -> None:
    found = problems(BASE, f"relations:\n  {entry}\n  hugs: {{parent: likes}}\n"
                     if not entry.startswith("Likes") else f"relations:\n  {entry}\n")  # fmt: skip
    assert [expected] == [finding.partition(" ")[2] for finding in found]


def test_a_cycle_is_reported_once() -> None:
    found = problems("types: {A: {parent: B}, B: {parent: C}, C: {parent: A}, D: {parent: A}}")
    assert ["0.yaml:1:21 parent-cycle: 'A' is its own ancestor: A → B → C → A"] == found


def test_two_declarations_of_one_term() -> None:
    found = problems(BASE, "types: {Person: {label: x}}\nrelations: {knows: {parent: knows}}")
    assert [
        "1.yaml:1:9 duplicate-term: 'Person' is declared twice",
        "1.yaml:2:13 duplicate-term: 'knows' is declared twice",
    ] == found


def test_a_term_of_the_core_cannot_be_declared_again() -> None:
    checked = check_all(ontology="types: {State: {label: state}}\nrelations: {backs: {label: x}}")
    assert [
        "ontology/own.yaml:1:9 redefined-term: 'State' is a type of the core",
        "ontology/own.yaml:2:13 redefined-term: 'backs' is a relation of the core",
    ] == errors(checked)


def test_an_unknown_type_has_a_hint() -> None:
    checked = check(Texts(None, (), (text("o.yaml", BASE + "  likes: {domain: Pesron}\n"),), ()))
    hints = {d.code.name: d.hint for d in checked.diagnostics}
    assert "did you mean 'Person'?" == hints["unknown-type"]


# -- the core -------------------------------------------------------------------------------------


def core() -> Vocabulary:
    return check(Texts(None, core_texts(), (), ())).facts.vocabulary


def test_the_core_has_no_findings() -> None:
    assert [] == [brief(d) for d in check(Texts(None, core_texts(), (), ())).diagnostics]


def of_core() -> list[Relation]:
    relations = list(core().relations.values())
    assert relations
    return relations


def test_every_type_of_the_core_is_described() -> None:
    types = core().types.values()
    assert len(types) > 30
    assert [] == [t.id for t in types if not (t.label and t.description.endswith("."))]


def test_every_relation_of_the_core_is_described() -> None:
    for relation in of_core():
        body = relation.places.body.entries
        assert {"label", "inverse_label", "description"} <= body.keys(), relation.id
        assert relation.description.endswith("."), relation.id
        assert relation.label == relation.label.strip() != ""


def test_a_symmetric_relation_of_the_core_reads_the_same_from_both_sides() -> None:
    assert [] == [r.id for r in of_core() if r.symmetric and r.label != r.inverse_label]


def test_a_relation_of_the_core_stays_within_its_parent() -> None:
    vocabulary = core()
    for relation in of_core():
        if relation.parent is None:
            continue
        parent = vocabulary.relations[relation.parent]
        assert all(vocabulary.is_any(end, parent.domain) for end in relation.domain), relation.id
        assert all(vocabulary.is_any(end, parent.range) for end in relation.range), relation.id


def test_no_two_relations_of_the_core_have_one_label() -> None:
    labels = [relation.label for relation in of_core()]
    assert sorted(set(labels)) == sorted(labels)


def test_no_relation_of_the_core_is_a_denial_or_a_stance() -> None:
    words = ("not", "never", "no", "considers", "wants", "intends", "expects", "refuses")
    assert [] == [r.id for r in of_core() if set(r.label.split()) & set(words)]


def test_a_relation_and_a_code_scheme_cannot_share_a_name() -> None:
    checked = check_all(ontology="relations: {iso3166: {domain: Actor, range: Actor}}\n")
    assert [
        "ontology/own.yaml:1:13 duplicate-term: 'iso3166' is a relation and a code scheme"
    ] == errors(checked)
