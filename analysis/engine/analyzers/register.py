"""Which analyzers are there, and in which order do they run?"""

from analysis.engine.analyzers import (
    keyphrase,
    keywords,
    language,
    paragraph_length,
    readability,
    sentence_length,
    seo_basics,
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
    seo_basics.ANALYZER,
    keyphrase.ANALYZER,
)
