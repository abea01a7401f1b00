"""Do adverbs in -ly do the work that verbs could do?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.phrases import span_of
from analysis.engine.report import Category, Severity
from analysis.engine.wordlists import words

NO_ADVERBS = words("""
    ally anomaly apply assembly bully burly butterfly belly bodily chilly comely comply costly
    courtly cuddly curly daily deadly disorderly doily dolly early earthly elderly emily family
    fly folly friendly friendlily ghastly ghostly giggly gnarly godly goodly gully heavenly hilly
    holly holy homely homily hourly imply italy jelly jolly july kelly kindly lily likely lively
    lonely lovely lowly manly masterly mealy melancholy miserly molly monopoly monthly multiply
    namely nightly oily only orderly panoply philly poly portly prickly princely quarterly rally
    rely reply sally scaly scholarly seemly sickly silly sly smelly sparkly sprightly squiggly
    stately steely sully supply surly tally ugly underbelly unfriendly ungainly unholy unlikely
    unruly unseemly unsightly wally weekly wily wobbly wooly woolly worldly wriggly wrinkly yearly
    yearly timely untimely brotherly fatherly motherly sisterly neighborly neighbourly leisurely
    anthology technology
""")
MIN_LETTERS = 5


def measure(task: Task) -> Outcome:
    document = task.document
    places = [
        index
        for index, word in enumerate(task.deadline.watch(document.words.lower))
        if word.endswith("ly") and len(word) >= MIN_LETTERS and word not in NO_ADVERBS
    ]
    percent = 100 * len(places) / len(document.words)
    score = task.band("adverbs.percent").score(percent)
    drafts = []
    if score < 100:
        drafts = [
            Draft(
                id="adverbs.found",
                severity=Severity.SUGGESTION,
                message=f"“{document.words.surface[i]}”: a stronger verb may need no adverb.",
                params={"adverb": document.words.lower[i]},
                spans=(span_of(document, i, i + 1),),
            )
            for i in places
        ]
    return Outcome(
        score=score,
        metrics={"adverbs": len(places), "percent": round(percent, 2)},
        drafts=drafts,
    )


def _skip_reason(task: Task) -> str | None:
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="adverbs",
    version=1,
    category=Category.STYLE,
    title="Adverbs",
    measure=measure,
    skip_reason=_skip_reason,
    languages=frozenset(("en",)),
)
