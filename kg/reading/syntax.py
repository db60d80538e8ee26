"""What is wrong with a text that is no YAML, in the words of those who write it.

The parser says where it stopped; the mistake may be lines above, and is named here by what it looks
like in the text. Where it looks like nothing known, the parser is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.edit import Edit, Fix
from kg.model.text import Span


class Mark(Protocol):
    """A place as the parser counts: from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


class Problem(NamedTuple):
    """What the parser says, and where; `context` is what it was reading, begun at `began`."""

    path: str
    lines: list[str]
    said: str
    mark: Mark
    context: str | None
    began: Mark | None

    @property
    def line(self) -> str:
        """The line in which the parser stopped; empty behind the last one."""
        return self.lines[self.mark.line] if self.mark.line < len(self.lines) else ""

    def span(self, line: int, start: int, end: int) -> Span:
        """A stretch of a line, all counted from 0."""
        return Span(self.path, line + 1, start + 1, line + 1, end + 1)

    def at(self, mark: Mark) -> Span:
        """The character at a mark; behind the end of the file, the end of its last line."""
        line = min(mark.line, len(self.lines) - 1)
        length = len(self.lines[line])
        column = min(mark.column, length) if line == mark.line else length
        return self.span(line, column, min(column + 1, length))


def lines_of(text: str) -> list[str]:
    """The lines as the parser counts them, and every editor does."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def syntax_error(problem: Problem) -> Diagnostic:
    """The finding that a text is no YAML."""
    for recognise in _RECOGNISED:
        known = recognise(problem)
        if known is not None:
            return known
    return _as_the_parser_says(problem)


# -- what it looks like --------------------------------------------------------------------------

_CONFLICT = re.compile(r"(?:<{7,}|>{7,}|\|{7,})(?: .*)?|={7,}")


def _conflict(problem: Problem) -> Diagnostic | None:
    marks = [
        problem.span(number, 0, len(line))
        for number, line in enumerate(problem.lines)
        if line[:1] in "<=>|" and _CONFLICT.fullmatch(line)
    ]
    if not marks:
        return None
    first, *others = marks
    letters = [problem.lines[span.line - 1][0] for span in others]
    last = letters.index(">") + 1 if ">" in letters else len(letters)  # of this conflict
    told = {"=": "the other version begins here", ">": "it ends here", "|": "it was so before"}
    pairs = zip(letters[:last], others, strict=False)
    related = tuple(Related(span, told[letter]) for letter, span in pairs if letter in told)
    hint = "keep one of the two versions, or both, and delete the lines of marks"
    return Diagnostic(SYNTAX, "git left a conflict here", first, hint, related)


def _tab(problem: Problem) -> Diagnostic | None:
    line = problem.line
    indent = line[: len(line) - len(line.lstrip(" \t-"))]
    start = indent.find("\t")
    if not 0 <= start <= problem.mark.column or len(indent) == len(line):
        return None
    end = start + len(indent[start:]) - len(indent[start:].lstrip("\t"))
    span = problem.span(problem.mark.line, start, end)
    hint = "indent with spaces: YAML does not allow tabs"
    return Diagnostic(SYNTAX, "a tab stands where spaces should", span, hint)


#: Where a blank has a meaning: before a key or an item, and behind its colon or its dash.
_BLANKS = re.compile(
    "(?: |- )*(?:(?P<before>[\u00a0\u2000-\u200b\u202f\u3000\ufeff]+)"
    "|[\\w-]+(?P<colon>\uff1a)|[\\w-]+:(?P<behind>[\u00a0\u2000-\u200b\u202f\u3000\ufeff]+)"
    "|-(?P<dash>[\u00a0\u2000-\u200b\u202f\u3000\ufeff]+))"
)
_SPOKEN = {
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
    "\u200b": "a space without width",
    "\u3000": "a wide space",
    "\ufeff": "a byte order mark",
    "\uff1a": "a wide colon",
}


def _odd_blank(problem: Problem) -> Diagnostic | None:
    for number in (problem.mark.line, problem.began.line if problem.began else -1,
                   problem.mark.line - 1):  # fmt: skip
        line = problem.lines[number] if 0 <= number < len(problem.lines) else ""
        match = _BLANKS.match(line)
        if match is None:
            continue
        group = match.lastgroup or ""
        odd = match[group]
        is_colon = group == "colon"
        wanted = "a colon" if is_colon else "a space"
        what = _SPOKEN.get(odd[0], "an odd space")
        span = problem.span(number, *match.span(group))
        fix = Fix(f"write {wanted}", (Edit(span, ": " if is_colon else " " * len(odd)),))
        message = f"{what} (U+{ord(odd[0]):04X}) stands where {wanted} should"
        return Diagnostic(SYNTAX, message, span, f"write {wanted}", fix=fix)
    return None


_DASH = re.compile(r" *-(?P<key>[\w-]+):(?: |$)")


def _dash_without_space(problem: Problem) -> Diagnostic | None:
    for number in (problem.mark.line - 1, problem.mark.line):
        match = _DASH.match(problem.lines[number]) if 0 <= number < len(problem.lines) else None
        if match is not None:
            at = match.start("key")
            fix = Fix("write a space", (Edit(problem.span(number, at, at), " "),))
            span = problem.span(number, at - 1, match.end("key"))
            hint = f"write '- {match['key']}'"
            return Diagnostic(SYNTAX, "no space follows the '-' here", span, hint, fix=fix)
    return None


_COMMENT = re.compile(r" *(?P<mark>//|/\*|--(?!-)|;|\(\*|<!--).*")


def _comment_of_another_language(problem: Problem) -> Diagnostic | None:
    for number in (problem.mark.line - 1, problem.mark.line):
        match = _COMMENT.fullmatch(problem.lines[number]) if number in _range(problem) else None
        if match is not None:
            span = problem.span(number, *match.span("mark"))
            message = f"'{match['mark']}' begins no comment"
            return Diagnostic(SYNTAX, message, span, "a comment begins with '#'")
    return None


_KEY = re.compile(r" *(?:- +)*(?P<key>[\w-]+)(?P<colon>: +)(?P<value>\S(?:.*\S)?) *")
_TIGHT = re.compile(r" *(?:- +)*(?P<all>(?P<key>[A-Za-z_][\w-]*):)[^\s:/]")
_WORD = re.compile(r" *(?:- +)*(?P<all>[^\s:#]+)(?: |$)(?!.*: )")


def _run_on(problem: Problem) -> Diagnostic | None:
    """The line above is read on into this one: this is indented too far, or that has no colon."""
    number = problem.mark.line
    if "mapping values" not in problem.said or ":" in problem.line[: problem.mark.column]:
        return None
    above = next((n for n in reversed(range(number)) if problem.lines[n].strip()), None)
    if above is None:
        return None
    key = _KEY.fullmatch(problem.lines[above])
    if key is None:
        return _no_colon(problem, above)
    start = len(problem.line) - len(problem.line.lstrip())
    span = problem.span(number, start, problem.mark.column)
    related = Related(problem.span(above, *key.span("key")), f"'{key['key']}' is here")
    hint = f"begin it in column {key.start('key') + 1}, as '{key['key']}' does"
    message = f"this is indented further than '{key['key']}', which has a value already"
    return Diagnostic(SYNTAX, message, span, hint, (related,))


def _no_key(problem: Problem) -> Diagnostic | None:
    """What would be a key, had it its colon: the parser tells of it lines later."""
    if problem.began is None or "simple key" not in (problem.context or ""):
        return None
    return _no_colon(problem, problem.began.line)


def _no_colon(problem: Problem, number: int) -> Diagnostic | None:
    line = problem.lines[number]
    tight = _TIGHT.match(line)
    if tight is not None:
        start, end = tight.span("all")
        fix = Fix("write a space", (Edit(problem.span(number, end, end), " "),))
        hint = f"write '{tight['key']}: ', with a space"
        span = problem.span(number, start, end)
        return Diagnostic(SYNTAX, "no space follows the colon here", span, hint, fix=fix)
    word = _WORD.match(line)
    if word is None:
        return None
    message, hint = (
        "no colon and space follow a key here",
        "a key is followed by a colon and a space",
    )
    return Diagnostic(SYNTAX, message, problem.span(number, *word.span("all")), hint)


def _colon_in_value(problem: Problem) -> Diagnostic | None:
    within = _between(problem) and problem.line.startswith(":", problem.mark.column)
    if within and ";" in _between(problem):
        number, column = problem.mark.line, problem.line.index(";")
        span = problem.span(number, column, column + 1)
        return Diagnostic(SYNTAX, "';' divides nothing here", span, "write a comma")
    if not within and "mapping values" not in problem.said:
        return None
    span = problem.at(problem.mark)
    message = "a colon and a space stand within a value"
    hint = "put quotes around a value that holds ': '"
    return Diagnostic(SYNTAX, message, span, hint, fix=_quoting(problem))


_CLOSING = {"[": "]", "{": "}"}


def _comment_in_brackets(problem: Problem) -> Diagnostic | None:
    """A `#` within brackets, by which what closes them became a part of a comment."""
    if problem.began is None or not _is_in_brackets(problem):
        return None
    before = "".join(problem.lines[problem.began.line : problem.began.line + 1])
    opening = before[problem.began.column : problem.began.column + 1]
    closing = _CLOSING.get(opening)
    if closing is None:
        return None
    for number in range(problem.began.line, problem.mark.line):
        line = problem.lines[number]
        start = problem.began.column if number == problem.began.line else 0
        comment = re.search(rf"(?<=\s)#.*\{closing}", line[start:])
        if comment is not None:
            span = problem.span(number, start + comment.start(), len(line.rstrip()))
            message = f"YAML reads a comment from '#' on, so no '{closing}' closes the '{opening}'"
            here = Related(problem.at(problem.began), f"the '{opening}' is here")
            return Diagnostic(SYNTAX, message, span, "put the text with the '#' in quotes", (here,))
    return None


_NEXT = re.compile(r" *(?:- +)*(?:-$|[\w-]+ *:(?: |$)|[{[]|$)")


def _never_closed(problem: Problem) -> Diagnostic | None:
    """A bracket behind which, lines below, something begins that stands between none."""
    number, column = problem.mark.line, problem.mark.column
    if not _is_in_brackets(problem) or problem.began is None or problem.began.line >= number:
        return None
    if not _NEXT.match(problem.line):
        return None
    if column > len(problem.line) - len(problem.line.lstrip(" -")) and problem.line[column] != ":":
        return None
    span = problem.at(problem.began)
    opening = problem.lines[problem.began.line][problem.began.column]
    closing = _CLOSING[opening]
    start = len(problem.line) - len(problem.line.lstrip())
    next_one = problem.span(number, start, len(problem.line.rstrip()))
    related = (Related(next_one, "something else begins here"),) if problem.line.strip() else ()
    hint = f"write '{closing}' behind what belongs to it"
    return Diagnostic(SYNTAX, f"this '{opening}' is never closed", span, hint, related)


def _is_in_brackets(problem: Problem) -> bool:
    return problem.began is not None and "while parsing a flow" in (problem.context or "")


def _between(problem: Problem) -> str:
    """What stands in the line from the opening bracket to the mark."""
    if problem.began is None or not _is_in_brackets(problem):
        return ""
    if problem.began.line != problem.mark.line:
        return ""
    return problem.line[problem.began.column : problem.mark.column]


_BEGINNINGS = {
    "@": "YAML keeps '@' for itself",
    "`": "YAML keeps '`' for itself",
    "%": "YAML keeps '%' for itself",
    "*": "'*' begins an alias",
    "&": "'&' begins an anchor",
    "!": "'!' begins a tag",
    ">": "'>' begins a text on the lines below",
    "|": "'|' begins a text on the lines below",
    "-": "'- ' begins an item of a list",
    "?": "'? ' begins a key",
    ",": "',' divides what stands between brackets",
}


def _odd_beginning(problem: Problem) -> Diagnostic | None:
    match = _KEY.fullmatch(problem.line)
    if match is None or not match.start("value") <= problem.mark.column:
        return None
    began = match["value"][0]
    if began not in _BEGINNINGS or "end of stream" in problem.said or "','" in problem.said:
        return None
    at = match.start("value")
    span = problem.span(problem.mark.line, at, at + 1)
    message = f"a value cannot begin so: {_BEGINNINGS[began]}"
    hint = "put quotes around the value"
    return Diagnostic(SYNTAX, message, span, hint, fix=_quoting(problem))


_LINE = re.compile(r" *(?P<mark>```.*|\*+|[&!%@`|>,?])")


def _odd_line(problem: Problem) -> Diagnostic | None:
    """A line that begins with what YAML keeps for itself, as other notations have it."""
    match = _LINE.match(problem.line)
    if match is None or (problem.began is not None and problem.began.line != problem.mark.line):
        return None
    mark = match["mark"]
    span = problem.span(problem.mark.line, *match.span("mark"))
    if mark == "*" and problem.line.startswith(" ", match.end()):
        fix = Fix("write '-'", (Edit(span, "-"),))
        message = "'*' begins no item of a list"
        return Diagnostic(SYNTAX, message, span, "an item begins with '- '", fix=fix)
    if mark.startswith("```"):
        message = "the mark of a block of code is no YAML"
        return Diagnostic(SYNTAX, message, span, "delete it, and the one that ends the block")
    message = f"a line cannot begin so: {_BEGINNINGS[mark[0]]}"
    return Diagnostic(SYNTAX, message, span, "begin it with a key, or with '- ' for an item")


_WHOLE_QUOTE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\"""")


