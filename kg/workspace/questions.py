"""Questions to a workspace: which named queries it has, and answers through the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.engine.embedded import DEFAULT_LIMITS, Limits, run
from kg.lens import Scene
from kg.model.suggest import did_you_mean
from kg.model.table import Table
from kg.query.named import NamedQuery, bind, read_named_query
from kg.query.request import QueryRequest, QueryResult, prepare
from kg.query.results import to_table
from kg.rdf import prefixes_of, to_dataset

if TYPE_CHECKING:
    from kg.workspace.folder import Workspace


class NoQueryError(LookupError):
    """No query has that name."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(f"no query is called '{name}'")
        self.hint = hint


def query_names(workspace: Workspace) -> tuple[str, ...]:
    """The names of all named queries, in order."""
    return tuple(
        sorted({path.stem for folder in workspace.query_folders for path in folder.glob("*.rq")})
    )


def named_query(workspace: Workspace, name: str) -> NamedQuery:
    """The query called `name`; the workspace's own goes before the core's.

    Raises:
        NoQueryError: if there is none.
        kg.query.errors.QueryError: if its file is wrong.
    """
    names = query_names(workspace)
    if name not in names:
        hint = did_you_mean(name, names) or "'kg query --list' lists them; SPARQL text holds '{'"
        raise NoQueryError(name, hint)
    files = (folder / f"{name}.rq" for folder in workspace.query_folders)
    path = next(file for file in files if file.is_file())
    return read_named_query(name, path.read_text(encoding="utf-8"))


def ask(
    scene: Scene, text: str, output: str, limits: Limits = DEFAULT_LIMITS
) -> tuple[QueryRequest, QueryResult]:
    """The answer to SPARQL text over the claims seen in `scene`, in an output format.

    Raises:
        kg.query.errors.QueryError: if the query is refused or is not SPARQL.
        ValueError: if the format does not suit the query.
        kg.engine.embedded.EngineError: if the engine gives up.
    """
    request = prepare(text, output, prefixes_of(scene.facts.profile))
    return request, run(to_dataset(scene).turtle(), request, limits)


def answer_table(
    workspace: Workspace, query: str, scene: Scene, parameters: Mapping[str, str]
) -> Table:
    """The answer to SPARQL text, or to a named query with its parameters, as a table."""
    if "{" in query:
        request, result = ask(scene, query, "table")
        return to_table(result, notes=request.notes)
    named = named_query(workspace, query)
    request, result = ask(scene, bind(named, parameters, scene.facts), "table")
    return to_table(result, named.title, request.notes)
