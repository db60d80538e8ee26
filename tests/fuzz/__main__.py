"""`python -m tests.fuzz SECONDS`: atheris looks for bytes that break what holds for any.

It goes on from `tests/corpus`; what it finds is left as a file `crash-…`, to be put there once it is
mended.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["kg"]):
    from tests.conftest import ROOT
    from tests.fuzz.target import try_out

if __name__ == "__main__":
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    corpus = str(ROOT / "tests" / "corpus")
    arguments = [f"-max_total_time={seconds}", "-timeout=10", "-max_len=4000", "-rss_limit_mb=4000"]
    found = sys.argv[2] if len(sys.argv) > 2 else None
    folders = [found, corpus] if found else [corpus]
    atheris.Setup([sys.argv[0], *arguments, *folders], try_out)
    atheris.Fuzz()
