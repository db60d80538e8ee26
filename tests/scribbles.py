"""The same content in many layouts, as many hands would write it down."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from kg.edit.scalars import flow_scalar, scalar

Plain = Any  #: what JSON can hold, its scalars all text

_WORDS = (
    *("a", "bb", "ccc", "NO", "12:30", "010", "d e", "f#g", "h # i", "it's", '"j"', "k: l", ""),
    *("m, n", "[o]", "-", "- p", "é", "~", "x:y", "2022-06", "q\nr", "s\n\n t\n", "u\n"),
)


def some_value(random: Random, depth: int = 3) -> Plain:
    """A small tree."""
    kind = random.randrange(4) if depth else 0
    if kind <= 1:
        return random.choice(_WORDS)
    if kind == 2:
        return [some_value(random, depth - 1) for _ in range(random.randrange(4))]
    return some_mapping(random, depth - 1)


def some_mapping(random: Random, depth: int = 3) -> dict[str, Plain]:
    """A small tree that a file can hold."""
    keys = random.sample(["k", "id", "NO", "note", "x y", "l-m", "07"], random.randrange(4))
    return {key: some_value(random, depth) for key in keys}


def scribbled(content: dict[str, Plain], random: Random, remarks: bool = True) -> str:
    """A file that holds `content`, in a layout of chance, with comments wherever one can stand."""
    return _Hand(random, remarks).write(content)


class _Hand:
    def __init__(self, random: Random, remarks: bool) -> None:
        self.random, self.remarks, self.count = random, remarks, 0

    def write(self, content: dict[str, Plain]) -> str:
        lines = [*self.between(0), *self.mapping(content, 0), *self.between(0)]
        text = "\n".join(lines) + "\n" * self.random.randrange(1, 4)
        return text if content or text.strip() else ""

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def remark(self) -> str:
        self.count += 1
        return f"#{self.random.choice((' ', '', '  '))}remark {self.count} # it's {{"

    def behind(self) -> str:
        if not (self.remarks and self.chance(20)):
            return " " * self.random.choice((0, 0, 0, 2))
        return " " * self.random.choice((1, 2, 2, 5, 9)) + self.remark()

    def between(self, most: int) -> Iterator[str]:
        """Blank lines and comments that are indented by `most` at most."""
        while self.chance(20):
            is_blank = not self.remarks or self.chance(50)
            yield "" if is_blank else " " * self.random.randint(0, most) + self.remark()

    def mapping(self, content: dict[str, Plain], indent: int) -> Iterator[str]:
        for key, value in content.items():
            yield from self.between(indent)
            head = f"{' ' * indent}{scalar(key)}{' ' * self.random.choice((0, 0, 1))}:"
            yield from self.entry(head, value, indent, is_item=False)

    def items(self, content: list[Plain], indent: int) -> Iterator[str]:
        for value in content:
            yield from self.between(indent)
            yield from self.entry(" " * indent + "-", value, indent, is_item=True)

    def entry(self, head: str, value: Plain, indent: int, is_item: bool) -> Iterator[str]:
        inside = indent + self.random.choice((1, 2, 2, 3, 4))
        if isinstance(value, dict | list) and value and self.chance(60):
            if isinstance(value, list) and not is_item and self.chance(30):
                inside = indent
            lines = list(self.block(value, inside))
            if is_item and not lines[0].lstrip().startswith("#") and lines[0].strip() and (
                inside > indent + 1 and self.chance(70)
            ):  # fmt: skip
                lines[0] = head + lines[0][len(head) :]
            else:
                yield head + self.behind()
            yield from lines
            if self.chance(30):
                yield from self.between(inside)
        elif isinstance(value, dict | list):
            yield from self.flowing(head, self.flow(value), inside)
        else:
            yield from self.text(head, value, inside)

    def block(self, value: Plain, indent: int) -> Iterator[str]:
        return self.mapping(value, indent) if isinstance(value, dict) else self.items(value, indent)

    def flowing(self, head: str, tokens: list[str], inside: int) -> Iterator[str]:
        line = head + " "
        if self.chance(10):
            yield head + self.behind()
            yield from self.between(inside + 2)
            line = " " * inside
        for token in tokens:
            line += token
            if token[-1:] in "[{," and self.chance(8):
                yield line + self.behind()
                yield from self.between(inside + 4)
                line = " " * self.random.randint(inside, inside + 4)
            elif token[-1:] in "[{,":
                line += " " * self.random.choice((0, 1, 1, 2)) if token[-1:] != "," else " "
        yield line + self.behind()

    def flow(self, value: Plain) -> list[str]:
        if isinstance(value, str):
            return [self.quoted(value) if self.chance(20) else flow_scalar(value)]
        tokens: list[str] = []
        for number, item in enumerate(value.items() if isinstance(value, dict) else value):
            tokens += [","] if number else []
            if isinstance(value, dict):
                tokens += [f"{flow_scalar(item[0])}: ", *self.flow(item[1])]
            else:
                tokens += self.flow(item)
        first, last = "{}" if isinstance(value, dict) else "[]"
        return [first, *tokens, *([","] if tokens and self.chance(10) else []), last]

    def quoted(self, value: str) -> str:
        if "\n" in value or self.chance(50):
            return '"' + value.translate({34: '\\"', 92: "\\\\", 10: "\\n"}) + '"'
        return "'" + value.replace("'", "''") + "'"

    def text(self, head: str, value: str, inside: int) -> Iterator[str]:
        words = value.split(" ")
        if value.strip("\n ") and "\n" in value and not value.startswith((" ", "\n")):
            body = value.rstrip("\n")
            chomp = {0: "-", 1: ""}.get(len(value) - len(body), "+")
            yield f"{head} |{chomp}{self.behind()}"
            yield from (" " * inside + line if line else "" for line in body.split("\n"))
            yield from [""] * (len(value) - len(body) - 1)
        elif len(words) > 1 and all(words) and scalar(value) == value and self.chance(40):
            if any(word.startswith(("#", "-", "?")) for word in words):
                yield f"{head} {value}{self.behind()}"
                return
            at = self.random.randrange(1, len(words))
            quote = "'" if self.chance(30) and "'" not in value else ""
            yield f"{head} {quote}{' '.join(words[:at])}{' ' * self.random.randrange(2)}"
            yield " " * inside + " ".join(words[at:]) + quote + self.behind()
        else:
            written = self.quoted(value) if self.chance(20) else scalar(value)
            if self.chance(8) and written:
                yield head + self.behind()
                yield from self.between(inside)
                yield " " * inside + written + self.behind()
            else:
                yield f"{head}{' ' * self.random.choice((1, 1, 1, 3))}{written}{self.behind()}"
