"""The commands of `kg add`: an option for each key of an entry, from the tables of keys."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kg.cli.addition import Draft, Wish, carry_out
from kg.cli.options import complete_ids, complete_terms
from kg.cli.session import Session, fail
from kg.edit.writing import TABLES, Value
from kg.reading import keys
from kg.reading import values as v
from kg.reading.shape import Key, Kind

#: The section that each kind of entry stands in.
SECTIONS = {"fact": "facts", "entity": "entities", "source": "sources"}

#: What no YAML file may hold, or would read otherwise.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def command_adding(noun: str) -> click.Command:
    """The command that adds entries of one kind."""
    section = SECTIONS[noun]
    table = TABLES[section].by_name
    params: list[click.Parameter] = [click.Argument(["from_input"], required=False, metavar="[-]")]
    if "id" not in table:
        params.append(_option(keys.FACT.by_name["id"], "its id"))
    params.extend(_option(key, key.summary) for key in table.values())
    params += [
        click.Option(["--file"], metavar="PATH", help="Put it into this file below facts/."),
        click.Option(["--again"], is_flag=True, help="Add it even if it is there already."),
        click.Option(["--dry-run"], is_flag=True, help="Print what would be written, and where."),
    ]
    article = "an" if noun == "entity" else "a"
    return click.Command(
        noun,
        params=params,
        callback=lambda **given: _run(noun, given),
        short_help=f"Add {article} {noun}.",
        help=f"Add {article} {noun}. An option that may be given several times makes a list.\n\n"
        f"With '-', YAML from standard input is added: {article} {noun}, or several in the form "
        f"of '{section}'.",
    )


def _run(noun: str, given: dict[str, Any]) -> None:
    session = click.get_current_context().find_object(Session)
    assert session is not None
    wish = Wish(given.pop("file"), given.pop("again"), given.pop("dry_run"))
    from_input, id = given.pop("from_input"), given.pop("id")
    if from_input not in (None, "-"):
        raise click.UsageError(f"'{from_input}' is no option: '-' reads YAML from standard input")
    section = SECTIONS[noun]
    values = _values(section, given)
    if from_input:
        if values or id is not None:
            raise click.UsageError(
                "'-' takes all keys from standard input, and no options for them"
            )
        from kg.cli.piped import read_drafts

        carry_out(session, read_drafts(section, sys.stdin.buffer.read()), wish)
        return
    if not values and id is None and sys.stdin.isatty() and sys.stdout.isatty():
        from kg.cli.prompts import ask

        ask(session, noun, wish)
        return
    carry_out(session, [Draft(section, id, values)], wish)


# -- options --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Form:
    """How the value of a key is written in an option."""

    metavar: str
    parse: Callable[[str], Value] = lambda text: text
    complete: Callable[[click.Context, click.Parameter, str], list[str]] | None = None


def _option(key: Key, summary: str) -> click.Option:
    form = _form(key)
    words = key.kind.words
    listed = f" [{', '.join(words)}]" if words and not words[0].isdigit() else ""
    said = f"{_capital(summary)}.{listed}"
    if key.name == "id":
        said = "Its id; default: made of what it says."
    return click.Option(
        [option_name(key.name), key.name],
        metavar=form.metavar,
        multiple=_is_repeated(key),
        help=said,
        shell_complete=form.complete or (_words(words) if words else None),
    )


def option_name(key: str) -> str:
    """The option for a key: `--said-by`."""
    return "--" + key.replace("_", "-")


def option_words(values: Mapping[str, Value]) -> list[str]:
    """The words of a command line that give values to keys: what `kg add` takes back."""
    return [
        word
        for key, value in values.items()
        for text in option_texts(key, value)
        for word in (option_name(key), text)
    ]


def option_texts(key: str, value: Value) -> list[str]:
    """A value as the option of its key takes it, once for each time that the option is given."""
    if isinstance(value, Mapping) and key in ("labels", "codes"):
        return [f"{name}={each}" for name, each in value.items()]
    many = isinstance(value, Sequence) and not isinstance(value, str)
    return [_as_option(each) for each in (value if many else [value])]


def _as_option(value: Value) -> str:
    if isinstance(value, str):
        return value
    assert isinstance(value, Mapping)
    order = ("by", "verb") if "by" in value else ("part", "chars", "quote")
    parts = [str(value.get(key, "")) for key in order]
    return ":".join(parts).rstrip(":")


def _values(section: str, given: Mapping[str, Any]) -> dict[str, Value]:
    """The values of the keys that were given."""
    values: dict[str, Value] = {}
    for key in TABLES[section].by_name.values():
        written = given.get(key.name)
        if written is None or written == ():
            continue
        texts = written if isinstance(written, tuple) else (written,)
        for text in texts:
            refuse_control_characters(option_name(key.name), text)
        values[key.name] = value_given(key, texts)
    return values


def value_given(key: Key, texts: Sequence[str]) -> Value:
    """The value of a key from what its option was given, in the order given."""
    if key.kind in _PAIRS:
        return dict(_pair(option_name(key.name), text) for text in texts)
    each = [_form(key).parse(text) for text in texts]
    is_single = len(each) == 1 and not (key.many and isinstance(each[0], Mapping))
    return each[0] if is_single else each


def refuse_control_characters(name: str, text: str) -> None:
    """Ends with a message where a text holds what no YAML file may."""
    odd = _CONTROL.search(text)
    if odd is not None:
        raise click.UsageError(f"{name}: U+{ord(odd.group()):04X} has no place in a text")


def _form(key: Key) -> _Form:
    if key.kind.words:
        return _Form("WORD")
    return _FORMS.get(key.kind, _Form("TEXT"))


def _is_repeated(key: Key) -> bool:
    return key.many or key.kind in _PAIRS


def _pair(name: str, text: str) -> tuple[str, str]:
    key, is_set, value = text.partition("=")
    if not is_set:
        raise click.UsageError(f"{name}: '{text}' is not KEY=VALUE")
    return key, value


def link(text: str) -> Value:
    """A link of the chain from `WHO` or `WHO:VERB`."""
    who, has_verb, verb = text.partition(":")
    return {"by": who, "verb": verb.strip()} if has_verb else who


def passage(text: str) -> Value:
    """A passage from `PART`, `PART:CHARS` or `PART:CHARS:QUOTE`, where CHARS may be empty."""
    part, is_longer, rest = text.partition(":")
    if not is_longer:
        return part
    chars, _, quote = rest.partition(":")
    given = {"part": part, "chars": chars, "quote": quote.strip()}
    return {key: value for key, value in given.items() if value}


def _text_of_file(name: str) -> Value:
    """What a source has to say of the text in a file."""
    from kg.edit.writing import value_of
    from kg.evidence import describe_text
    from kg.model.text import SourceText
    from kg.reading.document import read_document

    try:
        described = describe_text(Path(name).read_bytes())
    except UnicodeDecodeError as error:
        fail(f"{name}: byte {error.start} is not UTF-8")
    root = read_document(SourceText(name, described.encode()), [])
    node = root.value("text") if root is not None else None
    if node is None or described.endswith("parts:\n"):
        fail(f"{name}: it holds no text")
    return value_of(node)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(words: Sequence[str]) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    return lambda context, parameter, incomplete: [w for w in words if w.startswith(incomplete)]


_PAIRS = (v.LABELS, v.CODES_BY_SCHEME)

_FORMS: Mapping[Kind, _Form] = {
    v.ID: _Form("ID"),
    v.THING: _Form("ID", complete=complete_ids),
    v.OBJECT: _Form("ID|VALUE", complete=complete_ids),
    v.CONDITION: _Form("ID", complete=complete_ids),
    v.CHAIN_LINK: _Form("ID[:VERB]", link, complete_ids),
    v.PASSAGE: _Form("PART[:CHARS[:QUOTE]]", passage),
    v.TYPE: _Form("TYPE", complete=complete_terms),
    v.RELATION: _Form("RELATION", complete=complete_terms),
    v.DATE: _Form("DATE"),
    v.INTERVAL: _Form("WHEN"),
    v.QUANTITY: _Form("QUANTITY"),
    v.URL: _Form("URL"),
    v.LANGUAGE: _Form("TAG"),
    v.LABELS: _Form("TAG=NAME"),
    v.CODES_BY_SCHEME: _Form("SCHEME=CODE"),
    keys.SOURCE.by_name["text"].kind: _Form("FILE", _text_of_file),
}
