"""Oxigraph for a page: the WebAssembly build that npm brings, as `make engine` puts it here.

It is not in the repository. A wheel that `make wheel` makes holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from kg.engine.errors import EngineError

#: Of the npm package `oxigraph`; the Makefile fetches the same version.
VERSION = "0.5.11"
_SCRIPT, _MODULE = "web.js", "web_bg.wasm"
_DIGESTS = {
    _SCRIPT: "2fcfdcadc79c9146cee98028a273aebc93df3282eb0299c248595bc529deca41",
    _MODULE: "b95b15accb6b789667b8d8b0b8f139d5de588e572499672ff37ce9ba01c4a428",
}


@dataclass(frozen=True, slots=True)
class BrowserEngine:
    """What a browser needs to answer SPARQL."""

    script: str  #: the JavaScript that starts it, for a classic worker
    module: bytes  #: WebAssembly
    version: str


def load() -> BrowserEngine:
    """The engine, byte for byte the one that kg is tested with.

    Raises:
        EngineError: if it is not there, or is another.
    """
    script, module = _read(_SCRIPT).decode(), _read(_MODULE)
    return BrowserEngine(_as_classic(script), module, VERSION)


def _as_classic(script: str) -> str:
    """A module without what only a module may say: a file on a disk may start no worker of one."""
    return _EXPORT.sub("", script).replace("import.meta.url", '""')


_EXPORT = re.compile(r"^export (?:\{.*\};$)?", re.MULTILINE)


def _read(name: str) -> bytes:
    file = files("kg.engine").joinpath("web", name)
    try:
        data = file.read_bytes()
    except OSError:
        raise EngineError(
            f"the engine for pages is not here: in a checkout 'make engine' brings it (npm, "
            f"oxigraph {VERSION}), in a wheel of 'make wheel' it is"
        ) from None
    if sha256(data).hexdigest() != _DIGESTS[name]:
        raise EngineError(f"{name} is not that of oxigraph {VERSION}: 'make engine' brings it")
    return data
