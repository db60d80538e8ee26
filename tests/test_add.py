"""`kg add` as a script meets it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli

KG = [sys.executable, "-m", "kg"]
SOURCE = "harbour-times-2024-05-03"
AIDS = ("--subject", "arvenia", "--relation", "backs", "--object", "belmark")
FROM = ("--source", SOURCE, "--passage", "P1")


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("starter") / "mine"
    assert 0 == kg("init", str(folder), cwd=folder.parent).exit_code
    return dict(files_of(folder))


@pytest.fixture
def workspace(tmp_path: Path, starter: dict[str, bytes]) -> Path:
    for name, data in starter.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def added(workspace: Path, before: dict[str, bytes]) -> dict[str, str]:
    """What was put into each file that differs; nothing else may differ."""
    stretches = {}
    for name, data in files_of(workspace):
        old = before.get(name, b"")
        if data != old:
            assert len(data) > len(old)
            start = next((i for i, byte in enumerate(old) if data[i] != byte), len(old))
            assert data.endswith(old[start:])
            stretches[name] = data[start : len(data) - len(old) + start].decode()
    assert set(before) <= {name for name, _ in files_of(workspace)}
    return stretches


def kg(*arguments: str, cwd: Path, text: str = "") -> Result:
    """A run within this process, which is a hundred times as fast as one of its own."""
    with contextlib.chdir(cwd):
        return CliRunner().invoke(cli, arguments, input=text, catch_exceptions=False)


def piped(workspace: Path, noun: str, text: str) -> Result:
    return kg("add", noun, "-", cwd=workspace, text=text)


# -- what is written ------------------------------------------------------------------------------


def test_a_fact_is_added_by_one_command(workspace: Path, starter: dict[str, bytes]) -> None:
    run = kg(
        "add", "fact", *AIDS, *FROM, "--polarity", "denied", "--said-by", "arvenian-official:told",
        "--tags", "one", "--tags", "two, three", cwd=workspace,
    )  # fmt: skip
    assert 0 == run.exit_code
    assert run.stderr.startswith("  Arvenia does not back Belmark\n")
    (name,) = changed = added(workspace, starter)
    line = starter[name].count(b"\n") + 2  # a blank line stands between the facts of this file
    assert f"{name}:{line}: added fact 'arvenia-backs-belmark-denied'\n" == run.stdout
    assert changed[name] == (
        "\n"
        "  - id: arvenia-backs-belmark-denied\n"
        "    subject: arvenia\n"
        "    relation: backs\n"
        "    object: belmark\n"
        "    polarity: denied\n"
        "    said_by: [{by: arvenian-official, verb: told}]\n"
        "    passage: P1\n"
        "    tags: [one, 'two, three']\n"
    )
    assert 0 == kg("check", "--strict", cwd=workspace).exit_code


def test_entities_and_sources_are_added(workspace: Path, starter: dict[str, bytes]) -> None:
    person = kg(
        "add", "entity", "--type", "Person", "--name", "Åse Ødegård", "--labels", "ru=Осе",
        "--labels", "zh=奥塞", "--codes", "wikidata=Q1", "--aliases", "Åse", cwd=workspace,
    )  # fmt: skip
    assert 0 == person.exit_code
    assert "added entity 'ase-odegard'" in person.stdout
    paper = kg(
        "add", "source", "--type", "Report", "--title", "A study: part 1", "--published", "2024",
        "--publisher", "harbour-times", "--text", "texts/harbour-times-2024-05-03.txt",
        cwd=workspace,
    )  # fmt: skip
    assert 0 == paper.exit_code, paper.stderr
    assert "added source 'harbour-times-2024'" in paper.stdout
    changes = added(workspace, starter)
    assert (
        "  ase-odegard: {type: Person, name: Åse Ødegård, labels: {ru: Осе, zh: 奥塞}, "
        "aliases: Åse, codes: {wikidata: Q1}}\n" in changes.values()
    )
    assert any("    title: 'A study: part 1'\n" in change for change in changes.values())
    assert any("\n      sha256: d07fd264" in change for change in changes.values())


def test_a_file_is_chosen_or_made(workspace: Path, starter: dict[str, bytes]) -> None:
    run = kg("add", "fact", *AIDS, *FROM, "--file", "facts/new/more.yaml", cwd=workspace)
    assert (0, "facts/new/more.yaml:4: added fact 'arvenia-backs-belmark', a new file\n") == (
        run.exit_code,
        run.stdout,
    )
    assert added(workspace, starter) == {
        "facts/new/more.yaml": f"defaults: {{source: {SOURCE}}}\n\nfacts:\n"
        "  - {id: arvenia-backs-belmark, subject: arvenia, relation: backs, object: belmark, "
        "passage: P1}\n"
    }
    again = kg("-C", str(workspace), "add", "fact", *AIDS, "--modality", "desired", "--passage",
               "P1", "--file", "facts/new/more.yaml", cwd=workspace.parent)  # fmt: skip
    assert 0 == again.exit_code, again.stderr


def test_a_dry_run_shows_and_writes_nothing(workspace: Path, starter: dict[str, bytes]) -> None:
    run = kg("add", "fact", *AIDS, *FROM, "--dry-run", cwd=workspace)
    assert 0 == run.exit_code
    place, entry = run.stdout.splitlines()
    assert place.startswith("facts/")
    assert entry.startswith("  - {id: arvenia-backs-belmark, subject: arvenia, ")
    assert {} == added(workspace, starter)


def test_yaml_is_taken_from_standard_input(workspace: Path, starter: dict[str, bytes]) -> None:
    run = piped(
        workspace, "fact",
        f"- {{subject: arvenia, relation: backs, object: belmark, source: {SOURCE}, passage: P1}}\n"
        f"- id: mine\n  subject: belmark\n  relation: backs\n  object: arvenia\n"
        f"  source: {SOURCE}\n  passage: [P1, P2]\n",
    )  # fmt: skip
    assert 0 == run.exit_code, run.stderr
    assert ["'arvenia-backs-belmark'", "'mine'"] == [
        line.split()[-1] for line in run.stdout.splitlines()
    ]
    run = piped(workspace, "entity", "corland: {type: State, name: Corland}\n")
    assert 0 == run.exit_code, run.stderr
    run = piped(workspace, "entity", "{type: State, name: Dorland}\n")
    assert "added entity 'dorland'" in run.stdout
    assert 0 == kg("check", cwd=workspace).exit_code
    assert 2 == "".join(added(workspace, starter).values()).count("id:")


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", 2, "standard input is empty"),
        ("- a\n", 2, "a mapping of its keys"),
        ("facts: []\n", 2, "holds no facts"),
        ("- {subject: a,\n", 1, "-:2:1: error[yaml-syntax]"),
        ("- {relation: backs, object: belmark, source: s}\n", 2, "needs 'subject'"),
        (f"- {{subject: x, relation: backs, object: belmark, source: {SOURCE}}}\n", 1,
         "'subject' of 'x-backs-belmark': no entity or source is called 'x'"),
        (f"- {{subject: arvenia, relation: backs, object: belmark, source: {SOURCE}, wen: 1}}\n", 1,
         "'wen' of 'arvenia-backs-belmark': a fact has no key 'wen'; did you mean 'when'?"),
    ],
)  # fmt: skip
def test_bad_input_is_refused(
    workspace: Path, starter: dict[str, bytes], text: str, code: int, says: str
) -> None:
    run = piped(workspace, "fact", text)
    assert code == run.exit_code, run.stderr
    assert says in run.stderr
    assert {} == added(workspace, starter)


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--relation", "back"), 1,
         "--relation: no relation is called 'back'; did you mean 'backs'?"),
        (("--said-by", "arvenian-oficial:told"), 1,
         "--said-by: no entity or source is called 'arvenian-oficial'; "
         "did you mean 'arvenian-official'?"),
        (("--when", "2024-13"), 1, "--when: '2024-13' is not "),
        (("--passage", "P9"), 1, f"--passage: the source '{SOURCE}' has no part 'P9'"),
        (("--passage", "P1:0-5000"), 1, "--passage: 0-5000 ends behind part 'P1'"),
        (("--relation", "memberOf"), 1, "--object: 'belmark' is a State; 'memberOf' takes"),
        (("--id", "A b"), 1, "--id: 'A b' cannot be an id"),
        (("--id", "talks"), 1, "--id: 'talks' is declared twice"),
        (("--note", ""), 1, "--note: 'note' has no value"),
        (("--note", "a\x1bb"), 2, "--note: U+001B has no place in a text"),
        (("--file", "facts/x.txt"), 2, "does not end in .yaml"),
        (("--file", "kg.yaml"), 2, "lies outside "),
        (("--file", "facts/../kg.yaml"), 2, "lies outside "),
    ],
)  # fmt: skip
def test_what_would_not_check_is_refused_by_the_option_that_is_wrong(
    workspace: Path, starter: dict[str, bytes], options: tuple[str, ...], code: int, says: str
) -> None:
    usual = {"--subject": "arvenia", "--relation": "backs", "--object": "belmark",
             "--source": SOURCE, "--passage": "P1"}  # fmt: skip
    given = {**usual, **dict(zip(options[::2], options[1::2], strict=True))}
    run = kg("add", "fact", *(w for pair in given.items() for w in pair), cwd=workspace)
    assert code == run.exit_code, run.stderr
    assert says in run.stderr
    assert not run.stdout
    assert {} == added(workspace, starter)


def test_what_is_missing_is_asked_for(workspace: Path) -> None:
    run = kg("add", "fact", "--subject", "arvenia", "--relation", "backs", cwd=workspace)
    assert 2 == run.exit_code
    assert "the fact needs --object, --source: to whom or what" in run.stderr
    run = kg("add", "entity", "--type", "State", "--name", "Россия", cwd=workspace)
    assert 2 == run.exit_code
    assert "--id: no id can be made" in run.stderr


def test_what_is_there_is_not_added_again(workspace: Path) -> None:
    assert 0 == kg("add", "fact", *AIDS, *FROM, cwd=workspace).exit_code
    before = dict(files_of(workspace))
    run = kg("add", "fact", *AIDS, *FROM, cwd=workspace)
    assert 1 == run.exit_code
    assert "says the same as 'arvenia-backs-belmark' (facts/" in run.stderr
    run = kg("add", "entity", "--type", "State", "--name", "Arvenia", cwd=workspace)
    assert 1 == run.exit_code
    assert "'arvenia' is there already (facts/" in run.stderr
    assert {} == added(workspace, before)
    run = kg("add", "fact", *AIDS, *FROM, "--again", cwd=workspace)
    assert 0 == run.exit_code
    assert f"'arvenia-backs-belmark-{SOURCE}'" in run.stdout
    assert "warning[duplicate-claim]" in run.stderr


def test_errors_elsewhere_are_no_hindrance(workspace: Path) -> None:
    (workspace / "facts" / "broken.yaml").write_text("entities:\n  x: {type: Stat, name: X}\n")
    (workspace / "facts" / "worse.yaml").write_text("facts: [\n")
    run = kg("add", "fact", *AIDS, *FROM, cwd=workspace)
    assert (0, "  Arvenia backs Belmark\n") == (run.exit_code, run.stderr)
    into = kg("add", "fact", *AIDS, *FROM, "--again", "--file", "facts/worse.yaml", cwd=workspace)
    assert 1 == into.exit_code
    assert "facts/worse.yaml: it cannot be read" in into.stderr


def test_a_link_to_a_file_stays_a_link(workspace: Path) -> None:
    real = workspace / "shared.yaml"
    real.write_text("facts: []\n")
    (workspace / "facts" / "linked.yaml").symlink_to(real)
    run = kg("add", "fact", *AIDS, *FROM, "--file", "facts/linked.yaml", cwd=workspace)
    assert 0 == run.exit_code, run.stderr
    assert (workspace / "facts" / "linked.yaml").is_symlink()
    assert "arvenia-backs-belmark" in real.read_text()


# -- at the same time -----------------------------------------------------------------------------


def test_many_at_once_lose_nothing(workspace: Path) -> None:
    each = [
        subprocess.Popen(
            [*KG, "add", "fact", *AIDS, *FROM, "--when", f"{2000 + number}"],
            cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for number in range(8)
    ]  # fmt: skip
    for process in each:
        _, says = process.communicate(timeout=120)
        assert 0 == process.returncode, says
    content = "".join(path.read_text() for path in (workspace / "facts").glob("*.yaml"))
    assert [] == [year for year in range(2000, 2008) if f"when: {year}" not in content]
    assert 0 == kg("check", cwd=workspace).exit_code


@pytest.mark.skipif(os.name == "nt", reason="nothing is killed like that there")
def test_one_that_is_killed_leaves_every_file_whole(
    workspace: Path, starter: dict[str, bytes]
) -> None:
    for delay in (0.2, 0.3, 0.4, 0.5):
        process = subprocess.Popen(
            [*KG, "add", "fact", *AIDS, *FROM, "--when", "2001"],
            cwd=workspace, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert 0 == kg("check", cwd=workspace).exit_code
    names = {name for name, _ in files_of(workspace) if name.endswith(".yaml")}
    assert names == {name for name in starter if name.endswith(".yaml")}