def _behind_quote(problem: Problem) -> Diagnostic | None:
    match = _KEY.fullmatch(problem.line)
    if match is None or problem.mark.column <= match.start("value"):
        return None
    value = match["value"]
    if value[0] not in "'\"" or "expected key" not in problem.said:
        return None
    if _WHOLE_QUOTE.fullmatch(value):  # it is right by itself: a quote above it is open
        return None
    is_apostrophe = value[0] == "'" == value[-1]
    inner = value[1:-1] if is_apostrophe else value
    written = _quoted(inner)
    span = problem.span(problem.mark.line, problem.mark.column, match.end("value"))
    if " #" in value:
        return Diagnostic(SYNTAX, "text stands behind the closing quote", span,
                          "put all of it in quotes")  # fmt: skip
    edit = Edit(problem.span(problem.mark.line, *match.span("value")), written)
    fix = Fix("put quotes around the value", (edit,), is_safe=False)
    message = "text stands behind the closing quote"
    return Diagnostic(SYNTAX, message, span, f"write {written}", fix=fix)


def _unknown_escape(problem: Problem) -> Diagnostic | None:
    if "escape character" not in problem.said:
        return None
    column = problem.mark.column
    at = column if problem.line[column : column + 1] == "\\" else max(column - 1, 0)
    told = problem.line[at : at + 2]
    span = problem.span(problem.mark.line, at, at + len(told))
    hint = "write '\\\\' for a backslash, or put the text in single quotes"
    return Diagnostic(SYNTAX, f"'{told}' means nothing between double quotes", span, hint)


