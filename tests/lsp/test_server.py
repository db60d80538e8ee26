"""`kg lsp` as an editor meets it: a process, messages to it and messages from it."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.conftest import ROOT
from tests.lsp.client import CAPABILITIES, Editor, editor, run

CLAIMS = "facts/claims.yaml"
ACTORS = "facts/actors.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The starter, in a folder whose name must be encoded in a URI."""
    root = tmp_path / "наш проект #1 100%"
    shutil.copytree(ROOT / "examples" / "starter", root)
    return root


def at(text: str, words: str, after: int = 0) -> types.Position:
    """The position in a text where some words begin, and so many letters on."""
    row = next(i for i, line in enumerate(text.split("\n")) if words in line)
    return types.Position(row, text.split("\n")[row].index(words) + after)


def whole(position: types.Position) -> types.Range:
    return types.Range(position, position)


def labels(found: types.CompletionList | list[types.CompletionItem] | None) -> list[str]:
    assert isinstance(found, types.CompletionList)
    return [item.label for item in found.items]


async def completion(shown: Editor, name: str, position: types.Position) -> list[str]:
    params = types.CompletionParams(shown.document(name), position)
    found = await shown.client.text_document_completion_async(params)
    return labels(found)  # type: ignore[arg-type]  # the server answers with a list of this type


def changed(text: str, edit: types.WorkspaceEdit, uri: str) -> str:
    """The text with the edits that are for it."""
    assert edit.document_changes is not None
    lines = text.split("\n")
    for change in edit.document_changes:
        assert isinstance(change, types.TextDocumentEdit)
        if change.text_document.uri != uri:
            continue
        edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
        for each in sorted(edits, key=lambda e: (e.range.start.line, -e.range.start.character)):
            row = each.range.start.line
            start, end = each.range.start.character, each.range.end.character
            lines[row] = lines[row][:start] + each.new_text + lines[row][end:]
    return "\n".join(lines)


