"""Which of the client's own texts would be worth a link?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corpus.earlier import Earlier
from analysis.engine.corpus.likeness import Weights, cosine, rarity_of, shared_estimate, weighed
from analysis.models import Sketch

MOST = 5
MOST_REASONS = 5
ALIKE_FROM = 0.15
SAME_FROM = 0.6
"""From this share of common wording on it is no other text, but a copy."""


@dataclass(frozen=True)
class Related:
    analysis: str
    title: str
    url: str
    similarity: float
    because: list[str]


def related_to(sketch: Sketch, earlier: Sequence[Earlier]) -> list[Related]:
    """By what they are about: words that few of the client's texts speak of weigh most."""
    topics = sketch.topics
    rarity = rarity_of([(t.stem for t in topics), *((t.stem for t in e.terms) for e in earlier)])
    ours = weighed(topics, rarity)
    found = [(cosine(ours, weighed(each.terms, rarity)), each) for each in earlier]
    alike = [(value, each) for value, each in found if value >= ALIKE_FROM]
    alike.sort(key=lambda item: (-item[0], item[1].analysis))
    sample = sketch.sample
    others = [item for item in alike if shared_estimate(sample, item[1].shingles)[1] < SAME_FROM]
    words = {term.stem: term.word for term in topics}
    return [
        Related(
            analysis=each.analysis,
            title=each.title,
            url=each.url,
            similarity=round(value, 3),
            because=_reasons(ours, each, words),
        )
        for value, each in others[:MOST]
    ]


def _reasons(ours: Weights, earlier: Earlier, words: dict[str, str]) -> list[str]:
    shared = {term.stem for term in earlier.terms} & ours.keys()
    return [words[stem] for stem in sorted(shared, key=lambda s: (-ours[s], s))[:MOST_REASONS]]
