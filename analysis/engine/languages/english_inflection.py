"""Which English words are forms of one word?

A stemmer also joins words that only share an origin: "maintainer" and "maintain" are not the same
keyphrase. Here only the endings of inflection go: plural, possessive, and the forms of the verb.
"""

import re
from functools import lru_cache

from analysis.engine.remembering import REMEMBERED_WORDS
from analysis.engine.wordlists import words

POSSESSIVE = re.compile(r"'s$|'$")
VOWEL = re.compile(r"[aeiouy]")
DOUBLED = re.compile(r"([bdfgmnprt])\1$")
# One short vowel between consonants: "bak" can only come from "bake", "bag" would have doubled.
SHORT = re.compile(r"[^aeiou]*[aeiouy][^aeiouwxy]")
LATE_DOUBLE_L = re.compile(r"(?<=[aeiouy])(.*[^aeiouy].*[aeiouy]l)l$")
SOFT_Y = re.compile(r"(?<=[^aeiou])y$")
HISSING = ("ses", "xes", "zes", "ches", "shes")
SHORT_HISSING = ("bus", "gas", "plus", "yes", "quiz")
NO_PLURALS = (
    *("ss", "us", "is", "news", "series", "species", "always", "perhaps"),
    *("lens", "canvas", "atlas", "bias"),
)
NO_FORMS = words("""
    thing king ring spring string morning evening during ceiling bed wedding pudding nothing
    something anything everything lightning sibling hundred speed breed weed steed greed creed
    bleed exceed proceed succeed indeed embed shed sacred naked wicked
""")
_IRREGULAR = """
    children=child women=woman men=man feet=foot teeth=tooth geese=goose mice=mouse knives=knife
    leaves=leaf wives=wife shelves=shelf halves=half wolves=wolf loaves=loaf thieves=thief
    calves=calf scarves=scarf hooves=hoof analyses=analysis crises=crisis theses=thesis
    diagnoses=diagnosis hypotheses=hypothesis criteria=criterion phenomena=phenomenon
    indices=index matrices=matrix vertices=vertex quizzes=quiz
"""
IRREGULAR = dict(re.findall(r"(\w+)=(\w+)", _IRREGULAR))


@lru_cache(maxsize=REMEMBERED_WORDS)
def base_form(word: str) -> str:
    """The same text for all forms of a word; it need not be a word itself."""
    word = POSSESSIVE.sub("", word)
    word = IRREGULAR.get(word, word)
    if len(word) < 4 or word in NO_FORMS:
        return word
    word = _without_plural(word)
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) > 2 and VOWEL.search(rest) and word not in NO_FORMS:
            return _ended(_verb_of(rest))
    return _ended(word)


def _verb_of(rest: str) -> str:
    if len(rest) == 3 and rest.endswith("i"):  # tried
        return rest[:-1] + "y"
    return rest + "e" if SHORT.fullmatch(rest) else DOUBLED.sub(r"\1", rest)


def _ended(word: str) -> str:
    """Without an e that some forms lose, except where it tells "wine" from "win"."""
    if word.endswith("e") and len(word) > 3 and not SHORT.fullmatch(word[:-1]):
        word = word[:-1]
    return SOFT_Y.sub("i", LATE_DOUBLE_L.sub(r"\1", word)) if len(word) > 3 else word


def _without_plural(word: str) -> str:
    if word.endswith(NO_PLURALS) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + ("y" if len(word) == 5 else "i")
    if word.endswith(HISSING):
        rest = word[:-2]
        is_short = SHORT.fullmatch(rest) and rest not in SHORT_HISSING
        return rest + "e" if is_short else rest
    return word[:-1]
