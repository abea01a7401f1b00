"""Do length, title, description and slug serve search engines and the people who use them?

What the author did not tell is not judged, unless the profile wants it.
"""

import re

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.checks import BAD, GOOD, OK, Check, outcome_of
from analysis.engine.analyzers.links import host_of, kind_of
from analysis.engine.analyzers.title_width import width_in_pixels
from analysis.engine.report import Category, Param, Severity
from analysis.engine.request import Format

ENOUGH_WORDS = 300
MAX_TITLE_PIXELS = 600
DESCRIPTION_FROM = 121
DESCRIPTION_TO = 156
MAX_SLUG_CHARACTERS = 75
PLAIN_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def measure(task: Task) -> Outcome:
    return outcome_of(
        (
            _length(task),
            _title(task),
            _description(task),
            _slug(task),
            _single_title(task),
            _links(task, "internal", "other pages of your own"),
            _links(task, "external", "pages of others"),
            _images(task),
        )
    )


def _length(task: Task) -> Check:
    words = len(task.document.words)
    return Check(
        id="length",
        score=task.band("seo_basics.words").score(words),
        value=words,
        draft=_draft(
            "too_short",
            Severity.WARNING if words < ENOUGH_WORDS - 100 else Severity.SUGGESTION,
            f"The text has {words} words; {ENOUGH_WORDS} or more can answer a question well.",
            words=words,
            minimum=ENOUGH_WORDS,
        ),
    )


def _title(task: Task) -> Check | None:
    title = task.meta.title.strip()
    if not title:
        return _absent(task, "title_width", "title_missing", "There is no title.")
    pixels = width_in_pixels(title)
    return Check(
        id="title_width",
        score=GOOD if pixels <= MAX_TITLE_PIXELS else BAD,
        value=pixels,
        draft=_draft(
            "title_too_wide",
            Severity.WARNING,
            f"The title is {pixels:.0f} pixels wide; search results cut it at {MAX_TITLE_PIXELS}.",
            pixels=pixels,
            maximum=MAX_TITLE_PIXELS,
        ),
    )


def _description(task: Task) -> Check | None:
    length = len(task.meta.description.strip())
    if not length:
        message = "There is no description."
        return _absent(task, "description_length", "description_missing", message)
    short = length < DESCRIPTION_FROM
    return Check(
        id="description_length",
        score=GOOD if DESCRIPTION_FROM <= length <= DESCRIPTION_TO else OK,
        value=length,
        draft=_draft(
            "description_too_short" if short else "description_too_long",
            Severity.SUGGESTION,
            f"The description has {length} characters; "
            f"{DESCRIPTION_FROM} to {DESCRIPTION_TO} fill the space without being cut.",
            characters=length,
            minimum=DESCRIPTION_FROM,
            maximum=DESCRIPTION_TO,
        ),
    )


def _slug(task: Task) -> Check | None:
    slug = task.meta.slug.strip().strip("/")
    if not slug:
        return None
    plain = slug == slug.lower() and all(map(PLAIN_SLUG.fullmatch, slug.split("/")))
    return Check(
        id="slug",
        score=GOOD if plain and len(slug) <= MAX_SLUG_CHARACTERS else OK,
        value=slug,
        draft=_draft(
            "slug_not_plain" if not plain else "slug_too_long",
            Severity.SUGGESTION,
            "Write the slug as a few small words joined by hyphens.",
            slug=slug,
        ),
    )


def _single_title(task: Task) -> Check | None:
    document = task.document
    if _is_bare(task):
        return None
    titles = sum(document.blocks[index].level == 1 for index in document.headings)
    draft = _draft(
        "many_titles",
        Severity.WARNING,
        f"There are {titles} headings of level 1; a page has one.",
        count=titles,
    )
    return Check("single_h1", GOOD if titles <= 1 else BAD, titles, draft)


def _links(task: Task, kind: str, where: str) -> Check | None:
    if _is_bare(task):
        return None
    host = host_of(task.meta.url)
    links = [link for link in task.document.own_links if kind_of(link.href, host) == kind]
    followed = sum("nofollow" not in link.rel.lower().split() for link in links)
    score = GOOD if followed else OK if links else BAD
    name, message = f"no_{kind}_links", f"No link leads to {where}."
    if links:
        name, message = f"{kind}_links_nofollow", f"All links to {where} are marked nofollow."
    message += " Readers and search engines find their way by links."
    draft = _draft(name, Severity.SUGGESTION, message)
    return Check(f"{kind}_links", score, len(links), draft)


def _images(task: Task) -> Check | None:
    if _is_bare(task):
        return None
    count = len(task.document.images)
    draft = _draft("no_images", Severity.SUGGESTION, "No image helps readers to see the point.")
    return Check("images", GOOD if count else BAD, count, draft)


def _is_bare(task: Task) -> bool:
    """Plain text can hold no links, images or headings, so it is not asked for any."""
    return task.request.format is Format.TEXT and not task.profile.judges_absent


def _absent(task: Task, check: str, name: str, message: str) -> Check | None:
    if not task.profile.judges_absent:
        return None
    return Check(check, BAD, None, _draft(name, Severity.WARNING, message))


def _draft(name: str, severity: Severity, message: str, **params: Param) -> Draft:
    return Draft(id=f"seo_basics.{name}", severity=severity, message=message, params=params)


ANALYZER = Analyzer(
    id="seo_basics",
    version=4,
    category=Category.SEO,
    title="Search basics",
    measure=measure,
)
