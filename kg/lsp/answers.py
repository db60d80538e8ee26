"""Answers of `kg.assist` in the words of the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from kg.assist.actions import Action
from kg.assist.completion import Completion, Sort, Suggestion
from kg.assist.hover import Hover
from kg.assist.inlays import Inlay
from kg.assist.symbols import Found, Outline, Symbol
from kg.lsp.folders import Folder
from kg.lsp.positions import to_range, to_units
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.edit import Edit
from kg.model.text import Span
from kg.workspace.core import core_folder

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_ITEM_KINDS = {
    Sort.KEY: types.CompletionItemKind.Property,
    Sort.ENTITY: types.CompletionItemKind.Constant,
    Sort.SOURCE: types.CompletionItemKind.File,
    Sort.FACT: types.CompletionItemKind.Event,
    Sort.CLAIM: types.CompletionItemKind.Event,
    Sort.RELATION: types.CompletionItemKind.Method,
    Sort.TYPE: types.CompletionItemKind.Class,
    Sort.PART: types.CompletionItemKind.Reference,
    Sort.WORD: types.CompletionItemKind.EnumMember,
}
_SYMBOL_KINDS = {
    Symbol.SECTION: types.SymbolKind.Namespace,
    Symbol.ENTITY: types.SymbolKind.Constant,
    Symbol.SOURCE: types.SymbolKind.File,
    Symbol.FACT: types.SymbolKind.Event,
    Symbol.DECISION: types.SymbolKind.Boolean,
    Symbol.IDENTITY: types.SymbolKind.Boolean,
    Symbol.TYPE: types.SymbolKind.Class,
    Symbol.RELATION: types.SymbolKind.Method,
    Symbol.SCHEME: types.SymbolKind.Enum,
    Symbol.LENS: types.SymbolKind.Object,
    Symbol.GROUP: types.SymbolKind.Array,
    Symbol.KEY: types.SymbolKind.Property,
}


def to_diagnostic(diagnostic: Diagnostic, folder: Folder, encoding: str) -> types.Diagnostic:
    """A finding, with its hint below the message and a link to its manual page."""
    code = diagnostic.code.name
    message = diagnostic.message
    if diagnostic.hint:
        message = f"{message}\n{diagnostic.hint}"
    related = [
        types.DiagnosticRelatedInformation(to_location(r.span, folder, encoding), r.message)
        for r in diagnostic.related
    ]
    return types.Diagnostic(
        range=to_range(diagnostic.span, folder.lines(diagnostic.span.path), encoding),
        message=message,
        severity=_SEVERITIES[diagnostic.severity],
        code=code,
        code_description=types.CodeDescription(href=manual_page(code)),
        source="kg",
        related_information=related or None,
    )


def manual_page(code: str) -> str:
    """The URI of the manual page of a finding."""
    return (core_folder("diagnostics") / f"{code}.md").as_uri()


def to_location(span: Span, folder: Folder, encoding: str) -> types.Location:
    """A span with its file."""
    lines = folder.lines(span.path)
    return types.Location(folder.uri(span.path), to_range(span, lines, encoding))


def to_completion(
    completion: Completion, row: int, line: str, typed: str, encoding: str
) -> types.CompletionList:
    """All suggestions, in their order, each replacing the same stretch of the line."""
    replaced = types.Range(
        types.Position(row, to_units(line, completion.start, encoding)),
        types.Position(row, to_units(line, completion.end, encoding)),
    )
    items = [
        _item(suggestion, index, typed, replaced)
        for index, suggestion in enumerate(completion.suggestions)
    ]
    return types.CompletionList(is_incomplete=not completion.is_whole, items=items)


def _item(
    suggestion: Suggestion, index: int, typed: str, replaced: types.Range
) -> types.CompletionItem:
    text = suggestion.label if suggestion.text is None else suggestion.text
    about = suggestion.about
    return types.CompletionItem(
        label=suggestion.label,
        label_details=types.CompletionItemLabelDetails(description=suggestion.detail or None),
        kind=_ITEM_KINDS[suggestion.sort],
        detail=suggestion.detail or None,
        documentation=about if about and about != suggestion.detail else None,
        sort_text=f"{index:04}",
        filter_text=_filter_text(suggestion, typed),
        text_edit=types.TextEdit(replaced, text),
    )


def _filter_text(suggestion: Suggestion, typed: str) -> str:
    """What editors hold against what is typed: a name that begins so goes before the id."""
    names = [suggestion.label, *suggestion.names]
    folded = typed.casefold()
    matching = [n for n in names if folded and n.casefold().startswith(folded)]
    first = matching[0] if matching else suggestion.label
    return " ".join([first, *(name for name in names if name != first)])


def to_hover(hover: Hover, row: int, line: str, encoding: str) -> types.Hover:
    """What is known of a word."""
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, hover.markdown),
        types.Range(
            types.Position(row, to_units(line, hover.start, encoding)),
            types.Position(row, to_units(line, hover.end, encoding)),
        ),
    )


def to_symbol(outline: Outline, lines: list[str], encoding: str) -> types.DocumentSymbol:
    """A declaration with what it holds."""
    return types.DocumentSymbol(
        name=outline.name,
        detail=outline.detail or None,
        kind=_SYMBOL_KINDS[outline.symbol],
        range=to_range(outline.span, lines, encoding),
        selection_range=to_range(outline.id, lines, encoding),
        children=[to_symbol(inner, lines, encoding) for inner in outline.inner] or None,
    )


def to_workspace_symbol(found: Found, folder: Folder, encoding: str) -> types.WorkspaceSymbol:
    """Something that was searched for."""
    return types.WorkspaceSymbol(
        location=to_location(found.span, folder, encoding),
        name=found.name,
        kind=_SYMBOL_KINDS[found.symbol],
        container_name=found.detail or None,
    )


def to_inlay(inlay: Inlay, line: str, encoding: str) -> types.InlayHint:
    """A fact as a sentence behind its line."""
    return types.InlayHint(
        position=types.Position(inlay.row, to_units(line, inlay.column, encoding)),
        label=inlay.text,
        padding_left=True,
        tooltip=inlay.whole if inlay.whole != inlay.text else None,
    )


def to_workspace_edit(
    edits: Iterable[Edit], folder: Folder, encoding: str, *, versioned: bool
) -> types.WorkspaceEdit:
    """Edits by file; with the version of each that is open, for clients that know of them."""
    by_path: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        lines = folder.lines(edit.span.path)
        text_edit = types.TextEdit(to_range(edit.span, lines, encoding), edit.text)
        by_path.setdefault(edit.span.path, []).append(text_edit)
    if not versioned:
        return types.WorkspaceEdit(changes={folder.uri(p): e for p, e in by_path.items()})
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(
                    folder.uri(path), folder.versions.get(path)
                ),
                text_edits,
            )
            for path, text_edits in by_path.items()
        ]
    )


def to_action(
    action: Action, folder: Folder, encoding: str, *, versioned: bool
) -> types.CodeAction:
    """A fix as a quick fix, or all of them as one."""
    diagnostic = action.diagnostic
    kind = (
        types.CodeActionKind.SourceFixAll if diagnostic is None else types.CodeActionKind.QuickFix
    )
    return types.CodeAction(
        title=f"kg: {action.title}",
        kind=kind,
        diagnostics=[to_diagnostic(diagnostic, folder, encoding)] if diagnostic else None,
        is_preferred=action.is_preferred if diagnostic is not None else None,
        edit=to_workspace_edit(action.edits, folder, encoding, versioned=versioned),
    )


def explain_actions(diagnostics: Iterable[Diagnostic]) -> Iterator[types.CodeAction]:
    """For each kind of finding, a way to its manual page."""
    for code in dict.fromkeys(diagnostic.code.name for diagnostic in diagnostics):
        title = f"kg: explain {code}"
        yield types.CodeAction(
            title=title,
            kind=types.CodeActionKind.Empty,
            command=types.Command(title=title, command=EXPLAIN, arguments=[code]),
        )


#: The command that shows a manual page.
EXPLAIN = "kg.explain"
