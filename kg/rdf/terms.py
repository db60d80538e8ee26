"""How a term is written: a short piece of Turtle.

`e:russia`, `"text"@en`, `<https://…>`, `true`, `12`: so a Turtle document is a join of strings, and
the other formats are an expansion of the same strings.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from kg.model.facts import Literal
from kg.model.vocabulary import LiteralKind

#: Local names that every Turtle and SPARQL parser takes; all others are written as IRIs.
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")

#: What would end a literal, break a line for some reader, or hide in an editor.
_UNSAFE = re.compile(
    r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

_IRI_UNSAFE = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f]|%(?![0-9A-Fa-f]{2})')
_IRI_SAFE = ":/?#[]@!$&'()*+,;=%~"
_ADDRESS = re.compile(r"(https?://[\w.~-]+(?::[0-9]{1,5})?)([/?][^#]*)?(?:#(.*))?", re.I | re.S)

_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "xsd:date"),
    (re.compile(r"\d{4}-\d\d"), "xsd:gYearMonth"),
    (re.compile(r"\d{4}"), "xsd:gYear"),
)


# -- literals -----------------------------------------------------------------------------------


def text(value: str, language: str | None = None) -> str:
    """A literal; with a language tag where one is given, in lower case as engines keep it."""
    if _UNSAFE.search(value):
        value = _UNSAFE.sub(_escape, value)
    if language and _LANGUAGE.fullmatch(language):
        return f'"{value}"@{language.lower()}'
    return f'"{value}"'


def typed(value: str, datatype: str) -> str:
    """A literal of a datatype, itself a term such as `xsd:date`."""
    return f"{text(value)}^^{datatype}"


def split_literal(term: str) -> tuple[str, str | None, str | None]:
    """The text, language and datatype term of a literal that `text` or `typed` wrote."""
    end = term.rindex('"') + 1
    # The escapes of `text` are JSON's too.
    value: str = json.loads(term[:end]) if "\\" in term else term[1 : end - 1]
    suffix = term[end:]
    if suffix.startswith("@"):
        return value, suffix[1:], None
    return value, None, suffix[2:] or None


def bare_type(term: str) -> str | None:
    """The type in XML Schema of a literal that stands without quotes; None of any other term."""
    if term in ("true", "false"):
        return "boolean"
    return "integer" if _INTEGER.fullmatch(term) else None


def boolean(value: bool) -> str:
    """A boolean, without quotes."""
    return "true" if value else "false"


def integer(value: int) -> str:
    """An integer, without quotes."""
    return str(value)


def decimal(value: Decimal) -> str:
    """A decimal in the one spelling that engines keep: no exponent, no zeros at the end."""
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return f'"{"0" if plain == "-0" else plain}"^^xsd:decimal'


def written_date(written: str) -> str:
    """A date as far as it is known; what XML Schema has no type for stays text."""
    for pattern, datatype in _DATES:
        if pattern.fullmatch(written):
            return typed(written, datatype)
    return text(written)


def literal(written: Literal) -> str:
    """What stands in a claim where a thing could, by its kind."""
    if written.kind is LiteralKind.QUANTITY:
        return typed(written.text, "kg:quantity")
    if written.kind is LiteralKind.DATE:
        return written_date(written.text)
    if written.kind is LiteralKind.NUMBER:
        return _number(written.text)
    return text(written.text)


def _number(written: str) -> str:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return text(written)
    return decimal(number) if number.is_finite() else text(written)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _SHORT.get(char) or f"\\u{ord(char):04X}"


# -- names --------------------------------------------------------------------------------------


def iri(value: str) -> str:
    """An IRI in angle brackets; what may not stand there is percent-encoded."""
    return f"<{quote(value, safe=_IRI_SAFE)}>" if _IRI_UNSAFE.search(value) else f"<{value}>"


def address(url: str) -> str:
    """An IRI where the address is surely one for every engine, else its text."""
    match = _ADDRESS.fullmatch(url)
    if match is None:
        return text(url)
    start, rest, fragment = match.groups()
    return f"<{start}{_in_iri(rest or '')}{'' if fragment is None else '#' + _in_iri(fragment)}>"


def prefixed(prefix: str, namespace: str, local: str) -> str:
    """A name under a prefix where every parser takes it, else in full as an IRI."""
    if _LOCAL.fullmatch(local):
        return f"{prefix}:{local}"
    return f"<{namespace}{in_path(local)}>"


def in_path(name: str) -> str:
    """A name as one step of a path."""
    return name if _LOCAL.fullmatch(name) else quote(name, safe="")


def in_order(terms: list[str]) -> tuple[str, ...]:
    """The terms sorted, each once."""
    return (terms[0],) if len(terms) == 1 else tuple(sorted(set(terms)))  # most often it is one


def _in_iri(part: str) -> str:
    return re.sub(
        r"[^\w:/?@!$&'()*+,;=%.~-]|%(?![0-9A-Fa-f]{2})",
        lambda match: quote(match[0], safe=""),
        part,
    )
