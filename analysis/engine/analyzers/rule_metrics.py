"""Which measures of a whole text may a house rule bound?"""

from statistics import median

from analysis.engine.analyzers.formulas import GRADES, READING_EASE, lix
from analysis.engine.analyzers.readability import count
from analysis.engine.analyzers.statistics import paragraphs_of
from analysis.engine.document.document import Document


def rule_metrics(document: Document) -> dict[str, float]:
    """Those that the language has; see `RULE_METRICS` for all names."""
    found: dict[str, float] = {
        "words": len(document.words),
        "sentences": len(document.full_sentences),
        "paragraphs": paragraphs_of(document),
        "headings": len(document.headings),
        "links": len(document.links),
        "images": len(document.images),
    }
    return found | (_readability(document) if document.sentences else {})


def _readability(document: Document) -> dict[str, float]:
    counts = count(document)
    found = {"words_per_sentence": round(counts.words_per_sentence, 1)}
    if document.facts.is_spaced:
        found["lix"] = round(lix(counts), 1)
    ease = READING_EASE.get(document.facts.code) if document.syllables else None
    if ease is not None:
        found["reading_ease"] = round(ease(counts), 1)
    if document.facts.code == "en":
        found["grade"] = round(median(formula(counts) for formula in GRADES.values()), 1)
    return found
