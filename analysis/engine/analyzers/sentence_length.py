"""Are too many sentences long?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.skipping import without_spaced_words
from analysis.engine.document.document import Document, Sentence
from analysis.engine.report import Category, Severity, Span

VERY_LONG_WORDS = 30
HARD_FROM_WORDS = 14
HARD_FROM_LEVEL = 10
VERY_HARD_FROM_LEVEL = 14


def measure(task: Task) -> Outcome:
    document = task.document
    limit = document.facts.long_sentence_words
    counts = [sentence.word_count for sentence in document.full_sentences]
    long = [s for s in task.deadline.watch(document.sentences) if s.word_count > limit]
    percent = 100 * len(long) / len(document.sentences)
    levels = [_level(document, sentence) for sentence in document.sentences]
    return Outcome(
        score=task.band("sentence_length.long_percent").score(percent),
        metrics={
            "long_sentences": len(long),
            "long_percent": round(percent, 2),
            "limit_words": limit,
            "average_words": round(sum(counts) / len(counts), 2),
            "median_words": sorted(counts)[len(counts) // 2],
            "longest_words": max(counts),
            "hard_sentences": sum(HARD_FROM_LEVEL <= x < VERY_HARD_FROM_LEVEL for x in levels),
            "very_hard_sentences": sum(x >= VERY_HARD_FROM_LEVEL for x in levels),
        },
        drafts=[_draft(sentence, limit) for sentence in long],
    )


def _level(document: Document, sentence: Sentence) -> int:
    """The automated readability index of one sentence; short ones are never hard."""
    count = sentence.word_count
    if count < HARD_FROM_WORDS:
        return 0
    letters = sum(map(len, document.words.surface[sentence.first : sentence.last]))
    return round(4.71 * letters / count + 0.5 * count - 21.43)


def _draft(sentence: Sentence, limit: int) -> Draft:
    very = sentence.word_count >= VERY_LONG_WORDS
    return Draft(
        id="sentence_length.very_long" if very else "sentence_length.too_long",
        severity=Severity.WARNING if very else Severity.SUGGESTION,
        message=f"This sentence has {sentence.word_count} words; try to stay within {limit}.",
        params={"words": sentence.word_count, "limit": limit},
        spans=(Span(sentence.start, sentence.end),),
    )


ANALYZER = Analyzer(
    id="sentence_length",
    version=2,
    category=Category.READABILITY,
    title="Sentence length",
    measure=measure,
    skip_reason=without_spaced_words,
)
