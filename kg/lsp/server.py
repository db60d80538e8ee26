"""The language server itself: messages in, answers out, and a check after each pause in typing.

All state lives in the event loop. Only a check, and what reads every file, runs in a thread, on
values that nobody changes; so no answer waits for one.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, BinaryIO, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from kg import __version__
from kg.assist import actions, completion, hover, inlays, symbols
from kg.assist import rename as renaming
from kg.assist.target import declarations, mentions_of, stretch_at, target_at
from kg.check import CODES
from kg.lsp import answers
from kg.lsp.folders import Folder, Folders, Place
from kg.lsp.judging import Judged, judge
from kg.lsp.positions import row_range, to_column, to_range
from kg.lsp.uris import root_of, to_path
from kg.model.text import SourceText, Span

#: How long nobody types before the workspace is checked.
PAUSE = 0.15

T = TypeVar("T")


class KgServer(LanguageServer):
    """The server with the workspaces that are open in its client."""

    def __init__(self) -> None:
        super().__init__("kg", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.folders = Folders()
        self.checker = ThreadPoolExecutor(1, "kg-check")
        self.waiting: dict[int, asyncio.TimerHandle] = {}
        self.running: set[int] = set()
        self.has_said_nothing_here = False
        self.is_shut_down = False

    @property
    def encoding(self) -> str:
        """The encoding in whose units the client counts columns."""
        return str(self.workspace.position_encoding or types.PositionEncodingKind.Utf16.value)

    # -- checking ---------------------------------------------------------------------------------

    def check_soon(self, folder: Folder, pause: float = PAUSE) -> None:
        """Checks a workspace once nobody has typed for a while."""
        folder.is_stale = True
        waiting = self.waiting.pop(id(folder), None)
        if waiting is not None:
            waiting.cancel()
        loop = asyncio.get_running_loop()
        self.waiting[id(folder)] = loop.call_later(pause, self._begin_check, folder)

    def _begin_check(self, folder: Folder) -> None:
        self.waiting.pop(id(folder), None)
        if id(folder) in self.running:
            return  # it is checked again when that one is done
        self.running.add(id(folder))
        folder.is_stale = False
        buffers, before = dict(folder.buffers), folder.judged
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self.checker, judge, folder.root, buffers, before)
        future.add_done_callback(lambda done: self._end_check(folder, done))

    def _end_check(self, folder: Folder, done: asyncio.Future[Judged]) -> None:
        self.running.discard(id(folder))
        if done.cancelled() or self.is_shut_down:
            return
        try:
            folder.judged = done.result()
        except OSError as error:
            problem = f"{error.filename or folder.root}: {error.strerror or error}"
            self.log(f"the workspace cannot be read: {problem}")
            return
        if folder.root not in self.folders.by_root:
            return  # it was closed meanwhile
        self.publish(folder)
        if folder.is_stale and id(folder) not in self.waiting:
            self.check_soon(folder)

    def publish(self, folder: Folder) -> None:
        """Shows what was found, and takes back what is found no longer."""
        by_path: dict[str, list[types.Diagnostic]] = {}
        for diagnostic in folder.diagnostics:
            found = by_path.setdefault(diagnostic.span.path, [])
            found.append(answers.to_diagnostic(diagnostic, folder, self.encoding))
        for path in sorted({*by_path, *folder.shown, *folder.buffers}):
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(folder.uri(path), by_path.get(path, []))
            )
        folder.shown = set(by_path)
        workspace = self.client_capabilities.workspace
        if workspace and workspace.inlay_hint and workspace.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None, lambda _: None)

    def forget(self, folder: Folder) -> None:
        """Takes back all findings of a workspace that is closed."""
        for path in folder.shown:
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(folder.uri(path), [])
            )
        self.folders.by_root.pop(folder.root, None)

    # -- small things -----------------------------------------------------------------------------

    def place(self, uri: str) -> Place | None:
        """The file of a workspace that a client names."""
        return self.folders.place(uri)

    def cursor(
        self, uri: str, position: types.Position
    ) -> tuple[Folder, str, list[str], int, int] | None:
        """The file, its lines, and a position in it as row and column."""
        place = self.place(uri)
        if place is None:
            return None
        lines = place.folder.lines(place.path)
        return place.folder, place.path, lines, *to_column(position, lines, self.encoding)

    async def aside(self, work: Callable[..., T], *arguments: Any) -> T:
        """The result of something that takes a while, worked out in a thread."""
        return await asyncio.get_running_loop().run_in_executor(None, work, *arguments)

    def log(self, message: str) -> None:
        """Tells whoever reads the client's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Warning, f"kg: {message}"))

    def say_nothing_here(self, uri: str) -> None:
        """Tells once that a file lies in no workspace."""
        if self.has_said_nothing_here:
            return
        self.has_said_nothing_here = True
        path = to_path(uri)
        name = path.name if path is not None else uri
        message = f"kg: no kg.yaml lies above {name}, so nothing is checked or offered there"
        self.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Says in the client's log what went wrong with a message."""
        if not isinstance(error, BrokenPipeError):
            self.log(f"{type(error).__name__}: {error}")

    def supports_document_changes(self) -> bool:
        """Whether the client takes edits with the versions of the files."""
        workspace = self.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        return bool(edit and edit.document_changes)