def _closes_nothing(problem: Problem) -> Diagnostic | None:
    column = problem.mark.column
    closing = problem.line[column : column + 1]
    if closing not in ("}", "]"):
        return None
    span = problem.at(problem.mark)
    if re.search("expected (?:key|'-')", problem.said) or "<document start>" in problem.said:
        rest = problem.line[column:]
        count = len(rest) - len(rest.lstrip("]}"))
        span = problem.span(problem.mark.line, column, column + count)
        it, told = ("it", f"this '{closing}' closes") if count == 1 else ("them", "these close")
        fix = Fix(f"delete {it}", (Edit(span, ""),), is_safe=False)
        return Diagnostic(SYNTAX, f"{told} nothing", span, fix.title, fix=fix)
    wanted = {"}": "]", "]": "}"}[closing]
    if problem.said.startswith("did not find expected ','") and problem.began is not None:
        opening = problem.at(problem.began)
        related = (Related(opening, f"the '{'[' if wanted == ']' else '{'}' is here"),)
        message = f"'{closing}' stands where '{wanted}' should"
        return Diagnostic(SYNTAX, message, span, f"write '{wanted}' before it", related)
    return None


_HEADER = re.compile(r".*: +[|>][+-]? *")


def _block_not_indented(problem: Problem) -> Diagnostic | None:
    mark = problem.began if problem.began and "simple key" in (problem.context or "") else None
    number = (mark or problem.mark).line
    above = next((n for n in reversed(range(min(number, len(problem.lines))))
                  if problem.lines[n].strip()), None)  # fmt: skip
    if (
        above is None
        or number not in _range(problem)
        or not _HEADER.fullmatch(problem.lines[above])
    ):
        return None
    line = problem.lines[number]
    start = len(line) - len(line.lstrip())
    span = problem.span(number, start, len(line.rstrip()))
    hint = "indent the text by two spaces more than its key"
    return Diagnostic(SYNTAX, "this is not indented below its key", span, hint)


