"""How do measurements become scores, ratings and a list of what to fix first?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.engine.report import Category, Rating, Score, Section, Status, TopFix

GOOD_FROM = 70.0
OK_FROM = 40.0
MAX_TOP_FIXES = 10


@dataclass(frozen=True, slots=True)
class Band:
    """A linear ramp: the value that earns 100 points and the value that earns none.

    Ramps have no cliffs, so a small change of the text never costs a whole step.
    """

    full: float
    none: float

    def score(self, value: float) -> float:
        share = (value - self.none) / (self.full - self.none)
        return round(100.0 * min(1.0, max(0.0, share)), 1)


@dataclass(frozen=True, slots=True)
class Steps:
    """What tools with three lights do: a value is good, or else ok, or else bad."""

    good: float
    ok: float

    def score(self, value: float) -> float:
        more_is_better = self.ok < self.good
        if value >= self.good if more_is_better else value <= self.good:
            return 100.0
        if value >= self.ok if more_is_better else value <= self.ok:
            return 60.0
        return 20.0


Scale = Band | Steps


def rate(score: float | None) -> Rating | None:
    if score is None:
        return None
    if score >= GOOD_FROM:
        return Rating.GOOD
    return Rating.OK if score >= OK_FROM else Rating.BAD


def mean(scores: Iterable[float]) -> float | None:
    values = list(scores)
    return round(sum(values) / len(values), 1) if values else None


def combine(sections: Iterable[Section], weights: Mapping[str, float]) -> dict[str, Score]:
    """The score of every category that has scored sections, and `overall` above them."""
    counted = [section for section in sections if section.category != Category.INFORMATION]
    scores = {"overall": _weighted(counted, weights) or Score(None, None, 1.0)}
    for name in sorted({str(section.category) for section in counted}):
        score = _weighted([s for s in counted if s.category == name], weights)
        if score is not None:
            scores[name] = score
    return scores


def order_fixes(fixes: Iterable[TopFix]) -> list[TopFix]:
    return sorted(fixes, key=lambda fix: (-fix.points, fix.id))[:MAX_TOP_FIXES]


def _weighted(sections: list[Section], weights: Mapping[str, float]) -> Score | None:
    ran = [(s.score, weights.get(s.id, 1.0)) for s in sections if s.score is not None]
    failed = [s for s in sections if s.status in (Status.ERROR, Status.TIMEOUT)]
    if not ran and not failed:
        return None
    done = sum(weight for _, weight in ran)
    missing = sum(weights.get(s.id, 1.0) for s in failed)
    value = round(sum(score * weight for score, weight in ran) / done, 1) if done else None
    return Score(score=value, rating=rate(value), coverage=round(done / (done + missing), 3))