def make_server() -> KgServer:
    """A server that answers all that kg can."""
    server = KgServer()
    for method, handler, options in HANDLERS:
        server.feature(method, options)(handler)
    server.command(answers.EXPLAIN)(explain)
    return server


def serve(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Answers until the client is gone; the exit code that the protocol asks for."""
    logging.getLogger("pygls").addHandler(_one_line())
    server = make_server()
    server.start_io(stdin, _Patient(stdout))  # type: ignore[arg-type]  # it is all that is used
    server.checker.shutdown(wait=False, cancel_futures=True)
    return 0 if server.is_shut_down else 1


class _Patient:
    """Where answers go; what a client that is gone would have been told is dropped."""

    def __init__(self, stdout: BinaryIO) -> None:
        self.stdout = stdout

    def write(self, data: bytes) -> None:
        with suppress(OSError, ValueError):
            self.stdout.write(data)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self.stdout.flush()

    def close(self) -> None:
        with suppress(OSError, ValueError):
            self.stdout.close()


class _OneLine(logging.Formatter):
    """What a client sent wrong is one line; what is wrong with kg keeps its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _is_of_kg(error) and not isinstance(error, JsonRpcException):
            return f"kg: {super().format(record)}"
        message = f"kg: {record.getMessage().partition(chr(10))[0]}"
        return message if error is None else f"{message}: {str(error).partition(chr(10))[0]}"


def _is_of_kg(error: BaseException) -> bool:
    """Whether an error was raised in or below a function of kg."""
    frames = traceback.walk_tb(error.__traceback__)
    return any(str(frame.f_globals.get("__name__")).startswith("kg.") for frame, _ in frames)


def _one_line() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.ERROR)
    handler.setFormatter(_OneLine())
    return handler


# -- the life of the server and its files ---------------------------------------------------------


def initialized(server: KgServer, params: types.InitializedParams) -> None:
    """Opens the workspaces of the client's folders, and asks to be told of changed files."""
    for folder in server.workspace.folders.values():
        _open_folder(server, folder.uri)
    if not server.workspace.folders and server.workspace.root_uri:
        _open_folder(server, server.workspace.root_uri)
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        pattern = types.FileSystemWatcher(glob_pattern="**/*.{yaml,yml}")
        options = types.DidChangeWatchedFilesRegistrationOptions([pattern])
        registration = types.Registration(
            "kg-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options
        )
        server.client_register_capability(types.RegistrationParams([registration]), lambda _: None)


