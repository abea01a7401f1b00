"""Which analyzers are there, and in which order do they run?"""

from analysis.engine.analyzers import (
    adverbs,
    consistency,
    keyphrase,
    keywords,
    language,
    paragraph_length,
    passive,
    readability,
    repeated_words,
    sentence_beginnings,
    sentence_length,
    seo_basics,
    statistics,
    structure,
    style_lexicon,
    transitions,
    typography,
)
from analysis.engine.analyzers.analyzer import Analyzer

ANALYZERS: tuple[Analyzer, ...] = (
    statistics.ANALYZER,
    language.ANALYZER,
    readability.ANALYZER,
    sentence_length.ANALYZER,
    paragraph_length.ANALYZER,
    structure.ANALYZER,
    passive.ANALYZER,
    transitions.ANALYZER,
    sentence_beginnings.ANALYZER,
    style_lexicon.ANALYZER,
    adverbs.ANALYZER,
    repeated_words.ANALYZER,
    typography.ANALYZER,
    consistency.ANALYZER,
    keywords.ANALYZER,
    seo_basics.ANALYZER,
    keyphrase.ANALYZER,
)
