"""Does the head of a page tell search engines what they need?"""

import re
from urllib.parse import urlsplit

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.checks import BAD, GOOD, OK, Check, outcome_of
from analysis.engine.document.blocks import HeadTag
from analysis.engine.document.page_meta import PageMeta, is_valid_json
from analysis.engine.report import Category, Metric, Severity
from analysis.engine.wordlists import words

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
# Search engines read a language, perhaps a script, perhaps a region, and no more.
HREFLANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?!uk$)(?:[a-z]{2}|[0-9]{3}))?", re.I)
# Countries that are often taken for languages.
COUNTRIES = words("us gb jp cn dk cz vn ua mx")
OPEN_GRAPH = ("og:title", "og:type", "og:image", "og:url")
NO_INDEX = ("noindex", "none")


def measure(task: Task) -> Outcome:
    page = task.document.page
    checks = (
        _title(page),
        _description(page),
        _canonical(page),
        _robots(page),
        _language(page),
        _hreflang(page),
        _open_graph(page),
        _json_ld(page),
    )
    return outcome_of(checks, _metrics(page))


def _metrics(page: PageMeta) -> dict[str, Metric]:
    return {
        "title": page.title,
        "description": page.content("description"),
        "canonical": next(iter(page.hrefs("canonical")), None),
        "robots": page.content("robots"),
        "language": page.language,
        "open_graph": {name: page.content(name) for name in OPEN_GRAPH if page.content(name)},
        "json_ld": len(page.json_ld),
        "hreflang": sorted(_alternates(page)),
    }


def _title(page: PageMeta) -> Check:
    draft = _draft("title_missing", Severity.ERROR, "The page has no title.")
    return Check("title", GOOD if page.title else BAD, page.title, draft)


def _description(page: PageMeta) -> Check:
    found = page.content("description")
    draft = _draft("description_missing", Severity.WARNING, "The page has no description.")
    return Check("description", GOOD if found else BAD, found, draft)


def _canonical(page: PageMeta) -> Check:
    tags = page.links.get("canonical", [])
    addresses = {tag.attributes.get("href", "").strip() for tag in tags}
    if len(addresses) == 1 and _is_absolute(next(iter(addresses))):
        return Check("canonical", GOOD, 1)
    if not tags:
        message = "The page does not say which of its addresses is the canonical one."
        draft = _draft("canonical_missing", Severity.SUGGESTION, message)
        return Check("canonical", OK, 0, draft)
    message = "There are several canonical addresses."
    if len(addresses) == 1:
        message = "The canonical address is not a complete one."
    draft = _draft("canonical_unclear", Severity.WARNING, message, tags[-1])
    return Check("canonical", BAD, len(addresses), draft)


def _is_absolute(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _robots(page: PageMeta) -> Check:
    tags = [*page.named.get("robots", ()), *page.named.get("googlebot", ())]
    hidden = [tag for tag in tags if _forbids_index(tag)]
    draft = _draft(
        "noindex",
        Severity.WARNING,
        "The page asks search engines not to list it.",
        hidden[0] if hidden else None,
    )
    return Check("robots", BAD if hidden else GOOD, not hidden, draft)


def _forbids_index(tag: HeadTag) -> bool:
    words = tag.attributes.get("content", "").lower().replace(",", " ").split()
    return any(word in NO_INDEX for word in words)


def _language(page: PageMeta) -> Check:
    known = LANGUAGE_TAG.fullmatch(page.language) and not _is_country(page.language)
    message = "The html element does not say in which language the page is written."
    draft = _draft("language_missing", Severity.WARNING, message)
    return Check("language", GOOD if known else BAD, page.language, draft)


def _alternates(page: PageMeta) -> list[str]:
    tags = page.links.get("alternate", ())
    return [tag.attributes["hreflang"].strip() for tag in tags if "hreflang" in tag.attributes]


def _hreflang(page: PageMeta) -> Check | None:
    codes = _alternates(page)
    if not codes:
        return None
    odd = [c for c in codes if c.lower() != "x-default" and not _is_hreflang(c)]
    twice = len({code.lower() for code in codes}) < len(codes)
    good = not odd and not twice
    message = "The hreflang links name a language twice or with a code that does not exist."
    draft = _draft("hreflang_unclear", Severity.WARNING, message)
    return Check("hreflang", GOOD if good else BAD, len(codes), draft)


def _is_hreflang(code: str) -> bool:
    return HREFLANG.fullmatch(code) is not None and not _is_country(code)


def _is_country(tag: str) -> bool:
    return tag.partition("-")[0].lower() in COUNTRIES


def _open_graph(page: PageMeta) -> Check:
    missing = [name for name in OPEN_GRAPH if not page.content(name)]
    message = f"For a preview when shared, the page lacks {', '.join(missing)}."
    draft = _draft("open_graph_incomplete", Severity.SUGGESTION, message)
    score = GOOD if not missing else OK
    return Check("open_graph", score, len(OPEN_GRAPH) - len(missing), draft)


def _json_ld(page: PageMeta) -> Check | None:
    if not page.json_ld:
        return None
    broken = [tag for tag in page.json_ld if not is_valid_json(tag)]
    message = "This structured data is no valid JSON, so nobody can read it."
    place = broken[0] if broken else None
    draft = _draft("json_ld_broken", Severity.WARNING, message, place)
    return Check("json_ld", BAD if broken else GOOD, len(page.json_ld), draft)


def _draft(name: str, severity: Severity, message: str, tag: HeadTag | None = None) -> Draft:
    return Draft(
        id=f"page_meta.{name}",
        severity=severity,
        message=message,
        source=tag.source if tag else None,
    )


def _skip_reason(task: Task) -> str | None:
    return None if task.is_page else "not_a_page"


ANALYZER = Analyzer(
    id="page_meta",
    version=2,
    category=Category.SEO,
    title="Page head",
    measure=measure,
    skip_reason=_skip_reason,
)
