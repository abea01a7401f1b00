"""Which earlier texts were written for the same keyphrase, so that they now compete?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.corpus.earlier import Earlier
from analysis.models import Sketch

MOST = 5


@dataclass(frozen=True)
class Use:
    analysis: str
    title: str
    created_at: datetime


@dataclass(frozen=True)
class KeyphraseUses:
    rating: str
    total: int
    used_by: list[Use]


def uses_of_keyphrase(sketch: Sketch, earlier: Sequence[Earlier]) -> KeyphraseUses | None:
    """None without a keyphrase."""
    if not sketch.keyphrase:
        return None
    uses = [each for each in earlier if each.keyphrase == sketch.keyphrase]
    rating = {0: "good", 1: "ok"}.get(len(uses), "bad")
    newest = [Use(each.analysis, each.title, each.created_at) for each in uses[:MOST]]
    return KeyphraseUses(rating, len(uses), newest)
