"""Does the text itself speak of the keyphrase: early, evenly, often enough and not too often?"""

from itertools import pairwise

from analysis.engine.analyzers.checks import BAD, GOOD, OK, Check
from analysis.engine.analyzers.keyphrase_matches import holds_all
from analysis.engine.analyzers.keyphrase_search import NOT_FOUND, Search, draft_of
from analysis.engine.document.blocks import BlockKind
from analysis.engine.report import Span

SHORT_TEXT_WORDS = 50
MEDIUM_TEXT_WORDS = 100
DENSITY_FROM, DENSITY_TO = 0.5, 3.5
DENSITY_NONE_ABOVE = 5.0
GOOD_WORDS, OK_WORDS = 4, 8
DISTRIBUTION_FROM_SENTENCES = 15


def length_check(search: Search) -> Check:
    function_words = search.document.facts.function_words
    size = sum(word not in function_words for word in search.phrase.words)
    score = GOOD if size <= GOOD_WORDS else OK if size <= OK_WORDS else BAD
    return Check(
        "length",
        score,
        size,
        draft_of("too_long", f"The keyphrase has {size} content words; use {GOOD_WORDS} at most."),
    )


def density_check(search: Search) -> Check:
    words, count = len(search.document.words), search.count
    fewest, most = _wanted_counts(words)
    if count < fewest:
        score = NOT_FOUND * count / fewest
    elif words <= MEDIUM_TEXT_WORDS:
        score = GOOD if count <= most else OK
    else:
        over = (search.density - DENSITY_TO) / (DENSITY_NONE_ABOVE - DENSITY_TO)
        score = GOOD * (1 - min(1.0, max(0.0, over)))
    name, advice = ("too_rare", "more often") if count < fewest else ("too_often", "less often")
    draft = draft_of(
        name,
        f"The keyphrase occurs {count} times; {fewest} to {most} times suit this length. "
        f"Use it {advice}.",
        spans=search.spans() if name == "too_often" else (),
        count=count,
        minimum=fewest,
        maximum=most,
    )
    return Check("density", round(score, 1), round(search.density, 2), draft)


def _wanted_counts(words: int) -> tuple[int, int]:
    if words <= SHORT_TEXT_WORDS:
        return 1, 1
    if words < MEDIUM_TEXT_WORDS:
        return 1, 2
    return max(2, round(words * DENSITY_FROM / 100)), max(2, int(words * DENSITY_TO / 100))


def introduction_check(search: Search) -> Check | None:
    document = search.document
    index = next(
        (i for i, block in enumerate(document.blocks) if block.kind is BlockKind.PARAGRAPH), None
    )
    if index is None:
        return None
    sentences = {n for n, s in enumerate(document.sentences) if s.block == index}
    first, last = document.block_words[index]
    if any(match.sentence in sentences for match in search.matches):
        score = GOOD
    elif holds_all(document, first, last, search.phrase):
        score = OK
    else:
        score = NOT_FOUND
    block = document.blocks[index]
    message = "Say what the page is about: use the keyphrase in a sentence of the first paragraph."
    span = Span(block.start, block.end)
    draft = draft_of("introduction", message, spans=(span,))
    return Check("introduction", score, score >= OK, draft)


def distribution_check(search: Search) -> Check | None:
    """The longest stretch without the keyphrase, as a share of all sentences."""
    total = len(search.document.sentences)
    if total < DISTRIBUTION_FROM_SENTENCES or len(search.matches) < 2:
        return None
    marks = [-1, *(match.sentence for match in search.matches), total]
    before, after = max(pairwise(marks), key=lambda pair: pair[1] - pair[0])
    gap = (after - before - 1) / total
    sentences = search.document.sentences[before + 1 : after]
    return Check(
        "distribution",
        search.task.band("keyphrase.gap").score(gap),
        round(gap, 3),
        draft_of(
            "uneven",
            f"{len(sentences)} sentences in a row do without the keyphrase; spread it evenly.",
            spans=(Span(sentences[0].start, sentences[0].end),) if sentences else (),
            sentences=len(sentences),
        ),
    )
