"""Questions to a workspace: which named queries there are, and answers through the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.engine import browser
from kg.engine.embedded import DEFAULT_LIMITS, Limits, run
from kg.model.suggest import did_you_mean
from kg.query.errors import QueryError
from kg.query.named import NamedQuery, read_named_query
from kg.query.names import unknown_names, with_hint
from kg.query.request import QueryRequest, QueryResult, prepare
from kg.rdf.dataset import to_dataset
from kg.rdf.iris import prefixes_of
from kg.scene import Scene
from kg.view.asking import Asking


class NoQueryError(LookupError):
    """No query has that name."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(f"no query is called '{name}'")
        self.hint = hint


def is_sparql(question: str) -> bool:
    """Whether a question is SPARQL text rather than the name of a query or a file."""
    return "{" in question or (" " in question and not question.endswith(".rq"))


def query_names(folders: Iterable[Path]) -> tuple[str, ...]:
    """The names of all queries in some folders, in order."""
    return tuple(
        sorted({path.stem for folder in folders for path in folder.glob("*.rq") if path.is_file()})
    )


def named_query(folders: Iterable[Path], name: str) -> NamedQuery:
    """The query called `name`, from the first folder that has one.

    Raises:
        NoQueryError: if there is none.
        kg.query.errors.QueryError: if its file is wrong.
    """
    folders = tuple(folders)
    names = query_names(folders)
    if name not in names:
        hint = (
            did_you_mean(name, names)
            or "'kg query --list' lists them; SPARQL text holds '{' or a space"
        )
        raise NoQueryError(name, hint)
    path = next(file for folder in folders if (file := folder / f"{name}.rq").is_file())
    return read_query(path)


def read_query(path: Path) -> NamedQuery:
    """The query of a file.

    Raises:
        kg.query.errors.QueryError: if the file is wrong.
        OSError: if it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"byte {error.start} is not UTF-8") from None
    return read_named_query(path.stem, text)


def asking(scene: Scene, folders: Iterable[Path]) -> Asking:
    """What a page of a scene needs to answer SPARQL, the named queries of some folders included.

    Raises:
        kg.query.errors.QueryError: if one of the queries is wrong.
        kg.engine.errors.EngineError: if the engine for pages is not there.
    """
    folders = tuple(folders)
    engine = browser.load()
    return Asking(
        script=engine.script,
        module=engine.module,
        version=engine.version,
        triples=to_dataset(scene).turtle(),
        prefixes=prefixes_of(scene.facts.profile),
        queries=tuple(named_query(folders, name) for name in query_names(folders)),
    )


def ask(
    scene: Scene, text: str, output: str, limits: Limits = DEFAULT_LIMITS
) -> tuple[QueryRequest, QueryResult]:
    """The answer to SPARQL text over the claims seen in `scene`, in an output format.

    Raises:
        kg.query.errors.QueryError: if the query is refused or is not SPARQL.
        ValueError: if the format does not suit the query.
        kg.engine.errors.EngineError: if the engine gives up.
    """
    facts = scene.facts
    try:
        request = prepare(text, output, prefixes_of(facts.profile))
        result = run(to_dataset(scene).turtle(), request, limits)
    except QueryError as error:
        raise with_hint(error, text, facts) from None
    return replace(request, notes=(*request.notes, *unknown_names(text, facts))), result
