"""Which flags of the proofreader are most likely wrong?

Each doubt was met in edited prose: a rule that is right nearly always was wrong beside these words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.engine.lexicons.participles import SAID
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
# They sound like "union" only to the proofreader.
UN_WORD = re.compile(r"un(?:i[dm]|in)")
BEHIND_I = words("""
    am was have had will would can could shall should may might must do did don't didn't can't won't
    also always never just really still think thought know knew want wanted need like love feel felt
    hope wish guess mean see saw went go get got make made take took said say use used
""")
# Behind these "it's" cannot mean "it is", nor behind most verbs of the past.
BEFORE_ITS = words("""
    of in on at by for from with to has have had lost lose define change keep use see
""")
BEFORE_IT_IS = SAID | words("""
    noticed realised realized decided learned warned insisted admitted explained added concluded
    joked promised replied showed proved
""")


@dataclass(frozen=True, slots=True)
class Place:
    """A flagged text with the words around it, in small letters where nothing else is said."""

    written: str
    before: tuple[str, str]  # the word before the last, and the last word before the place
    behind: str  # as it is written, up to the next white space
    is_part: bool  # of a longer word
    is_name: bool  # with a capital that opens no sentence

    @property
    def lower(self) -> str:
        return self.written.lower().replace("’", "'")


def is_doubtful(rule: str, place: Place) -> bool:
    doubt = DOUBTS.get(rule)
    return doubt is not None and doubt(place)


def _article(place: Place) -> bool:
    """Neither Schedule A, nor a part of a compound, nor before letters that are read as such."""
    following = place.behind.strip('.,;:!?()"”’')
    is_article = bool(following) and not (place.is_name or place.is_part or following.isupper())
    return not is_article or UN_WORD.match(following) is not None


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


def _pronoun(place: Place) -> bool:
    """The i-th element, the row i; «i think» is careless."""
    return place.written == "i" and place.behind not in BEHIND_I


def _lets(place: Place) -> bool:
    return place.lower != "lets"


def _its(place: Place) -> bool:
    """«It's no use» is right; «lost it's queen» is not."""
    before = place.before[1]
    is_object = before.endswith("ed") and before not in BEFORE_IT_IS
    return place.is_part or not (before in BEFORE_ITS or is_object)


def _too(place: Place) -> bool:
    """«It is to late», but not «referred to in it», «confusing to many» and «is to quickly end»."""
    return place.before[1] not in BE or place.behind.endswith("ly")


DOUBTS: Mapping[str, Callable[[Place], bool]] = {
    "AnA": _article,
    "CapitalizePersonalPronouns": _pronoun,
    "ItsPossessive": _its,
    "LetsConfusion": _lets,
    "PronounVerbAgreement": _agreement,
    "TheirToTheyre": _their,
    "ThenThan": _compared,
    "ThereIsAgreement": _counted,
    "ThereToTheir": _there,
    "ToTwoToo": _too,
}
