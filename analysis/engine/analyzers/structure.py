"""Do headings divide the text well?"""

from dataclasses import dataclass
from itertools import pairwise

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.document.blocks import Block, BlockKind
from analysis.engine.document.document import Document
from analysis.engine.report import Category, Metric, Severity, Span
from analysis.engine.scoring import mean

LONG_WORDS = 300
VERY_LONG_WORDS = 350
MAX_OUTLINE = 500


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading, or before the first."""

    heading: Block | None
    words: int
    span: Span


def measure(task: Task) -> Outcome:
    document = task.document
    parts = parts_of(document)
    headings = [document.blocks[index] for index in document.headings]
    titles = [heading for heading in headings if heading.level == 1]
    empty = [heading for heading in headings if _is_empty(document, heading)]
    skips = [pair for pair in pairwise(headings) if pair[1].level > pair[0].level + 1]
    longest = max((part.words for part in parts), default=0)
    factor = 1 if document.facts.is_spaced else 2
    checks = (
        task.band("structure.section_words").score(longest / factor),
        100.0 * (1 - len(skips) / max(1, len(headings) - 1)),
        100.0 if len(titles) <= 1 else 0.0,
        100.0 * (1 - len(empty) / max(1, len(headings))),
    )
    drafts = [
        *_long_parts(parts, factor),
        *(_skip(above, below) for above, below in skips),
        *(_second_title(title) for title in titles[1:]),
        *(_empty(heading) for heading in empty),
    ]
    return Outcome(score=mean(checks), metrics=_metrics(document, parts), drafts=drafts)


def parts_of(document: Document) -> list[Part]:
    parts: list[Part] = []
    heading: Block | None = None
    words = 0
    start, end = 0, 0
    for block, (first, last) in zip(document.blocks, document.block_words, strict=True):
        if block.kind is BlockKind.HEADING:
            parts.append(Part(heading, words, Span(start, end)))
            heading, words, start, end = block, 0, block.end, block.end
        else:
            start = start if words else block.start
            words, end = words + last - first, block.end
    parts.append(Part(heading, words, Span(start, end)))
    return [part for part in parts if part.heading or part.words]


def _is_empty(document: Document, heading: Block) -> bool:
    """An image with an alternative text is a heading's content too."""
    if heading.end > heading.start:
        return False
    return not any(image.alt for image in document.images_in(heading.source))


def _metrics(document: Document, parts: list[Part]) -> dict[str, Metric]:
    outline = [
        {
            "level": block.level,
            "text": document.text[block.start : block.end],
            "span": {"start": block.source.start, "end": block.source.end},
        }
        for block in (document.blocks[index] for index in document.headings[:MAX_OUTLINE])
    ]
    return {
        "headings": len(document.headings),
        "outline": outline,
        "sections": len(parts),
        "longest_section_words": max((part.words for part in parts), default=0),
        "lists": document.parsed.lists,
        "tables": document.parsed.tables,
        "code_blocks": document.parsed.code_blocks,
        "quotes": sum(block.quoted for block in document.blocks),
    }


def _long_parts(parts: list[Part], factor: int) -> list[Draft]:
    has_headings = any(part.heading for part in parts)
    return [
        _long_part(part, factor, has_headings=has_headings)
        for part in parts
        if part.words > LONG_WORDS * factor
    ]


def _long_part(part: Part, factor: int, *, has_headings: bool) -> Draft:
    severe = part.words > VERY_LONG_WORDS * factor
    place = "This section" if has_headings else "The text"
    return Draft(
        id="structure.long_section" if has_headings else "structure.no_subheadings",
        severity=Severity.WARNING if severe else Severity.SUGGESTION,
        message=f"{place} has {part.words} words and no subheading inside.",
        params={"words": part.words, "limit": LONG_WORDS * factor},
        spans=(Span(part.heading.start, part.heading.end),)
        if part.heading and part.heading.end > part.heading.start
        else (part.span,),
    )


def _skip(above: Block, below: Block) -> Draft:
    return Draft(
        id="structure.skipped_level",
        severity=Severity.SUGGESTION,
        message=f"A level {below.level} heading follows a level {above.level} heading.",
        params={"from": above.level, "to": below.level},
        source=below.source,
    )


def _second_title(heading: Block) -> Draft:
    return Draft(
        id="structure.second_h1",
        severity=Severity.WARNING,
        message="A page has one level 1 heading; make this one a level 2 heading.",
        source=heading.source,
    )


def _empty(heading: Block) -> Draft:
    return Draft(
        id="structure.empty_heading",
        severity=Severity.WARNING,
        message=f"This level {heading.level} heading is empty.",
        params={"level": heading.level},
        source=heading.source,
    )


def _skip_reason(task: Task) -> str | None:
    return None if task.document.blocks else "no_text"


ANALYZER = Analyzer(
    id="structure",
    version=1,
    category=Category.STRUCTURE,
    title="Structure",
    measure=measure,
    skip_reason=_skip_reason,
)
