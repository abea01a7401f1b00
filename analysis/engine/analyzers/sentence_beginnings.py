"""Do several sentences in a row begin with the same word?"""

from collections.abc import Iterator

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.skipping import without_spaced_words
from analysis.engine.document.blocks import BlockKind
from analysis.engine.document.document import Document, Sentence
from analysis.engine.report import Category, Severity, Span
from analysis.engine.wordlists import words

RUN = 3
# These say little: the word behind them begins the thought.
OPENERS = {
    "en": words("the a an this that these those one two three four five six seven eight nine ten"),
    "de": words("der die das den dem des ein eine einen einem einer dieser diese dieses eins zwei"),
    "fr": words("le la les un une des ce cet cette ces du de deux trois"),
    "es": words("el la los las un una unos unas este esta estos estas ese esa dos tres"),
    "it": words("il lo la i gli le un uno una questo questa questi queste due tre"),
    "nl": words("de het een dit dat deze die twee drie"),
    "pt": words("o a os as um uma este esta isto esse essa dois duas"),
}


def measure(task: Task) -> Outcome:
    document = task.document
    runs = [run for run in _runs(document) if len(run) >= RUN]
    return Outcome(
        score=task.band("sentence_beginnings.runs").score(len(runs)),
        metrics={
            "runs": len(runs),
            "longest_run": max((len(run) for run in runs), default=0),
        },
        drafts=[_draft(document, run) for run in runs],
    )


def _runs(document: Document) -> Iterator[list[Sentence]]:
    """Neighbours with one beginning; headings and lists break a run, for lists are parallel."""
    run: list[Sentence] = []
    beginning: tuple[str, ...] = ()
    for sentence in document.sentences:
        here: tuple[str, ...] = ()
        if document.blocks[sentence.block].kind is BlockKind.PARAGRAPH:
            here = _beginning(document, sentence)
        if here and here == beginning:
            run.append(sentence)
            continue
        yield run
        run, beginning = [sentence], here
    yield run


def _beginning(document: Document, sentence: Sentence) -> tuple[str, ...]:
    lower = document.words.lower
    first = lower[sentence.first]
    if first in OPENERS.get(document.facts.code, frozenset()) and sentence.word_count > 1:
        return (first, lower[sentence.first + 1])
    return (first,)


def _draft(document: Document, run: list[Sentence]) -> Draft:
    words_ = _beginning(document, run[0])
    ends = [document.words.ends[s.first + len(words_) - 1] for s in run]
    beginning = " ".join(words_)
    return Draft(
        id="sentence_beginnings.repeated",
        severity=Severity.SUGGESTION,
        message=f"{len(run)} sentences in a row begin with “{beginning}”; vary them.",
        params={"sentences": len(run), "beginning": beginning},
        spans=tuple(Span(s.start, end) for s, end in zip(run, ends, strict=True)),
    )


ANALYZER = Analyzer(
    id="sentence_beginnings",
    version=1,
    category=Category.STYLE,
    title="Sentence beginnings",
    measure=measure,
    skip_reason=without_spaced_words,
)
