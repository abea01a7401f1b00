"""How is a report told in a terminal?"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analysis.engine import Report
from analysis.management.inputs import Source

_EXCERPT_CHARACTERS = 60
_TOP_FIXES = 5
_BAR = "▏▎▍▌▋▊▉█"
_BAR_CELLS = 10
_UNSCORED = "–"

Paint = Callable[[str | None, str], str]
"""Colours a text by a rating or a severity."""


@dataclass(frozen=True)
class Depth:
    """How much is told."""

    findings: int
    sections: bool


def lines_of(source: Source, report: Report, depth: Depth, paint: Paint) -> Iterator[str]:
    yield headline(source.name, report, paint)
    if depth.sections:
        yield ""
        yield from _sections(report, paint)
        yield from _top_fixes(report)
    yield from _findings(source, report, depth, paint)


def headline(name: str, report: Report, paint: Paint) -> str:
    overall = report.scores["overall"]
    words = report.sections["statistics"].metrics["words"] if "statistics" in report.sections else 0
    total = sum(section.findings_total for section in report.sections.values())
    score = _UNSCORED if overall.score is None else f"{overall.score:g}"
    verdict = paint(overall.rating, f"{score} {overall.rating or 'not scored'}")
    part = "" if report.complete else paint("bad", ", a part failed")
    return f"{printable(name)}  {verdict}  {words:,} words, {total:,} findings{part}"


def _sections(report: Report, paint: Paint) -> Iterator[str]:
    for section in report.sections.values():
        told = f"  {section.title:<32}"
        if section.score is not None:
            bar = paint(section.rating, f"{_bar(section.score):<{_BAR_CELLS}}")
            count = section.findings_total
            findings = f"{count:,} finding{'' if count == 1 else 's'}" if count else ""
            yield f"{told}{bar} {section.score:5.1f}  {findings}".rstrip()
        elif section.status not in ("ok", "skipped"):
            yield f"{told}{paint('bad', f'{section.status}: {section.reason}')}"


def _bar(score: float) -> str:
    eighths = round(score / 100 * _BAR_CELLS * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_BAR[rest - 1] if rest else "")


def _top_fixes(report: Report) -> Iterator[str]:
    if not report.top_fixes:
        return
    yield ""
    yield "  What gains most"
    for fix in report.top_fixes[:_TOP_FIXES]:
        times = f" (and {fix.count - 1:,} more)" if fix.count > 1 else ""
        yield f"  {fix.points:+6.1f}  {printable(fix.message)}{times}"


def _findings(source: Source, report: Report, depth: Depth, paint: Paint) -> Iterator[str]:
    """The dearest first; equal ones as they stand in the text."""
    found = [finding for section in report.sections.values() for finding in section.findings]
    found.sort(key=lambda f: (-f.impact, f.spans[0].start if f.spans else -1))
    shown = found[: depth.findings]
    if not shown:
        return
    yield ""
    lines = _LineNumbers(source.text)
    for finding in shown:
        place = lines.place(finding.spans[0].start) if finding.spans else "-"
        excerpt = _short(finding.excerpt)
        quote = f"  “{excerpt}”" if excerpt else ""
        severity = paint(finding.severity, f"{finding.severity:<10}")
        yield f"  {place:>8}  {severity}  {printable(finding.message)}{quote}"
    total = sum(section.findings_total - section.ignored for section in report.sections.values())
    if total > len(shown):
        yield f"  … and {total - len(shown):,} more (--findings {total})"


class _LineNumbers:
    """Counted as editors do: lines and columns begin with 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]

    def place(self, offset: int) -> str:
        line = bisect_right(self._starts, offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


def _short(excerpt: str) -> str:
    text = printable(" ".join(excerpt.split()))
    return text if len(text) <= _EXCERPT_CHARACTERS else text[: _EXCERPT_CHARACTERS - 1] + "…"


def printable(text: str) -> str:
    """A text must not be able to steer the terminal of who reads about it."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