def test_findings_come_and_go_in_all_files(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            shown.open(CLAIMS)
            await shown.until(lambda: shown.uri(CLAIMS) in shown.found)
            assert [] == shown.codes(CLAIMS)
            # An entity loses its id: the file that names it is told, though it is not open.
            actors = shown.text(ACTORS)
            id = next(line for line in actors.split("\n") if line.startswith("  ")).strip(" :")
            id = id.partition(":")[0]
            shown.open(ACTORS)
            shown.close(CLAIMS)
            shown.change(ACTORS, actors.replace(f"  {id}:", f"  {id}-x:"))
            await shown.until(lambda: "unknown-entity" in shown.codes(CLAIMS))
            found = shown.found[shown.uri(CLAIMS)][0]
            assert "kg" == found.source
            assert found.code_description is not None
            assert found.code_description.href.endswith("unknown-entity.md")
            # Closed without being saved, the file is what it was.
            shown.close(ACTORS)
            await shown.until(lambda: shown.codes(CLAIMS) == [])

    run(check)


def test_a_half_typed_file_accuses_no_other(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            shown.open(ACTORS)
            await shown.until(lambda: shown.uri(ACTORS) in shown.found)
            shown.change(ACTORS, shown.text(ACTORS) + "  half: {type: \n")
            await shown.until(lambda: shown.codes(ACTORS) == ["yaml-syntax"])
            assert [] == shown.codes(CLAIMS)
            last = len(shown.text(ACTORS).split("\n")) - 1
            assert "State" in await completion(shown, ACTORS, types.Position(last, 15))

    run(check)


def test_a_new_file_counts_before_it_is_saved(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            fresh = "facts/new folder/neu ü.yaml"
            shown.open(fresh, "entities:\n  newcomer: {type: State, name: Newcomer, x: y}\n")
            await shown.until(lambda: "unknown-key" in shown.codes(fresh))
            shown.open(CLAIMS, shown.text(CLAIMS) + "  - {id: z, subject: newc}\n")
            last = len(shown.text(CLAIMS).split("\n")) - 1
            assert "newcomer" in await completion(shown, CLAIMS, types.Position(last, 25))
            shown.close(fresh)
            await shown.until(lambda: shown.codes(fresh) == [])

    run(check)


def test_files_that_change_outside_the_editor_are_read(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            shown.open(CLAIMS)
            await shown.until(lambda: shown.uri(CLAIMS) in shown.found)
            assert [types.WORKSPACE_DID_CHANGE_WATCHED_FILES] == shown.registered
            (workspace / "facts" / "bad.yaml").write_text("facts: [", encoding="utf-8")
            tell(shown, "facts/bad.yaml", types.FileChangeType.Created)
            await shown.until(lambda: shown.codes("facts/bad.yaml") == ["yaml-syntax"])
            (workspace / "facts" / "bad.yaml").unlink()
            tell(shown, "facts/bad.yaml", types.FileChangeType.Deleted)
            await shown.until(lambda: shown.codes("facts/bad.yaml") == [])
            # Without a watcher, saving any file does it.
            (workspace / "facts" / "bad.yaml").write_text("facts: [", encoding="utf-8")
            shown.save(CLAIMS)
            await shown.until(lambda: shown.codes("facts/bad.yaml") == ["yaml-syntax"])

    run(check)


def tell(shown: Editor, name: str, change: types.FileChangeType) -> None:
    event = types.FileEvent(shown.uri(name), change)
    params = types.DidChangeWatchedFilesParams([event])
    shown.client.workspace_did_change_watched_files(params)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_are_counted_as_the_client_does(workspace: Path, encoding: str) -> None:
    capabilities = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(encoding)]
        )
    )
    before = "  - {id: n, note: Ж😀, relation: backs, object: arvenia, subject: "
    units = {"utf-8": len(before.encode()), "utf-32": len(before)}.get(encoding, len(before) + 1)

    async def check() -> None:
        async with editor(workspace, capabilities) as shown:
            assert shown.result is not None
            assert encoding == str(shown.result.capabilities.position_encoding)
            text = f"facts:\n{before}zzz}}\n"
            shown.open("facts/new.yaml", text)
            await shown.until(lambda: "unknown-entity" in shown.codes("facts/new.yaml"))
            (found,) = (
                d for d in shown.found[shown.uri("facts/new.yaml")] if d.code == "unknown-entity"
            )
            assert (units, units + 3) == (found.range.start.character, found.range.end.character)
            params = types.CompletionParams(
                shown.document("facts/new.yaml"), types.Position(1, units)
            )
            answer = await shown.client.text_document_completion_async(params)
            assert isinstance(answer, types.CompletionList)
            edit = answer.items[0].text_edit
            assert isinstance(edit, types.TextEdit)
            assert (units, units + 3) == (edit.range.start.character, edit.range.end.character)

    run(check)


def test_hover_definition_and_references(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            text = shown.text(CLAIMS)
            shown.open(CLAIMS)
            await shown.until(lambda: shown.uri(CLAIMS) in shown.found)
            place = at(text, "subject: ", 10)
            document = shown.document(CLAIMS)
            hover = await shown.client.text_document_hover_async(types.HoverParams(document, place))
            assert hover is not None
            assert isinstance(hover.contents, types.MarkupContent)
            assert "claim" in hover.contents.value
            key = await shown.client.text_document_hover_async(
                types.HoverParams(document, at(text, "subject: ", 1))
            )
            assert key is not None
            assert isinstance(key.contents, types.MarkupContent)
            assert "**subject**" in key.contents.value
            (declared,) = await shown.client.text_document_definition_async(  # type: ignore[misc]
                types.DefinitionParams(document, place)
            )
            assert shown.uri(ACTORS) == declared.uri  # type: ignore[union-attr]
            everywhere = await shown.client.text_document_references_async(
                types.ReferenceParams(types.ReferenceContext(True), document, place)
            )
            without = await shown.client.text_document_references_async(
                types.ReferenceParams(types.ReferenceContext(False), document, place)
            )
            assert len(everywhere or ()) == len(without or ()) + 1 > 1
            marked = await shown.client.text_document_document_highlight_async(
                types.DocumentHighlightParams(document, place)
            )
            assert marked
            relation = await shown.client.text_document_definition_async(
                types.DefinitionParams(document, at(text, "relation: ", 11))
            )
            assert relation

    run(check)


def test_a_rename_reaches_all_files_with_their_versions(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            text = shown.text(CLAIMS)
            shown.open(CLAIMS)
            await shown.until(lambda: shown.uri(CLAIMS) in shown.found)
            place, document = at(text, "subject: ", 10), shown.document(CLAIMS)
            prepared = await shown.client.text_document_prepare_rename_async(
                types.PrepareRenameParams(document, place)
            )
            assert isinstance(prepared, types.PrepareRenamePlaceholder)
            id = prepared.placeholder
            edit = await shown.client.text_document_rename_async(
                types.RenameParams(document, place, "renamed-actor")
            )
            assert edit is not None
            assert edit.document_changes is not None
            versions = {
                change.text_document.uri: change.text_document.version
                for change in edit.document_changes
                if isinstance(change, types.TextDocumentEdit)
            }
            assert 1 == versions[shown.uri(CLAIMS)]
            assert versions[shown.uri(ACTORS)] is None
            for position, name in ((at(text, "relation: ", 11), "x"), (place, "Not An Id")):
                with pytest.raises(JsonRpcException):
                    await shown.client.text_document_rename_async(
                        types.RenameParams(document, position, name)
                    )
            with pytest.raises(JsonRpcException, match="core ontology"):
                await shown.client.text_document_prepare_rename_async(
                    types.PrepareRenameParams(document, at(text, "relation: ", 11))
                )
            for name in (CLAIMS, ACTORS):
                new = changed(shown.text(name), edit, shown.uri(name))
                assert f"subject: {id}" not in new
                assert f"  {id}:" not in new
                shown.open(name, new) if name == ACTORS else shown.change(name, new)
            shown.save(CLAIMS)
            await asyncio.sleep(0.5)
            assert [] == shown.codes(CLAIMS)

    run(check)


def test_symbols_inlays_and_layout(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            text = shown.text(CLAIMS)
            shown.open(CLAIMS)
            await shown.until(lambda: shown.uri(CLAIMS) in shown.found)
            document = shown.document(CLAIMS)
            outline = await shown.client.text_document_document_symbol_async(
                types.DocumentSymbolParams(document)
            )
            facts = next(each for each in outline or () if each.name == "facts")
            assert isinstance(facts, types.DocumentSymbol)
            assert facts.children
            hits = await shown.client.workspace_symbol_async(
                types.WorkspaceSymbolParams(facts.children[0].name)
            )
            assert [facts.children[0].name] == [hit.name for hit in hits or ()][:1]
            end = types.Position(len(text.split("\n")), 0)
            hints = await shown.client.text_document_inlay_hint_async(
                types.InlayHintParams(document, types.Range(types.Position(0, 0), end))
            )
            assert len(facts.children) == len(hints or ())
            assert shown.refreshes > 0
            shown.change(CLAIMS, text + "\n\n\n")
            edits = await shown.client.text_document_formatting_async(
                types.DocumentFormattingParams(document, types.FormattingOptions(2, True))
            )
            assert edits

    run(check)


def test_fixes_and_allowances_are_offered_and_pages_shown(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            text = shown.text(CLAIMS)
            place = at(text, "subject: ", 9)
            wrong = text.split("\n")
            row = wrong[place.line]
            wrong[place.line] = row[: place.character + 3] + "x" + row[place.character + 3 :]
            shown.open(CLAIMS, "\n".join(wrong))
            await shown.until(lambda: "unknown-entity" in shown.codes(CLAIMS))
            document = shown.document(CLAIMS)
            found = await actions(shown, document, place, None)
            fix = next(each for each in found if each.kind == types.CodeActionKind.QuickFix)
            assert fix.diagnostics
            assert fix.edit is not None
            assert text == changed("\n".join(wrong), fix.edit, shown.uri(CLAIMS))
            assert [] == await actions(shown, document, place, types.CodeActionKind.Refactor)
            params = types.ExecuteCommandParams("kg.explain", ["unknown-entity"])
            await shown.client.workspace_execute_command_async(params)
            assert shown.shown_pages[0].endswith("/unknown-entity.md")
            with pytest.raises(JsonRpcException, match="no diagnostic is called 'x'"):
                await shown.client.workspace_execute_command_async(
                    types.ExecuteCommandParams("kg.explain", ["x"])
                )

    run(check)


async def actions(
    shown: Editor,
    document: types.TextDocumentIdentifier,
    place: types.Position,
    only: types.CodeActionKind | None,
) -> list[types.CodeAction]:
    context = types.CodeActionContext([], [only] if only else None)
    found = await shown.client.text_document_code_action_async(
        types.CodeActionParams(document, whole(place), context)
    )
    return [each for each in found or () if isinstance(each, types.CodeAction)]


def test_each_workspace_stands_by_itself(workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "examples" / "starter", other)
    (other / ACTORS).write_text("entities: {}\n", encoding="utf-8")

    async def check() -> None:
        async with editor(workspace, folders=(workspace, other)) as shown:
            elsewhere = (other / CLAIMS).as_uri()
            await shown.until(lambda: bool(shown.found.get(elsewhere)))
            assert [] == shown.codes(CLAIMS)
            removed = types.WorkspaceFoldersChangeEvent(
                added=[], removed=[types.WorkspaceFolder(other.as_uri(), "other")]
            )
            shown.client.workspace_did_change_workspace_folders(
                types.DidChangeWorkspaceFoldersParams(removed)
            )
            await shown.until(lambda: shown.found[elsewhere] == [])

    run(check)


def test_files_of_no_workspace_are_said_to_be_so_once(workspace: Path, tmp_path: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            for name in ("a.yaml", "b.yaml"):
                shown.open(name, "facts:\n  - {id: x, sub\n", (tmp_path / name).as_uri())
            shown.open("c.yaml", "x: y\n", "untitled:Untitled-1")
            shown.open("queries/q.yaml", "x: y\n")
            await shown.until(lambda: bool(shown.messages))
            assert 1 == len(shown.messages)
            assert "no kg.yaml lies above a.yaml" in shown.messages[0]
            document = types.TextDocumentIdentifier((tmp_path / "a.yaml").as_uri())
            found = await shown.client.text_document_completion_async(
                types.CompletionParams(document, types.Position(1, 10))
            )
            assert found is None

    run(check)


def test_positions_outside_the_text_are_no_trouble(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace) as shown:
            shown.open(CLAIMS, "")
            document = shown.document(CLAIMS)
            for place in (types.Position(0, 0), types.Position(99, 7), types.Position(0, 99)):
                await shown.client.text_document_hover_async(types.HoverParams(document, place))
                await completion(shown, CLAIMS, place)
                await shown.client.text_document_definition_async(
                    types.DefinitionParams(document, place)
                )
            gone = shown.document("facts/gone.yaml")
            await shown.client.text_document_document_symbol_async(types.DocumentSymbolParams(gone))
            assert [] == shown.log

    run(check)


def test_the_client_is_told_what_is_answered(workspace: Path) -> None:
    async def check() -> None:
        async with editor(workspace, CAPABILITIES) as shown:
            assert shown.result is not None
            can = shown.result.capabilities
            assert isinstance(can.rename_provider, types.RenameOptions)
            assert can.rename_provider.prepare_provider
            assert types.TextDocumentSyncOptions is type(can.text_document_sync)
            for provider in (
                can.hover_provider, can.definition_provider, can.references_provider,
                can.document_symbol_provider, can.workspace_symbol_provider,
                can.inlay_hint_provider, can.code_action_provider, can.completion_provider,
                can.document_formatting_provider,
            ):  # fmt: skip
                assert provider

    run(check)


# -- the process ----------------------------------------------------------------------------------


def message(body: object) -> bytes:
    data = json.dumps(body).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(data), data)


def request(id: int, method: str, params: object) -> bytes:
    return message({"jsonrpc": "2.0", "id": id, "method": method, "params": params})


INITIALIZE = request(1, "initialize", {"capabilities": {}, "processId": None, "rootUri": None})
SHUTDOWN = request(2, "shutdown", None)
EXIT = message({"jsonrpc": "2.0", "method": "exit"})


def serve(sent: bytes, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """What a server does with some bytes and then the end of its input."""
    return subprocess.run(
        [sys.executable, "-m", "kg", "lsp"], input=sent, capture_output=True, cwd=cwd,
        timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (INITIALIZE + SHUTDOWN + EXIT, 0),
        (INITIALIZE + EXIT, 1),
        (INITIALIZE, 1),
        (b"", 1),
        (INITIALIZE + SHUTDOWN, 0),
    ],
)
def test_exit_codes(sent: bytes, code: int, tmp_path: Path) -> None:
    done = serve(sent, tmp_path)
    assert code == done.returncode
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "bad",
    [
        b"Content-Length: 3\r\n\r\n{{{",
        message({"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover", "params": {"x": 1}}),
        message({"jsonrpc": "2.0", "id": 7, "method": "no/such", "params": {}}),
        message({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": None}),
        message({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {}}),
        message([1, 2]),
        b"Nonsense\r\n\r\n",
    ],
)
def test_bad_messages_end_nothing(bad: bytes, tmp_path: Path) -> None:
    done = serve(INITIALIZE + bad + SHUTDOWN + EXIT, tmp_path)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert 0 == done.returncode
    assert b'"id":2' in done.stdout.replace(b" ", b"")


def test_a_client_that_closes_the_pipe_is_no_trouble(workspace: Path) -> None:
    uri = workspace.as_uri()
    opened = request(1, "initialize", {"capabilities": {}, "processId": None, "rootUri": uri})
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "lsp"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(opened + message({"jsonrpc": "2.0", "method": "initialized", "params": {}}))
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(SHUTDOWN)
    process.stdin.close()
    assert process.wait(60) in (0, 1)
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()


def test_standard_output_carries_the_protocol_alone(tmp_path: Path) -> None:
    out = serve(INITIALIZE + SHUTDOWN + EXIT, tmp_path).stdout
    while out:
        head, _, rest = out.partition(b"\r\n\r\n")
        fields = dict(line.split(b": ") for line in head.split(b"\r\n"))
        length = int(fields[b"Content-Length"])
        json.loads(rest[:length])
        out = rest[length:]
