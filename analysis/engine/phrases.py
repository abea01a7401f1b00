"""Where do the phrases of a list occur in a document?

A phrase is looked up by its first two words, so that the cost depends on the text and not on the
length of the list. Words of a phrase stand in one sentence with nothing but white space, a hyphen
or a slash between them; the last one may stand in the possessive.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from analysis.engine.document.document import Document
from analysis.engine.document.words import Words, find_words
from analysis.engine.lexicons.inflection import Change, change_between, inflected
from analysis.engine.report import Span

SEPARATOR = "="
ALTERNATIVE = "|"
VERB_CHANGES = (Change.PAST, Change.GERUND)
SLASH = "/"
GAPS = frozenset((" ", "-", "\xa0", "  ", "", "‑", SLASH))
POSSESSIVE = "'s"


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    words: tuple[str, ...]
    kind: str
    replacements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """`first` to before `last` are word indexes."""

    phrase: Phrase
    first: int
    last: int


def phrases(kind: str, listing: str) -> list[Phrase]:
    """One phrase a line: `in order to = to | so as to`, or several with one replacement:
    `utilise, utilises = use`; lines without `=` have no replacement."""
    found: list[Phrase] = []
    for line in listing.strip().splitlines():
        listed, _, better = line.partition(SEPARATOR)
        names = [name.strip() for name in listed.split(",")]
        replacements = tuple(part.strip() for part in better.split(ALTERNATIVE) if part.strip())
        forms = (phrase_of(name, kind, _like(name, names, replacements)) for name in names)
        found.extend(phrase for phrase in forms if phrase.words)
    return found


def _like(name: str, names: list[str], replacements: tuple[str, ...]) -> tuple[str, ...]:
    """In the form that `name` has, if it is a form of one that stands before it in the line."""
    change = _change(name, names)
    if change is None:
        return replacements
    return tuple(dict.fromkeys(inflected(better, change) for better in replacements))


def _change(name: str, names: list[str]) -> Change | None:
    for base in names[: names.index(name)]:
        change = change_between(base, name)
        if change is Change.PLURAL:
            is_verb = any(change_between(base, other) in VERB_CHANGES for other in names)
            return Change.PRESENT if is_verb else change
        if change is not None:
            return change
    return None


def phrase_of(text: str, kind: str, replacements: tuple[str, ...] = ()) -> Phrase:
    return Phrase(text.strip(), tuple(find_words(text).lower), kind, replacements)


@dataclass(slots=True)
class Branch:
    """The phrases that begin with one word: the word alone, and by the word that follows."""

    alone: Phrase | None = None
    longer: dict[str, list[Phrase]] = field(default_factory=dict)


class PhraseIndex:
    def __init__(self, listed: Iterable[Phrase]) -> None:
        self._branches: defaultdict[str, Branch] = defaultdict(Branch)
        known: set[tuple[str, ...]] = set()
        for phrase in sorted(listed, key=lambda phrase: -len(phrase.words)):
            if phrase.words in known:
                continue
            known.add(phrase.words)
            branch = self._branches[phrase.words[0]]
            if len(phrase.words) == 1:
                branch.alone = phrase
            else:
                branch.longer.setdefault(phrase.words[1], []).append(phrase)
        self._size = len(known)

    def __len__(self) -> int:
        return self._size

    def find(
        self, document: Document, is_meant: Callable[[Document, Hit], bool] = lambda *_: True
    ) -> Iterator[Hit]:
        """The longest phrase at each place that is meant there; hits never overlap."""
        lower = document.words.lower
        branches = self._branches
        places = [
            index
            for index, word in enumerate(lower)
            if word in branches or (word.endswith(POSSESSIVE) and word[:-2] in branches)
        ]
        free = 0
        for index in places:
            if index >= free:
                hits = (hit for hit in self._hits(document, index) if is_meant(document, hit))
                hit = next(hits, None)
                if hit is not None:
                    yield hit
                    free = hit.last

    def _hits(self, document: Document, first: int) -> Iterator[Hit]:
        """All phrases that begin here, the longer ones first."""
        lower = document.words.lower
        word, following = lower[first], lower[first + 1] if first + 1 < len(lower) else ""
        branch = self._branches.get(word)
        if branch is None:
            branch = Branch(alone=self._branches[_bare(word)].alone)
        for second in dict.fromkeys((following, _bare(following))):
            for phrase in branch.longer.get(second, ()):
                hit = Hit(phrase, first, first + len(phrase.words))
                if _matches(lower[first : hit.last], phrase) and _stands_there(document, hit):
                    yield hit
        if branch.alone:
            yield Hit(branch.alone, first, first + 1)


def _bare(word: str) -> str:
    return word.removesuffix(POSSESSIVE)


def _matches(written: list[str], phrase: Phrase) -> bool:
    *before, last = phrase.words
    return written[:-1] == before and last in (written[-1], _bare(written[-1]))


def _stands_there(document: Document, hit: Hit) -> bool:
    """«her/his» is no «gave her his hand»."""
    if not is_unbroken(document, hit.first, hit.last):
        return False
    span = span_of(document, hit.first, hit.last)
    return SLASH not in hit.phrase.text or SLASH in document.text[span.start : span.end]


def is_unbroken(document: Document, first: int, last: int) -> bool:
    return stands_together(document.text, document.words, first, last)


def stands_together(text: str, words: Words, first: int, last: int) -> bool:
    return all(
        text[words.ends[index] : words.starts[index + 1]] in GAPS
        for index in range(first, last - 1)
    )


def span_of(document: Document, first: int, last: int) -> Span:
    return Span(document.words.starts[first], document.words.ends[last - 1])


def span_of_hit(document: Document, hit: Hit) -> Span:
    """Without the ending of a possessive, which stays when the phrase is replaced."""
    span = span_of(document, hit.first, hit.last)
    is_possessive = document.words.lower[hit.last - 1] != hit.phrase.words[-1]
    return Span(span.start, span.end - len(POSSESSIVE)) if is_possessive else span


def as_written(document: Document, hit: Hit) -> tuple[str, ...]:
    """The replacements, with a capital where the phrase has one."""
    if not document.words.surface[hit.first][:1].isupper():
        return hit.phrase.replacements
    return tuple(better[:1].upper() + better[1:] for better in hit.phrase.replacements)
