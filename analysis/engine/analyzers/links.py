"""Do links tell where they lead, and can they be followed?"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.document.blocks import Link
from analysis.engine.document.builder import OBJECT
from analysis.engine.document.document import Document
from analysis.engine.lexicons.links import VAGUE
from analysis.engine.report import Category, Severity, Span
from analysis.engine.scoring import Band

EDGES = re.compile(r"^[\W_]+|[\W_]+$")
SPACES = re.compile(r"\s+")
TAG = re.compile(r"<[^<>]{0,500}>")
NOWHERE = ("javascript:", "vbscript:", "data:", "file:", "about:", "blob:")
LETTER = re.compile(r"[^\W_]")
FAULTY_SHARE = Band(full=0.0, none=0.5)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads, seen from the page it stands on."""

    link: Link
    text: str
    kind: str  # internal, external, fragment, other or broken


def measure(task: Task) -> Outcome:
    document = task.document
    host = host_of(task.meta.url)
    targets = [_target(document, link, host) for link in task.deadline.watch(document.links)]
    vague = VAGUE.get(document.facts.code, frozenset())
    drafts = [draft for target in targets for draft in (_fault(document, target, vague),) if draft]
    drafts += _same_text(targets)
    kinds = Counter(target.kind for target in targets)
    nofollow = sum("nofollow" in target.link.rel.lower().split() for target in targets)
    return Outcome(
        score=FAULTY_SHARE.score(len(drafts) / len(targets)),
        metrics={
            "total": len(targets),
            "internal": kinds["internal"],
            "external": kinds["external"],
            "fragment": kinds["fragment"],
            "other": kinds["other"],
            "nofollow": nofollow,
            "unique_targets": len({target.link.href for target in targets}),
        },
        drafts=drafts,
    )


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _target(document: Document, link: Link, host: str) -> Target:
    text = document.text[link.start : link.end]
    if OBJECT in text:
        text = _with_code(document, link)
    return Target(link, SPACES.sub(" ", text).strip(), kind_of(link.href, host))


def _with_code(document: Document, link: Link) -> str:
    """Code is no prose and has left the text, yet it tells one link from another."""
    spelled = document.source[link.source.start : link.source.end]
    if spelled.startswith("["):
        return re.split(r"\]\s?[\[(]", spelled[1:])[0].replace("`", "")
    return TAG.sub("", spelled)


def kind_of(href: str, host: str) -> str:
    if not href or href.lower().startswith(NOWHERE):
        return "broken"
    if href.startswith("#"):
        return "fragment" if len(href) > 1 else "broken"
    try:
        parts = urlsplit(href)
    except ValueError:
        return "broken"
    if parts.scheme and parts.scheme not in ("http", "https"):
        return "other"
    if not parts.netloc:
        return "broken" if parts.scheme else "internal"
    return "internal" if host and host_of(href) == host else "external"


def _fault(document: Document, target: Target, vague: frozenset[str]) -> Draft | None:
    link = target.link
    plain = EDGES.sub("", target.text.lower())
    if target.kind == "broken":
        return _draft("not_followable", Severity.WARNING, target, "This link leads nowhere.")
    if not (target.text or link.label or _holds_image_text(document, link)):
        return _draft("empty_text", Severity.WARNING, target, "This link has no text.")
    if plain in vague:
        message = f"“{target.text}” does not say where the link leads."
        return _draft("vague_text", Severity.SUGGESTION, target, message)
    return None


def _holds_image_text(document: Document, link: Link) -> bool:
    """An image with an alternative text is a link's text too."""
    images = document.images_in(link.source)
    return any(image.alt for image in images)


def _same_text(targets: list[Target]) -> list[Draft]:
    """One text for several targets leaves listeners of screen readers in the dark."""
    by_text: defaultdict[str, dict[str, Target]] = defaultdict(dict)
    for target in targets:
        if LETTER.search(target.text) and target.kind in ("internal", "external"):
            by_text[target.text.lower()].setdefault(_page_of(target.link.href), target)
    return [
        Draft(
            id="links.same_text",
            severity=Severity.SUGGESTION,
            message=f"“{text}” is the text of links to {len(group)} different pages.",
            params={"text": text, "targets": len(group)},
            spans=tuple(Span(t.link.start, t.link.end) for t in list(group.values())[:8]),
        )
        for text, group in by_text.items()
        if len(group) > 1
    ]


def _page_of(href: str) -> str:
    """The same for all spellings of one address."""
    return href.removeprefix("https:").removeprefix("http:").rstrip("/")


def _draft(name: str, severity: Severity, target: Target, message: str) -> Draft:
    link = target.link
    has_text = bool(target.text)
    return Draft(
        id=f"links.{name}",
        severity=severity,
        message=message,
        params={"href": link.href[:200]},
        spans=(Span(link.start, link.end),) if has_text else (),
        source=None if has_text else link.source,
    )


def _skip_reason(task: Task) -> str | None:
    return None if task.document.links else "no_links"


ANALYZER = Analyzer(
    id="links",
    version=3,
    category=Category.SEO,
    title="Links",
    measure=measure,
    skip_reason=_skip_reason,
)