def _open_folder(server: KgServer, uri: str) -> None:
    path = to_path(uri)
    root = root_of(path / "kg.yaml") if path is not None else None
    if root is not None:
        server.check_soon(server.folders.open(root), 0)


def shut_down(server: KgServer, params: None) -> None:
    """Notes that the client takes its leave."""
    server.is_shut_down = True
    for waiting in server.waiting.values():
        waiting.cancel()


def did_open(server: KgServer, params: types.DidOpenTextDocumentParams) -> None:
    """Takes the editor's text for the file's."""
    document = params.text_document
    place = server.place(document.uri)
    if place is None:
        if not server.folders.has_workspace(document.uri):
            server.say_nothing_here(document.uri)
        return
    place.folder.uris[place.path] = document.uri
    _take(server, place, document.text, document.version, 0)


def did_change(server: KgServer, params: types.DidChangeTextDocumentParams) -> None:
    """Takes the changed text."""
    place = server.place(params.text_document.uri)
    if place is not None and params.content_changes:
        text = params.content_changes[-1].text
        _take(server, place, text, params.text_document.version, PAUSE)


def _take(server: KgServer, place: Place, text: str, version: int | None, pause: float) -> None:
    data = text.encode("utf-8", "surrogatepass")
    place.folder.buffers[place.path] = SourceText(place.path, data)
    place.folder.versions[place.path] = version
    server.check_soon(place.folder, pause)


def did_save(server: KgServer, params: types.DidSaveTextDocumentParams) -> None:
    """Checks at once: other files may have changed, too."""
    place = server.place(params.text_document.uri)
    if place is not None:
        server.check_soon(place.folder, 0)


def did_close(server: KgServer, params: types.DidCloseTextDocumentParams) -> None:
    """Takes the file's own text again."""
    place = server.place(params.text_document.uri)
    if place is not None:
        for known in (place.folder.buffers, place.folder.uris, place.folder.versions):
            known.pop(place.path, None)
        server.check_soon(place.folder, 0)


def files_changed(server: KgServer, params: types.DidChangeWatchedFilesParams) -> None:
    """Checks the workspaces in which files were made, changed or deleted."""
    for change in params.changes:
        place = server.place(change.uri)
        if place is not None:
            server.check_soon(place.folder)
    for folder in list(server.folders.by_root.values()):
        if not (folder.root / "kg.yaml").exists():
            server.forget(folder)


