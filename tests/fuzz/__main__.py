"""`python -m tests.fuzz SECONDS`: atheris looks for bytes that break what holds for any.

It goes on from `tests/corpus`; what it finds is left as a file `crash-…`, to be put there once it
is mended.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(seconds: str = "60", found: str | None = None) -> None:
    """Fuzzes for so long, and keeps what reaches new code in the folder `found`."""
    import atheris

    with atheris.instrument_imports(include=["kg"]):
        from tests.fuzz.target import try_out

    corpus = str(Path(__file__).resolve().parent.parent / "corpus")
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-max_len=4000", "-rss_limit_mb=4000"]
    atheris.Setup([sys.argv[0], *limits, *([found] if found else []), corpus], try_out)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
