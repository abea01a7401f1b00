"""Which form of a replacement stands in for a form of a phrase?

`terminate` becomes `end`, so `terminates` becomes `ends` and `terminating` becomes `ending`. The
forms are those that the lists name; they are compared once, when the lists are read.
"""

import re
from enum import Enum

from analysis.engine.wordlists import words


class Change(Enum):
    """What one word of a phrase has got that its base has not."""

    PLURAL = "men"
    PRESENT = "s"
    PAST = "ed"
    GERUND = "ing"


IRREGULAR = {
    (Change.PAST, "begin"): "began",
    (Change.PAST, "find"): "found",
    (Change.PAST, "let"): "let",
    (Change.PAST, "refer"): "referred",
    (Change.PAST, "speed"): "sped",
    (Change.PAST, "stop"): "stopped",
    (Change.GERUND, "begin"): "beginning",
    (Change.GERUND, "let"): "letting",
    (Change.GERUND, "put"): "putting",
    (Change.GERUND, "refer"): "referring",
    (Change.GERUND, "stop"): "stopping",
    (Change.PLURAL, "chairperson"): "chairpersons",
    (Change.PLURAL, "hero"): "heroes",
}
# Adjectives, plurals and what is an inflected form already have no other form.
FIXED = words("absurd built-in data foolish inuit overwork people random reckless roma together")
FIXED_ENDINGS = ("s", "ing", "ly", "ous", "al", "ish")
FIXED_OPENINGS = ("at ", "in ", "of ", "on ", "with ")
TAIL = re.compile(r" (?=(?:of|with|who|in|on|from|for|that|by)\b)")
CONSONANT_Y = re.compile(r"(?<=[^aeiou])y$")
HISSING = ("s", "x", "z", "ch", "sh")


def change_between(base: str, form: str) -> Change | None:
    """How one word of two phrases differs; None when they are no forms of each other."""
    before, after = base.split(), form.split()
    odd = [i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]]
    if len(before) != len(after) or len(odd) != 1:
        return None
    first, second = before[odd[0]], after[odd[0]]
    if first[:2] != second[:2]:
        return None
    if second in (_with_s(first), re.sub("man$", "men", first)):
        opens_phrase = odd[0] == 0 and len(before) > 1
        return Change.PRESENT if opens_phrase else Change.PLURAL
    return next((c for c in (Change.PAST, Change.GERUND) if second == _form(first, c)), None)


def inflected(replacement: str, change: Change) -> str:
    """A verb is its first word; the head of a noun phrase is the last one before `of`, `with` …"""
    if replacement.startswith(FIXED_OPENINGS):
        return replacement
    if change is not Change.PLURAL:
        verb, *rest = replacement.split(" ", maxsplit=1)
        return " ".join([_changed(verb, change), *rest])
    head, *tail = TAIL.split(replacement, maxsplit=1)
    *before, noun = head.split(" ")
    return " ".join([*before, _changed(noun, change), *map(_of_several, tail)])


def _of_several(tail: str) -> str:
    return re.sub(r"^who (\w+)s\b", r"who \1", tail.replace("who was ", "who were "))


def _changed(word: str, change: Change) -> str:
    is_known = (change, word) in IRREGULAR
    return word if _is_fixed(word) and not is_known else _form(word, change)


def _form(word: str, change: Change) -> str:
    if (change, word) in IRREGULAR:
        return IRREGULAR[(change, word)]
    if change in (Change.PLURAL, Change.PRESENT):
        return _with_s(word)
    if word.endswith("e"):
        return word[:-1] + change.value
    return (CONSONANT_Y.sub("i", word) if change is Change.PAST else word) + change.value


def _is_fixed(word: str) -> bool:
    is_past = word.endswith("ed") and not word.endswith("eed")
    has_fixed_ending = word.endswith(FIXED_ENDINGS) and word != "reply"
    return is_past or has_fixed_ending or word.lower() in FIXED


def _with_s(word: str) -> str:
    for singular, plural in (("person", "people"), ("woman", "women"), ("man", "men")):
        if word.endswith(singular):
            return word.removesuffix(singular) + plural
    if CONSONANT_Y.search(word):
        return CONSONANT_Y.sub("ies", word)
    return word + ("es" if word.endswith(HISSING) else "s")
