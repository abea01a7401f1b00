"""Does the text say the same sentences twice?"""

from collections import defaultdict

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.document.blocks import BlockKind
from analysis.engine.document.document import Sentence
from analysis.engine.report import Category, Severity, Span

FEWEST_WORDS = 8
MAX_PLACES = 8


def measure(task: Task) -> Outcome:
    document = task.document
    by_words: defaultdict[tuple[str, ...], list[Sentence]] = defaultdict(list)
    judged = 0
    for sentence in task.deadline.watch(document.sentences):
        is_cell = document.blocks[sentence.block].kind is BlockKind.CELL
        if sentence.word_count >= FEWEST_WORDS and not is_cell:  # columns may agree
            judged += 1
            key = tuple(document.words.lower[sentence.first : sentence.last])
            by_words[key].append(sentence)
    repeated = [group for group in by_words.values() if len(group) > 1]
    copies = sum(len(group) - 1 for group in repeated)
    unique_percent = 100 * (1 - copies / judged) if judged else 100.0
    return Outcome(
        score=task.band("duplication.unique_percent").score(unique_percent),
        metrics={"repeated_sentences": copies, "unique_percent": round(unique_percent, 2)},
        drafts=[_draft(group) for group in repeated],
    )


def _draft(group: list[Sentence]) -> Draft:
    return Draft(
        id="duplication.sentence",
        severity=Severity.WARNING,
        message=f"This sentence stands in the text {len(group)} times.",
        params={"times": len(group)},
        # The copies are marked, and the first last: it is the one to keep.
        spans=tuple(Span(s.start, s.end) for s in (*group[1:MAX_PLACES], group[0])),
    )


ANALYZER = Analyzer(
    id="duplication",
    version=2,
    category=Category.QUALITY,
    title="Repeated sentences",
    measure=measure,
    skip_reason=without_sentences,
)
