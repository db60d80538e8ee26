"""The plan of the house, held by a machine: floors, doors, registries and what a command loads."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import kg.cli
import kg.query.request
import kg.rules
from kg.check import CODES
from kg.cli.main import COMMANDS, cli
from kg.lens import DIALS
from kg.model.vocabulary import RESERVED
from kg.publish.terms import GROUPS, WORDS
from tests.conftest import ROOT

_HEAVY = {
    "IPython",
    "jinja2",
    "networkx",
    "numpy",
    "pandas",
    "pyarrow",
    "pyoxigraph",
    "pyvis",
    "rdflib",
    "rustworkx",
    "scipy",
}


def loaded_by(*arguments: str, cwd: Path = ROOT) -> set[str]:
    """The top-level modules that are loaded when a command has run."""
    script = (
        "import sys; from kg.cli.main import cli;"
        f"cli({list(arguments)!r}, standalone_mode=False);"
        "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=cwd, capture_output=True, text=True, check=True
    )
    return set(run.stderr.split("\n"))


def test_imports_go_only_downwards() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([str(lint)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert 0 == result.returncode, result.stdout


def test_help_loads_click_and_no_part_of_the_core() -> None:
    modules = loaded_by("--help")
    assert not _HEAVY & modules
    assert "yaml" not in modules
    assert not {m for m in modules if m.startswith("kg.") and not m.startswith("kg.cli")}


def test_check_loads_only_the_reader() -> None:
    modules = loaded_by("--quiet", "check")
    assert not _HEAVY & modules
    own = {m.split(".")[1] for m in modules if m.startswith("kg.")}
    assert own <= {
        "cli",
        "workspace",
        "render",
        "check",
        "rules",
        "evidence",
        "suppressions",
        "scene",
        "standing",
        "lens",
        "conflicts",
        "identity",
        "coverage",
        "marking",
        "parcels",
        "reach",
        "scenarios",
        "validity",
        "voices",
        "reading",
        "model",
        "wording",
    }
    assert len(modules) < 330  # a hundred fewer than with one heavy library


def test_a_query_loads_nothing_heavy_itself() -> None:
    """The engine works in a process of its own."""
    assert not _HEAVY & loaded_by("--quiet", "query", "relations")


@pytest.mark.parametrize("rule", [m.name for m in pkgutil.iter_modules(kg.rules.__path__)])
def test_every_rule_is_in_a_registry(rule: str) -> None:
    module = importlib.import_module(f"kg.rules.{rule}")
    registered = kg.rules.RULES + kg.rules.RULES_OVER_ALL
    assert module in registered, f"add {rule} to RULES or RULES_OVER_ALL in kg/rules/__init__.py"


@pytest.mark.parametrize("package", ["analysis", "exporters", "rules"])
def test_a_package_with_a_registry_holds_nothing_else(package: str) -> None:
    module = ast.parse((ROOT / "kg" / package / "__init__.py").read_text(encoding="utf-8"))
    assert [] == [node.name for node in module.body if isinstance(node, ast.FunctionDef)]


def test_codes_are_unique_and_named_in_kebab_case() -> None:
    names = [code.name for code in CODES.values()]
    assert len(names) == len(set(names))
    assert all(name == name.lower().replace("_", "-") for name in names)
    assert not [code.name for code in CODES.values() if code.summary.endswith(".")]


def test_the_names_that_the_model_takes_are_reserved() -> None:
    published = {p.name for group in GROUPS for p in group.properties}
    published |= {group.name for group in GROUPS if group.name}
    published |= {f"kg:{name}" for words, (_, all_) in WORDS.items() for name in (words, *all_)}
    own = {name.removeprefix("kg:") for name in published if name.startswith("kg:")}
    assert own <= RESERVED


def test_no_module_prints_and_one_alone_catches_everything() -> None:
    """The one that runs the code of other packages, whose faults are not kg's."""
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "kg").rglob("*.py")}
    assert sources
    found = [
        path
        for path, text in sources.items()
        for _ in re.findall(r"except \(?(?:Base)?Exception\b|except:", text)
    ]
    assert [ROOT / "kg" / "workspace" / "exports.py"] == found
    assert [] == [path for path, text in sources.items() if "\n    print(" in text]


def commands_of(module: str) -> list[click.Command]:
    """The commands that a module of the command line declares."""
    found = vars(importlib.import_module(f"kg.cli.{module}")).values()
    return [thing for thing in found if isinstance(thing, click.Command) and thing.name == module]


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(kg.cli.__path__)])
def test_every_command_is_registered(name: str) -> None:
    own = set(commands_of(name))
    assert own <= set(COMMANDS), f"add {name} to COMMANDS in kg/cli/main.py"


def choices(command: str, option: str) -> set[str]:
    (found,) = (p for p in cli.commands[command].params if p.name == option)
    assert isinstance(found.type, click.Choice)
    return {str(choice) for choice in found.type.choices}


def test_every_dial_is_an_option_where_any_is() -> None:
    # The options are written out a second time, since --help must not load the lens.
    with_lens = [c for c in COMMANDS if any(p.name == "as_of" for p in c.params)]
    assert len(with_lens) > 4
    for command in with_lens:
        assert {*DIALS, "lens"} <= {parameter.name for parameter in command.params}


def test_every_format_of_an_answer_is_offered() -> None:
    assert {*kg.query.request.FORMATS, "html"} == choices("query", "output")
