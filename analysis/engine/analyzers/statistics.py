"""How much text is there, and how varied is it?"""

from analysis.engine.analyzers.analyzer import Analyzer, Outcome, Task
from analysis.engine.document.blocks import BlockKind
from analysis.engine.document.document import Document
from analysis.engine.report import Category

SECONDS_PER_IMAGE = 12
PARAGRAPH_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
MTLD_THRESHOLD = 0.72
MTLD_MIN_WORDS = 50


def measure(task: Task) -> Outcome:
    document = task.document
    words = document.words.lower
    unique = len(set(document.stems))
    return Outcome(
        metrics={
            "words": len(words),
            "quoted_words": document.quoted_words,
            "sentences": len(document.full_sentences),
            "paragraphs": paragraphs_of(document),
            "characters": sum(len(word) for word in document.words.surface),
            "characters_with_markup": len(document.source),
            "unique_words": len(set(words)),
            "unique_stems": unique,
            "lexical_variety": round(unique / len(words), 4) if words else 0.0,
            "mtld": mtld(words),
            "reading_time_seconds": _reading_time(task),
            "images": len(document.images),
            "links": len(document.links),
        }
    )


def paragraphs_of(document: Document) -> int:
    return sum(
        block.kind in PARAGRAPH_KINDS and index not in document.quoted
        for index, block in enumerate(document.blocks)
    )


def mtld(words: list[str]) -> float | None:
    """Measure of textual lexical diversity (McCarthy and Jarvis 2010), both directions."""
    if len(words) < MTLD_MIN_WORDS:
        return None
    return round((_factor_length(words) + _factor_length(words[::-1])) / 2, 1)


def _factor_length(words: list[str]) -> float:
    factors = 0.0
    seen: set[str] = set()
    length = 0
    for word in words:
        seen.add(word)
        length += 1
        if len(seen) / length <= MTLD_THRESHOLD:
            factors += 1
            seen.clear()
            length = 0
    if length:
        factors += (1 - len(seen) / length) / (1 - MTLD_THRESHOLD)
    return len(words) / factors if factors else float(len(words))


def _reading_time(task: Task) -> int:
    words, images = len(task.document.words), len(task.document.images)
    return round(words * 60 / task.document.facts.words_per_minute + images * SECONDS_PER_IMAGE)


ANALYZER = Analyzer(
    id="statistics",
    version=3,
    category=Category.INFORMATION,
    title="Statistics",
    measure=measure,
)