def _range(problem: Problem) -> range:
    return range(len(problem.lines))


#: The first that knows it tells it.
_RECOGNISED: tuple[Callable[[Problem], Diagnostic | None], ...] = (
    _conflict,
    _tab,
    _odd_blank,
    _dash_without_space,
    _comment_of_another_language,
    _run_on,
    _closes_nothing,
    _odd_beginning,
    _odd_line,
    _unknown_escape,
    _colon_in_value,
    _behind_quote,
    _comment_in_brackets,
    _never_closed,
    _block_not_indented,
    _no_key,
)

_UNQUOTED = re.compile(r"(?P<key>\s*(?:- +)*[\w-]+: +)(?P<value>[^\s'\"{\[](?:.*\S)?)\s*")


def _quoting(problem: Problem) -> Fix | None:
    """The fix that puts quotes around the value of a line, where it has no other."""
    match = _UNQUOTED.fullmatch(problem.line)
    if match is None or problem.mark.column < match.start("value"):
        return None
    if " #" in match["value"]:  # nobody can say where a comment begins
        return None
    quoted = "'" + match["value"].replace("'", "''") + "'"
    edit = Edit(problem.span(problem.mark.line, *match.span("value")), quoted)
    # A list or a block of text may have been begun in the wrong line.
    return Fix("put quotes around the value", (edit,), is_safe=match["value"][0] not in ">|-")


