"""Is the same thing always written the same way?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.document.document import Document
from analysis.engine.lexicons.dialects import OXFORD, TO_AMERICAN, TO_BRITISH
from analysis.engine.phrases import is_unbroken, span_of
from analysis.engine.report import Category, Severity, Span

BRITISH_TAGS = ("gb", "uk", "au", "nz", "ie", "za", "in")
AMERICAN_TAGS = ("us",)
# Each line is one term in its spellings; a text should keep to one of them. What grammar tells
# apart, such as «open source» and «an open-source tool», is not listed; plurals in -s need no line.
VARIANTS = [
    line.strip().split(", ")
    for line in """
    email, e-mail
    website, web site, web-site
    online, on-line
    healthcare, health care
    dataset, data set, data-set
    database, data base, data-base
    username, user name, user-name
    filename, file name, file-name
    lifecycle, life cycle, life-cycle
    startup, start-up
    cooperate, co-operate
    coworker, co-worker
    ebook, e-book
    homepage, home page, home-page
    newsletter, news letter, news-letter
    nonprofit, non-profit
    policymaker, policy maker, policy-maker
    decisionmaker, decision maker, decision-maker
    realtime, real-time
    smartphone, smart phone, smart-phone
    wifi, wi-fi
    workflow, work flow, work-flow
    toolkit, tool kit, tool-kit
    timeframe, time frame, time-frame
    adviser, advisor
    okay, ok
    percent, per cent
    judgment, judgement
    """.strip().splitlines()
]
MAX_PLACES = 8
PART = re.compile(r"[^\W\d_]+")


def measure(task: Task) -> Outcome:
    document = task.document
    drafts = [*_headings(document)]
    if document.language.code == "en":
        drafts += [*_dialects(task), *_variants(document)]
    density = per_thousand_words(sum(max(1, len(draft.spans)) for draft in drafts), document)
    return Outcome(
        score=task.band("consistency.per_1000_words").score(density),
        metrics={"inconsistencies": len(drafts)},
        drafts=drafts,
    )


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word, or a part of a compound, that one dialect spells in its own way."""

    word: str
    span: Span


def _dialects(task: Task) -> Iterator[Draft]:
    british = list(_spelled(task.document, TO_AMERICAN))
    american = list(_spelled(task.document, TO_BRITISH))
    if not any(TO_AMERICAN[spelled.word.lower()] in OXFORD for spelled in british):
        american = [spelled for spelled in american if spelled.word.lower() not in OXFORD]
    wanted = _declared_dialect(task.request.language)
    if wanted is None and not (british and american):
        return
    is_british = len(british) >= len(american) if wanted is None else wanted == "British"
    strangers, better = (american, TO_BRITISH) if is_british else (british, TO_AMERICAN)
    home, other = ("a British", "American") if is_british else ("an American", "British")
    for stranger in strangers:
        yield _stranger(stranger, better[stranger.word.lower()], home=home, other=other)


def _spelled(document: Document, listed: Mapping[str, str]) -> Iterator[Spelled]:
    """A capital inside a sentence makes a name, which keeps its spelling wherever it goes."""
    words = document.words
    for index, word in enumerate(words.lower):
        if (word in listed or not word.isalpha()) and index not in document.capitals:
            for part in PART.finditer(words.surface[index]):
                if part.group().lower() in listed:
                    start = words.starts[index]
                    span = Span(start + part.start(), start + part.end())
                    yield Spelled(part.group(), span)


def _stranger(spelled: Spelled, better: str, *, home: str, other: str) -> Draft:
    word = spelled.word
    better = better.capitalize() if word[0].isupper() else better
    return Draft(
        id="consistency.dialect",
        severity=Severity.SUGGESTION,
        message=f"“{word}” is {other} spelling in {home} text: “{better}”.",
        params={"word": word, "dialect": other},
        spans=(spelled.span,),
        replacements=(better,),
    )


