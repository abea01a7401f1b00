"""Is the page really about its keyphrase, in the places where readers and search engines look?"""

from analysis.engine.analyzers.analyzer import Analyzer, Outcome, Task
from analysis.engine.analyzers.checks import outcome_of
from analysis.engine.analyzers.keyphrase_in_places import (
    competing_links_check,
    description_check,
    images_check,
    slug_check,
    subheadings_check,
    title_check,
)
from analysis.engine.analyzers.keyphrase_in_text import (
    density_check,
    distribution_check,
    introduction_check,
    length_check,
)
from analysis.engine.analyzers.keyphrase_matches import keyphrase_of
from analysis.engine.analyzers.keyphrase_search import Search
from analysis.engine.document.words import find_words
from analysis.engine.report import Category

MAX_PLACES = 200


def measure(task: Task) -> Outcome:
    document = task.document if task.profile.knows_forms else task.document.without_forms()
    search = Search(task, document, keyphrase_of(document, task.meta.keyphrase))
    checks = (
        length_check(search),
        density_check(search),
        introduction_check(search),
        distribution_check(search),
        title_check(search),
        description_check(search),
        slug_check(search),
        subheadings_check(search),
        images_check(search),
        competing_links_check(search),
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
    version=3,
    category=Category.SEO,
    title="Keyphrase",
    measure=measure,
    skip_reason=_skip_reason,
)
