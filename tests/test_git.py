"""Git itself merges workspaces with kg's driver, and what a team's checks run does run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.test_cli import kg

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

FACTS = "facts/claims.yaml"
NEW = "  - {{id: {id}, subject: belmark, relation: backs, object: arvenia, passage: P1{more}}}\n"


def run(*command: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command with the kg of these tests first on the path, and nobody's configuration of git."""
    scripts = str(Path(sys.executable).parent)
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {"NAME": "A", "EMAIL": "a@example.org"}
    authors = {f"GIT_{who}_{k}": v for who in ("AUTHOR", "COMMITTER") for k, v in names.items()}
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            **alone,
            **authors,
            "PATH": scripts + os.pathsep + os.environ["PATH"],
            **env,
        },
    )


def git(folder: Path, *arguments: str) -> str:
    done = run("git", *arguments, cwd=folder)
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def commit(folder: Path, changes: Mapping[str, str]) -> None:
    for name, content in changes.items():
        (folder / name).write_text(content, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "change")


def text_of(folder: Path, name: str = FACTS) -> str:
    return (folder / name).read_text(encoding="utf-8")


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A workspace in a repository, on a branch `main` with another `hers` at the same commit."""
    kg("init", str(tmp_path))
    git(tmp_path, "init", "-q", "-b", "main")
    done = run("kg", "git", "setup", cwd=tmp_path)
    assert 0 == done.returncode, done.stderr
    assert "commit .gitattributes" in done.stderr
    commit(tmp_path, {})
    git(tmp_path, "branch", "hers")
    return tmp_path


def diverged(team: Path, hers: Mapping[str, str], his: Mapping[str, str]) -> Path:
    git(team, "switch", "-q", "hers")
    commit(team, hers)
    git(team, "switch", "-q", "main")
    commit(team, his)
    return team


def added(team: Path, id: str, more: str = "") -> str:
    return text_of(team) + NEW.format(id=id, more=more)


def test_facts_added_at_one_place_by_two_people_are_both_kept(team: Path) -> None:
    diverged(team, {FACTS: added(team, "hers")}, {FACTS: added(team, "his")})
    git(team, "merge", "-q", "-m", "both", "hers")
    merged = text_of(team)
    assert merged.endswith(NEW.format(id="his", more="") + NEW.format(id="hers", more=""))
    assert 0 == kg("check", cwd=team).returncode


def test_lines_alone_would_have_been_a_conflict(team: Path) -> None:
    diverged(team, {FACTS: added(team, "hers")}, {FACTS: added(team, "his")})
    git(team, "config", "--remove-section", "merge.kg")
    assert 1 == run("git", "merge", "-q", "-m", "both", "hers", cwd=team).returncode
    assert "<<<<<<<" in text_of(team)


@pytest.mark.parametrize("how", [("rebase", "-q", "hers"), ("cherry-pick", "hers")])
def test_rebases_and_picks_join_them_as_well(team: Path, how: tuple[str, ...]) -> None:
    diverged(team, {FACTS: added(team, "hers")}, {FACTS: added(team, "his")})
    git(team, *how)
    assert {"hers", "his"} == {id for id in ("hers", "his") if f"{{id: {id}," in text_of(team)}
    assert "<<<<" not in text_of(team)


def test_two_keys_of_one_fact_are_put_together(team: Path) -> None:
    commit(team, {FACTS: added(team, "one")})
    git(team, "branch", "-f", "hers")
    one = NEW.format(id="one", more="")
    hers = text_of(team).replace(one, NEW.format(id="one", more=", note: hers"))
    his = text_of(team).replace(one, one.replace("backs", "opposes"))
    diverged(team, {FACTS: hers}, {FACTS: his})
    git(team, "merge", "-q", "-m", "both", "hers")
    assert NEW.format(id="one", more=", note: hers").replace("backs", "opposes") in text_of(team)


def test_one_key_changed_twice_is_a_conflict_of_this_fact_alone(team: Path) -> None:
    commit(team, {FACTS: added(team, "one")})
    git(team, "branch", "-f", "hers")
    hers = text_of(team).replace("backs, object: arv", "opposes, object: arv")
    his = text_of(team).replace("backs, object: arv", "criticizes, object: arv")
    diverged(
        team,
        {FACTS: hers + NEW.format(id="more", more="")},
        {FACTS: his.replace("facts:", "facts:\n" + NEW.format(id="first", more=""))},
    )
    done = run("git", "merge", "-q", "-m", "both", "hers", cwd=team)
    assert 1 == done.returncode
    content = text_of(team)
    between = content.split("<<<<<<< ours\n")[1].split(">>>>>>> theirs\n")[0]
    assert 2 == between.count("id: one,") == len(between.splitlines()) - 1
    assert "id: first," in content
    assert "id: more," in content.split(">>>>>>> theirs\n")[1]
    found = kg("check", cwd=team)
    assert 1 == found.returncode
    assert "<<<<<<< ours" in found.stdout


def test_the_same_fact_twice_is_one(team: Path) -> None:
    diverged(team, {FACTS: added(team, "one")}, {FACTS: added(team, "one")})
    git(team, "merge", "-q", "-m", "both", "hers")
    assert 1 == text_of(team).count("id: one,")


def test_what_says_the_same_under_two_ids_is_found(team: Path) -> None:
    diverged(team, {FACTS: added(team, "one")}, {FACTS: added(team, "other")})
    git(team, "merge", "-q", "-m", "both", "hers")
    assert "[duplicate-claim]" in kg("check", cwd=team).stdout


def test_a_file_that_cannot_be_read_is_merged_by_lines(team: Path) -> None:
    broken = text_of(team).replace("facts:", "facts: [")
    diverged(team, {FACTS: "# hers\n" + text_of(team)}, {FACTS: broken})
    git(team, "merge", "-q", "-m", "both", "hers")
    assert "# hers\n" + broken == text_of(team)


def test_without_kg_git_merges_lines_itself(team: Path) -> None:
    driver = git(team, "config", "merge.kg.driver").replace("kg git merge", "no-kg git merge")
    driver = driver.replace("command -v kg", "command -v no-kg").strip()
    git(team, "config", "merge.kg.driver", driver)
    diverged(team, {FACTS: "# hers\n" + text_of(team)}, {FACTS: added(team, "his")})
    git(team, "merge", "-q", "-m", "both", "hers")
    assert text_of(team).startswith("# hers\n")
    assert "id: his," in text_of(team)


def test_setting_up_twice_changes_nothing_more(team: Path) -> None:
    before = text_of(team, ".gitattributes")
    done = run("kg", "git", "setup", cwd=team)
    assert 0 == done.returncode
    assert "commit" not in done.stderr
    assert before == text_of(team, ".gitattributes")


def test_a_folder_in_no_repository_is_told(tmp_path: Path) -> None:
    kg("init", str(tmp_path))
    done = run("kg", "git", "setup", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert 1 == done.returncode
    assert "repository" in done.stderr
    assert not (tmp_path / ".gitattributes").exists()


# -- before a commit, and on GitHub ---------------------------------------------------------------


def hooks() -> list[dict[str, object]]:
    listed = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(listed, list)
    return listed


def test_the_manifest_of_hooks_is_valid() -> None:
    scripts = Path(sys.executable).parent
    path = str(ROOT / ".pre-commit-hooks.yaml")
    done = run(str(scripts / "pre-commit"), "validate-manifest", path, cwd=ROOT)
    assert 0 == done.returncode, done.stdout


def test_pre_commit_stops_what_does_not_check_and_lays_out_files(team: Path) -> None:
    """The hooks as pre-commit runs them, in the environment of these tests instead of a new one."""
    local = [{**hook, "language": "system"} for hook in hooks()]
    config = yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]}, sort_keys=False)
    (team / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    program = str(Path(sys.executable).parent / "pre-commit")
    home = {"PRE_COMMIT_HOME": str(team / ".git" / "hooks-cache")}
    git(team, "add", "-A")
    done = run(program, "run", "--all-files", cwd=team, **home)
    assert 0 == done.returncode, done.stdout
    broken = added(team, "bad").replace("belmark, relation: backs", "belmarc,   relation: backs")
    (team / FACTS).write_text(broken, encoding="utf-8")
    git(team, "add", "-A")
    done = run(program, "run", cwd=team, **home)
    assert 1 == done.returncode
    assert "files were modified by this hook" in done.stdout
    assert "[unknown-entity]" in done.stdout
    assert "subject: belmarc, relation: backs" in text_of(team)


def action() -> dict[str, object]:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_the_action_is_what_github_takes() -> None:
    program = str(Path(sys.executable).parent / "check-jsonschema")
    schema = ("--builtin-schema", "vendor.github-actions")
    done = run(program, *schema, str(ROOT / "action.yml"), cwd=ROOT)
    assert 0 == done.returncode, done.stdout


@pytest.mark.skipif(os.name == "nt", reason="the steps are written for bash")
def test_the_steps_of_the_action_do_what_they_say(team: Path) -> None:
    steps = {
        step["name"]: step["run"]
        for step in action()["runs"]["steps"]  # type: ignore[index]
        if "run" in step
    }

    def step(name: str, **env: str) -> subprocess.CompletedProcess[str]:
        shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps[name])
        return run(*shell, cwd=team.parent, **{"FOLDER": team.name, **env})

    assert 'python -m pip install --quiet "$HERE"' == steps["Install kg"]
    assert 0 == step("Check the layout").returncode
    assert 0 == step("Check the facts", STRICT="").returncode
    broken = text_of(team).replace("subject: belmark", "subject:  belmarc", 1)
    (team / FACTS).write_text(broken, encoding="utf-8")
    assert 1 == step("Check the layout").returncode
    done = step("Check the facts", STRICT="--strict")
    assert 1 == done.returncode
    assert done.stdout.startswith(f"::error file={team.name}/{FACTS},line=")
    assert 0 == step("Write SARIF", SARIF=str(team / "kg.sarif")).returncode
    assert '"unknown-entity"' in text_of(team, "kg.sarif")
    assert 1 == step("Write SARIF", SARIF=str(team / "none"), FOLDER="nowhere").returncode
