"""Do title, description, slug, subheadings, images and links speak of the keyphrase?"""

from analysis.engine.analyzers.checks import BAD, GOOD, OK, Check
from analysis.engine.analyzers.keyphrase_matches import (
    keyphrase_of,
    mentions,
    occurrences,
    share_in,
    words_of,
)
from analysis.engine.analyzers.keyphrase_search import NOT_FOUND, Search, draft_of
from analysis.engine.analyzers.links import host_of, kind_of
from analysis.engine.document.blocks import Block, BlockKind
from analysis.engine.document.words import find_words
from analysis.engine.report import Span
from analysis.engine.wordlists import words

SUBHEADINGS_FROM, SUBHEADINGS_TO = 0.3, 0.75
SUBHEADING_LEVELS = (2, 3)
SUBHEADINGS_WANTED_FROM = 300
MANY_IMAGES = 5
DESCRIPTION_MAX = 2
MAX_OPENING_WORDS = 4
# No function words, yet they take nothing from a keyphrase that follows them in a title.
LIGHT_WORDS = {
    "en": words("""
        one two three four five six seven eight nine ten first second third new old good better
        great nice fine big small little beautiful easy simple quick thing things think try talk
        talks
    """)
}
OTHER_PAGES = ("internal", "external")


def title_check(search: Search) -> Check | None:
    title = search.task.meta.title
    if not title.strip():
        return _absent(search, "title", "There is no title to hold the keyphrase.")
    at_start = _opens(search, title)
    found = at_start or share_in(search.document, title, search.phrase) == 1
    score = GOOD if at_start else OK if found else BAD
    message = (
        "Move the keyphrase to the start of the title."
        if found
        else "The keyphrase is missing in the title."
    )
    return Check("title", score, found, draft_of("title", message))


def _opens(search: Search, title: str) -> bool:
    """Nothing but a few function words may stand before: «How to …», «What is the …»."""
    found = find_words(title)
    places = occurrences(title, found, search.phrase.words)
    before = found.lower[: places[0][0]] if places else [title]
    facts = search.document.facts
    light = facts.function_words | LIGHT_WORDS.get(facts.code, frozenset())
    return len(before) <= MAX_OPENING_WORDS and light.issuperset(before)


def _absent(search: Search, name: str, message: str) -> Check | None:
    """What the author did not tell is not judged, unless the profile wants it."""
    if not search.task.profile.judges_absent:
        return None
    return Check(name, BAD, None, draft_of(name, message))


def description_check(search: Search) -> Check | None:
    description = search.task.meta.description
    if not description.strip():
        return _absent(search, "description", "There is no description to hold the keyphrase.")
    count = mentions(search.document, description, search.phrase)
    found = 1 <= count <= DESCRIPTION_MAX
    message = (
        f"The description repeats the keyphrase {count} times; once or twice is enough."
        if count
        else "The keyphrase is missing in the description."
    )
    draft = draft_of("description", message, count=count)
    return Check("description", GOOD if found else NOT_FOUND, count, draft)


def slug_check(search: Search) -> Check | None:
    slug = search.task.meta.slug
    if not slug.strip():
        return _absent(search, "slug", "There is no slug to hold the keyphrase.")
    phrase = keyphrase_of(search.document, search.phrase.text)  # without its quotes
    share = share_in(search.document, slug.replace("_", " "), phrase)
    enough = share == 1 if len(phrase.wanted) <= 2 else share > 0.5
    draft = draft_of("slug", "Let the slug hold the words of the keyphrase.")
    return Check("slug", GOOD if enough else OK, round(share, 2), draft)


def subheadings_check(search: Search) -> Check | None:
    document = search.document
    headings = [
        block
        for block in document.blocks
        if block.kind is BlockKind.HEADING and block.level in SUBHEADING_LEVELS
    ]
    if not headings:
        if len(document.words) <= SUBHEADINGS_WANTED_FROM:
            return None
        return _absent(search, "subheadings", "There are no subheadings to hold the keyphrase.")
    about = [heading for heading in headings if _is_about(search, heading)]
    share = len(about) / len(headings)
    is_only_one = len(headings) == 1 and share == 1
    good = SUBHEADINGS_FROM <= share <= SUBHEADINGS_TO or is_only_one
    is_rare = share < SUBHEADINGS_FROM
    name, advice = ("subheadings_rare", "more") if is_rare else ("subheadings_often", "fewer")
    draft = draft_of(
        name,
        f"{len(about)} of {len(headings)} subheadings hold the keyphrase; use it in {advice}.",
        spans=() if is_rare else tuple(Span(block.start, block.end) for block in about),
        count=len(about),
        subheadings=len(headings),
    )
    return Check("subheadings", GOOD if good else NOT_FOUND, round(share, 2), draft)


def _is_about(search: Search, heading: Block) -> bool:
    text = search.document.text[heading.start : heading.end]
    return share_in(search.document, text, search.phrase) > 0.5


def images_check(search: Search) -> Check | None:
    images = search.document.images
    if not images:
        return _absent(search, "images", "There are no images to speak of the keyphrase.")
    found = sum(share_in(search.document, i.alt or "", search.phrase) >= 0.5 for i in images)
    share = found / len(images)
    good = found > 0
    if len(images) >= MANY_IMAGES:
        good = SUBHEADINGS_FROM <= share <= SUBHEADINGS_TO
    message = f"{found} of {len(images)} images speak of the keyphrase in their alternative text."
    draft = draft_of("images", message, count=found, images=len(images))
    return Check("images", GOOD if good else OK, found, draft)


def competing_links_check(search: Search) -> Check | None:
    document = search.document
    if not document.links:
        return None
    host = host_of(search.task.meta.url)
    competing = [
        link
        for link in document.links
        if kind_of(link.href, host) in OTHER_PAGES
        and _is_keyphrase(search, document.text[link.start : link.end])
    ]
    spans = tuple(Span(link.start, link.end) for link in competing)
    message = "A link whose text is the keyphrase tells search engines that another page matters."
    draft = draft_of("competing_link", message, spans=spans, count=len(competing))
    return Check("links", BAD if competing else GOOD, len(competing), draft)


def _is_keyphrase(search: Search, text: str) -> bool:
    """Whether a text says the keyphrase and nothing else but function words."""
    function_words = search.document.facts.function_words
    found = words_of(text)
    if search.phrase.is_exact:
        size = len(search.phrase.words)
        is_at_end = tuple(found[-size:]) == search.phrase.words
        return is_at_end and function_words.issuperset(found[:-size])
    content = [word for word in found if word not in function_words]
    return search.phrase.wanted == set(search.document.base(content))
