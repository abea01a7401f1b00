"""Where does an English sentence use the passive voice?

A passive is a form of *be* or *get*, perhaps some adverbs, and a past participle. Without a tagger
the participle is known from a list of irregular verbs or by its ending; what only looks like one is
known from lists of adjectives and from the words around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.engine.document.document import Document, Sentence
from analysis.engine.lexicons.participles import (
    ADVERB_NOUNS,
    BE,
    BE_OR_HAS,
    BETWEEN,
    DEEDS,
    DEGREES,
    GET,
    GOT,
    IRREGULAR,
    NO_DEED_BEFORE,
    NOT_VERBS,
    OBJECT_STARTS,
    PARTICLES,
    SAID,
    STATES,
    STATES_BEFORE_TO,
    TAILS,
    UN_VERBS,
)
from analysis.engine.wordlists import words

MAX_ADVERBS = 6
MAX_SUBJECT_WORDS = 5
MAX_ASIDE_WORDS = 7
HELPERS = BE | GET | BE_OR_HAS
PREPOSITIONS = words("""
    about above across after against along among around as at because before behind below beneath
    beside between beyond by down during except for from in inside into like near of off on onto
    out over past per since than through throughout to toward towards under until up upon via
    when where while with within without if though although unless but and or nor so yet whenever
    wherever whether
""")
QUESTION_WORDS = words("when where why how what which who whom whose")
BEFORE_QUESTIONS = QUESTION_WORDS | words("and but so or then nor")
PERSONS = words("i'm we're you're he's she's i we you he she")
PEOPLE = PERSONS | words("they're they")
TIMES = words("""
    yesterday today tomorrow tonight last next this here there every each daily weekly once twice
    again yet already
""")
FINISHED = words("done finished through lost")


@dataclass(frozen=True, slots=True)
class Passive:
    """Word indexes, from the helper to behind the participle."""

    first: int
    last: int


def find_passives(document: Document) -> Iterator[tuple[int, Passive]]:
    """The first passive of each sentence, with the sentence's index."""
    lower = document.words.lower
    helpers = [index for index, word in enumerate(lower) if word in HELPERS]
    sentences = document.sentences
    number, found = 0, -1
    for helper in helpers:
        while number < len(sentences) and sentences[number].last <= helper:
            number += 1
        if number == len(sentences):
            return
        if found == number or helper < sentences[number].first:
            continue
        passive = _Reader(document, sentences[number], helper).passive()
        if passive is not None:
            found = number
            yield number, passive


