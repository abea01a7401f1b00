"""Are quotes, dashes, spaces and stops set with care?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.document.document import Document
from analysis.engine.report import Category, Severity, Span
from analysis.engine.request import Format


@dataclass(frozen=True, slots=True)
class Rule:
    """`replacement` may be empty; None means that there is none to offer."""

    name: str
    pattern: re.Pattern[str]
    message: str
    replacement: str | None = None
    not_in: tuple[str, ...] = ()  # languages with another habit
    not_with: tuple[str, ...] = ()  # texts that hold one of these mean something else
    only_text: bool = False  # rendering hides the fault in Markdown and HTML
    on_one_line: bool = False  # across a line break it is an indentation
    and_next: bool = False  # in the source the next character must follow at once


# No pattern can match a run in two ways and all runs are bounded, so the work stays linear. A
# pattern begins with what is rare and looks back afterwards: the search then skips to it.
RULES = (
    Rule(
        "double_space",
        # Behind a bracket or between stars it sets off a footnote or a scene.
        re.compile(r"(?<=[^\s.!?:;\]*]) [ \xa0]{1,20}(?=\S)"),
        "Several spaces in a row.",
        " ",
        only_text=True,
        on_one_line=True,
    ),
    Rule(
        "space_before_mark",
        re.compile(r" (?=[,;:.!?](?:\s|$))(?<=[^\W\d_] )"),
        "No space belongs before this mark.",
        "",
        not_in=("fr",),
        and_next=True,
    ),
    Rule(
        "no_space_after_mark",
        re.compile(r",(?=[^\W\d_]{2})(?<=[^\W\d_]{2},)"),
        "A space is missing behind the comma.",
        ", ",
    ),
    Rule(
        "many_marks",
        re.compile(r"[!?]{2,50}"),
        "One mark is enough.",
    ),
    Rule(
        "double_stop",
        re.compile(r"\.\.(?![.\w/\\=<])(?<=[^\W_]\.\.)"),
        "Two full stops: one ends the sentence, three make an ellipsis.",
        ".",
    ),
    Rule(
        "long_ellipsis",
        re.compile(r"\.{4,50}"),
        "An ellipsis has three dots.",
        "…",
    ),
    Rule(
        "hyphen_as_dash",
        re.compile(
            r" --? (?=[^\W\d_])(?:(?<=[^\W\d_] - )|(?<=[^\W\d_] -- ))"
            r"(?!(?<=\b[^\W\d_] - )[^\W\d_]\b)"  # but a - b is a sum
        ),
        "A dash belongs here, not a hyphen.",
        " – ",
    ),
    Rule(
        "double_hyphen",
        re.compile(r"--(?=[^\W\d_])(?<=[^\W\d_]--)"),
        "A dash belongs here, not two hyphens.",
        "—",
    ),
    Rule(
        "fake_symbol",
        re.compile(
            r"(?<!\w)(?<!part )(?<!clause )(?<!section )(?<!paragraph )(?<!item )(?<!point )"
            r"(?<!question )(?<!step )\((?:c|C|r|R|tm|TM)\)(?= ?[^\W_])"
        ),
        "The sign itself reads better than letters in brackets.",
        not_with=("(a)", "(b)", "(A)", "(B)"),
    ),
    Rule(
        "space_in_brackets",
        re.compile(r" (?:(?=[^\W_])(?<=[(\[] )|(?=[)\]])(?<=[^\W_] ))"),
        "No space belongs inside brackets.",
        "",
    ),
)


def measure(task: Task) -> Outcome:
    document = task.document
    drafts = [draft for rule in RULES if _applies(rule, task) for draft in _drafts(rule, document)]
    drafts.extend(_mixed_quotes(document))
    drafts.sort(key=lambda draft: draft.spans[0].start)
    density = per_thousand_words(len(drafts), document)
    return Outcome(
        score=task.band("typography.per_1000_words").score(density),
        metrics={"per_1000_words": density},
        drafts=drafts,
    )


def _applies(rule: Rule, task: Task) -> bool:
    if task.document.language.code in rule.not_in:
        return False
    if any(sign in task.document.text for sign in rule.not_with):
        return False
    return not rule.only_text or task.request.format is Format.TEXT


def _drafts(rule: Rule, document: Document) -> Iterator[Draft]:
    for match in rule.pattern.finditer(document.text):
        if rule.on_one_line and _breaks_a_line(match, document):
            continue
        if rule.and_next and not _is_next(match, document):
            continue
        yield Draft(
            id=f"typography.{rule.name}",
            severity=Severity.SUGGESTION,
            message=rule.message,
            spans=(Span(match.start(), match.end()),),
            replacements=() if rule.replacement is None else (rule.replacement,),
        )


def _breaks_a_line(match: re.Match[str], document: Document) -> bool:
    place = document.to_source(match.start(), match.end())
    return "\n" in document.source[place.start : place.end]


def _is_next(match: re.Match[str], document: Document) -> bool:
    """An image or a piece of code between them is no part of the text."""
    place = document.to_source(match.start(), match.end() + 1)
    return place.end - place.start == match.end() + 1 - match.start()


def _mixed_quotes(document: Document) -> Iterator[Draft]:
    """Both "straight" and “curly” double quotes: the rarer ones are found; 12" is a length."""
    straight = [match.start() for match in re.finditer(r'(?<!\d)"', document.text)]
    curly = [match.start() for match in re.finditer("[“”„«»]", document.text)]
    if not straight or not curly:
        return
    rarer = straight if len(straight) <= len(curly) else curly
    yield Draft(
        id="typography.mixed_quotes",
        severity=Severity.SUGGESTION,
        message=f"Straight and curly quotes are mixed ({len(straight)} and {len(curly)}).",
        params={"straight": len(straight), "curly": len(curly)},
        spans=tuple(Span(place, place + 1) for place in rarer[:8]),
    )


ANALYZER = Analyzer(
    id="typography",
    version=3,
    category=Category.STYLE,
    title="Typography",
    measure=measure,
    skip_reason=without_sentences,
)
