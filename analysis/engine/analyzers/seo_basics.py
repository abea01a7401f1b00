"""Do length, title, description and slug serve search engines and the people who use them?

What the author did not tell is not judged.
"""

import re

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.checks import BAD, GOOD, OK, Check, outcome_of
from analysis.engine.analyzers.title_width import width_in_pixels
from analysis.engine.report import Category, Param, Severity

ENOUGH_WORDS = 300
MAX_TITLE_PIXELS = 600
DESCRIPTION_FROM = 121
DESCRIPTION_TO = 156
MAX_SLUG_CHARACTERS = 75
PLAIN_SLUG = re.compile(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*")


def measure(task: Task) -> Outcome:
    return outcome_of((_length(task), _title(task), _description(task), _slug(task)))


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
        return None
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
        return None
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
    plain = all(PLAIN_SLUG.fullmatch(part) for part in slug.split("/"))
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


def _draft(name: str, severity: Severity, message: str, **params: Param) -> Draft:
    return Draft(id=f"seo_basics.{name}", severity=severity, message=message, params=params)


ANALYZER = Analyzer(
    id="seo_basics",
    version=1,
    category=Category.SEO,
    title="Search basics",
    measure=measure,
)
