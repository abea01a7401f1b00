"""Are paragraphs too long?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.document.blocks import BlockKind
from analysis.engine.report import Category, Severity, Span

LONG_WORDS = 150
VERY_LONG_WORDS = 200
# A character of Japanese or Chinese counts as a word here, and carries about half as much.
UNSPACED_FACTOR = 2
KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def measure(task: Task) -> Outcome:
    document = task.document
    factor = 1 if document.facts.is_spaced else UNSPACED_FACTOR
    lengths = [
        (block, last - first)
        for block, (first, last) in zip(document.blocks, document.block_words, strict=True)
        if block.kind in KINDS and last > first
    ]
    counts = [words for _, words in lengths]
    long = [(block, words) for block, words in lengths if words > LONG_WORDS * factor]
    percent = 100 * len(long) / len(lengths)
    return Outcome(
        score=task.band("paragraph_length.long_percent").score(percent),
        metrics={
            "paragraphs": len(lengths),
            "long_paragraphs": len(long),
            "long_percent": round(percent, 2),
            "average_words": round(sum(counts) / len(counts), 2),
            "longest_words": max(counts),
        },
        drafts=[_draft(Span(block.start, block.end), words, factor) for block, words in long],
    )


def _draft(span: Span, words: int, factor: int) -> Draft:
    very = words > VERY_LONG_WORDS * factor
    limit = LONG_WORDS * factor
    return Draft(
        id="paragraph_length.very_long" if very else "paragraph_length.too_long",
        severity=Severity.WARNING if very else Severity.SUGGESTION,
        message=f"This paragraph has {words} words; readers rest more easily within {limit}.",
        params={"words": words, "limit": limit},
        spans=(span,),
    )


def _skip_reason(task: Task) -> str | None:
    has_prose = any(
        block.kind in KINDS and last > first
        for block, (first, last) in zip(
            task.document.blocks, task.document.block_words, strict=True
        )
    )
    return None if has_prose else "no_paragraphs"


ANALYZER = Analyzer(
    id="paragraph_length",
    version=1,
    category=Category.READABILITY,
    title="Paragraph length",
    measure=measure,
    skip_reason=_skip_reason,
)
