"""Do adverbs in -ly do the work that verbs could do?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.phrases import span_of
from analysis.engine.report import Category, Severity
from analysis.engine.wordlists import words

NO_ADVERBS = words("""
    ally anomaly anthology apply assembly bally barfly beastly belly beverly bialy billy bimonthly
    biweekly bodily bristly brolly brotherly bubbly bully burly butterfly carly chantilly chilly
    comely comply comradely connolly contumely costly courtly cowardly crumbly cuddly curly
    curmudgeonly daily dally dastardly deadly dilly disorderly doily dolly donnelly dragonfly
    drizzly early earthly eely elderly emily family fatherly filly firefly fly folly fortnightly
    freckly friendlily friendly frizzly gadfly gangly gentlemanly ghastly ghostly giggly gilly
    gnarly godly golly goodly grisly grizzly gully heavenly hillbilly hilly holly holy homely
    homily horsefly hourly housefly imply italy jelly jiggly jolly jowly july kelly kimberly
    kindly kingly knightly leisurely likely lily lively lolly lonely lovely lowly maidenly manly
    masterly matronly mayfly mealy measly melancholy milly misapply miserly molly moly monopoly
    monthly motherly multiply namely neighborly neighbourly nelly niggly nightly oily oly only
    orderly otherworldly panoply pearly philly piccadilly pimply ply poly portly potbelly prickly
    priestly princely quarterly queenly rally reapply reilly rely reply resupply ripply rumply
    saintly sally sawfly scaly scholarly seemly semimonthly shapely sicily sickly silly sisterly
    sly smelly snuggly soldierly sparkly spindly sprightly spritely squally squiggly squirrelly
    stately steely stubbly sully supply surly tally technology telly thessaly tickly timely tingly
    treacly ugly underbelly unfriendly ungainly ungodly unholy unlikely unlovely unmanly unruly
    unseemly unsightly untimely wally weekly welly wiggly willy wily wobbly womanly woolly wooly
    worldly wriggly wrinkly yearly
""")
MIN_LETTERS = 5


def measure(task: Task) -> Outcome:
    document = task.document
    places = [
        index
        for index, word in enumerate(task.deadline.watch(document.words.lower))
        if word.endswith("ly") and _is_adverb(word) and index not in document.capitals
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


def _is_adverb(word: str) -> bool:
    """Of a compound the last part tells: «user-friendly»; an address is no word."""
    part = word.rsplit("-", 1)[-1]
    return len(part) >= MIN_LETTERS and part not in NO_ADVERBS and "." not in part


ANALYZER = Analyzer(
    id="adverbs",
    version=2,
    category=Category.STYLE,
    title="Adverbs",
    measure=measure,
    skip_reason=without_sentences,
    languages=frozenset(("en",)),
)
