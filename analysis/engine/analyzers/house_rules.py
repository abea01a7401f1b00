"""Does the content keep to the rules of its own house?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.density import per_thousand_words
from analysis.engine.analyzers.rule_metrics import rule_metrics
from analysis.engine.document.document import Document
from analysis.engine.options import HouseRule, RuleKind
from analysis.engine.patterns import places
from analysis.engine.phrases import PhraseIndex, phrase_of, span_of_hit
from analysis.engine.report import Category, Param, Severity, Span

NO_SLUG = re.compile(r"[^a-z0-9]+")
MAX_SLUG_CHARACTERS = 60


Found = dict[str, list[Span]]


def measure(task: Task) -> Outcome:
    document = task.document
    drafts: list[Draft] = []
    for rule in task.request.options.house_rules:
        found = _find(rule, task)
        drafts.extend(KINDS[rule.kind](rule, found, document))
    drafts.sort(key=lambda draft: draft.spans[0].start if draft.spans else -1)
    density = per_thousand_words(len(drafts), document)
    return Outcome(
        score=task.band("house_rules.per_1000_words").score(density),
        metrics={"rules": len(task.request.options.house_rules), "per_1000_words": density},
        drafts=drafts,
    )


def _find(rule: HouseRule, task: Task) -> Found:
    """Where each token stands: a pattern anywhere in the text, words only as whole words."""
    task.deadline.tick()
    tokens = [*rule.tokens, *(token for token, _ in rule.swap)]
    found: Found = {token: [] for token in tokens}
    if rule.kind is RuleKind.METRIC:
        return found
    text = task.document.text
    if rule.is_pattern:
        for token in tokens:
            task.deadline.tick()
            found[token] = list(places(token, text, ignore_case=rule.ignore_case))
        return found
    wanted = [phrase for token in tokens if (phrase := phrase_of(token, token)).words]
    for hit in task.deadline.watch(PhraseIndex(wanted).find(task.document)):
        span = span_of_hit(task.document, hit)
        if _is_case_wanted(rule, hit.phrase.text, text[span.start : span.end]):
            found[hit.phrase.kind].append(span)
    return found


def _is_case_wanted(rule: HouseRule, token: str, written: str) -> bool:
    return rule.ignore_case or rule.kind is RuleKind.CAPITALIZATION or token == written


def _existence(rule: HouseRule, found: Found, document: Document) -> Iterator[Draft]:
    for span in (span for spans in found.values() for span in spans):
        yield _draft(rule, f"Avoid “{document.text[span.start : span.end]}”.", (span,))


def _substitution(rule: HouseRule, found: Found, document: Document) -> Iterator[Draft]:
    for token, better in rule.swap:
        for span in found[token]:
            written = document.text[span.start : span.end]
            if written != better:
                message = f"Use “{better}” instead of “{written}”."
                yield replace(_draft(rule, message, (span,)), replacements=(better,))


def _occurrence(rule: HouseRule, found: Found, document: Document) -> Iterator[Draft]:
    spans = sorted((s for group in found.values() for s in group), key=lambda span: span.start)
    token = "”, “".join(rule.tokens)
    if len(spans) < rule.minimum:
        message = f"“{token}” occurs {len(spans)} times; {rule.minimum} or more are wanted."
        yield _draft(rule, message, (), count=len(spans))
    if rule.maximum is not None and len(spans) > rule.maximum:
        message = f"“{token}” occurs {len(spans)} times; {rule.maximum} is the most allowed."
        yield _draft(rule, message, tuple(spans[rule.maximum :]), count=len(spans))


def _repetition(rule: HouseRule, found: Found, document: Document) -> Iterator[Draft]:
    for spans in found.values():
        for first, second in pairwise(spans):
            if document.text[first.end : second.start].isspace():
                written = document.text[second.start : second.end]
                yield _draft(rule, f"“{written}” is repeated.", (Span(first.start, second.end),))


def _capitalization(rule: HouseRule, found: Found, document: Document) -> Iterator[Draft]:
    for token, spans in found.items():
        for span in spans:
            written = document.text[span.start : span.end]
            if written != token:
                draft = _draft(rule, f"Write “{token}”, not “{written}”.", (span,))
                yield replace(draft, replacements=(token,))


def _consistency(rule: HouseRule, found: Found, document: Document) -> Iterator[Draft]:
    used = [token for token in rule.tokens if found[token]]
    if len(used) < 2:
        return
    best = max(used, key=lambda token: len(found[token]))
    for token in used:
        if token != best:
            message = f"“{best}” is used elsewhere for “{token}”."
            for span in found[token]:
                yield replace(_draft(rule, message, (span,)), replacements=(best,))


def _metric(rule: HouseRule, found: Found, document: Document) -> Iterator[Draft]:
    measured = rule_metrics(document)
    for name in found:
        value = measured.get(name)
        if value is None:  # a language without this formula
            continue
        told = f"The text has {value:g} {name.replace('_', ' ')}"
        if rule.minimum and value < rule.minimum:
            yield _draft(rule, f"{told}; {rule.minimum} or more are wanted.", (), value=value)
        if rule.maximum is not None and value > rule.maximum:
            yield _draft(rule, f"{told}; {rule.maximum} is the most allowed.", (), value=value)


KINDS = {
    RuleKind.EXISTENCE: _existence,
    RuleKind.SUBSTITUTION: _substitution,
    RuleKind.OCCURRENCE: _occurrence,
    RuleKind.REPETITION: _repetition,
    RuleKind.CAPITALIZATION: _capitalization,
    RuleKind.CONSISTENCY: _consistency,
    RuleKind.METRIC: _metric,
}


def _draft(rule: HouseRule, message: str, spans: tuple[Span, ...], **params: Param) -> Draft:
    slug = NO_SLUG.sub("_", rule.name.lower()).strip("_")[:MAX_SLUG_CHARACTERS]
    return Draft(
        id=f"house_rules.{slug or rule.kind}",
        severity=Severity(rule.severity.value),
        message=rule.message or message,
        params={"rule": rule.name, **params},
        spans=spans,
    )


def _skip_reason(task: Task) -> str | None:
    if not task.request.options.house_rules:
        return "no_house_rules"
    return None if task.document.sentences else "no_sentences"


ANALYZER = Analyzer(
    id="house_rules",
    version=3,
    category=Category.STYLE,
    title="House rules",
    measure=measure,
    skip_reason=_skip_reason,
)
