"""The walk of `kg annotate`: a paragraph is shown, and what to do with it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import Any

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, DummyCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.validation import Validator

from kg.cli.entries import passage
from kg.cli.prompts import ask_for_fact
from kg.cli.session import Session
from kg.coverage import Part, coverage
from kg.edit.anchor import places_of, words_in
from kg.model.display import visible, wrap
from kg.model.facts import FactSet
from kg.render.annotated import part_lines, summary_line

_HELP = (
    "n next · p previous · s skip to the next without a claim · a add a fact · "
    "the name of a part: go there · q quit"
)


@dataclass(slots=True)
class _Walk:
    session: Session
    source: str
    body: str
    with_quote: bool
    at: int = 0

    def facts(self) -> FactSet:
        """The facts as they are on disk now."""
        return self.session.workspace().facts

    def text(self, part: Part) -> str:
        return self.body[part.start : part.end]


def walk(session: Session, source: str, body: str, *, with_quote: bool) -> None:
    """Goes through the paragraphs until the user has enough; each fact is written at once."""
    state = _Walk(session, source, body, with_quote)
    prompts: PromptSession[str] = PromptSession()
    facts = state.facts()
    parts = coverage(facts.sources[source], facts)
    _say(_HELP)
    is_shown = False
    while True:
        if not is_shown:
            _show(state, parts[state.at], facts)
        is_shown = True
        asked = _ask(prompts, f"{parts[state.at].name} [n p s a q]> ", _words(parts))
        if asked is None or asked in ("q", "quit"):
            break
        before = state.at
        is_changed = _obey(asked, state, parts, prompts)
        if is_changed:
            facts = state.facts()
            parts = coverage(facts.sources[source], facts)
        is_shown = not is_changed and state.at == before
    click.echo(summary_line(parts))


def _words(parts: Sequence[Part]) -> Completer:
    return _Choices([(part.name, _state(part)) for part in parts])


def _state(part: Part) -> str:
    return "no claim" if part.is_open else f"{len(part.claims)} claims"


def _show(state: _Walk, part: Part, facts: FactSet) -> None:
    columns = min(get_terminal_size().columns, 100)
    lines = part_lines(part, state.text(part), facts, columns, color=state.session.is_colored())
    click.echo("\n" + "\n".join(lines))


def _say(text: str) -> None:
    click.echo("\n".join(wrap(text, get_terminal_size().columns, "  ")))


def _obey(asked: str, state: _Walk, parts: Sequence[Part], prompts: PromptSession[str]) -> bool:
    """Does what is asked; whether a fact was written."""
    names = [part.name for part in parts]
    if asked in ("n", "next", ""):
        if state.at + 1 == len(parts):
            click.echo("this is the last paragraph")
        state.at = min(state.at + 1, len(parts) - 1)
    elif asked in ("p", "previous"):
        if state.at == 0:
            click.echo("this is the first paragraph")
        state.at = max(state.at - 1, 0)
    elif asked in ("s", "skip"):
        order = [*range(state.at + 1, len(parts)), *range(state.at + 1)]
        bare = next((index for index in order if parts[index].is_open), None)
        if bare is None:
            click.echo("every paragraph has a claim")
        state.at = state.at if bare is None else bare
    elif asked in ("a", "add"):
        return _add(state, parts[state.at], prompts)
    elif asked in names:
        state.at = names.index(asked)
    else:
        _say(_HELP)
    return False


def _add(state: _Walk, part: Part, prompts: PromptSession[str]) -> bool:
    """Asks for the words and the fact that they say, and writes it; whether it was written."""
    where = _passage(state, part, state.text(part), prompts)
    if where is None:
        return False
    return ask_for_fact(state.session, {"source": state.source, "passage": passage(where)})


def _passage(state: _Walk, part: Part, text: str, prompts: PromptSession[str]) -> str | None:
    """The passage as `kg add` takes it: the part, and the characters where words are chosen."""
    count = len(words_in(text))

    def problem(wish: str) -> str | None:
        if not wish.strip() or places_of(wish, text):
            return None
        return f"these words do not stand in {part.name}; or give numbers from 1 to {count}, as 5-9"

    wish = _ask(prompts, "words (a phrase, or numbers as 5-9; Enter: all)> ", None, problem)
    if wish is None:
        return None
    if not wish:
        return part.name
    found = places_of(wish, text)
    chosen = found[0]
    if len(found) > 1:
        for number, (start, end) in enumerate(found, 1):
            around = text[max(0, start - 20) : end + 20]
            _say(f"  {number}: … {visible(' '.join(around.split()))} …")
        numbers = [str(number) for number in range(1, len(found) + 1)]
        which = _ask(prompts, "which> ", _Choices([(n, "") for n in numbers]), _among(numbers))
        if not which:
            return None
        chosen = found[int(which) - 1]
    start, end = chosen
    _say(f"  {start}-{end}: {visible(' '.join(text[start:end].split()))}")
    quote = f":{text[start:end]}" if state.with_quote else ""
    return f"{part.name}:{start}-{end}{quote}"


# -- asking ---------------------------------------------------------------------------------------


def _ask(
    prompts: PromptSession[str],
    question: str,
    completer: Completer | None = None,
    problem: Callable[[str], str | None] | None = None,
) -> str | None:
    """The answer; None where the user breaks off, by Control-C or Control-D."""
    try:
        answer = prompts.prompt(
            question,
            completer=completer or DummyCompleter(),  # None would keep that of the last question
            complete_while_typing=completer is not None,
            validator=_Held(problem or (lambda text: None)),
            validate_while_typing=False,
        )
    except (EOFError, KeyboardInterrupt):
        return None
    return answer.strip()


class _Held(Validator):
    """Holds an answer to a function that says what is wrong with it."""

    def __init__(self, problem: Callable[[str], str | None]) -> None:
        self.problem = problem

    def validate(self, document: Document) -> None:
        from prompt_toolkit.validation import ValidationError

        message = self.problem(document.text)
        if message is not None:
            raise ValidationError(len(document.text), message)


class _Choices(Completer):
    """Completes a word by how it begins, or by the name that belongs to it."""

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        self.choices = list(choices)

    def get_completions(self, document: Document, event: CompleteEvent) -> Any:
        """The choices that what is typed may become."""
        typed = document.text_before_cursor
        folded = typed.casefold()
        for word, name in self.choices:
            if word.casefold().startswith(folded) or folded in name.casefold():
                yield Completion(word, -len(typed), display_meta=visible(name))


def _among(choices: Sequence[str]) -> Callable[[str], str | None]:
    return lambda text: None if text.strip() in ("", *choices) else f"one of {', '.join(choices)}"
