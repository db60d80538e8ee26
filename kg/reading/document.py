"""YAML text as nodes with places: the only door to the YAML parser.

The parser's events are read one by one. Composing or loading would guess types (`NO` as false,
`12:30` as 750), drop duplicate keys in silence, and die of a deeply nested file before any check.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.node import Mapping, Node, Scalar, Sequence, Unreadable, span_of
from kg.model.text import SourceText, Span
from kg.reading.syntax import SYNTAX, Problem, lines_of, syntax_error

#: Deeper than any fact goes, and shallow enough to stop a bomb at once.
MAX_DEPTH = 64

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALAR: Any = yaml.ScalarEvent
_SEQUENCE_END: Any = yaml.SequenceEndEvent
_MAPPING_END: Any = yaml.MappingEndEvent
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: What no YAML file may hold; a carriage return may end a line.
_NOT_YAML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
#: An anchor or a tag as it is written.
_WORD = re.compile(r"[^\s,}\]]*")
#: Line breaks to YAML and to no editor: they would end a comment, and shift every line after them.
_HIDDEN_BREAK = re.compile("[\x85\u2028\u2029]")


def read_document(text: SourceText, found: list[Diagnostic]) -> Mapping | None:
    """The mapping that a YAML file holds; None, and diagnostics in `found`, where it holds none.

    An empty file is an empty mapping. Whatever is wrong with one key, the others are still read.
    """
    decoded = _decode(text, found)
    if decoded is None:
        return None
    hidden = _HIDDEN_BREAK.search(decoded)
    if hidden is not None:
        found.append(_not_allowed(text.path, decoded, hidden))
        return None
    composer = _Composer(text.path, decoded, found)
    try:
        root = composer.compose()
    except yaml.YAMLError as error:
        found.append(_syntax_error(text.path, decoded, error))
        return None
    if root is None or isinstance(root, Mapping):
        return root
    if isinstance(root, Unreadable):
        return None
    found.append(
        Diagnostic(
            NOT_A_MAPPING,
            f"the file holds {describe(root)} where keys are expected",
            span_of(text.path, root),
            "begin with one of the file's keys, such as 'facts:'",
        )
    )
    return None


def describe(node: Node) -> str:
    """What a node is, in words for a message."""
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case Scalar():
            return f"'{shorten(node.value)}'" if node.value else "nothing"
        case Unreadable():
            return "an alias"


def shorten(value: str, limit: int = 60) -> str:
    """`value` on one line and of bearable length, for quoting in a message."""
    line = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(value.split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"


class _TooDeep(Exception):
    """Stops reading a file that is nested deeper than MAX_DEPTH."""


class _Composer:
    """Turns the events of one file into nodes."""

    def __init__(self, path: str, text: str, found: list[Diagnostic]) -> None:
        self.path, self.text, self.found = path, text, found
        self.lines: list[str] | None = None  # only ever needed for a block of text
        self.next_event: Callable[[], Any] = _Loader(text).get_event

    def compose(self) -> Node | None:
        """The first document's root; an empty mapping for an empty file."""
        root: Node | None = None
        documents = 0
        while True:
            event = self.next_event()
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                break
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents == 2:
                    self.report(SECOND_DOCUMENT, "a second document begins here", event,
                                "put it into a file of its own")  # fmt: skip
                    return root
            elif kind is not yaml.StreamStartEvent and kind is not yaml.DocumentEndEvent:
                try:
                    root = self.node(event, 0)
                except _TooDeep:
                    return None
        if root is None or (isinstance(root, Scalar) and not root.value):
            return Mapping({}, event.start_mark, event.end_mark)
        return root

    def node(self, event: Any, depth: int) -> Node:
        """The node that begins with `event`."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        if kind is yaml.AliasEvent:
            if event.anchor is not None:
                hint = "write the value out, or put quotes around text that begins with '*'"
                self.report(ANCHOR, f"'*{event.anchor}' is an alias", event, hint)
            return Unreadable(event.start_mark, event.end_mark)
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        if depth == MAX_DEPTH:
            self.report(TOO_DEEP, f"nested deeper than {MAX_DEPTH} levels", event,
                        "look for brackets that were pasted by mistake")  # fmt: skip
            raise _TooDeep
        if kind is yaml.MappingStartEvent:
            return self.mapping(event, depth + 1)
        return self.sequence(event, depth + 1)

    def scalar(self, event: Any) -> Scalar:
        node = Scalar(event.value, event.start_mark, event.end_mark)
        if not event.style and event.anchor is None and event.tag is None:
            return node  # plain, as nearly all are
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        style = event.style
        if style == '"' and _CONTROL.search(event.value):
            self.report(CONTROL_CHARACTER, "the text holds a control character", node,
                        "leave it out: it can be neither shown nor published")  # fmt: skip
        elif style == "|" or style == ">":
            node.end = self.end_of_block(event)
        return node

    def end_of_block(self, event: Any) -> _Position:
        """Where a block of text ends: the parser's mark lies behind the blank lines after it."""
        if self.lines is None:
            self.lines = lines_of(self.text)
        line = min(event.end_mark.line, len(self.lines) - 1)
        if event.end_mark.column == 0:
            line -= 1
        while line > event.start_mark.line and not self.lines[line].strip():
            line -= 1
        return _Position(line, len(self.lines[line]))

    def sequence(self, event: Any, depth: int) -> Sequence:
        items: list[Node] = []
        next_event, scalar, node = self.next_event, self.scalar, self.node
        inner: Any = next_event()
        while (kind := type(inner)) is not _SEQUENCE_END:
            items.append(scalar(inner) if kind is _SCALAR else node(inner, depth))
            inner = next_event()
        end = inner.end_mark if event.flow_style or not items else items[-1].end
        return Sequence(items, event.start_mark, end)

    def mapping(self, event: Any, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        is_whole, is_another = True, False
        next_event, scalar, node = self.next_event, self.scalar, self.node
        inner: Any = next_event()
        while (kind := type(inner)) is not _MAPPING_END:
            key = scalar(inner) if kind is _SCALAR else node(inner, depth)
            inner = next_event()
            if type(key) is Scalar and key.value == "<<":
                is_whole = False
                if type(inner) is yaml.AliasEvent:  # what is merged is told with the merge key
                    inner.anchor = None
            value = scalar(inner) if type(inner) is _SCALAR else node(inner, depth)
            inner = next_event()
            if type(key) is not Scalar:
                if not isinstance(key, Unreadable):
                    self.report(KEY_NOT_TEXT, f"{describe(key)} stands where a key should", key,
                                "a key is a word or an id")  # fmt: skip
            elif is_another and key.value in entries:
                continue  # it belongs to the item whose dash is missing, which is told
            elif key.value in entries:
                is_another = key.value == "id"
                self.report_duplicate(key, value, *entries[key.value])
            elif key.value == "<<":
                self.report(MERGE_KEY, "'<<' is a merge key", key, "write the keys out")
            else:
                entries[key.value] = (key, value)
        end = inner.end_mark if event.flow_style else value.end
        return Mapping(entries, event.start_mark, end, is_whole)

    def refuse_properties(self, event: Any) -> None:
        # libyaml reports the tag "!" of a quoted scalar only where it is written.
        if event.anchor is not None:
            self.report(ANCHOR, f"'&{event.anchor}' is an anchor", self.word(event, "&"),
                        "leave it out: every value is written where it is used")  # fmt: skip
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report(TAG, f"'{tag}' is a tag", self.word(event, "!"),
                        "leave it out: the key says how its value is read")  # fmt: skip

    def word(self, event: Any, first: str) -> Unreadable:
        """What stands before a value and begins with `first`, up to the next space."""
        if self.lines is None:
            self.lines = lines_of(self.text)
        line, column = event.start_mark.line, event.start_mark.column
        written = self.lines[line]
        start = max(written.find(first, column), column)
        word = _WORD.match(written, start)
        end = max(word.end() if word else start, start + 1)
        return Unreadable(_Position(line, start), _Position(line, end))

    def report_duplicate(self, key: Scalar, value: Node, first: Scalar, other: Node) -> None:
        can_be_joined = type(value) is type(other) and not isinstance(value, Scalar)
        hint = "put what stands below both under one" if can_be_joined else "keep one of the two"
        if key.value == "id":
            hint += "; where another item begins, write '- id'"
        self.found.append(
            Diagnostic(
                DUPLICATE_KEY,
                f"the key '{shorten(key.value)}' stands twice",
                span_of(self.path, key),
                hint,
                (Related(span_of(self.path, first), "it stands here first"),),
            )
        )

    def report(self, code: Code, message: str, at: Any, hint: str | None = None) -> None:
        start = at.start_mark if hasattr(at, "start_mark") else at.start
        end = at.end_mark if hasattr(at, "end_mark") else at.end
        span = Span(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self.found.append(Diagnostic(code, message, span, hint))


class _Position:
    """A mark of our own."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line, self.column = line, column


def _decode(text: SourceText, found: list[Diagnostic]) -> str | None:
    try:
        return text.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        data = error.object  # without the byte order mark
        before = data[: error.start].decode(errors="replace")
        found.append(
            Diagnostic(
                NOT_UTF8,
                "the file is UTF-16"
                if data.startswith((b"\xff\xfe", b"\xfe\xff"))
                else f"byte 0x{data[error.start]:02x} is not UTF-8",
                _span_after(text.path, before),
                "save the file as UTF-8",
            )
        )
        return None


def _span_after(path: str, before: str) -> Span:
    """The character that follows `before`."""
    lines = lines_of(before)
    line, column = len(lines), len(lines[-1]) + 1
    return Span(path, line, column, line, column + 1)


def _syntax_error(path: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # a ReaderError: a character that YAML does not allow
        match = _NOT_YAML.search(text)
        assert match is not None
        return _not_allowed(path, text, match)
    said = str(getattr(error, "problem", None) or "not YAML")
    context, began = getattr(error, "context", None), getattr(error, "context_mark", None)
    return syntax_error(Problem(path, lines_of(text), said, mark, context, began))


def _not_allowed(path: str, text: str, match: re.Match[str]) -> Diagnostic:
    message = f"U+{ord(match.group()):04X} is not allowed here"
    span = _span_after(path, text[: match.start()])
    return Diagnostic(CONTROL_CHARACTER, message, span, "delete it")


def _code(name: str, summary: str) -> Code:
    return Code(name, "YAML", Severity.ERROR, summary)


NOT_UTF8 = _code("not-utf8", "the file is not encoded as UTF-8")
CONTROL_CHARACTER = _code("control-character", "a text holds a control character")
NOT_A_MAPPING = _code("not-a-mapping", "a file holds something other than keys")
KEY_NOT_TEXT = _code("key-not-text", "a list or a mapping stands where a key should")
DUPLICATE_KEY = _code("duplicate-key", "a key stands twice in one mapping")
ANCHOR = _code("yaml-anchor", "an anchor or an alias is used")
TAG = _code("yaml-tag", "an explicit tag is used")
MERGE_KEY = _code("yaml-merge-key", "a merge key is used")
SECOND_DOCUMENT = _code("second-document", "a file holds a second document")
TOO_DEEP = _code("too-deep", "a file is nested deeper than any fact goes")

CODES = (
    SYNTAX,
    NOT_UTF8,
    CONTROL_CHARACTER,
    NOT_A_MAPPING,
    KEY_NOT_TEXT,
    DUPLICATE_KEY,
    ANCHOR,
    TAG,
    MERGE_KEY,
    SECOND_DOCUMENT,
    TOO_DEEP,
)
