"""A real client of a real `kg lsp`: the process, its standard input and output, nothing between."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

#: Long enough for a busy machine; nothing waits so long unless it fails.
LIMIT = 30.0

CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
            dynamic_registration=True
        ),
        inlay_hint=types.InlayHintWorkspaceClientCapabilities(refresh_support=True),
    ),
    text_document=types.TextDocumentClientCapabilities(
        rename=types.RenameClientCapabilities(prepare_support=True)
    ),
    window=types.WindowClientCapabilities(
        show_document=types.ShowDocumentClientCapabilities(support=True)
    ),
    general=types.GeneralClientCapabilities(),
)


class Editor:
    """What a test does in an editor."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.root = client, root
        self.found: dict[str, list[types.Diagnostic]] = {}
        self.published = asyncio.Event()
        self.messages: list[str] = []
        self.log: list[str] = []
        self.shown_pages: list[str] = []
        self.registered: list[str] = []
        self.refreshes = 0
        self.versions: dict[str, int] = {}
        self.result: types.InitializeResult | None = None

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def open(self, name: str, text: str | None = None, uri: str | None = None) -> None:
        content = self.text(name) if text is None else text
        item = types.TextDocumentItem(uri or self.uri(name), "yaml", 1, content)
        self.versions[name] = 1
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name: str, text: str) -> None:
        self.versions[name] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    def close(self, name: str) -> None:
        document = self.document(name)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def save(self, name: str) -> None:
        document = self.document(name)
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def codes(self, name: str) -> list[str]:
        """The codes of the errors and warnings that are shown in a file."""
        shown = self.found.get(self.uri(name), [])
        weighty = (types.DiagnosticSeverity.Error, types.DiagnosticSeverity.Warning)
        return [str(found.code) for found in shown if found.severity in weighty]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits until something holds after findings were published."""

        async def wait() -> None:
            while not holds():
                await self.published.wait()
                self.published.clear()

        await asyncio.wait_for(wait(), LIMIT)


@asynccontextmanager
async def editor(
    root: Path,
    capabilities: types.ClientCapabilities = CAPABILITIES,
    folders: tuple[Path, ...] | None = None,
) -> AsyncIterator[Editor]:
    """A client and its `kg lsp` with a workspace open."""
    client = LanguageClient("test", "1")
    shown = Editor(client, root)

    def published(params: types.PublishDiagnosticsParams) -> None:
        shown.found[params.uri] = list(params.diagnostics)
        shown.published.set()

    def message(params: types.ShowMessageParams) -> None:
        shown.messages.append(params.message)
        shown.published.set()

    def log(params: types.LogMessageParams) -> None:
        shown.log.append(params.message)
        shown.published.set()

    def document(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        shown.shown_pages.append(params.uri)
        return types.ShowDocumentResult(success=True)

    def register(params: types.RegistrationParams) -> None:
        shown.registered += [each.method for each in params.registrations]

    def refresh(params: None) -> None:
        shown.refreshes += 1

    for method, handler in (
        (types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, published),
        (types.WINDOW_SHOW_MESSAGE, message),
        (types.WINDOW_LOG_MESSAGE, log),
        (types.WINDOW_SHOW_DOCUMENT, document),
        (types.CLIENT_REGISTER_CAPABILITY, register),
        (types.WORKSPACE_INLAY_HINT_REFRESH, refresh),
    ):
        client.feature(method)(handler)

    await client.start_io(sys.executable, "-m", "kg", "lsp")
    opened = (root,) if folders is None else folders
    params = types.InitializeParams(
        capabilities=capabilities,
        root_uri=root.as_uri(),
        workspace_folders=[types.WorkspaceFolder(each.as_uri(), each.name) for each in opened],
    )
    shown.result = await asyncio.wait_for(client.initialize_async(params), LIMIT)
    client.initialized(types.InitializedParams())
    try:
        yield shown
    finally:
        await asyncio.wait_for(client.shutdown_async(None), LIMIT)
        client.exit(None)
        await asyncio.wait_for(_stop(client), LIMIT)


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Runs a test that waits for answers."""

    async def whole() -> None:
        await test()

    asyncio.run(whole())


async def _stop(client: LanguageClient) -> None:
    await client.stop()  # type: ignore[no-untyped-call]  # pygls does not type it
