"""How easy is the text to read, by the classic formulas?"""

from collections.abc import Sequence
from itertools import chain
from statistics import median
from typing import TypeVar

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.formulas import GRADES, READING_EASE, Counts, lix
from analysis.engine.analyzers.skipping import without_spaced_words
from analysis.engine.document.document import Document, Sentence
from analysis.engine.report import Category, Metric, Severity
from analysis.engine.scoring import Band

Value = TypeVar("Value")
RELIABLE_FROM_WORDS = 100
LONG_WORD_LETTERS = 6
POLYSYLLABLE = 3
GRADES_TOO_HIGH = 6
"""So far above its readers a text scores nothing."""
# Endings that make no word harder: Fog does not count the syllable they add.
FOG_ENDINGS = ("es", "ed", "ing")


def measure(task: Task) -> Outcome:
    document = task.document
    counts = count(document)
    metrics: dict[str, Metric] = {
        "words_per_sentence": round(counts.words_per_sentence, 2),
        "letters_per_word": round(counts.letters / counts.words, 2),
        "long_words_percent": round(100 * counts.long_words / counts.words, 2),
        "lix": round(lix(counts), 2),
        "low_confidence": counts.words < RELIABLE_FROM_WORDS,
    }
    ease = READING_EASE.get(document.facts.code) if document.syllables else None
    if ease is None:
        score = task.band("readability.lix").score(lix(counts))
        return Outcome(score=score, metrics=metrics, drafts=_drafts(score, None))
    reading_ease = ease(counts)
    metrics["flesch_reading_ease"] = round(reading_ease, 2)
    metrics["syllables"] = counts.syllables
    metrics["syllables_per_word"] = round(counts.syllables_per_word, 3)
    metrics["complex_words"] = counts.complex_words
    if document.facts.code == "en":
        metrics.update(_grades(counts))
    wanted = task.request.options.audience_grade
    if document.facts.code == "en" and wanted is not None:
        return _for_audience(wanted, metrics)
    score = task.band("readability.flesch").score(reading_ease)
    return Outcome(score=score, metrics=metrics, drafts=_drafts(score, reading_ease))


def _for_audience(wanted: int, metrics: dict[str, Metric]) -> Outcome:
    """An author who knows the readers is told whether they can follow, not how hard prose is."""
    grade = float(str(metrics["grade"]))
    score = Band(full=wanted, none=wanted + GRADES_TOO_HIGH).score(grade)
    draft = Draft(
        id="readability.above_audience",
        severity=Severity.WARNING if score < 50 else Severity.SUGGESTION,
        message=f"The text asks for grade {grade:g}; your readers read at grade {wanted}. Use "
        "shorter sentences and shorter words.",
        params={"grade": grade, "audience_grade": wanted},
    )
    return Outcome(score, {**metrics, "audience_grade": wanted}, [draft] if score < 100 else [])


def count(document: Document) -> Counts:
    sentences = document.full_sentences
    words = _inside(sentences, document.words.surface)
    lower = _inside(sentences, document.words.lower)
    syllables = _inside(sentences, document.syllables)
    lengths = [len(word) if word.isalnum() else sum(map(str.isalnum, word)) for word in words]
    polysyllables = [i for i, number in enumerate(syllables) if number >= POLYSYLLABLE]
    return Counts(
        sentences=len(sentences),
        words=len(words),
        letters=sum(lengths),
        syllables=sum(syllables),
        polysyllables=len(polysyllables),
        complex_words=sum(_is_complex(words[i], lower[i], syllables[i]) for i in polysyllables),
        long_words=sum(length > LONG_WORD_LETTERS for length in lengths),
    )


def _inside(sentences: Sequence[Sentence], layer: Sequence[Value]) -> list[Value]:
    """What a layer says of the words of the sentences."""
    return list(chain.from_iterable(layer[s.first : s.last] for s in sentences))


def _is_complex(surface: str, lower: str, syllables: int) -> bool:
    """Fog leaves out names, compounds of short words and syllables added by an ending."""
    if surface[0].isupper() or "-" in surface:
        return False
    return syllables > POLYSYLLABLE or not lower.endswith(FOG_ENDINGS)


def _grades(counts: Counts) -> dict[str, Metric]:
    grades = {name: round(formula(counts), 2) for name, formula in GRADES.items()}
    return {**grades, "grade": round(median(grades.values()), 1)}


def _drafts(score: float, reading_ease: float | None) -> list[Draft]:
    if score >= 100:
        return []
    value = f" (reading ease {reading_ease:.0f})" if reading_ease is not None else ""
    return [
        Draft(
            id="readability.difficult",
            severity=Severity.WARNING if score < 50 else Severity.SUGGESTION,
            message=f"The text is hard to read{value}. Use shorter sentences and shorter words.",
            params={} if reading_ease is None else {"reading_ease": round(reading_ease, 1)},
        )
    ]


ANALYZER = Analyzer(
    id="readability",
    version=4,
    category=Category.READABILITY,
    title="Readability",
    measure=measure,
    skip_reason=without_spaced_words,
)