def _quoted(value: str) -> str:
    if "'" in value and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


# -- what the parser says -------------------------------------------------------------------------

_PLAIN = {
    "could not find expected ':'": "no colon and space follow a key here",
    "did not find expected ',' or '}'": "a comma or a '}' is missing before this",
    "did not find expected ',' or ']'": "a comma or a ']' is missing before this",
    "did not find expected '-' indicator": "this is indented otherwise than the list around it",
    "did not find expected node content": "a value or a closing bracket is missing before this",
    "did not find expected key": "no key stands where one should",
    "found character that cannot start any token": "nothing can begin with this character",
    "block sequence entries are not allowed in this context": "no list can begin here",
    "while parsing a flow mapping": "the '{' is here",
    "while parsing a flow sequence": "the '[' is here",
    "while parsing a block collection": "the list begins here",
    "while parsing a block mapping": "the keys begin here",
}


def _as_the_parser_says(problem: Problem) -> Diagnostic:
    told, hint = _PLAIN.get(problem.said, problem.said), _hint(problem.said)
    span = problem.at(problem.mark)
    context, began = problem.context, problem.began
    if not context or began is None or problem.at(began) == span:
        return Diagnostic(SYNTAX, told, span, hint)
    opening = problem.at(began)
    if "simple key" in context:  # noticed lines later, to be mended here
        line = problem.lines[opening.line - 1]
        word = re.match(r"\S*", line[opening.column - 1 :])
        end = opening.column + max(1, len(word.group()) if word else 1)
        return Diagnostic(SYNTAX, told, opening._replace(end_column=end), hint)
    if "quoted scalar" in context and "end of stream" in problem.said:
        return Diagnostic(SYNTAX, "this quote is never closed", opening, "close it")
    return Diagnostic(SYNTAX, told, span, hint, (Related(opening, _PLAIN.get(context, context)),))


def _hint(said: str) -> str | None:
    if "could not find expected ':'" in said:
        return "a key is followed by a colon and a space"
    if "did not find expected ','" in said or "expected node content" in said:
        return "close the bracket, or put a comma between two entries"
    if "did not find expected key" in said or "did not find expected '-'" in said:
        return "check that this line is indented like its neighbours"
    return None


SYNTAX = Code("yaml-syntax", "YAML", Severity.ERROR, "the file is not YAML")
