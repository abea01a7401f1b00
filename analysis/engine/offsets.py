"""Which offset has a code point in the unit that the client counts in?"""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from typing import Any

from analysis.engine.options import OffsetUnit
from analysis.engine.report import Metric, Report, Section, Span

WIDE = {
    OffsetUnit.UTF16: re.compile(r"[\U00010000-\U0010ffff]"),
    OffsetUnit.UTF8: re.compile(r"[^\x00-\x7f]"),
}


class Offsets:
    """Remembers the wide characters only, so that most texts cost nothing."""

    def __init__(self, source: str, unit: OffsetUnit) -> None:
        wide = list(WIDE[unit].finditer(source))
        self._places = [match.start() for match in wide]
        extra = [_extra(match.group(), unit) for match in wide]
        self._before = [0, *accumulate(extra)]

    def of(self, place: int) -> int:
        return place + self._before[bisect_left(self._places, place)]

    def span(self, span: Span) -> Span:
        return Span(self.of(span.start), self.of(span.end))

    def metric(self, value: Metric) -> Any:
        """Wherever a metric holds a start and an end, both are converted."""
        if isinstance(value, list):
            return [self.metric(item) for item in value]
        if isinstance(value, dict):
            if set(value) == {"start", "end"}:
                return {name: self.of(place) for name, place in value.items()}
            return {name: self.metric(item) for name, item in value.items()}
        return value


def span_writer(source: str, unit: OffsetUnit) -> Callable[[Span], Span]:
    """Turns spans in code points into spans in the unit."""
    return (lambda span: span) if unit is OffsetUnit.CODEPOINT else Offsets(source, unit).span


def _extra(character: str, unit: OffsetUnit) -> int:
    return 1 if unit is OffsetUnit.UTF16 else len(character.encode()) - 1


def in_unit(report: Report, source: str, unit: OffsetUnit) -> Report:
    if unit is OffsetUnit.CODEPOINT:
        return report
    offsets = Offsets(source, unit)
    sections = {name: _section(section, offsets) for name, section in report.sections.items()}
    return replace(report, sections=sections)


def _section(section: Section, offsets: Offsets) -> Section:
    findings = [
        replace(finding, spans=[offsets.span(span) for span in finding.spans])
        for finding in section.findings
    ]
    return replace(section, findings=findings, metrics=offsets.metric(section.metrics))
