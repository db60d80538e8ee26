"""What is made to bring a program down gets a clear answer, in bounded time and memory.

Each workspace here is checked by `kg` in a process of its own, which is ended where it takes more
than a person waits or more memory than a small machine has.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from kg.workspace.folder import MOST_BYTES
from tests.conftest import ROOT

SECONDS = 100  #: for what takes a quarter of that where nothing else runs
MEMORY = 2 * 1024**3
PROFILE = "title: Hostile\nbase: https://example.org/h/\n"
SOURCE = "sources:\n  s: {type: NewsArticle, title: S, published: 2024-05-03}\n"
STATE = "  {}: {{type: State, name: {}}}\n"


def kg(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """`kg` with limits, where the system has them."""
    code = dedent(f"""\
        import sys
        try:
            import resource
            resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
        except ImportError:
            pass
        from kg.cli.main import main
        sys.argv[0] = "kg"
        main()
        """)
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        capture_output=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def workspace(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in {"kg.yaml": PROFILE, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def states(ids: list[str]) -> str:
    return "entities:\n" + "".join(STATE.format(id, id) for id in ids)


def flow(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


A199 = "a" * 199
MANY = [f"a{n}" for n in range(10_000)]
BOMB = "a: &a [x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}, *{chr(97 + n)}]\n"
    for n in range(20)
)
FACT = "  - {{id: {}, subject: {}, relation: {}, object: {}, source: s}}\n"

#: Files by path, and what is said of them.
WORLDS: Mapping[str, tuple[Mapping[str, str | bytes], str]] = {
    "a bomb of aliases": ({"facts/a.yaml": BOMB}, "[yaml-anchor]"),
    "a hundred thousand brackets": ({"facts/a.yaml": "facts: " + "[" * 100_000}, "[too-deep]"),
    "a hundred thousand dashes": ({"facts/a.yaml": "facts:\n" + "- " * 100_000}, "[too-deep]"),
    "a null byte": ({"facts/a.yaml": b"facts:\n  - id: a\0b\n"}, "a.yaml:2:10: error[control-ch"),
    "UTF-16": ({"facts/a.yaml": "facts: []\n".encode("utf-16")}, "[not-utf8]"),
    "UTF-16 without a mark": ({"facts/a.yaml": "facts: []\n".encode("utf-16-le")}, "a.yaml:1:2"),
    "Latin-1": ({"facts/a.yaml": "entities:\n  é: 1\n".encode("latin-1")}, "a.yaml:2:3: error[not"),
    "a text of ten million characters": (
        {"facts/a.yaml": f"entities:\n  a: {{type: State, name: {'x' * 10_000_000}, b: c}}\n"},
        "[unknown-key]",
    ),
    "an id of a million characters": (
        {
            "facts/a.yaml": f"entities:\n  {'x' * 1000}: {{type: State, name: X}}\n"
            f"facts:\n{FACT.format('f', 'x' * 1_000_000, 'backs', 'b')}"
        },
        "it has more than 200 characters",
    ),
    "a line of a million characters before a mistake": (
        {"facts/a.yaml": f"entities: {{a: {{type: State, name: {'x' * 1_000_000}}}, b: {{}}}}\n"},
        "[missing-key]",
    ),
    "a file that is too large": ({"facts/a.yaml": b"#" * (MOST_BYTES + 1)}, "larger than 64 MB"),
    "lists that multiply": (
        {"facts/a.yaml": f"facts:\n{FACT.format('f', flow(MANY), '[backs, opposes]', flow(MANY))}"},
        "'f' makes 200,000,000 claims",
    ),
    "ten thousand lists that multiply": (
        {
            "facts/a.yaml": SOURCE
            + states(MANY[:99])
            + "facts:\n"
            + "".join(
                FACT.format(f"f{n}", flow(MANY[:99]), "backs", flow(MANY[:99])) for n in range(1000)
            )
        },
        "more than 1,000,000 claims",
    ),
    "ten thousand unknown ids": (
        {
            "facts/a.yaml": SOURCE
            + states([f"b{n}x" for n in range(5000)])
            + "facts:\n"
            + "".join(FACT.format(f"f{n}", f"a{n}y", "backs", f"c{n}z") for n in range(5000))
        },
        "10,000 errors",
    ),
    "ten thousand unknown relations": (
        {
            "facts/a.yaml": SOURCE
            + states(["a", "b"])
            + "facts:\n"
            + "".join(FACT.format(f"f{n}", "a", f"giveSupport{n}To", "b") for n in range(10_000))
        },
        "10,000 errors",
    ),
    "ten thousand unknown keys": (
        {
            "facts/a.yaml": "entities:\n  a:\n    type: State\n    name: A\n"
            + "".join(f"    nmae{n}: x\n" for n in range(10_000))
        },
        "10,000 errors",
    ),
    "ten thousand entities of one name": (
        {"facts/a.yaml": "entities:\n" + "".join(STATE.format(id, "Same") for id in MANY)},
        "9,999 notes",
    ),
    "ten thousand decisions in a row": (
        {
            "facts/a.yaml": states(MANY)
            + "identities:\n"
            + "".join(
                f"  - {{id: i{n}, entities: [a{n}, a{n + 1}], verdict: same, reason: So.}}\n"
                for n in range(9_999)
            )
        },
        "1 entity",
    ),
    "a pattern that takes for ever": (
        {
            "ontology/o.yaml": "codes:\n  c: {label: C, pattern: '(a+)+b'}\n",
            "facts/a.yaml": f"entities:\n  a: {{type: State, name: A, codes: {{c: {A199}}}}}\n",
        },
        "[bad-code]",
    ),
    "a pattern that takes all memory": (
        {"ontology/o.yaml": "codes:\n  c: {label: C, pattern: '((((a{99}){99}){99}){99}){99}'}\n"},
        "is not a regular expression",
    ),
    "ten thousand ancestors": (
        {
            "ontology/o.yaml": "types:\n  A0: {label: A, parent: Place}\n"
            + "".join(f"  A{n + 1}: {{label: A, parent: A{n}}}\n" for n in range(10_000))
        },
        "[deep-lineage]",
    ),
    "ten thousand in a circle": (
        {
            "ontology/o.yaml": "types:\n"
            + "".join(f"  A{n}: {{label: A, parent: A{(n + 1) % 10_000}}}\n" for n in range(10_000))
        },
        "[parent-cycle]",
    ),
    "scenarios that imply one another": (
        {
            "facts/a.yaml": "entities:\n"
            + "".join(
                f"  s{n}: {{type: Scenario, name: S{n}, implies: s{(n + 1) % 5000}}}\n"
                for n in range(5000)
            )
        },
        "[scenario-cycle]",
    ),
    "sources that come from one another": (
        {
            "facts/a.yaml": "sources:\n"
            + "".join(
                f"  s{n}: {{type: Report, title: S{n}, published: 2024, based_on: s{n + 1}}}\n"
                for n in range(5000)
            )
            + "  s5000: {type: Report, title: Last, based_on: s0}\n"
        },
        "[source-cycle]",
    ),
    "what would steer a terminal": (
        {"facts/a.yaml": 'facts:\n  - {id: f, subject: "\\e]0;hi\\a", relation: x, object: y}\n'},
        "[control-character]",
    ),
    "marks that turn text around": (
        {"facts/a.yaml": SOURCE + f"facts:\n{FACT.format('f', chr(0x202E) + 'a', 'backs', 'a')}"},
        "U+202E",
    ),
    "nothing but tabs": ({"facts/a.yaml": "facts:\n\t- id: f\n"}, "a.yaml:2:1: error[yaml-syn"),
    "a million documents": ({"facts/a.yaml": "---\n" * 1_000_000}, "[second-document]"),
    "a million lines of nothing": ({"facts/a.yaml": "\n" * 1_000_000 + "x: 1\n"}, ":1000001:1: e"),
}


@pytest.mark.parametrize("name", WORLDS)
def test_it_gets_a_clear_answer(name: str, tmp_path: Path) -> None:
    files, expected = WORLDS[name]
    run = kg("check", cwd=workspace(tmp_path, files))
    said = (run.stdout + run.stderr).decode()
    assert expected in said, said[:2000]
    assert "Traceback" not in said
    assert run.returncode in (0, 1)
    assert max(map(len, said.splitlines())) < 500
    assert "\x1b" not in said


#: Of what is long before a release alone: a minute and a half of the same again.
CHANGED = [name for name in WORLDS if "KG_TEST_RELEASE" in os.environ or "ten thous" not in name]


@pytest.mark.parametrize("name", CHANGED)
def test_what_changes_files_leaves_it_as_it_is_or_better(name: str, tmp_path: Path) -> None:
    """Fixes and layout neither fall over it nor lose a byte of what they cannot read."""
    files, _ = WORLDS[name]
    folder = workspace(tmp_path, files)
    for arguments in (("fmt", "--diff"), ("check", "--fix", "--diff", "--unsafe-fixes")):
        run = kg(*arguments, cwd=folder)
        assert b"Traceback" not in run.stderr, run.stderr[-2000:]
        assert run.returncode in (0, 1)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        assert data == (folder / name).read_bytes()


def test_strange_files_are_told_and_nothing_waits_for_them(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w", {"facts/a.yaml": SOURCE, "facts/A.yaml": ""})
    facts = folder / "facts"
    (facts / "new\nline.yaml").write_text("x: 1\n")
    (facts / "dangling.yaml").symlink_to("nowhere.yaml")
    (facts / "loop.yaml").symlink_to("loop.yaml")
    (facts / "out.yaml").symlink_to("/etc/hostname")
    (facts / "above").symlink_to("..")
    (facts / "folder.yaml").mkdir()
    expected = [
        "facts/A.yaml" if os.path.normcase("A") == "A" else "",
        "facts/new<U+000A>line.yaml:1:1: error[unknown-key]",
        "facts/dangling.yaml:1:1: error[unreadable-file]",
        "facts/loop.yaml:1:1: error[unreadable-file]",
        "facts/out.yaml:1:1: error[unreadable-file]: it is a link that leads out of the workspace",
        "facts/above:1:1: error[unreadable-file]: it is a link to a folder, which is not followed",
    ]
    if hasattr(os, "mkfifo"):
        os.mkfifo(facts / "pipe.yaml")
        expected.append("facts/pipe.yaml:1:1: error[unreadable-file]: it is not a regular file")
    if sys.platform == "linux":
        (facts / os.fsdecode(b"\xff.yaml")).write_text("x: 1\n")
        expected.append(".yaml:1:1: error[unknown-key]")
    for output in ("text", "json", "sarif", "github"):
        run = kg("check", "--format", output, cwd=folder)
        assert 1 == run.returncode
        assert b"Traceback" not in run.stderr
        said = (run.stdout + run.stderr).decode(errors="surrogateescape")
        if output == "text":
            assert [] == [each for each in expected if each not in said], said
    assert kg("build", cwd=folder).returncode == 1
