"""Which languages does the engine know?"""

from analysis.engine.languages.english import ENGLISH
from analysis.engine.languages.facts import LanguageFacts
from analysis.engine.languages.other import (
    DUTCH,
    FRENCH,
    GERMAN,
    ITALIAN,
    OTHERS,
    PORTUGUESE,
    RUSSIAN,
    SPANISH,
    UNSPACED,
)

UNKNOWN = LanguageFacts(code="", name="unknown")
LANGUAGES = {
    facts.code: facts
    for facts in (
        ENGLISH,
        GERMAN,
        FRENCH,
        SPANISH,
        ITALIAN,
        DUTCH,
        PORTUGUESE,
        RUSSIAN,
        *UNSPACED,
        *OTHERS,
    )
}
ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}


def facts_for(code: str | None) -> LanguageFacts:
    return LANGUAGES.get(code or "", UNKNOWN)


def primary_subtag(tag: str) -> str:
    """`en` of `en-US`; the form that detection and rules share."""
    code = tag.replace("_", "-").split("-", 1)[0].strip().lower()
    return ALIASES.get(code, code)
