"""Does the content give away addresses, numbers or keys that should stay private?

It looks at the source itself, since secrets hide in code and in attributes too.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.document.blocks import Link
from analysis.engine.report import Category, Severity, Span
from analysis.engine.scoring import Band

SHOWN_CHARACTERS = 2
BAND = Band(full=0.0, none=3.0)
# Addresses and numbers are often meant for the public; keys never are.
WEIGHTS = {Severity.ERROR: 1.0, Severity.WARNING: 0.25}
CARD_LENGTHS = {2: (16,), 3: (14, 15, 16), 4: (13, 16, 19), 5: (16,), 6: (16, 17, 18, 19)}
EXAMPLE_HOSTS = ("example.com", "example.org", "example.net", ".example", ".test", ".invalid")
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22,
    "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
    "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SA": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TR": 26, "UA": 29, "AL": 28, "AZ": 28, "BA": 20, "BH": 22, "BR": 29,
    "BY": 28, "CR": 22, "DO": 28, "EG": 29, "FO": 18, "GE": 22, "GI": 23, "GL": 18, "GT": 28,
    "IQ": 23, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LY": 25, "MD": 24, "ME": 22,
    "MK": 19, "MR": 27, "MU": 30, "PK": 24, "PS": 29, "QA": 29, "RS": 22, "SC": 31, "ST": 25,
    "SV": 28, "TL": 23, "TN": 24, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: re.Pattern[str]
    severity: Severity
    noun: str
    accepts: Callable[[str], bool] = lambda text: True
    needles: tuple[str, ...] = ()  # without one of these the pattern cannot match


def is_card_number(text: str) -> bool:
    """The check digit of ISO/IEC 7812, named after H. P. Luhn; one barcode in ten has it too, so
    the length must be one that cards of this beginning have."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) not in CARD_LENGTHS.get(digits[0], ()) or len(set(digits)) < 2:
        return False
    doubled = [
        digit if index % 2 == 0 else digit * 2 - 9 * (digit > 4)
        for index, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0


def is_iban(text: str) -> bool:
    """Country, length and the check digits of ISO 13616."""
    plain = text.replace(" ", "").upper()
    if IBAN_LENGTHS.get(plain[:2]) != len(plain):
        return False
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def is_phone_number(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return 8 <= digits <= 15


def is_private_address(text: str) -> bool:
    host = text.rsplit("@", 1)[1].lower()
    return not host.endswith(EXAMPLE_HOSTS) and not host.endswith((".png", ".jpg", ".svg", ".js"))


TOKEN_NEEDLES = (
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"),
    *("xox", "k_live_", "npm_", "AIza", "SG.", "sk-proj-", "sk-ant-", "pypi-AgEI", "hf_"),
)
# Every quantifier is bounded and every pattern begins with something rare, so that a source of two
# megabytes made of digits or of @ signs costs no more than another.
RULES = (
    Rule(
        "private_key",
        re.compile(r"-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
        Severity.ERROR,
        "a private key",
        needles=("PRIVATE KEY",),
    ),
    Rule(
        "aws_key",
        re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
        Severity.ERROR,
        "an AWS key",
        needles=("AKIA", "ASIA"),
    ),
    Rule(
        "token",
        re.compile(
            r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,82}|glpat-[\w-]{20}"
            r"|xox[abprs]-[A-Za-z0-9-]{10,72}|[sr]k_live_[A-Za-z0-9]{16,99}|npm_[A-Za-z0-9]{36}"
            r"|AIza[\w-]{35}|SG\.[\w-]{22}\.[\w-]{43}|sk-(?:proj|ant)-[\w-]{40,200}"
            r"|pypi-AgEI[\w-]{50,300}|hf_[A-Za-z]{34})(?![\w-])"
        ),
        Severity.ERROR,
        "an access token",
        needles=TOKEN_NEEDLES,
    ),
    Rule(
        "jwt",
        re.compile(r"(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,1000}"),
        Severity.ERROR,
        "a signed token",
        needles=("eyJ",),
    ),
    Rule(
        "card",
        re.compile(r"(?<![\w.,-])\d(?:[ -]?\d){12,18}(?!\w|[.,-]\d)"),
        Severity.ERROR,
        "a card number",
        is_card_number,
    ),
    Rule(
        "iban",
        re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"),
        Severity.ERROR,
        "a bank account",
        is_iban,
    ),
    Rule(
        "email",
        re.compile(r"@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}\b"),
        Severity.WARNING,
        "an e-mail address",
        is_private_address,
        needles=("@",),
    ),
    Rule(
        "phone",
        re.compile(r"\+(?<!\w\+)\d[\d ().-]{6,20}\d(?![\w-])(?<!\.)"),
        Severity.WARNING,
        "a phone number",
        is_phone_number,
        needles=("+",),
    ),
)
NO_LETTERS = re.compile(r"[\W_]+")
LOCAL_PART = re.compile(r"[A-Za-z0-9._%+-]{1,64}\Z")


@dataclass(frozen=True, slots=True)
class Found:
    text: str
    place: Span


def measure(task: Task) -> Outcome:
    source, published = task.document.source, _published(task.document.links)
    drafts = [
        _draft(rule, item)
        for rule in RULES
        for item in _once(rule, _found(rule, source))
        if item.text.lower() not in published
    ]
    drafts.sort(key=lambda draft: draft.source.start if draft.source else 0)
    counts = Counter(draft.id.split(".")[1] for draft in drafts)
    return Outcome(
        score=BAND.score(sum(WEIGHTS[draft.severity] for draft in drafts)),
        metrics={rule.name: counts[rule.name] for rule in RULES},
        drafts=drafts,
    )


def _published(links: Iterable[Link]) -> frozenset[str]:
    """Addresses that the content itself asks its readers to write to."""
    hrefs = (link.href for link in links if link.href.lower().startswith("mailto:"))
    return frozenset(href[len("mailto:") :].partition("?")[0].lower() for href in hrefs)


def _found(rule: Rule, source: str) -> Iterator[Found]:
    if rule.needles and not any(needle in source for needle in rule.needles):
        return
    for match in rule.pattern.finditer(source):
        start, end = match.span()
        if rule.name == "email":
            local = LOCAL_PART.search(source, max(0, start - 64), start)
            if local is None or source[local.start() - 1 : local.start()] == "/":
                continue  # nobody's, or a part of a longer address
            start = local.start()
        text = source[start:end]
        if rule.accepts(text):
            yield Found(text, Span(start, end))


def _draft(rule: Rule, item: Found) -> Draft:
    hidden = masked(item.text)
    return Draft(
        id=f"sensitive.{rule.name}",
        severity=rule.severity,
        message=f"“{hidden}” looks like {rule.noun}; is it meant for the public?",
        params={"masked": hidden},
        source=item.place,
    )


def _once(rule: Rule, found: Iterator[Found]) -> Iterator[Found]:
    """An address is told once, however it is written; each place of a key counts."""
    known: set[str] = set()
    for item in found:
        text = NO_LETTERS.sub("", item.text.lower())
        if rule.severity is Severity.ERROR or text not in known:
            known.add(text)
            yield item


def masked(text: str) -> str:
    return text[:SHOWN_CHARACTERS] + "…" + text[-SHOWN_CHARACTERS:]


ANALYZER = Analyzer(
    id="sensitive",
    version=3,
    category=Category.QUALITY,
    title="Private data",
    measure=measure,
)
