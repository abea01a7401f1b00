"""What does the engine know about one language?"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """`words_per_minute` follows the IReST study of reading speed (Trauzettel-Klosinski and
    Dietz 2012); `long_sentence_words` is the length above which a sentence counts as long."""

    code: str
    name: str
    words_per_minute: int = 190
    long_sentence_words: int = 20
    stemmer: str | None = None
    base_form: Callable[[str], str] | None = None  # joins only the inflected forms of a word
    syllables: Callable[[str], int] | None = None
    function_words: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()  # a full stop behind these never ends a sentence
    number_words: frozenset[str] = frozenset()  # nor behind these before a digit
    abbreviations: frozenset[str] = frozenset()  # behind these only before a sentence starter
    sentence_starters: frozenset[str] = frozenset()
    speech_verbs: frozenset[str] = frozenset()  # «“Late?” Anna asked.» is one sentence
    ordinals_have_dots: bool = False
    is_spaced: bool = True
