"""What a query may not do, found before any engine reads it.

Oxigraph reads a keyword wherever one can begin (`ASKFROM`, `trueSERVICE`, `SERVICE:x`), so words
are searched for forbidden keywords rather than compared with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model.suggest import did_you_mean
from kg.query.errors import QueryError
from kg.query.tokens import Kind, Lines, Token, scan

#: Deeper brackets can exhaust the stack of an engine's parser.
DEEPEST = 256


class Form(StrEnum):
    """What a query asks for."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def is_graph(self) -> bool:
        """Whether triples answer it."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


@dataclass(frozen=True, slots=True)
class Examined:
    """A query that may be run."""

    form: Form
    tokens: tuple[Token, ...]
    body: int  #: the index of the token after the prologue, which names the form
    declared: frozenset[str]  #: the prefixes that it declares
    used: frozenset[str]  #: the prefixes of its names
    notes: tuple[str, ...]  #: what the reader should know of it


def examine(text: str) -> Examined:
    """The query's form and names, if it only asks, and asks only the data at hand.

    Raises:
        QueryError: at the first thing that a query of kg may not do.
    """
    lines = Lines(text)
    tokens = tuple(scan(text))
    body, declared = _prologue(tokens)
    form = _form(tokens, body, lines)
    _check_brackets(tokens, lines)
    used = frozenset(
        token.text.partition(":")[0] for token in tokens[body:] if token.kind is Kind.NAME
    )
    for before, token in zip((None, *tokens), tokens, strict=False):
        _check_token(token, before, "" in declared | used, lines)
    return Examined(form, tokens, body, declared, used, tuple(_notes(tokens)))


def prologue(examined: Examined, text: str, prefixes: Mapping[str, str]) -> str:
    """The declarations that the query leaves out, on one line, to stand before its text.

    Raises:
        QueryError: at the first name whose prefix nobody declares.
    """
    missing = examined.used - examined.declared
    for token in examined.tokens[examined.body :]:
        prefix = token.text.partition(":")[0]
        if token.kind is Kind.NAME and prefix in missing and prefix not in prefixes:
            hint = did_you_mean(prefix, prefixes) or f"declare it: PREFIX {prefix}: <…>"
            message = f"no prefix is called '{prefix}'"
            raise QueryError(message, *Lines(text).place(token.start), hint)
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in sorted(missing))


def where_brace(examined: Examined) -> Token | None:
    """The bracket that opens the pattern of the query; None where it has none to add to."""
    tokens, depth, is_template = examined.tokens, 0, examined.form is Form.CONSTRUCT
    for index, token in enumerate(tokens[examined.body :], start=examined.body):
        if token.kind is not Kind.MARK:
            continue
        if token.text in "([":
            depth += 1
        elif token.text in ")]":
            depth -= 1
        elif token.text == "{" and depth == 0:
            if not is_template:
                return token
            if _word(tokens[index - 1]) == "WHERE":
                return None  # the short form: its pattern is its template
            is_template = False
            depth += 1
        elif token.text in "{}":
            depth += 1 if token.text == "{" else -1
    return None


def _prologue(tokens: tuple[Token, ...]) -> tuple[int, frozenset[str]]:
    """The index of the first token after the declarations, and the prefixes declared."""
    index, declared = 0, set()
    while index < len(tokens) and _word(tokens[index]) in ("PREFIX", "BASE", "VERSION"):
        if _word(tokens[index]) == "PREFIX":
            if index + 1 < len(tokens) and tokens[index + 1].kind is Kind.NAME:
                declared.add(tokens[index + 1].text[:-1])
            index += 1
        index += 2
    return min(index, len(tokens)), frozenset(declared)


def _form(tokens: tuple[Token, ...], body: int, lines: Lines) -> Form:
    if body == len(tokens):
        raise QueryError("there is no query here", *lines.place(tokens[-1].start if tokens else 0))
    first = tokens[body]
    word = _word(first)
    if word in _UPDATES:
        raise _refusal(first, lines, f"{word} would change data", _READ_ONLY)
    for form in Form:
        if word == form or (word or "").startswith(f"{form}FROM"):
            return form
    hint = did_you_mean(first.text, list(Form)) or ""
    message = f"a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not '{first.text}'"
    raise QueryError(message, *lines.place(first.start), hint)


_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
_READ_ONLY = "facts are changed in the YAML files, never by SPARQL"
_SERVICE = "SERVICE would send a request to another machine"
_FROM = "FROM would choose other data: a query sees the facts as one graph"
_FORBIDDEN = {"SERVICE": _SERVICE, "FROM": _FROM}


def _check_token(token: Token, before: Token | None, has_empty_prefix: bool, lines: Lines) -> None:
    if token.kind is Kind.WORD:
        folded = token.text.casefold().upper()
        for keyword, message in _FORBIDDEN.items():
            if keyword in folded:
                raise _refusal(token, lines, message)
        if folded in _UPDATES and before is not None and before.text == ";":
            raise _refusal(token, lines, f"{folded} would change data", _READ_ONLY)
    elif token.kind in (Kind.NAME, Kind.BLANK):
        for keyword, message in _FORBIDDEN.items():
            if _hides(token, keyword, has_empty_prefix):
                hint = f"'{token.text}' can be read as the keyword {keyword}: use another name"
                raise _refusal(token, lines, message, hint)


def _hides(token: Token, keyword: str, has_empty_prefix: bool) -> bool:
    """Whether an engine that ends names early would find `keyword` in this one."""
    prefix, _, local = token.text.upper().partition(":")
    if has_empty_prefix and prefix in (keyword, "SERVICESILENT", "FROMNAMED"):
        return prefix.startswith(keyword)
    parts = [*prefix.split(".")[1:], *local.split(".")[1:]]
    return any(part.startswith(keyword) for part in parts)


_CLOSING = {"(": ")", "[": "]", "{": "}"}
_WRAPPING = frozenset(["!", "-", "+", "^", "^^", "<<"])


def _check_brackets(tokens: tuple[Token, ...], lines: Lines) -> None:
    """Brackets must pair, and not too deep; so must signs that each wrap what follows."""
    opened: list[Token] = []
    signs = 0
    for token in tokens:
        if token.kind is not Kind.MARK:
            signs = 0
            continue
        signs = signs + 1 if token.text in _WRAPPING else 0
        if token.text in _CLOSING:
            opened.append(token)
        elif token.text in _CLOSING.values():
            _close(opened, token, lines)
        if max(len(opened), signs) > DEEPEST:
            raise _refusal(token, lines, f"this is nested deeper than {DEEPEST}")
    if opened:
        raise _refusal(opened[-1], lines, f"'{opened[-1].text}' is never closed")


def _close(opened: list[Token], token: Token, lines: Lines) -> None:
    if not opened:
        raise _refusal(token, lines, f"'{token.text}' closes nothing")
    if _CLOSING[opened[-1].text] != token.text:
        line, column = lines.place(opened[-1].start)
        message = f"'{token.text}' closes the '{opened[-1].text}' of {line}:{column}"
        raise _refusal(token, lines, message)
    opened.pop()


def _refusal(token: Token, lines: Lines, message: str, hint: str = "") -> QueryError:
    return QueryError(message, *lines.place(token.start), hint)


def _notes(tokens: tuple[Token, ...]) -> Iterator[str]:
    if any(_word(token) == "GRAPH" for token in tokens):
        yield "GRAPH finds nothing here: the facts are one graph without a name"


def _word(token: Token) -> str | None:
    return token.text.upper() if token.kind is Kind.WORD else None
