"""Oxigraph in a process of its own: what a query may take is bounded, and what it may do.

The engine cannot stop a query once it runs, and some queries exhaust its stack. So each runs in a
child process that has no file or socket left to open, a limit on its memory, and a deadline at
which it is killed.
"""

from __future__ import annotations

import importlib.util
import json
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.engine.errors import EngineError
from kg.query.errors import QueryError
from kg.query.request import QueryRequest, QueryResult
from kg.query.tokens import Lines, scan

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take."""

    seconds: float = 30.0  #: by the clock on the wall, the loading of the data included
    memory: int = 2048 * _MIB  #: in bytes, beyond the data; enforced on Linux
    output: int = 256 * _MIB  #: in bytes


DEFAULT_LIMITS = Limits()


def run(turtle: bytes, request: QueryRequest, limits: Limits = DEFAULT_LIMITS) -> QueryResult:
    """The answer to a query over the triples of a Turtle document.

    Raises:
        QueryError: if the engine cannot read the query, with the place in the user's text.
        EngineError: if it took too much time, memory or room, or failed.
    """
    order = {
        "query": request.sparql,
        "wire": request.wire,
        "ends": [len(request.prologue) + token.end for token in scan(request.text)],
        "memory": limits.memory,
        "output": limits.output,
    }
    reply, body = _ask(json.dumps(order).encode() + b"\n" + turtle, limits)
    status = reply["status"]
    if status == "ok":
        return QueryResult(request.form, request.wire, body, request.prefixes)
    if status == "syntax":
        raise _syntax_error(reply["message"], reply["token"], request)
    if status == "output":
        raise EngineError(f"the answer is larger than {_amount(limits.output)}: ask for less of it")
    if status == "memory":
        raise EngineError(_memory_message(limits))
    if status == "data":  # the data are kg's own: this is a defect, not the user's
        raise RuntimeError(f"the engine refused the data: {reply['message']}")
    raise EngineError(f"the engine failed: {reply['message']}")


def _ask(message: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    with subprocess.Popen(
        _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as worker:
        try:
            answer, errors = worker.communicate(message, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            raise EngineError(f"over {limits.seconds:g} s: --timeout allows more") from None
        finally:
            worker.kill()  # also where the user interrupts; nothing where it has ended
    head, newline, body = answer.partition(b"\n")
    if not newline:
        raise _death(worker.returncode, errors.decode(errors="replace"), limits)
    reply: dict[str, Any] = json.loads(head)
    return reply, body


def _command() -> list[str]:
    """The worker as a script, isolated: it finds the engine where kg does and nothing else."""
    spec = importlib.util.find_spec("pyoxigraph")
    if spec is None or spec.origin is None:
        raise EngineError("the engine 'pyoxigraph' is not installed")
    worker = Path(__file__).with_name("worker.py")
    return [sys.executable, "-I", "-S", str(worker), str(Path(spec.origin).parent.parent)]


def _death(code: int, errors: str, limits: Limits) -> EngineError:
    """Why a worker ended without an answer."""
    if "memory allocation" in errors or "MemoryError" in errors or code == -_ABORT:
        return EngineError(_memory_message(limits))
    if code == -_KILL:
        return EngineError("the system ended the query, most likely for want of memory")
    if code < 0:
        name = signal.Signals(-code).name
        return EngineError(f"the query is too complex for the engine, which crashed ({name})")
    last = errors.strip().rsplit("\n", 1)[-1]
    return EngineError(f"the engine ended with code {code}: {last}")


_ABORT, _KILL = 6, 9


def _memory_message(limits: Limits) -> str:
    return f"the query needs more than {_amount(limits.memory)} of memory"


def _amount(size: int) -> str:
    return f"{size // _MIB} MiB" if size >= _MIB else f"{size} bytes"


# -- the engine's syntax errors in the reader's words ---------------------------------------------

#: A sentence among the signs and keywords that the engine says it expected.
_SENTENCE = re.compile(r"[A-Z][^\"\[\]]* [^\"\[\]]+")


def _syntax_error(message: str, index: int, request: QueryRequest) -> QueryError:
    """The error at the token `index`, or of the whole query where each token may stand."""
    tokens, lines = tuple(scan(request.text)), Lines(request.text)
    sentence = _sentence(message)
    if index < len(tokens):
        token = tokens[index]
        why = f": {sentence}" if sentence else ""
        return QueryError(f"'{token.text}' cannot stand here{why}", *lines.place(token.start))
    if sentence is None:
        return QueryError("the query ends too early", *lines.place(len(request.text)))
    start = next(token.start for token in tokens if token.text.upper() == request.form)
    return QueryError(sentence, *lines.place(start))


def _sentence(message: str) -> str | None:
    expected = message.partition("expected ")[2].removeprefix("one of ").split(", ")
    found = next((each for each in expected if _SENTENCE.fullmatch(each)), None)
    if found is None or found[1].isupper():
        return found
    return found[0].lower() + found[1:]
