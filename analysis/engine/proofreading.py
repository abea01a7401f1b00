"""What does Harper, a rule-based proofreader, say about English prose?

It is an optional dependency: ten megabytes on disk and well over a hundred in memory. Of its nine
hundred rules only those are asked that stay silent on thousands of words of edited prose.
"""

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from analysis.engine.analyzers.analyzer import Task
from analysis.engine.document.blocks import Block, BlockKind
from analysis.engine.document.document import Document
from analysis.engine.lexicons.dialects import TO_AMERICAN, TO_BRITISH
from analysis.engine.report import Span
from analysis.engine.wordlists import words

try:
    import harper
except ImportError:  # pragma: no cover - depends on what is installed
    harper = None  # type: ignore[assignment]

SPELLING = "SpellCheck"
GRAMMAR = words("""
    AllReady AnA AnAnother AnotherAn ArriveTo AsOfLately AtLestToLeast BareWithMe BoarderBorder Cant
    CapitalizePersonalPronouns ComprisesOf CorrectNumberSuffix CriteriaPhenomena DespiteOf DidPast
    Didnt DoesOrDose DontCan DoubleModal EachOthersPossessive EverEvery EverSince EveryTime ExceptOf
    ExitedExcitedContext ExtendOrExtent FeelFell HadOf HavePassed HeDos HelpedPast IAm IAmAgreement
    IfWouldve IsBeenAuxSequence ItsContraction ItsPossessive LetsConfusion LikelyHood ModalOf
    MoreBetter NoLongerPronoun NotBeAfterNot NounVerbConfusion OneOfTheSingular Payed PeaceOfMind
    PiqueInterest PrincipleToPrincipalRoleNoun PronounAre PronounInflectionBe PronounVerbAgreement
    RelayOnForRely RiseTheQuestion SeamToSeem SimplePastToPastParticiple SubjectPronoun SupposedTo
    TheAnother TheTheToThatThe TheirToThere TheirToTheyre ThenThan ThereIsAgreement ThereOwn
    ThereToTheir Theres ThesesThese TheyreConfusions TheyreToTheir ThingThink ThinkKnowOff
    ThoughThought ToLoseTooLoose ToTooIdioms ToTwoToo TooTo UseToUsedTo WaistWaste WantBe WasAloud
    WasComprisedOf WillNonLemma WishCould WorseOrWorst WreakHavoc WrongApostrophe
    YourPredicateAdjective
""")
BRITISH, AMERICAN = 1, 0
DIALECTS = {"gb": 1, "uk": 1, "ie": 1, "za": 1, "au": 2, "nz": 2, "ca": 3, "in": 4, "us": 0}
PIECE_CHARACTERS = 1_000
REMEMBERED_PIECES = 500
REMEMBERED_DOUBTS = 1_000
MAX_SUGGESTIONS = 3
# A linter is not made for two threads at once.
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Flag:
    """`start` and `end` lie in the text that was read."""

    rule: str
    start: int
    end: int
    message: str
    suggestions: tuple[str, ...]


def is_installed() -> bool:
    return harper is not None


def flags_of(task: Task) -> Iterator[tuple[Flag, Span]]:
    """All flags of the prose, with their places in the canonical text; cells are no sentences."""
    document = task.document
    dialect = dialect_of(task)
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.CELL or index in document.quoted:
            continue
        for piece in _pieces(document, block):
            task.deadline.tick()
            for flag in read_piece(document.text[piece.start : piece.end], dialect):
                yield flag, Span(piece.start + flag.start, piece.start + flag.end)


def _pieces(document: Document, block: Block) -> Iterator[Span]:
    """A deadline can only be kept between pieces, and an unknown word costs milliseconds."""
    start = block.start
    while start < block.end:
        end = _end_of_piece(document, start, block.end)
        yield Span(start, end)
        start = end


def _end_of_piece(document: Document, start: int, end: int) -> int:
    """Before the sentence that would be cut, else behind a word."""
    last = start + PIECE_CHARACTERS
    if last >= end:
        return end
    sentence = document.sentence_at(last)
    if sentence is not None and sentence.start > start:
        return sentence.start
    space = document.text.rfind(" ", start, last)
    return space + 1 if space > start else last


def declared_dialect(task: Task) -> int | None:
    return DIALECTS.get((task.request.language or "").replace("_", "-").lower().split("-")[-1])


def dialect_of(task: Task) -> int:
    declared = declared_dialect(task)
    if declared is not None:
        return declared
    lower = task.document.words.lower
    british = sum(word in TO_AMERICAN for word in lower)
    return BRITISH if british > sum(word in TO_BRITISH for word in lower) else AMERICAN


@lru_cache(maxsize=REMEMBERED_PIECES)
def read_piece(text: str, dialect: int) -> tuple[Flag, ...]:
    return _read(text, dialect)


def _read(text: str, dialect: int) -> tuple[Flag, ...]:
    with _LOCK:
        found = _linter(dialect).organized_lints(text, language=harper.Language.PLAINTEXT)
    flags = [_flag(rule, lint) for rule, lints in found.items() for lint in lints]
    return tuple(sorted(flags, key=lambda flag: (flag.start, flag.end, flag.rule)))


@lru_cache(maxsize=REMEMBERED_DOUBTS)
def known(words_: tuple[str, ...], dialect: int) -> tuple[bool, ...]:
    """Which of the words are in the dictionary; all are asked at once."""
    flags = _read(" ".join(words_), dialect)
    unknown = {flag.start for flag in flags if flag.rule == SPELLING}
    places = [0, *itertools.accumulate(len(word) + 1 for word in words_)]
    return tuple(place not in unknown for place in places[:-1])


@cache
def _linter(dialect: int) -> Any:
    linter = harper.Linter(harper.Dialect(dialect))
    wanted = {SPELLING, *GRAMMAR}
    linter.set_lint_config({name: name in wanted for name in harper.get_default_lint_config()})
    return linter


def _flag(rule: str, lint: Any) -> Flag:
    replacing = harper.SuggestionKind.REPLACE
    suggestions = [s.replacement_text for s in lint.suggestions if s.kind == replacing]
    if lint.span.end - lint.span.start == 1:  # the capital of a single letter is no shouting
        suggestions = [text.capitalize() if text.isupper() else text for text in suggestions]
    return Flag(
        rule=rule,
        start=lint.span.start,
        end=lint.span.end,
        message=lint.message,
        suggestions=tuple(dict.fromkeys(suggestions))[:MAX_SUGGESTIONS],
    )
