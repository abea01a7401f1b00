"""What became better and what worse between two versions of a text?"""

from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from analysis.engine.report import Finding, Report, Section


@dataclass(frozen=True, slots=True)
class ScoreChange:
    before: float | None
    after: float | None
    change: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings are told apart by their keys, which survive edits elsewhere in the text.

    `partial` says that a report holds more findings than it lists, so that one may be called new or
    fixed that merely came into or fell out of the list.
    """

    fixed: list[Finding]
    new: list[Finding]
    remaining: list[Finding]
    scores: dict[str, ScoreChange]
    partial: bool

    def to_json(self) -> bytes:
        return orjson.dumps(self, option=orjson.OPT_SORT_KEYS)


def compare(before: Report, after: Report) -> Comparison:
    """`remaining` findings are those of the later version, with its spans."""
    old, new = _by_key(before), _by_key(after)
    names = sorted({*before.scores, *after.scores})
    return Comparison(
        fixed=[finding for key, finding in old.items() if key not in new],
        new=[finding for key, finding in new.items() if key not in old],
        remaining=[finding for key, finding in new.items() if key in old],
        scores={name: _change(before, after, name) for name in names},
        partial=any(map(_is_capped, (*_sections(before), *_sections(after)))),
    )


def _sections(report: Report) -> Iterator[Section]:
    yield from report.sections.values()


def _is_capped(section: Section) -> bool:
    return section.findings_total - section.ignored > len(section.findings)


def _by_key(report: Report) -> dict[str, Finding]:
    return {finding.key: finding for section in _sections(report) for finding in section.findings}


def _change(before: Report, after: Report, name: str) -> ScoreChange:
    old = before.scores[name].score if name in before.scores else None
    new = after.scores[name].score if name in after.scores else None
    change = None if old is None or new is None else round(new - old, 1)
    return ScoreChange(old, new, change)
