"""How are the patterns of customers compiled so that none of them can be slow?

RE2 matches in time linear in the text, whatever the pattern; what it cannot do (look-around,
back-references) it refuses.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

import re2  # type: ignore[import-untyped]

from analysis.engine.errors import InvalidOption
from analysis.engine.report import Span

MAX_MEMORY_BYTES = 4_000_000
MAX_MATCHES = 10_000


@lru_cache(maxsize=512)
def compiled(pattern: str, *, ignore_case: bool) -> Any:
    options = re2.Options()
    options.max_mem = MAX_MEMORY_BYTES
    options.case_sensitive = not ignore_case
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        told = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise InvalidOption(f"The pattern cannot be read: {told}.") from error


def places(pattern: str, text: str, *, ignore_case: bool) -> Iterator[Span]:
    """Matches that hold something, at most MAX_MATCHES of them."""
    matches = compiled(pattern, ignore_case=ignore_case).finditer(text)
    spans = (Span(*match.span()) for match in islice(matches, MAX_MATCHES))
    return (span for span in spans if span.end > span.start)
