"""Do enough sentences say how they follow from what was said before?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.document.document import Document, Sentence
from analysis.engine.lexicons.connectors import CONNECTORS, EDGES, PAIRS
from analysis.engine.phrases import Hit, PhraseIndex
from analysis.engine.report import Category, Severity
from analysis.engine.wordlists import words

JUDGED_FROM_WORDS = 200
PAUSES = frozenset(",;:—–")
# A clause begins with its subject: «it rained so we stayed», but not «it was so cold».
SUBJECTS = words(
    "i you he she it we they there this that these those the my your his her our their"
)
INDEXES = {code: PhraseIndex(listed) for code, listed in CONNECTORS.items()}


def measure(task: Task) -> Outcome:
    document = task.document
    connected = connected_sentences(document)
    total = len(document.sentences)
    percent = 100 * len(connected) / total
    metrics = {"connected_sentences": len(connected), "connected_percent": round(percent, 2)}
    if len(document.words) < JUDGED_FROM_WORDS:
        return Outcome(metrics={**metrics, "judged": False})
    score = task.band("transitions.percent").score(percent)
    return Outcome(score=score, metrics={**metrics, "judged": True}, drafts=_drafts(score, percent))


def connected_sentences(document: Document) -> set[int]:
    """The indexes of the sentences that hold a connecting word, phrase or pair."""
    code = document.facts.code
    found: set[int] = set()
    number = 0
    for hit in INDEXES[code].find(document):
        while document.sentences[number].last <= hit.first:
            number += 1
        sentence = document.sentences[number]
        if sentence.first <= hit.first and _connects(document, sentence, hit):
            found.add(number)
    pairs = PAIRS[code]
    first_words = {first.rsplit(" ", 1)[-1] for first, _ in pairs}
    found.update(
        index
        for index, sentence in enumerate(document.sentences)
        if index not in found
        and not first_words.isdisjoint(document.words.lower[sentence.first : sentence.last])
        and _has_pair(document, sentence, pairs)
    )
    return found


def _connects(document: Document, sentence: Sentence, hit: Hit) -> bool:
    if hit.phrase.words not in EDGES.get(document.facts.code, ()):
        return True
    if hit.first == sentence.first or document.words.lower[hit.first - 1] in ("and", "but"):
        return True
    if PAUSES & {*_gap(document, hit.first), *_gap(document, hit.last)}:
        return True
    follows = hit.last < sentence.last and document.words.lower[hit.last] in SUBJECTS
    return hit.phrase.words == ("so",) and follows


def _gap(document: Document, index: int) -> str:
    """What stands between a word and the one before it."""
    words_ = document.words
    if not 0 < index < len(words_):
        return ""
    return document.text[words_.ends[index - 1] : words_.starts[index]][:8]


def _has_pair(document: Document, sentence: Sentence, pairs: tuple[tuple[str, str], ...]) -> bool:
    spoken = f" {' '.join(document.words.lower[sentence.first : sentence.last])} "
    for first, second in pairs:
        place = spoken.find(f" {first} ")
        if place >= 0 and spoken.find(f" {second} ", place + len(first) + 1) >= 0:
            return True
    return False


def _drafts(score: float, percent: float) -> list[Draft]:
    if score >= 100:
        return []
    return [
        Draft(
            id="transitions.too_few",
            severity=Severity.SUGGESTION,
            message=f"{percent:.0f} % of the sentences hold a connecting word such as "
            "“however” or “for example”; 30 % help readers follow.",
            params={"percent": round(percent, 1), "minimum": 30},
        )
    ]


ANALYZER = Analyzer(
    id="transitions",
    version=2,
    category=Category.READABILITY,
    title="Connecting words",
    measure=measure,
    skip_reason=without_sentences,
    languages=frozenset(CONNECTORS),
)
