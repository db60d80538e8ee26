"""Why an engine gave up."""

from __future__ import annotations


class EngineError(Exception):
    """A query could not be answered, though nothing is wrong with its text: one sentence."""
