"""The child process that answers one query: `python -I -S worker.py FOLDER-OF-PYOXIGRAPH`.

It reads a line of JSON (query, ends, wire, memory, output) and then Turtle from standard input,
and writes a line of JSON (status, message) and then the answer to standard output. It imports
nothing of kg, so that it starts at once.
"""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any


def main() -> None:
    """Answer the query on standard input."""
    sys.path.append(sys.argv[1])
    order = json.loads(sys.stdin.buffer.readline())
    reply, body = _answer(order, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


def _answer(order: dict[str, Any], turtle: bytes) -> tuple[dict[str, Any], bytes]:
    import pyoxigraph

    store = pyoxigraph.Store()
    try:
        store.bulk_load(turtle, pyoxigraph.RdfFormat.TURTLE)
    except (SyntaxError, OSError, ValueError) as error:
        return {"status": "data", "message": str(error)}, b""
    del turtle
    _confine(order["memory"])
    output = _Capped(order["output"])
    try:
        _write(store.query(order["query"]), order["wire"], output)
    except SyntaxError as error:
        stuck = _first_unexpected(order["query"], order["ends"])
        return {"status": "syntax", "message": str(error), "token": stuck}, b""
    except OverflowError:
        return {"status": "output"}, b""
    except MemoryError:
        return {"status": "memory"}, b""
    except (OSError, ValueError, RuntimeError) as error:
        return {"status": "failed", "message": str(error)}, b""
    return {"status": "ok"}, output.getvalue()


def _write(results: Any, wire: str, output: io.BytesIO) -> None:
    import pyoxigraph

    if isinstance(results, pyoxigraph.QueryTriples):
        for triple in _sorted(results):
            output.write(f"{triple} .\n".encode())
    else:
        results.serialize(output, getattr(pyoxigraph.QueryResultsFormat, wire.upper()))


def _sorted(triples: Any) -> list[Any]:
    """The triples, each once, in order of their text; blank nodes get names that do not change."""
    import pyoxigraph

    found = {str(triple): triple for triple in triples}
    if any("_:" in text for text in found):
        quads = (pyoxigraph.Quad(*triple) for triple in found.values())
        dataset = pyoxigraph.Dataset(quads)
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        found = {str(quad.triple): quad.triple for quad in dataset}
    return [found[text] for text in sorted(found)]


#: Longer than every keyword, so that one looked for at the end is not taken for one found there.
_PADDING = " " * 40


def _first_unexpected(query: str, ends: list[int]) -> int:
    """The first token that cannot stand where it does, by number; `ends` are the tokens' ends.

    The place in the engine's message is no help: it is as far as its parser ever looked.
    """
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if _may_go_on(query[: ends[middle]] + _PADDING):
            low = middle + 1
        else:
            high = middle
    return low


def _may_go_on(beginning: str) -> bool:
    """Whether the engine reads a text to its end, and misses at most what comes after it."""
    import pyoxigraph

    try:
        pyoxigraph.Store().query(beginning)
    except SyntaxError as error:
        place = re.match(r"error at (\d+):(\d+)", str(error))
        lines = beginning.split("\n")
        end = (len(lines), len(lines[-1]) + 1)
        return place is not None and (int(place[1]), int(place[2])) >= end
    return True


class _Capped(io.BytesIO):
    """Bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._limit:
            raise OverflowError("the answer is too large")
        return super().write(data)


def _confine(memory: int) -> None:
    """From here on: no file, no socket, no core dump, and `memory` bytes beyond those in use."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    in_use = _in_use()
    if in_use:  # elsewhere than on Linux the limit is not known to hold, or refused
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = in_use + memory if hard == resource.RLIM_INFINITY else min(in_use + memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _in_use() -> int:
    """The address space that this process has, in bytes; 0 where the system does not say."""
    import os

    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 -- pathlib is slow to import
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


if __name__ == "__main__":
    main()
