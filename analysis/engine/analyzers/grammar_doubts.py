"""Which flags of the proofreader are most likely wrong?

Each doubt was met in edited prose: a rule that is right nearly always was wrong beside these words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.engine.wordlists import words

BE = words("am is are was were be been being")
# Verbs that people get wrong behind a pronoun; others are nouns there («we engineers») too often.
AGREEING = BE | words("""
    has have had does do did isn't aren't wasn't weren't hasn't haven't doesn't don't goes go says
    say wants want needs need likes like knows know comes come makes make takes take gets get gives
    give thinks think sees see looks look works work lives live seems seem
""")
DETERMINERS = words("the a an this that these those each every any some no his her its our your my")
PREPOSITIONS = words("and or of with for in by on to from at about between among against without")
BEFORE_TO = words("""
    due lead leads led leading owing thanks according prior subject access respond responds response
    next close compared similar contrary how what where when whether
""")
# Letters whose names begin with a vowel: an FAQ, an MRI.
SPOKEN_WITH_VOWEL = frozenset("AEFHILMNORSX")


@dataclass(frozen=True, slots=True)
class Place:
    """A flagged text with the words around it, in small letters where nothing else is said."""

    written: str
    suggestions: tuple[str, ...]
    before: tuple[str, str]  # the word before the last, and the last word before the place
    behind: str  # as it is written, up to the next white space

    @property
    def lower(self) -> str:
        return self.written.lower().replace("’", "'")


def is_doubtful(rule: str, place: Place) -> bool:
    doubt = DOUBTS.get(rule)
    return doubt is not None and doubt(place)


def _article(place: Place) -> bool:
    """Initials and acronyms are read letter by letter, or are no article at all."""
    following = place.behind.strip('.,;:!?()"”’')
    if len(following) == 1 and following.isupper():
        return True
    is_acronym = len(following) > 1 and following.isupper()
    return is_acronym and (place.lower == "an") == (following[0] in SPOKEN_WITH_VOWEL)


def _agreement(place: Place) -> bool:
    return place.lower not in AGREEING


def _counted(place: Place) -> bool:
    return place.lower.endswith(" few")


def _compared(place: Place) -> bool:
    """«When the attacker then left»: the word before is a person, not a comparative."""
    return place.before[0] in DETERMINERS


def _there(place: Place) -> bool:
    return place.before[1] in BE or place.before[1] == "that"


def _their(place: Place) -> bool:
    return place.before[1] in PREPOSITIONS


def _participle(place: Place) -> bool:
    """«due to improved tools», «may lead to undefined behaviour»"""
    return place.before[1] in BEFORE_TO


def _numbered(place: Place) -> bool:
    return place.behind.startswith((")", "."))


def _too(place: Place) -> bool:
    return place.lower != "to" or place.before[1] in BEFORE_TO


DOUBTS: Mapping[str, Callable[[Place], bool]] = {
    "AnA": _article,
    "CapitalizePersonalPronouns": _numbered,
    "InflectedVerbAfterTo": _participle,
    "PronounVerbAgreement": _agreement,
    "TheirToTheyre": _their,
    "ThenThan": _compared,
    "ThereIsAgreement": _counted,
    "ThereToTheir": _there,
    "ToTwoToo": _too,
}