def _declared_dialect(tag: str | None) -> str | None:
    region = (tag or "").replace("_", "-").lower().split("-")[-1]
    if region in BRITISH_TAGS:
        return "British"
    return "American" if region in AMERICAN_TAGS else None


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the spellings of a term, in the singular or the plural."""

    term: int
    spelling: str
    words: tuple[str, ...]
    is_plural: bool


@dataclass(frozen=True, slots=True)
class Use:
    variant: Variant
    span: Span


def _by_first_word() -> dict[str, list[Variant]]:
    index: dict[str, list[Variant]] = {}
    for number, spellings in enumerate(VARIANTS):
        for spelling in spellings:
            for ending in ("", "s"):
                parts = tuple((spelling + ending).split(" "))
                variant = Variant(number, spelling, parts, is_plural=bool(ending))
                index.setdefault(parts[0], []).append(variant)
    return index


BY_FIRST_WORD = _by_first_word()


def _variants(document: Document) -> Iterator[Draft]:
    found: dict[int, dict[str, list[Use]]] = {}
    lower = document.words.lower
    for first, word in enumerate(lower):
        for variant in BY_FIRST_WORD.get(word, ()):
            last = first + len(variant.words)
            if first in document.capitals or tuple(lower[first:last]) != variant.words:
                continue
            if is_unbroken(document, first, last):
                uses = found.setdefault(variant.term, {}).setdefault(variant.spelling, [])
                uses.append(Use(variant, span_of(document, first, last)))
    for number, spellings in sorted(found.items()):
        # The hyphen of a compound before its noun is no other spelling: in real time, real-time.
        if len({spelling.replace("-", " ") for spelling in spellings}) > 1:
            yield _mixed(spellings, VARIANTS[number])


def _mixed(spellings: dict[str, list[Use]], listed: list[str]) -> Draft:
    """The most frequent spelling is preferred; of equals the one that is listed first."""
    ordered = sorted(spellings, key=lambda name: (-len(spellings[name]), listed.index(name)))
    best, *others = ordered
    rest = "”, “".join(others)
    uses = [use for other in others for use in spellings[other]]
    numbers = {use.variant.is_plural for use in uses}
    return Draft(
        id="consistency.variant",
        severity=Severity.SUGGESTION,
        message=f"“{best}” is also written “{rest}”; choose one.",
        params={"preferred": best, "others": ", ".join(others)},
        spans=tuple(use.span for use in uses)[:MAX_PLACES],
        replacements=(best + "s" * numbers.pop(),) if len(numbers) == 1 else (),
    )


def _headings(document: Document) -> Iterator[Draft]:
    """Headings in Title Case beside headings in sentence case, of the same level."""
    styles: dict[int, dict[str, list[Span]]] = {}
    for index in document.headings:
        block, (first, last) = document.blocks[index], document.block_words[index]
        style = _case_of(document, first, last)
        if style:
            spans = styles.setdefault(block.level, {}).setdefault(style, [])
            spans.append(Span(block.start, block.end))
    for level, found in sorted(styles.items()):
        if len(found) > 1:
            rarer = min(sorted(found), key=lambda style: len(found[style]))
            yield Draft(
                id="consistency.heading_case",
                severity=Severity.SUGGESTION,
                message=f"Level {level} headings mix title case and sentence case.",
                params={"level": level, "rarer": rarer},
                spans=tuple(found[rarer][:MAX_PLACES]),
            )


def _case_of(document: Document, first: int, last: int) -> str | None:
    """None when the heading is too short to tell, or could be both."""
    function_words = document.facts.function_words
    heavy = [
        word
        for word in document.words.surface[first + 1 : last]
        if word.isalpha() and word.lower() not in function_words and not word.isupper()
        if word.lower() not in document.names
    ]
    if len(heavy) < 2 or not function_words or document.language.code == "de":
        return None
    capitals = sum(word[0].isupper() for word in heavy)
    if capitals == len(heavy):
        return "title"
    return "sentence" if capitals == 0 else None


ANALYZER = Analyzer(
    id="consistency",
    version=2,
    category=Category.STYLE,
    title="Consistency",
    measure=measure,
    skip_reason=without_sentences,
)
