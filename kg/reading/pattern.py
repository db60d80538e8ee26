"""Whether a text matches a pattern, in a time that no pattern can draw out.

Python's own matcher tries one way after another, which takes `(a+)+` longer than the universe
lasts. Whoever makes an ontology writes such patterns for its codes, so RE2 follows them: in a time
that grows with the text alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

#: No pattern is longer, and no text that matches one.
LONGEST = 200


def matches(pattern: str, text: str) -> bool:
    """Whether all of `text` matches a pattern that `compiled` takes."""
    return len(text) <= LONGEST and compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """The pattern as RE2 has it.

    Raises:
        ValueError: with what is wrong with it, as the end of a sentence.
    """
    import re2  # needed only where a code is written

    if len(pattern) > LONGEST:
        raise ValueError(f"has more than {LONGEST} characters")
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        told = error.args[0].decode(errors="replace")
        raise ValueError(f"is not a regular expression that RE2 takes: {told}") from None
