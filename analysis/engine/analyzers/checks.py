"""How do several checks make one section?"""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.engine.analyzers.analyzer import Draft, Outcome
from analysis.engine.report import Metric, Rating
from analysis.engine.scoring import mean, rate

GOOD, OK, BAD = 100.0, 60.0, 20.0


@dataclass(frozen=True, slots=True)
class Check:
    """One question with its answer; a check that does not apply is left out altogether."""

    id: str
    score: float
    value: Metric
    draft: Draft | None = None

    @property
    def rating(self) -> Rating | None:
        return rate(self.score)


def outcome_of(
    candidates: Iterable[Check | None], metrics: dict[str, Metric] | None = None
) -> Outcome:
    """The mean of all checks that apply; `checks` in the metrics tells each of them."""
    checks = [check for check in candidates if check is not None]
    told: Metric = [
        {"id": check.id, "score": check.score, "rating": check.rating, "value": check.value}
        for check in checks
    ]
    return Outcome(
        score=mean(check.score for check in checks),
        metrics={**(metrics or {}), "checks": told},
        drafts=[check.draft for check in checks if check.draft is not None and check.score < GOOD],
    )
