"""A generated workspace: deterministic, of any size, shaped like curated facts."""

from __future__ import annotations

import random
from pathlib import Path

_RELATIONS = ("backs", "criticizes", "meetsWith", "investsIn", "givesMilitarySupportTo")
_MODALITIES = ("actual", "actual", "actual", "intended", "considered")
_VERBS = ("said", "revealed", "confirmed")


def write_workspace(folder: Path, facts: int, actors: int | None = None, a_file: int = 200) -> None:
    """A workspace with that many facts, `a_file` in each: an actor for ten, of power-law degree."""
    rng = random.Random(facts)
    names = [f"state-{i}" for i in range(actors or max(10, facts // 10))]
    # the popularity of the i-th actor falls as 1/i
    weights = [1 / (i + 1) for i in range(len(names))]
    (folder / "facts").mkdir(parents=True)
    (folder / "kg.yaml").write_text("title: Generated\nbase: https://example.org/generated/\n")
    (folder / "facts" / "things.yaml").write_text("\n".join(_things(names)), encoding="utf-8")
    for number in range(0, facts, a_file):
        lines = ["facts:"]
        for i in range(number, min(facts, number + a_file)):
            lines.extend(_fact(i, rng, names, weights))
        name = f"facts-{number // a_file:05}.yaml"
        (folder / "facts" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _things(actors: list[str]) -> list[str]:
    lines = ["entities:"]
    for actor in actors:
        lines += [f"  {actor}:", "    type: State", f"    name: {actor.replace('-', ' ').title()}"]
    lines += ["  war:", "    type: Scenario", "    name: War", "sources:"]
    for i in range(20):
        lines += [f"  paper-{i}:", "    type: NewsArticle", f"    title: Paper {i}"]
        lines += [f"    published: 2025-{i % 12 + 1:02}-{i % 28 + 1:02}"]
        lines += ["    text:", f"      sha256: {i:064x}", "      characters: 9000"]
        parts = ", ".join(f"P{p}: {p * 100}-{p * 100 + 99}" for p in range(1, 10))
        lines += [f"      parts: {{{parts}}}"]
    return lines


def _fact(i: int, rng: random.Random, actors: list[str], weights: list[float]) -> list[str]:
    subject, target = rng.choices(actors, weights, k=2)
    while target == subject:
        target = rng.choice(actors)
    lines = [
        f"  - id: fact-{i}",
        f"    subject: {subject}",
        f"    relation: {rng.choice(_RELATIONS)}",
        f"    object: {target}",
        f"    source: paper-{rng.randrange(20)}",
        f"    modality: {rng.choice(_MODALITIES)}",
        f"    when: {rng.randrange(2000, 2025)}/..",
        f"    passage: P{rng.randrange(1, 10)}",
        f"    said_by: [{{by: {rng.choice(actors)}, verb: {rng.choice(_VERBS)}}}]",
        f"    note: what was read in the paper about the tie number {i}",
    ]
    if rng.random() < 0.2:
        lines.append("    polarity: denied")
    if rng.random() < 0.1:
        lines.append("    condition: war")
    if rng.random() < 0.3:
        lines.append(f"    credibility: {rng.randrange(1, 7)}")
    return lines
