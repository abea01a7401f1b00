"""What is answered about a client's earlier texts, and how long is it remembered?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from analysis import reports
from analysis.corpus.earlier import MOST, Earlier, before
from analysis.corpus.keyphrases import KeyphraseUses, uses_of_keyphrase
from analysis.corpus.originality import Originality, originality_of
from analysis.corpus.related import Related, related_to
from analysis.models import Analysis, Sketch
from ops.overload import standing

_REMEMBERED_SECONDS = 3600
_ANONYMOUS = "address:"


@dataclass(frozen=True)
class Corpus:
    """`earlier_texts` is how many were looked at; `complete` whether these were all there are."""

    earlier_texts: int
    complete: bool
    originality: Originality
    related: list[Related]
    keyphrase: KeyphraseUses | None


def has_corpus(client_key: str) -> bool:
    """A client without a key has none: its address may be many people's."""
    return not client_key.startswith(_ANONYMOUS)


def corpus_of(analysis: Analysis) -> str | None:
    """As JSON; None where there is none."""
    if not has_corpus(analysis.client_key):
        return None
    kept = reports.in_cache(lambda cache: cache.get(name_of(analysis.public_id)))
    if body := believed(analysis.client_key, kept):
        return body
    sketch = Sketch.objects.filter(pk=analysis.content_id).first()
    if sketch is None:
        return None
    earlier = before(analysis)
    is_whole = standing.allows("originality")
    found = _corpus(analysis, sketch, earlier, is_whole=is_whole)
    body = orjson.dumps(found, option=orjson.OPT_UTC_Z).decode()
    if is_whole:
        _remember(analysis, body, _named(found))
    return body


def _corpus(
    analysis: Analysis, sketch: Sketch, earlier: list[Earlier], *, is_whole: bool
) -> Corpus:
    return Corpus(
        earlier_texts=len(earlier),
        complete=len(earlier) < MOST,
        originality=originality_of(analysis.content, sketch, earlier)
        if is_whole
        else Originality("skipped", "service_busy"),
        related=related_to(sketch, earlier),
        keyphrase=uses_of_keyphrase(sketch, earlier),
    )


def _named(corpus: Corpus) -> list[str]:
    """The analyses that the answer speaks of."""
    uses = corpus.keyphrase.used_by if corpus.keyphrase else []
    named = {match.analysis for match in corpus.originality.matches}
    named |= {related.analysis for related in corpus.related}
    return sorted(named | {use.analysis for use in uses})


def believed(client_key: str, kept: list[Any] | None) -> str | None:
    """What was answered before, unless a text that it speaks of has been erased since."""
    if not kept:
        return None
    body, named = kept
    if named and Analysis.objects.of(client_key).filter(public_id__in=named).count() < len(named):
        return None
    return str(body)


def _remember(analysis: Analysis, body: str, named: list[str]) -> None:
    kept = [body, named]
    name = name_of(analysis.public_id)
    reports.in_cache(lambda cache: cache.set(name, kept, _REMEMBERED_SECONDS))


def name_of(public_id: str) -> str:
    return f"corpus:{public_id}"
