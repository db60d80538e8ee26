"""Why a question cannot be asked."""

from __future__ import annotations


class QueryError(ValueError):
    """A query that cannot be run, with the place in its text; line and column count from 1."""

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, hint: str = ""
    ) -> None:
        place = f"{line}:{column}: " if line is not None else ""
        super().__init__(f"{place}{message}")
        self.message, self.line, self.column, self.hint = message, line, column, hint


class ParameterError(ValueError):
    """A parameter of a named query was given something that it does not take."""

    def __init__(self, name: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.name, self.message, self.hint = name, message, hint