class _Reader:
    """Reads on from one helper verb."""

    def __init__(self, document: Document, sentence: Sentence, helper: int) -> None:
        self.document = document
        self.lower = document.words.lower
        self.sentence = sentence
        self.helper = helper

    def passive(self) -> Passive | None:
        place = self._after_adverbs(self.helper + 1)
        if place is None:
            return None
        if self._is_passive_at(place):
            return Passive(self.helper, place + 1)
        asked = self._after_subject()
        return None if asked is None else Passive(self.helper, asked + 1)

    def _word(self, index: int) -> str:
        return self.lower[index] if self.sentence.first <= index < self.sentence.last else ""

    def _gap(self, index: int) -> str:
        """What stands between a word and the one before it."""
        words = self.document.words
        return self.document.text[words.ends[index - 1] : words.starts[index]]

    def _after_adverbs(self, index: int) -> int | None:
        """The index of the word where a participle may stand; None behind a degree or a stop."""
        for _ in range(MAX_ADVERBS):
            if index >= self.sentence.last:
                return None
            gap = self._gap(index)
            if "," in gap:
                return self._after_aside(index)
            if gap.strip(" \xa0\"'“”‘’*_(\n"):
                return None
            size = self._adverb_at(index)
            if size is None:
                return None
            if size == 0:
                return index
            index += size
        return index if index < self.sentence.last else None

    def _adverb_at(self, index: int) -> int | None:
        """How many words of adverb begin here; None where an adjective is bound to follow."""
        word, following = self._word(index), self._word(index + 1)
        if word == "no" and following == "longer":
            return 2
        if word in DEGREES:
            is_followed = _modifies(following) or self._is_participle_before_by(index + 1)
            return 1 if is_followed else None
        if word in ("and", "or", "but") and _is_adverb(self._word(index - 1)):
            return int(_is_adverb(following) or following in DEGREES)
        return int(word in BETWEEN or _is_adverb(word))

    def _after_aside(self, index: int) -> int | None:
        """Behind the second comma of «was, in fact, sold», and behind an adverb there."""
        for place in range(index + 1, min(index + MAX_ASIDE_WORDS, self.sentence.last)):
            if "," in self._gap(place):
                word = self._word(place)
                behind = place + (word in BETWEEN or _modifies(word))
                return behind if self._looks_like_participle(self._word(behind)) else None
        return None

    def _is_participle_before_by(self, index: int) -> bool:
        return self._looks_like_participle(self._word(index)) and self._word(index + 1) == "by"

    def _looks_like_participle(self, word: str) -> bool:
        if word in IRREGULAR:
            return True
        if not word.endswith("ed") or len(word) < 4 or word in NOT_VERBS:
            return False
        if "-" in word:
            first, *_, last = word.split("-")
            return first not in NO_DEED_BEFORE and last not in TAILS
        return not (word.startswith("un") and word not in UN_VERBS)

    def _is_passive_at(self, place: int) -> bool:
        word = self._word(place)
        if not self._looks_like_participle(word):
            return False
        helper, following = self.lower[self.helper], self._word(place + 1)
        if self._names_doer(place + 1):
            return True
        if helper in GET and word in GOT:
            return False
        if helper in BE_OR_HAS and self._has_object(place, word):
            return False
        return not (self._is_state(place, word, following) or self._describes(place, following))

    def _names_doer(self, index: int) -> bool:
        """«by the wind», also behind a particle: «blown over by the wind»."""
        if self._word(index) in PARTICLES:
            index += 1
        return self._word(index) == "by" and "," not in self._gap(index)

    def _has_object(self, place: int, word: str) -> bool:
        """«it's cost us a fortune» is no passive; «it's thought that» is."""
        following = self._word(place + 1)
        if following not in OBJECT_STARTS or "," in self._gap(place + 1):
            return False
        return not (word in SAID and following == "that")

    def _is_state(self, place: int, word: str, following: str) -> bool:
        helper, before = self.lower[self.helper], self._word(self.helper - 1)
        if word == "used" and following == "to":
            return helper in PERSONS or before in PERSONS or self._is_habit(place + 2)
        if word in FINISHED:
            return helper in PEOPLE or before in PEOPLE or (helper == "being" and before not in BE)
        if helper in ("be", "been", "being") and word in DEEDS:
            return False
        if following == "to" and word in STATES_BEFORE_TO:
            return True
        return word in STATES and not (helper == "being" and before in BE)

    def _is_habit(self, index: int) -> bool:
        """«is used to working, to the noise», but not «is used to make»."""
        word = self._word(index)
        return word in OBJECT_STARTS or word.endswith("ing") or word in ("it", "you", "being")

    def _describes(self, place: int, following: str) -> bool:
        """«there are limited seats», «these are related issues»: the participle has a noun."""
        if not following or self._gap(place + 1).strip(" \xa0\n"):
            return False
        before = self._word(self.helper - 1)
        if before == "there" and following in ("and", "or"):
            return True
        if following in PREPOSITIONS or _is_adverb(following) or following in BETWEEN:
            return False
        if before == "there" or self.lower[self.helper] in ("there're",):
            return True
        starts_clause = before in ("these", "those", "they", "it", "this", "which", "here", "what")
        return starts_clause and following.endswith("s") and following not in OBJECT_STARTS

    def _after_subject(self) -> int | None:
        """The participle of a question: «Was the house sold?», «When were they told?»"""
        if not self._opens_question():
            return None
        last = min(self.helper + 2 + MAX_SUBJECT_WORDS, self.sentence.last)
        for place in range(self.helper + 2, last):
            if self._gap(place).strip(" \xa0\n'’"):
                return None
            word = self.lower[place]
            if word in PREPOSITIONS and word not in ("of", "in", "for", "and", "on"):
                return None
            if self._looks_like_participle(word) and self._ends_clause(place):
                is_state = word in STATES or (word in FINISHED and self._word(place - 1) in PEOPLE)
                return None if is_state and self._word(place + 1) != "by" else place
        return None

    def _opens_question(self) -> bool:
        if self.lower[self.helper] not in BE:
            return False
        if (
            not self.document.text[self.sentence.start : self.sentence.end]
            .rstrip("\"'”’) ")
            .endswith("?")
        ):
            return False
        before = self.helper - self.sentence.first
        if before == 0 or self._word(self.helper - 1) in QUESTION_WORDS:
            return True
        return before <= 3 and self._word(self.sentence.first) in BEFORE_QUESTIONS

    def _ends_clause(self, place: int) -> bool:
        """A determiner before or a noun behind makes it an adjective: «Is the broken cup yours?»"""
        following = self._word(place + 1)
        if self._word(self.sentence.first) == "what" and following in PREPOSITIONS - {"by"}:
            return False  # «What are the tools used in mills?» asks for the tools
        if self._word(place - 1) in ("the", "a", "an", "your", "my", "this", "that", "any", "no"):
            return False
        return (
            not following
            or following in PREPOSITIONS
            or _is_adverb(following)
            or following in BETWEEN
            or following in TIMES
        )


def _modifies(word: str) -> bool:
    return _is_adverb(word) or word in ("badly", "well", "often", "ever")


def _is_adverb(word: str) -> bool:
    return len(word) > 4 and word.endswith("ly") and word not in ADVERB_NOUNS
