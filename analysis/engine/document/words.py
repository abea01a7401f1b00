"""Which stretches of a text are words?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.engine.document.blocks import Block

# Unified ideographs, kana and their extensions are written without spaces: each counts as a word.
CJK = (
    r"\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
# Python's \w leaves out combining marks, which are parts of words in many scripts.
MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a"
    r"\u0e47-\u0e4e\u1dc0-\u1dff\u20d0-\u20ff"
)
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"
URL = r"(?:https?://|www\.)[^\s<>\ufffc]+"
SIMPLE_LETTER = r"[^\W_]"
FULL_LETTER = rf"(?:[^\W_{CJK}]|[{MARKS}])"


def _pattern(letter: str, prefix: str = "") -> re.Pattern[str]:
    # A joiner is one character only, so that no run can be split in two ways.
    joiner = rf"(?:['’\-‑{INVISIBLE}]|(?<=\d)[.,:](?=\d))"
    return re.compile(rf"{URL}|{prefix}{letter}+(?:{joiner}{letter}+)*")


SIMPLE = _pattern(SIMPLE_LETTER)
FULL = _pattern(FULL_LETTER, prefix=rf"[{CJK}]|")
NEEDS_FULL = re.compile(rf"[{CJK}{MARKS}]")
# Stems and syllables are remembered by word: a "word" of a megabyte must not stay in memory.
MAX_WORD_CHARACTERS = 100
HAS_INVISIBLE = re.compile(rf"[{INVISIBLE}]")
HYPHENS = str.maketrans("-‑", "  ")
WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists: an object per word would cost more than most analyzers."""

    surface: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.surface)


def find_words(text: str, *, without: Sequence[Block] = ()) -> Words:
    """All words but those that begin inside the blocks `without`."""
    pattern = FULL if NEEDS_FULL.search(text) else SIMPLE
    starts: list[int] = []
    ends: list[int] = []
    surface: list[str] = []
    for start, end in _stretches(len(text), without):
        for match in pattern.finditer(text, start, end):
            starts.append(match.start())
            ends.append(match.end())
            surface.append(match.group())
    return Words(surface, _lower(text, surface), starts, ends)


def parts_of(word: str) -> list[str]:
    """Those of a compound; others are one part."""
    return word.translate(HYPHENS).split()


def _stretches(length: int, without: Sequence[Block]) -> Iterator[tuple[int, int]]:
    start = 0
    for block in without:
        yield start, block.start
        start = block.end
    yield start, length


def _lower(text: str, surface: list[str]) -> list[str]:
    lower = [word.lower() for word in surface]
    if HAS_INVISIBLE.search(text):
        lower = [word.translate(WITHOUT_INVISIBLE) for word in lower]
    if "’" in text:
        lower = [word.replace("’", "'") for word in lower]
    if max(map(len, lower), default=0) > MAX_WORD_CHARACTERS:
        lower = [word[:MAX_WORD_CHARACTERS] for word in lower]
    return lower
