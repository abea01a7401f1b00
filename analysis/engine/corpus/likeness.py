"""How alike are two sketches: in their wording, and in what they are about?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt

from analysis.engine.corpus.sketch import MAX_SHINGLES, Term

Weights = Mapping[str, float]


def shared_estimate(ours: frozenset[int], theirs: frozenset[int]) -> tuple[int, float]:
    """How many sampled shingles are shared, and which part of ours that makes.

    A full sample says nothing of shingles above its largest, so only those below count.
    """
    tops = [max(sample) for sample in (ours, theirs) if len(sample) == MAX_SHINGLES]
    top = min(tops, default=None)
    seen = ours if top is None else [shingle for shingle in ours if shingle <= top]
    shared = len(theirs.intersection(seen))
    return shared, shared / len(seen) if seen else 0.0


def rarity_of(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """How much each stem tells: what all texts speak of tells little."""
    total, counts = 0, Counter[str]()
    for stems in texts:
        total += 1
        counts.update(set(stems))
    return {stem: log(1 + total / count) for stem, count in counts.items()}


def weighed(terms: Iterable[Term], rarity: Weights) -> dict[str, float]:
    return {term.stem: term.weight * rarity.get(term.stem, 0.0) for term in terms}


def cosine(ours: Weights, theirs: Weights) -> float:
    product = sum(weight * theirs[stem] for stem, weight in ours.items() if stem in theirs)
    lengths = _length(ours) * _length(theirs)
    return product / lengths if lengths else 0.0


def _length(weights: Weights) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))
