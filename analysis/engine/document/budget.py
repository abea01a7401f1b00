"""How much markup may a document hold?

Words have their own budget. This one is for what has none: brackets without end, or the empty cells
that a Markdown parser makes of short rows under a wide header.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from analysis.engine.errors import ContentTooLong

MAX_ELEMENTS = 250_000

Element = TypeVar("Element")


def within_budget(elements: Iterable[Element]) -> Iterator[Element]:
    for number, element in enumerate(elements):
        if number == MAX_ELEMENTS:
            raise ContentTooLong(f"The content has more than {MAX_ELEMENTS:,} pieces of markup.")
        yield element
