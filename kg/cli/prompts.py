"""Asking for an entry in a terminal, with completion, and with what is wrong while it is typed.

Nothing is written before the end. Whoever stops earlier is given the commands that say what was
entered, so that nothing of it is lost.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.styles import Style

from kg.cli.addition import Wish, carry_out
from kg.cli.dialog import (
    NAMED,
    Dialog,
    begin,
    command_lines,
    findings,
    for_thing,
    id_for_thing,
    is_begun,
    is_name_of,
    keep_thing,
    put_in,
    refusal,
    refusal_of_id,
    said,
    suggestions,
    unknown_thing,
    value_text,
    value_typed,
)
from kg.cli.entries import SECTIONS
from kg.cli.session import Session
from kg.edit.trial import Finding
from kg.edit.writing import TABLES, Value
from kg.model.display import visible, wrap
from kg.reading.shape import Key

#: What is asked for in any case, in order; what need not be there is passed over by Enter.
_ASKED = {
    "facts": ("subject", "relation", "object", "source", "passage"),
    "entities": ("type", "name"),
    "sources": ("type", "title", "publisher", "published", "url"),
}

#: What is asked for, where that takes more words than an option's.
_ASKS = {
    "said_by": "who says it, as WHO:VERB, WHO:VERB, … nearest to the reader first; 'subject' is "
    "the claim's own, 'unknown' nobody in particular",
}

_STYLE = Style.from_dict(
    {"bottom-toolbar": "noreverse", "error": "ansired", "hint": "ansicyan",
     "placeholder": "ansibrightblack"}
)  # fmt: skip

_ID = "id"


def ask(session: Session, noun: str, wish: Wish) -> None:
    """Asks for entries of one kind until there are no more, and adds each when it is complete."""
    _print("Tab completes, Enter goes on. Esc or Ctrl-C ends it, and nothing is written.")
    source: str | None = None
    while True:
        dialog = begin(session.workspace(), SECTIONS[noun], source)
        _enter(session, dialog, wish)
        source = str(dialog.values.get("source", ""))
        if not _another(noun):
            return


def ask_for_fact(session: Session, given: Mapping[str, Value]) -> bool:
    """Asks for a fact of which some is given, and adds it; whether it was added.

    Where it was not, for whatever reason, that is told, with what was entered.
    """
    dialog = begin(session.workspace(), "facts", None)
    dialog.values.update(given)
    try:
        _enter(session, dialog, Wish())
    except click.UsageError as error:
        click.echo(error.format_message(), err=True)
        return False
    except click.exceptions.Exit as ended:
        return ended.exit_code == 0
    return True


def _enter(session: Session, dialog: Dialog, wish: Wish) -> None:
    """Asks for an entry and adds it; where it is not added, what was entered is printed."""
    try:
        _fill(dialog)
        carry_out(session, dialog.drafts, wish)
    except (KeyboardInterrupt, EOFError):
        _say_what_was_entered(dialog, wish)
        raise click.exceptions.Exit(1) from None
    except (click.exceptions.Exit, click.UsageError):
        _say_what_was_entered(dialog, wish)
        raise


def _fill(dialog: Dialog) -> None:
    """Asks for what has to be there and is not, then for what else there is to say."""
    table = TABLES[dialog.section].by_name
    for name in _ASKED[dialog.section]:
        if name not in dialog.values and (name != "passage" or _has_parts(dialog)):
            _ask_for(dialog, table[name])
    if dialog.suggested_id is None:
        dialog.id = _ask_for_id(dialog, "")
    while (chosen := _ask_what_else(dialog)) is not None:
        if chosen == _ID:
            dialog.id = _ask_for_id(dialog, dialog.id or dialog.suggested_id or "")
        else:
            _ask_for(dialog, table[chosen])


def _ask_for(dialog: Dialog, key: Key) -> None:
    """Asks for the value of a key, and for the things that it names and that are not there."""
    before = dialog.values.get(key.name)
    text = _asked(
        f"{key.name}: ",
        default=value_text(key, before) if before is not None else "",
        usual=dialog.usual.get(key.name, ""),
        completer=_OfKey(dialog, key),
        refuse=lambda typed: refusal(dialog, key, typed),
        below=lambda typed: _said_of(dialog, key, typed),
    )
    if text:
        dialog.values[key.name] = value_typed(dialog, key, text)
    else:
        dialog.values.pop(key.name, None)
    while (finding := unknown_thing(dialog, key)) is not None:
        assert finding.unknown is not None
        if finding.meant is not None and is_name_of(finding.unknown, finding.meant, dialog):
            _print(f"  '{finding.unknown}' is {finding.meant}")
            put_in(dialog, key, finding.unknown, finding.meant)
            continue
        answer = _make_or_other(finding)
        if answer is True:
            _make(dialog, key, finding.unknown)
        elif answer is False:
            dialog.values.pop(key.name)
            _ask_for(dialog, key)
            return
        else:
            put_in(dialog, key, finding.unknown, str(answer))
    if key.name in dialog.values:
        wrong = refusal(dialog, key, value_text(key, dialog.values[key.name]))
        if wrong is not None:  # what was put in is there, and does not fit
            _print(_sentence(wrong))
            _ask_for(dialog, key)
            return
    for line in said(dialog):
        _print(f"  {line}")


def _make(dialog: Dialog, key: Key, name: str) -> None:
    """Asks for what has to be known of a thing that is not there."""
    inner = for_thing(dialog, key, name)
    for each in _ASKED[inner.section][:2]:
        _ask_for(inner, TABLES[inner.section].by_name[each])
    inner.id = id_for_thing(dialog, inner, name) or _ask_for_id(dialog, "")
    keep_thing(dialog, key, name, inner)
    _print(f"  '{inner.id}' is going to be made, too.")


def _ask_for_id(dialog: Dialog, default: str) -> str:
    return _asked(
        "id: ",
        default=default,
        refuse=lambda typed: refusal_of_id(dialog, typed),
        below=lambda typed: _lines(refusal_of_id(dialog, typed) if typed else None, "its id"),
    )


def _ask_what_else(dialog: Dialog) -> str | None:
    """The key to be asked for next; None where there is nothing to add."""
    table = TABLES[dialog.section].by_name
    names = [_ID, *(name for name in table if name not in (_ID, "text"))]

    def refuse(typed: str) -> Finding | None:
        if not typed or typed in names:
            return None
        return Finding("", f"'{typed}' is no key", "Tab shows the keys")

    def below(typed: str) -> StyleAndTextTuples:
        if typed in table:
            return _lines(None, table[typed].summary)
        is_wrong = typed and not any(name.startswith(typed) for name in names)
        return _lines(refuse(typed) if is_wrong else None, "Tab shows what else can be said")

    chosen = _asked(
        "more? (Enter writes it) ", completer=_OfKeys(dialog, names), refuse=refuse, below=below
    )
    return chosen or None


def _another(noun: str) -> bool:
    try:
        return _yes(f"Another {noun}?", usually=False)
    except (KeyboardInterrupt, EOFError):
        return False


_ANSWERS = {"y": True, "yes": True, "n": False, "no": False}


def _yes(question: str, *, usually: bool) -> bool:
    _print(question)
    while True:
        answer = _asked("[Y/n] " if usually else "[y/N] ").casefold()
        if not answer or answer in _ANSWERS:
            return _ANSWERS.get(answer, usually)


def _make_or_other(finding: Finding) -> bool | str:
    """Whether to make what is not there; or else what was meant instead of it.

    Where something is called nearly so, Enter takes that.
    """
    _print(_sentence(finding))
    question = "Make it? [Y/n] " if finding.meant is None else f"{finding.meant}? [Y/n/make] "
    answer = _asked(question)
    if finding.meant is not None and answer.casefold() in ("", "y", "yes"):
        return finding.meant
    if answer.casefold() in ("", "m", "make"):
        return True
    return _ANSWERS.get(answer.casefold(), answer)


def _has_parts(dialog: Dialog) -> bool:
    source = dialog.world.facts.sources.get(str(dialog.values.get("source", "")))
    return source is not None and source.text is not None


def _say_what_was_entered(dialog: Dialog, wish: Wish) -> None:
    lines = list(command_lines(dialog, wish))
    if not lines:
        click.echo("nothing was written", err=True)
        return
    click.echo("nothing was written; this is what was entered:", err=True)
    for line in lines:
        click.echo(line, err=True)


# -- the terminal ---------------------------------------------------------------------------------


def _asked(
    question: str,
    *,
    default: str = "",
    usual: str = "",
    completer: Completer | None = None,
    refuse: Callable[[str], Finding | None] = lambda typed: None,
    below: Callable[[str], StyleAndTextTuples] | None = None,
) -> str:
    """What is typed in answer to a question, once it is not refused.

    Args:
        question: stands before what is typed.
        default: stands there to be changed.
        usual: what an empty answer means, shown as long as nothing is typed.
        completer: what Tab and typing offer.
        refuse: why an answer cannot be taken.
        below: what stands at the bottom while it is typed.
    """
    refused: dict[str, Finding] = {}

    def answer(typed: str) -> str:
        return typed.strip() or usual

    def toolbar() -> StyleAndTextTuples:
        typed = answer(get_app().current_buffer.text)
        if typed in refused:
            return _lines(refused[typed], "")
        return below(typed) if below is not None else []

    bindings = KeyBindings()

    @bindings.add(Keys.Enter)
    def take(event: KeyPressEvent) -> None:
        typed = answer(event.current_buffer.text)
        finding = refuse(typed)
        if finding is None:
            event.current_buffer.validate_and_handle()
        else:
            refused[typed] = finding

    @bindings.add(Keys.Escape, eager=True)
    def leave(event: KeyPressEvent) -> None:
        if event.current_buffer.complete_state:
            event.current_buffer.cancel_completion()
        else:
            event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    session: PromptSession[str] = PromptSession(
        completer=completer,
        complete_while_typing=True,
        bottom_toolbar=toolbar if below is not None else None,
        placeholder=[("class:placeholder", usual)] if usual else None,
        key_bindings=bindings,
        style=_STYLE,
        reserve_space_for_menu=6 if completer is not None else 0,
    )
    return answer(session.prompt(question, default=default))


class _OfKey(Completer):
    """What can be written under a key."""

    def __init__(self, dialog: Dialog, key: Key) -> None:
        self.dialog, self.key = dialog, key

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        found, word = suggestions(self.dialog, self.key, document.text_before_cursor)
        behind = "=" if self.key.kind in NAMED else ""
        for each in found:
            parts = (each.detail, each.about if each.about != each.detail else "")
            meta = visible(" · ".join(part for part in parts if part))
            yield Completion(each.label + behind, -len(word), each.label, display_meta=meta)


class _OfKeys(Completer):
    """The keys that there are."""

    def __init__(self, dialog: Dialog, names: Sequence[str]) -> None:
        self.dialog, self.names = dialog, names

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        typed, table = document.text_before_cursor, TABLES[self.dialog.section].by_name
        for name in self.names:
            if name.startswith(typed):
                is_there = name in self.dialog.values
                summary = table[name].summary if name in table else "its id"
                shown = f"{name} ✓" if is_there else name
                yield Completion(name, -len(typed), shown, display_meta=summary)


def _said_of(dialog: Dialog, key: Key, typed: str) -> StyleAndTextTuples:
    """What is said below the line: what is wrong, else what is asked for."""
    asked_for = _ASKS.get(key.name, key.summary)
    if not typed or is_begun(dialog, key, typed):
        return _lines(None, asked_for)
    found = findings(dialog, key, typed)
    return _lines(min(found, key=lambda each: not each.is_error, default=None), asked_for)


def _lines(finding: Finding | None, otherwise: str) -> StyleAndTextTuples:
    if finding is None:
        return [("class:hint", _wrapped(otherwise))]
    style = "class:error" if finding.is_error else "class:hint"
    return [(style, _wrapped(_sentence(finding)))]


def _sentence(finding: Finding) -> str:
    return visible(f"{finding.message}; {finding.hint}" if finding.hint else finding.message)


def _print(text: str) -> None:
    click.echo(_wrapped(text, "    " if text.startswith("  ") else ""))


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(wrap(text, max(20, shutil.get_terminal_size().columns - 1), indent))