def folders_changed(server: KgServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Opens workspaces and closes them with their folders."""
    for added in params.event.added:
        _open_folder(server, added.uri)
    for removed in params.event.removed:
        path = to_path(removed.uri)
        root = root_of(path / "kg.yaml") if path is not None else None
        folder = server.folders.by_root.get(root) if root is not None else None
        if folder is not None and not folder.buffers:
            server.forget(folder)


# -- what one asks at a place ---------------------------------------------------------------------


def complete(server: KgServer, params: types.CompletionParams) -> types.CompletionList | None:
    """What can be written at a place."""
    at = server.cursor(params.text_document.uri, params.position)
    if at is None:
        return None
    folder, path, lines, row, column = at
    found = completion.complete(lines, path, row, column, folder.world)
    typed = lines[row][found.start : column]
    return answers.to_completion(found, row, lines[row], typed, server.encoding)


def show_hover(server: KgServer, params: types.HoverParams) -> types.Hover | None:
    """What is known of the word at a place."""
    at = server.cursor(params.text_document.uri, params.position)
    if at is None:
        return None
    folder, path, lines, row, column = at
    found = hover.hover(lines, path, row, column, folder.world)
    return None if found is None else answers.to_hover(found, row, lines[row], server.encoding)


async def define(server: KgServer, params: types.DefinitionParams) -> list[types.Location]:
    """Where the id at a place is declared."""
    at = server.cursor(params.text_document.uri, params.position)
    target = target_at(at[2], at[1], at[3], at[4], at[0].world) if at else None
    if at is None or target is None:
        return []
    folder = at[0]
    spans = await server.aside(declarations, target, folder.world, folder.texts())
    return [answers.to_location(span, folder, server.encoding) for span in spans]


async def refer(server: KgServer, params: types.ReferenceParams) -> list[types.Location]:
    """Everywhere that the id at a place is written."""
    at = server.cursor(params.text_document.uri, params.position)
    target = target_at(at[2], at[1], at[3], at[4], at[0].world) if at else None
    if at is None or target is None:
        return []
    folder = at[0]
    found = await server.aside(mentions_of, target, folder.world, folder.texts())
    wanted = [m for m in found if params.context.include_declaration or not m.is_declaration]
    return [answers.to_location(mention.span, folder, server.encoding) for mention in wanted]


async def highlight(
    server: KgServer, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight]:
    """Where in the same file the id at a place is written."""
    at = server.cursor(params.text_document.uri, params.position)
    target = target_at(at[2], at[1], at[3], at[4], at[0].world) if at else None
    if at is None or target is None:
        return []
    folder, path, lines = at[:3]
    found = await server.aside(mentions_of, target, folder.world, folder.texts())
    return [
        types.DocumentHighlight(to_range(m.span, lines, server.encoding))
        for m in found
        if m.span.path == path
    ]


async def prepare_rename(
    server: KgServer, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """The id at a place that a rename would change; why it cannot be renamed, as an error."""
    at = server.cursor(params.text_document.uri, params.position)
    target = stretch_at(at[2], at[1], at[3], at[4], at[0].world) if at else None
    if at is None or target is None:
        return None
    folder, _, lines = at[:3]
    problem = await server.aside(renaming.refusal, target, folder.world, folder.texts())
    if problem is not None:
        raise JsonRpcInvalidParams(problem)
    where = row_range(target.row, target.start, target.end, lines, server.encoding)
    return types.PrepareRenamePlaceholder(range=where, placeholder=target.id)


async def rename(server: KgServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """The edits that give the id at a place a new name everywhere."""
    at = server.cursor(params.text_document.uri, params.position)
    target = stretch_at(at[2], at[1], at[3], at[4], at[0].world) if at else None
    if at is None or target is None:
        raise JsonRpcInvalidParams("no id is written here")
    folder = at[0]
    try:
        edits = await server.aside(
            renaming.rename, target, params.new_name, folder.world, folder.texts()
        )
    except renaming.RenameError as error:
        raise JsonRpcInvalidParams(str(error)) from None
    versioned = server.supports_document_changes()
    return answers.to_workspace_edit(edits, folder, server.encoding, versioned=versioned)


# -- what one asks of a file or of all ------------------------------------------------------------


def list_symbols(
    server: KgServer, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol]:
    """What a file declares."""
    place = server.place(params.text_document.uri)
    if place is None:
        return []
    folder, path = place.folder, place.path
    lines = folder.lines(path)
    found = symbols.outline(folder.text(path), folder.world)
    return [answers.to_symbol(each, lines, server.encoding) for each in found]


async def search(
    server: KgServer, params: types.WorkspaceSymbolParams
) -> list[types.WorkspaceSymbol]:
    """What all workspaces declare by a few letters."""
    found: list[types.WorkspaceSymbol] = []
    for folder in list(server.folders.by_root.values()):
        hits = await server.aside(symbols.search, params.query, folder.world)
        found += [answers.to_workspace_symbol(hit, folder, server.encoding) for hit in hits]
    return found


def show_inlays(server: KgServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    """The facts in a stretch of a file, each as a sentence."""
    place = server.place(params.text_document.uri)
    if place is None:
        return []
    folder, path = place.folder, place.path
    lines = folder.lines(path)
    first, last = params.range.start.line, params.range.end.line
    return [
        answers.to_inlay(inlay, lines[inlay.row], server.encoding)
        for inlay in inlays.inlays(lines, path, first, last, folder.world)
    ]


def offer_actions(server: KgServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about the findings in a stretch of a file."""
    place = server.place(params.text_document.uri)
    if place is None or not place.folder.is_current(place.path):
        return []
    folder, path = place.folder, place.path
    only = params.context.only
    versioned = server.supports_document_changes()
    found = list(actions.touching(folder.diagnostics, _selected(server, place, params.range)))
    offered: list[types.CodeAction] = []
    if _wants(only, types.CodeActionKind.QuickFix):
        for action in actions.quick_fixes(found):
            if all(folder.is_current(edit.span.path) for edit in action.edits):
                offered.append(
                    answers.to_action(action, folder, server.encoding, versioned=versioned)
                )
        text = folder.text(path)
        for action in actions.allowances(found, text):
            offered.append(answers.to_action(action, folder, server.encoding, versioned=versioned))
    whole = actions.fix_all(folder.diagnostics, path)
    if whole is not None and _wants(only, types.CodeActionKind.SourceFixAll):
        offered.append(answers.to_action(whole, folder, server.encoding, versioned=versioned))
    if not only:
        offered.extend(answers.explain_actions(found))
    return offered


def lay_out(server: KgServer, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    """The edit that puts a file into kg's layout."""
    place = server.place(params.text_document.uri)
    edit = actions.layout(place.folder.text(place.path)) if place is not None else None
    if place is None or edit is None:
        return []
    lines = place.folder.lines(place.path)
    return [types.TextEdit(to_range(edit.span, lines, server.encoding), edit.text)]


def _wants(only: Any, kind: types.CodeActionKind) -> bool:
    if not only:
        return True
    wanted = [str(getattr(each, "value", each)) for each in only]
    return any(kind.value == each or kind.value.startswith(f"{each}.") for each in wanted)


def _selected(server: KgServer, place: Place, selection: types.Range) -> Span:
    lines = place.folder.lines(place.path)
    row, column = to_column(selection.start, lines, server.encoding)
    end_row, end_column = to_column(selection.end, lines, server.encoding)
    return Span(place.path, row + 1, column + 1, end_row + 1, end_column + 1)


async def explain(server: KgServer, code: str) -> None:
    """Shows the manual page of a finding."""
    if code not in CODES:
        raise JsonRpcInvalidParams(f"no diagnostic is called '{code}'")
    uri = answers.manual_page(code)
    window = server.client_capabilities.window
    if window and window.show_document and window.show_document.support:
        await server.window_show_document_async(types.ShowDocumentParams(uri, take_focus=True))
        return
    message = f"{code}: {CODES[code].summary}; 'kg explain {code}' tells more"
    server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))


