"""The words that some dials of a lens take."""

from __future__ import annotations

from enum import StrEnum


class Certainty(StrEnum):
    """Whether what only possibly holds counts as holding."""

    POSSIBLE = "possible"
    CERTAIN = "certain"


class Decisions(StrEnum):
    """Whether the curator's ranking of claims is followed."""

    FOLLOWED = "followed"
    IGNORED = "ignored"


class Inference(StrEnum):
    """Whether what follows from direct edges is shown beside them."""

    ON = "on"
    OFF = "off"
