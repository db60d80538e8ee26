"""Pages of one file that ask nothing of the network: the templates' one door.

A page's styles and scripts stand in it, and its content security policy names each by its hash.
Nothing else can be loaded or run, whatever the data holds.
"""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def templates(sources: Mapping[str, str]) -> Environment:
    """Templates by name, in which every value is escaped and none may be missing."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=DictLoader(dict(sources)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


def inline(
    page: str,
    style: str,
    scripts: Mapping[str, str] | None = None,
    packed: Mapping[str, str] | None = None,
    worker: Mapping[str, bytes] | None = None,
    data: Mapping[str, bytes] | None = None,
) -> str:
    """The page with its style, its scripts and the policy in place of the marks.

    The marks are `<!--kg:policy-->`, `<!--kg:style-->` and one `<!--kg:NAME-->` for each script. A
    mark cannot come from the data, in which `<` is always escaped; and what is put in is not
    looked through again, so that a library may hold anything.

    Args:
        page: a template that was filled.
        style: all of its CSS.
        scripts: those that run where they stand.
        packed: those that a script of the page unpacks (gzip, as base64) and adds to it when it
            needs them; the policy allows them as they are unpacked.
        worker: what a worker of the page is made of, WebAssembly among it, packed as well. A page
            that holds none may start no worker and run no WebAssembly.
        data: what a script of the page reads, packed as well.
    """
    held = {name: _as_inline_script(text) for name, text in (scripts or {}).items()}
    later = {name: _pack(text.encode()) for name, text in (packed or {}).items()}
    later |= {name: _pack(part) for name, part in {**(worker or {}), **(data or {})}.items()}
    policy = _policy(style, [*held.values(), *(packed or {}).values()], bool(worker))
    parts = {"policy": policy, "style": style, **held, **later}
    return _MARK.sub(lambda mark: parts[mark[1]], page)


def bare(source: str) -> str:
    """CSS or JavaScript without indents and whole lines of comments: who reads a page needs none.

    Strings of several lines would lose their indents, too.
    """
    return re.sub(r"^ *(//.*\n|/\*(?:[^*]|\*(?!/))*\*/\n)?", "", source, flags=re.MULTILINE)


_MARK = re.compile(r"<!--kg:([a-z]+)-->")


def _policy(style: str, scripts: Sequence[str], has_worker: bool) -> str:
    allowed = [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"style-src {_hash(style)}",
    ]
    if scripts:  # a page with a canvas draws pictures of its own
        sources = [*map(_hash, scripts), *(["'wasm-unsafe-eval'"] if has_worker else [])]
        allowed += ["img-src data: blob:", f"script-src {' '.join(sources)}"]
    if has_worker:
        allowed.append("worker-src blob:")
    return "; ".join(allowed)


def _as_inline_script(text: str) -> str:
    """A script that no parser ends early: the same to JavaScript, as they stand in strings only."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\n//# sourceMappingURL=.*", "", text)
    return re.sub(r"<(?=!--|script|/script)", r"<\\", text, flags=re.IGNORECASE)


def _pack(data: bytes) -> str:
    return b64encode(gzip.compress(data, 9, mtime=0)).decode()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
