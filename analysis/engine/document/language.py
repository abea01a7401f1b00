"""Which language is a text written in?"""

import re

import pycld2

from analysis.engine.languages.register import primary_subtag
from analysis.engine.report import Language, LanguageSource

MIN_LETTERS = 20
SAMPLE_CHARACTERS = 20_000
# The detector refuses control characters, unassigned code points and the like.
REFUSED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufff0-\uffff]")


def language_of(text: str, declared: str | None) -> Language:
    """What is declared wins; the detector only speaks up for enough letters."""
    if declared and declared.strip():
        return Language(primary_subtag(declared), 1.0, LanguageSource.DECLARED)
    return detect(text)


def detect(text: str) -> Language:
    sample = REFUSED.sub(" ", text[:SAMPLE_CHARACTERS])
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return Language(None, 0.0, LanguageSource.NONE)
    try:
        reliable, _, guesses = pycld2.detect(sample)
    except pycld2.error:
        return Language(None, 0.0, LanguageSource.NONE)
    _, code, percent, _ = guesses[0]
    if not reliable or code == "un":
        return Language(None, 0.0, LanguageSource.NONE)
    return Language(primary_subtag(code), round(percent / 100, 2), LanguageSource.DETECTED)
