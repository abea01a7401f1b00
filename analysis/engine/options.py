"""What may a client choose for one analysis, beyond profile and metadata?"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from analysis.engine.errors import InvalidOption
from analysis.engine.patterns import compiled

MAX_TERMS = 200
MAX_SYNONYMS = 20
MAX_TERM_CHARACTERS = 100
MAX_IGNORED_KEYS = 2_000
MAX_HOUSE_RULES = 200
MAX_PATTERN_CHARACTERS = 4_000
MAX_RULE_TOKENS = 500
MAX_GRADE = 18


class OffsetUnit(StrEnum):
    """What one step of a span's `start` and `end` counts."""

    CODEPOINT = "codepoint"
    UTF16 = "utf16"  # the strings of JavaScript, Java and C#
    UTF8 = "utf8"  # bytes


@dataclass(frozen=True, slots=True)
class Term:
    """A term that the content shall hold at least and at most so often."""

    text: str
    minimum: int = 1
    maximum: int | None = None


class RuleKind(StrEnum):
    EXISTENCE = "existence"  # a token must not occur
    SUBSTITUTION = "substitution"  # a token should be another: `swap`
    OCCURRENCE = "occurrence"  # a token occurs between `minimum` and `maximum` times
    REPETITION = "repetition"  # a token must not stand twice in a row
    CAPITALIZATION = "capitalization"  # a token is written exactly so
    CONSISTENCY = "consistency"  # only one of the tokens is used
    METRIC = "metric"  # a measure of the whole text lies between `minimum` and `maximum`


RULE_METRICS = (
    "words",
    "sentences",
    "paragraphs",
    "headings",
    "links",
    "images",
    "words_per_sentence",
    "reading_ease",
    "grade",
    "lix",
)
"""What a rule of the kind `metric` may name as its token."""


class RuleSeverity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class HouseRule:
    """A rule of the customer's own. Tokens are words, or RE2 patterns when `is_pattern`."""

    name: str
    kind: RuleKind
    tokens: tuple[str, ...] = ()
    swap: tuple[tuple[str, str], ...] = ()
    message: str = ""
    severity: RuleSeverity = RuleSeverity.WARNING
    minimum: int = 0
    maximum: int | None = None
    is_pattern: bool = False
    ignore_case: bool = True


@dataclass(frozen=True, slots=True)
class Options:
    """`include` empty means every analyzer of the profile; `ignore` holds keys of findings."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    offset_unit: OffsetUnit = OffsetUnit.CODEPOINT
    synonyms: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    house_rules: tuple[HouseRule, ...] = ()
    audience_grade: int | None = None  # the school grade that English readers read at


def texts_of(options: Options) -> Iterator[str]:
    """All strings a client has sent."""
    yield from (*options.include, *options.exclude, *options.ignore, *options.synonyms)
    yield from (term.text for term in options.terms)
    for rule in options.house_rules:
        yield from (rule.name, rule.message, *rule.tokens)
        for source, target in rule.swap:
            yield from (source, target)


def check_options(options: Options) -> None:
    if options.audience_grade is not None and not 1 <= options.audience_grade <= MAX_GRADE:
        raise InvalidOption(f"The audience's grade lies between 1 and {MAX_GRADE}.")
    _at_most("synonyms", len(options.synonyms), MAX_SYNONYMS)
    _at_most("terms", len(options.terms), MAX_TERMS)
    _at_most("ignored keys", len(options.ignore), MAX_IGNORED_KEYS)
    _at_most("house rules", len(options.house_rules), MAX_HOUSE_RULES)
    for text in (*options.synonyms, *(term.text for term in options.terms)):
        _at_most("characters in a term", len(text), MAX_TERM_CHARACTERS)
    for rule in options.house_rules:
        _check_rule(rule)


def _check_rule(rule: HouseRule) -> None:
    tokens = (*rule.tokens, *(source for source, _ in rule.swap))
    if not any(token.strip() for token in tokens):
        raise InvalidOption(f"The house rule {rule.name!r} has no token.")
    _at_most("tokens in a house rule", len(tokens), MAX_RULE_TOKENS)
    if rule.kind is RuleKind.METRIC and (unknown := set(tokens) - set(RULE_METRICS)):
        known = ", ".join(RULE_METRICS)
        raise InvalidOption(f"There is no metric {min(unknown)!r}; there are {known}.")
    _at_most("characters in a house rule", sum(map(len, tokens)), MAX_PATTERN_CHARACTERS)
    if rule.is_pattern:
        for token in tokens:
            compiled(token, ignore_case=rule.ignore_case)


def _at_most(what: str, count: int, limit: int) -> None:
    if count > limit:
        raise InvalidOption(f"There are {count:,} {what}; {limit:,} is the most.")
