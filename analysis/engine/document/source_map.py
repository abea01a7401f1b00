"""Which part of the submitted source does a stretch of the canonical text come from?"""

from bisect import bisect_right
from dataclasses import dataclass, field

from analysis.engine.report import Span


@dataclass(slots=True)
class SourceMap:
    """Pieces in text order. An exact piece equals its source; another one only stands for it."""

    text_starts: list[int] = field(default_factory=list)
    source_starts: list[int] = field(default_factory=list)
    source_ends: list[int] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)

    def add(self, text_start: int, source_start: int, source_end: int, *, exact: bool) -> None:
        if exact and self.exact and self.exact[-1] and self._continues(text_start, source_start):
            self.source_ends[-1] = source_end
            return
        self.text_starts.append(text_start)
        self.source_starts.append(source_start)
        self.source_ends.append(source_end)
        self.exact.append(exact)

    def to_source(self, start: int, end: int) -> Span:
        """The smallest source range that holds the text range, markup between included."""
        if not self.text_starts or end <= start:
            position = self._source_position(start, at_end=False)
            return Span(position, position)
        first = self._source_position(start, at_end=False)
        last = self._source_position(end - 1, at_end=True)
        return Span(first, max(first, last))

    def _continues(self, text_start: int, source_start: int) -> bool:
        length = self.source_ends[-1] - self.source_starts[-1]
        return self.source_ends[-1] == source_start and self.text_starts[-1] + length == text_start

    def _source_position(self, position: int, *, at_end: bool) -> int:
        index = bisect_right(self.text_starts, position) - 1
        if index < 0:
            return 0
        if not self.exact[index]:
            return self.source_ends[index] if at_end else self.source_starts[index]
        offset = position - self.text_starts[index] + at_end
        return min(self.source_starts[index] + offset, self.source_ends[index])
