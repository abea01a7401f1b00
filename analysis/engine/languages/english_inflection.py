"""Which English words are forms of one word?

A stemmer also joins words that only share an origin: "maintainer" and "maintain" are not the same
keyphrase. Here only the endings of inflection go: plural, possessive, and the forms of the verb.
"""

import re
from functools import lru_cache

POSSESSIVE = re.compile(r"'s$|'$")
VOWEL = re.compile(r"[aeiouy]")
DOUBLED = re.compile(r"([bdfgmnprt])\1$")
HISSING = ("ses", "xes", "zes", "ches", "shes")
NO_PLURALS = ("ss", "us", "is", "news", "series", "species", "always", "perhaps")
NO_FORMS = frozenset(
    ("thing", "king", "ring", "spring", "string", "morning", "evening", "during", "ceiling", "bed")
)


@lru_cache(maxsize=50_000)
def base_form(word: str) -> str:
    """The same text for all forms of a word; it need not be a word itself."""
    word = POSSESSIVE.sub("", word)
    if len(word) < 4 or word in NO_FORMS:
        return word
    word = _without_plural(word)
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) > 2 and VOWEL.search(rest) and word not in NO_FORMS:
            return DOUBLED.sub(r"\1", rest)
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _without_plural(word: str) -> str:
    if word.endswith(NO_PLURALS) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(HISSING) else word[:-1]
