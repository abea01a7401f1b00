"""Is the page really about its keyphrase, in the places where readers and search engines look?"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.checks import BAD, GOOD, OK, Check, outcome_of
from analysis.engine.analyzers.keyphrase_matches import (
    Keyphrase,
    Match,
    count_in,
    find_matches,
    forms_of,
    keyphrase_of,
    share_in,
)
from analysis.engine.document.blocks import Block, BlockKind
from analysis.engine.document.document import Document
from analysis.engine.document.words import find_words
from analysis.engine.report import Category, Param, Severity, Span

SHORT_TEXT_WORDS = 50
MEDIUM_TEXT_WORDS = 100
DENSITY_FROM, DENSITY_TO = 0.5, 3.5
DENSITY_NONE_ABOVE = 5.0
SUBHEADINGS_FROM, SUBHEADINGS_TO = 0.3, 0.75
SUBHEADING_LEVELS = (2, 3)
MANY_IMAGES = 5
GOOD_WORDS, OK_WORDS = 4, 8
DESCRIPTION_MAX = 2
DISTRIBUTION_FROM_SENTENCES = 15
MAX_PLACES = 200
NOT_FOUND = 30.0


@dataclass(frozen=True)
class Search:
    """The keyphrase and where it was found."""

    task: Task
    document: Document
    phrase: Keyphrase

    @cached_property
    def matches(self) -> list[Match]:
        """Those of the keyphrase and of its synonyms, in the order of the text."""
        names = (name for name in self.task.request.options.synonyms if find_words(name).lower)
        phrases = [self.phrase, *(keyphrase_of(self.document, name) for name in names)]
        found = [match for phrase in phrases for match in find_matches(self.document, phrase)]
        return sorted(found, key=lambda match: match.sentence)

    @cached_property
    def count(self) -> int:
        return sum(match.count for match in self.matches)

    @cached_property
    def density(self) -> float:
        return 100 * self.count / len(self.document.words)

    def spans(self) -> tuple[Span, ...]:
        return tuple(span for match in self.matches for span in match.spans)


def measure(task: Task) -> Outcome:
    document = task.document
    search = Search(task, document, keyphrase_of(document, task.meta.keyphrase))
    checks = (
        _length(search),
        _density(search),
        _introduction(search),
        _distribution(search),
        _title(search),
        _description(search),
        _slug(search),
        _subheadings(search),
        _images(search),
        _competing_links(search),
    )
    places = [
        {"start": place.start, "end": place.end}
        for place in (document.to_source(s.start, s.end) for s in search.spans()[:MAX_PLACES])
    ]
    return outcome_of(
        checks,
        {
            "keyphrase": search.phrase.text,
            "count": search.count,
            "density_percent": round(search.density, 2),
            "matches": places,
        },
    )


def _length(search: Search) -> Check:
    size = len(search.phrase.content)
    score = GOOD if size <= GOOD_WORDS else OK if size <= OK_WORDS else BAD
    return Check(
        "length",
        score,
        size,
        _draft("too_long", f"The keyphrase has {size} content words; use {GOOD_WORDS} at most."),
    )


def _density(search: Search) -> Check:
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
    draft = _draft(
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


def _introduction(search: Search) -> Check | None:
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
    elif search.phrase.wanted <= set(_forms(search, first, last)):
        score = OK
    else:
        score = NOT_FOUND
    block = document.blocks[index]
    message = "Say what the page is about: use the keyphrase in a sentence of the first paragraph."
    span = Span(block.start, block.end)
    return Check("introduction", score, score >= OK, _draft("introduction", message, spans=(span,)))


def _forms(search: Search, first: int, last: int) -> list[str]:
    document = search.document
    forms = document.words.lower if search.phrase.is_exact else document.bases
    return forms[first:last]


def _distribution(search: Search) -> Check | None:
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
        _draft(
            "uneven",
            f"{len(sentences)} sentences in a row do without the keyphrase; spread it evenly.",
            spans=(Span(sentences[0].start, sentences[0].end),) if sentences else (),
            sentences=len(sentences),
        ),
    )


def _title(search: Search) -> Check | None:
    title = search.task.meta.title
    if not title.strip():
        return None
    words = find_words(title).lower
    position = _position(words, search.phrase.words)
    function_words = search.document.facts.function_words
    at_start = position >= 0 and all(word in function_words for word in words[:position])
    found = position >= 0 or share_in(search.document, title, search.phrase) == 1
    score = GOOD if at_start else OK if found else BAD
    message = (
        "Move the keyphrase to the start of the title."
        if found
        else "The keyphrase is missing in the title."
    )
    return Check("title", score, found, _draft("title", message))


def _position(words: list[str], phrase: tuple[str, ...]) -> int:
    size = len(phrase)
    places = (i for i in range(len(words) - size + 1) if tuple(words[i : i + size]) == phrase)
    return next(places, -1)


def _description(search: Search) -> Check | None:
    description = search.task.meta.description
    if not description.strip():
        return None
    count = count_in(forms_of(search.document, description, search.phrase), search.phrase)
    found = 1 <= count <= DESCRIPTION_MAX
    message = (
        f"The description repeats the keyphrase {count} times; once or twice is enough."
        if count
        else "The keyphrase is missing in the description."
    )
    draft = _draft("description", message, count=count)
    return Check("description", GOOD if found else NOT_FOUND, count, draft)


def _slug(search: Search) -> Check | None:
    slug = search.task.meta.slug
    if not slug.strip():
        return None
    # In a slug hyphens stand for spaces, so those of the keyphrase are spaces too.
    phrase = keyphrase_of(search.document, search.phrase.text.replace("-", " "))
    share = share_in(search.document, slug.replace("-", " ").replace("_", " "), phrase)
    enough = share == 1 if len(phrase.wanted) <= 2 else share > 0.5
    draft = _draft("slug", "Let the slug hold the words of the keyphrase.")
    return Check("slug", GOOD if enough else OK, round(share, 2), draft)


def _subheadings(search: Search) -> Check | None:
    document = search.document
    headings = [
        block
        for block in document.blocks
        if block.kind is BlockKind.HEADING and block.level in (2, 3)
    ]
    if not headings:
        return None
    about = [heading for heading in headings if _is_about(search, heading)]
    share = len(about) / len(headings)
    is_only_one = len(headings) == 1 and share == 1
    good = SUBHEADINGS_FROM <= share <= SUBHEADINGS_TO or is_only_one
    name, advice = (
        ("subheadings_rare", "more")
        if share < SUBHEADINGS_FROM
        else (
            "subheadings_often",
            "fewer",
        )
    )
    draft = _draft(
        name,
        f"{len(about)} of {len(headings)} subheadings hold the keyphrase; use it in {advice}.",
        spans=tuple(Span(block.start, block.end) for block in about)
        if name == "subheadings_often"
        else (),
        count=len(about),
        subheadings=len(headings),
    )
    return Check("subheadings", GOOD if good else NOT_FOUND, round(share, 2), draft)


def _is_about(search: Search, heading: Block) -> bool:
    text = search.document.text[heading.start : heading.end]
    return share_in(search.document, text, search.phrase) > 0.5


def _images(search: Search) -> Check | None:
    images = search.document.images
    if not images:
        return None
    found = sum(share_in(search.document, i.alt or "", search.phrase) >= 0.5 for i in images)
    share = found / len(images)
    good = found > 0
    if len(images) >= MANY_IMAGES:
        good = SUBHEADINGS_FROM <= share <= SUBHEADINGS_TO
    message = f"{found} of {len(images)} images speak of the keyphrase in their alternative text."
    draft = _draft("images", message, count=found, images=len(images))
    return Check("images", GOOD if good else OK, found, draft)


def _competing_links(search: Search) -> Check | None:
    document = search.document
    if not document.links:
        return None
    wanted = search.phrase.wanted
    competing = [
        link
        for link in document.links
        if wanted == set(_content_forms(search, document.text[link.start : link.end]))
    ]
    spans = tuple(Span(link.start, link.end) for link in competing)
    message = "A link whose text is the keyphrase tells search engines that another page matters."
    draft = _draft("competing_link", message, spans=spans, count=len(competing))
    return Check("links", BAD if competing else GOOD, len(competing), draft)


def _content_forms(search: Search, text: str) -> Iterable[str]:
    words = find_words(text).lower
    if search.phrase.is_exact:
        return words
    function_words = search.document.facts.function_words
    return search.document.base([word for word in words if word not in function_words])


def _draft(name: str, message: str, *, spans: tuple[Span, ...] = (), **params: Param) -> Draft:
    return Draft(
        id=f"keyphrase.{name}",
        severity=Severity.SUGGESTION,
        message=message,
        spans=spans,
        params=params,
    )


def _skip_reason(task: Task) -> str | None:
    """Without a keyphrase nothing is judged: it is an offer, not a duty."""
    keyphrase = task.meta.keyphrase
    if not keyphrase.strip():
        return "no_keyphrase"
    if not find_words(keyphrase).lower:
        return "keyphrase_without_words"
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="keyphrase",
    version=2,
    category=Category.SEO,
    title="Keyphrase",
    measure=measure,
    skip_reason=_skip_reason,
)
