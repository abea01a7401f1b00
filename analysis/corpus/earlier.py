"""Which texts did this client submit before?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.engine.corpus.sketch import Term, unpacked
from analysis.models import Analysis, Content

MOST = 1_000
"""The newest of them: what a comparison costs has a bound, however much there is."""
_COLUMNS = (
    "public_id",
    "created_at",
    "content_id",
    "content__sha256",
    "content__chars",
    "content__meta",
    "content__sketch__shingles",
    "content__sketch__terms",
    "content__sketch__title",
    "content__sketch__keyphrase",
)


@dataclass(frozen=True)
class Earlier:
    analysis: str
    created_at: datetime
    content: str
    sha256: str
    chars: int
    title: str
    slug: str
    url: str
    keyphrase: str
    shingles: frozenset[int]
    terms: tuple[Term, ...]

    def is_version_of(self, content: Content) -> bool:
        """The same piece: the same text under other options, or the same place it stands at."""
        meta = content.meta
        return (
            self.sha256 == content.sha256
            or (bool(self.slug) and self.slug == meta.get("slug"))
            or (bool(self.url) and self.url == meta.get("url"))
        )


def before(analysis: Analysis) -> list[Earlier]:
    """Newest first, each text once, without other versions of the same piece."""
    mine = Analysis.objects.of(analysis.client_key).filter(
        pk__lt=analysis.pk, content__sketch__isnull=False
    )
    rows = mine.order_by("-pk").values_list(*_COLUMNS)[:MOST]
    return list(_once(map(_earlier, rows), analysis.content))


def _once(found: Iterator[Earlier], content: Content) -> Iterator[Earlier]:
    seen: set[str] = set()
    for earlier in found:
        if earlier.sha256 not in seen and not earlier.is_version_of(content):
            seen.add(earlier.sha256)
            yield earlier


def _earlier(row: Any) -> Earlier:
    public_id, created_at, content, sha256, chars, meta, shingles, terms, title, keyphrase = row
    return Earlier(
        analysis=public_id,
        created_at=created_at,
        content=content,
        sha256=sha256,
        chars=chars,
        title=title,
        slug=meta.get("slug", ""),
        url=meta.get("url", ""),
        keyphrase=keyphrase,
        shingles=unpacked(bytes(shingles)),
        terms=tuple(Term(*term) for term in terms),
    )
