"""Where do sentences begin and end?"""

import re
from collections.abc import Iterator

from analysis.engine.document.blocks import Block
from analysis.engine.languages.facts import LanguageFacts

CLOSERS = r"[\"'”’»)\]}*_]"
# «It rained.[1][note 2] Then it snowed.³»
NOTES = r"(?:\[(?:note )?\d{1,3}\]|\[[a-z]\]|\[citation needed\]|[¹²³⁰⁴-⁹]){0,8}"
TERMINATOR = re.compile(
    rf"(?P<mark>[.!?…‼⁇⁈⁉]+)(?P<closers>{CLOSERS}{{0,8}}){NOTES}(?=\s|$)"
    rf"|[。！？｡．]+[」』）”’】]{{0,8}}"
    r"|[।॥؟۔]+(?=\s|$)"
    r"|\n"
)
OPENERS = "([{“\"'‘«"
NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[*_¿¡]*([^\s\"'”’»)\],.;:!?]*)")
INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
LOOK_BACK = 40
LOOK_AHEAD = 60
MAX_NAME_WORDS = 3


def split_block(text: str, block: Block, facts: LanguageFacts) -> Iterator[tuple[int, int]]:
    start = block.start
    for match in TERMINATOR.finditer(text, block.start, block.end):
        if match.group() == "\n" or not match["mark"] or _ends(text, match, block.end, facts):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, block.end)


def has_mark(text: str, start: int, end: int) -> bool:
    """Whether a mark that may end a sentence stands in this stretch."""
    return TERMINATOR.search(text, start, end) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, match: re.Match[str], block_end: int, facts: LanguageFacts) -> bool:
    ahead = NEXT_WORD.match(text, match.end(), min(block_end, match.end() + LOOK_AHEAD))
    following = ahead.group(1) if ahead else ""
    if not following:
        return True
    mark = match["mark"]
    if match["closers"] and mark[-1] in "!?" and _is_said(text, match.end(), block_end, facts):
        return False
    if following[0].islower():
        # "What?" he asked. But a small letter after a bare mark is a careless new sentence.
        return mark[-1] in "!?" and not match["closers"]
    if mark != ".":
        return True
    return _full_stop_ends(text, match, following, facts)


def _is_said(text: str, position: int, block_end: int, facts: LanguageFacts) -> bool:
    """A name and a verb of speech follow a quotation: «“Late?” Mr. Alder asked.»"""
    ahead = text[position : min(block_end, position + LOOK_AHEAD)].split(
        maxsplit=MAX_NAME_WORDS + 1
    )
    for place, word in enumerate(ahead[: MAX_NAME_WORDS + 1]):
        plain = word.rstrip(",.;:")
        if plain in facts.speech_verbs:
            return place > 0
        if not word[0].isupper() or plain.lower() in facts.sentence_starters:
            return False
    return False


def _full_stop_ends(text: str, match: re.Match[str], following: str, facts: LanguageFacts) -> bool:
    word = _word_before(text, match.start())
    if word in facts.titles:
        return False
    if word in facts.number_words:
        return not following[0].isdigit()
    if word in facts.abbreviations or _is_dotted(word):
        return following.lower() in facts.sentence_starters
    if word.isdigit() and facts.ordinals_have_dots:
        return following.lower() in facts.sentence_starters
    return not _is_initial(word) or following.lower() in facts.sentence_starters


def _word_before(text: str, position: int) -> str:
    words = text[max(0, position - LOOK_BACK) : position].rsplit(None, 1)
    return words[-1].lstrip(OPENERS).lower() if words else ""


def _is_dotted(word: str) -> bool:
    """U.S, e.g, p.m: letters with full stops between them."""
    return "." in word and INITIAL.fullmatch(word) is not None


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word not in ("i", "a")
