"""Which analyzers are there, and in which order do they run?"""

from analysis.engine.analyzers import (
    keywords,
    language,
    paragraph_length,
    readability,
    sentence_length,
    statistics,
    structure,
)
from analysis.engine.analyzers.analyzer import Analyzer

ANALYZERS: tuple[Analyzer, ...] = (
    statistics.ANALYZER,
    language.ANALYZER,
    readability.ANALYZER,
    sentence_length.ANALYZER,
    paragraph_length.ANALYZER,
    structure.ANALYZER,
    keywords.ANALYZER,
)
