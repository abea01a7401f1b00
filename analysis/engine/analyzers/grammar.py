"""Which English sentences break a rule of grammar?"""

import re

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.document.document import Document
from analysis.engine.proofreading import GRAMMAR, Flag, flags_of, is_installed
from analysis.engine.report import Category, Severity, Span
from analysis.engine.wordlists import words

LOOK_BACK = 20
NEXT_WORD = re.compile(r" ([a-z][a-z'’-]*)")
UN_WORD = re.compile(r"un(?:i[dm]|in)")
AFTER_I = words("""
    am was have had will would can could shall should may might must do did don't didn't can't won't
    also always never just really still think thought know knew want wanted need like love feel felt
    hope wish guess mean see saw went go get got make made take took said say use used
""")
# Behind these "it's" cannot mean "it is".
BEFORE_ITS = re.compile(
    r"\b(?:of|in|on|at|by|for|from|with|to|has|have|had|lost|lose|define|change|keep|use|see)\s+$"
)
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def measure(task: Task) -> Outcome:
    drafts = [
        _draft(flag, span)
        for flag, span in flags_of(task)
        if flag.rule in GRAMMAR and _is_meant(task.document, flag, span)
    ]
    density = per_thousand_words(len(drafts), task.document)
    return Outcome(
        score=task.band("grammar.per_1000_words").score(density),
        metrics={"per_1000_words": density},
        drafts=drafts,
    )


def _is_meant(document: Document, flag: Flag, span: Span) -> bool:
    """What some rules of the proofreader overlook, seen on edited prose."""
    word = document.text[span.start : span.end]
    before = document.text[max(0, span.start - LOOK_BACK) : span.start]
    next_word = NEXT_WORD.match(document.text, span.end)
    following = next_word.group(1) if next_word else ""
    match flag.rule:
        case "AnA":  # neither Schedule A, nor an MIT, nor an unimportant
            opens = word.islower() or not before or before.rstrip().endswith((".", "?", "!"))
            is_whole = not before or before[-1].isspace() or before[-1] in "\"“‘('"
            return opens and is_whole and bool(following) and not UN_WORD.match(following)
        case "CapitalizePersonalPronouns":  # the i-th is a number
            return word != "i" or following in AFTER_I
        case "LetsConfusion":
            return word.lower() == "lets"
        case "ItsPossessive":
            return before[-1:] == " " and BEFORE_ITS.search(before.lower()) is not None
    return True


def _draft(flag: Flag, span: Span) -> Draft:
    return Draft(
        id=f"grammar.{HUMP.sub('_', flag.rule).lower()}",
        severity=Severity.WARNING,
        message=flag.message,
        params={"rule": flag.rule},
        spans=(span,),
        replacements=flag.suggestions,
    )


def _skip_reason(task: Task) -> str | None:
    if not is_installed():
        return "proofreader_not_installed"
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="grammar",
    version=2,
    category=Category.QUALITY,
    title="Grammar",
    measure=measure,
    skip_reason=_skip_reason,
    languages=frozenset(("en",)),
)