#: What is answered: the method, what answers it, and what the client is told of it.
HANDLERS: tuple[tuple[str, Callable[..., Any], Any], ...] = (
    (types.INITIALIZED, initialized, None),
    (types.SHUTDOWN, shut_down, None),
    (types.TEXT_DOCUMENT_DID_OPEN, did_open, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, did_change, None),
    (types.TEXT_DOCUMENT_DID_SAVE, did_save, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, did_close, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, files_changed, None),
    (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, folders_changed, None),
    (
        types.TEXT_DOCUMENT_COMPLETION,
        complete,
        types.CompletionOptions(trigger_characters=[" ", ":", "-", "[", "{", ",", "/", '"', "'"]),
    ),
    (types.TEXT_DOCUMENT_HOVER, show_hover, None),
    (types.TEXT_DOCUMENT_DEFINITION, define, None),
    (types.TEXT_DOCUMENT_REFERENCES, refer, None),
    (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlight, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, prepare_rename, None),
    (types.TEXT_DOCUMENT_RENAME, rename, types.RenameOptions(prepare_provider=True)),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, list_symbols, None),
    (types.WORKSPACE_SYMBOL, search, None),
    (types.TEXT_DOCUMENT_INLAY_HINT, show_inlays, None),
    (types.TEXT_DOCUMENT_FORMATTING, lay_out, None),
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        offer_actions,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
        ),
    ),
)
