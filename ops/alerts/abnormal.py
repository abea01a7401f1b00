"""Is this traffic like other days'? Pure: numbers in, one judgement out.

Two detectors look at the square root of the counts, which makes busy and quiet hours comparable:
how far a value lies from its moving average, and from what its neighbours and the same time of
yesterday and last week let expect (ridge regression). Either may speak. Each is scaled by its own
median deviation, and its threshold is what it exceeded so many times a week in the past, so that
false alarms keep to a budget.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_SMOOTHING = 0.1
_RIDGE = 1.0
_SPREAD_OF_CHANCE = 0.5
"""Of the square root of a count of independent visitors: one more on an idle night is chance."""
_LEAST_THRESHOLD = 4.0
"""In median deviations: a history without events must not make every ripple abnormal."""


@dataclass(frozen=True)
class Calendar:
    steps_per_day: int

    @property
    def steps_per_week(self) -> int:
        return 7 * self.steps_per_day


@dataclass(frozen=True)
class Judgement:
    """Above 1 the newest value is abnormal: for a warning, and for waking somebody up."""

    warning: float
    page: float
    rises: bool


def judge(counts: Sequence[float], calendar: Calendar) -> Judgement | None:
    """Of the newest count, against all before it; None with less than two days of history."""
    if len(counts) < 2 * calendar.steps_per_day + 1:
        return None
    values = [math.sqrt(max(0.0, count) + 0.375) for count in counts]
    weeks = len(values) / calendar.steps_per_week
    verdicts = [
        _against_budget(residuals, weeks)
        for residuals in (_from_average(values), _from_expectation(values, calendar))
    ]
    loudest = max(verdicts, key=lambda judgement: judgement.warning)
    return Judgement(
        warning=max(judgement.warning for judgement in verdicts),
        page=max(judgement.page for judgement in verdicts),
        rises=loudest.rises,
    )


def lesser(one: Judgement | None, other: Judgement | None) -> Judgement | None:
    """What both say; nothing where one sees a rise and the other a fall."""
    if one is None or other is None:
        return None
    if one.rises is not other.rises:
        return Judgement(0.0, 0.0, one.rises)
    return Judgement(min(one.warning, other.warning), min(one.page, other.page), one.rises)


def _against_budget(residuals: Sequence[float], weeks: float) -> Judgement:
    past, newest = residuals[:-1], residuals[-1]
    middle = median(past)
    spread = 1.4826 * median(abs(residual - middle) for residual in past)
    scale = max(_SPREAD_OF_CHANCE, spread)
    scores = sorted((abs(residual - middle) / scale for residual in past), reverse=True)
    score = abs(newest - middle) / scale
    return Judgement(
        warning=score / _threshold(scores, 3 * weeks),
        page=score / _threshold(scores, 1 * weeks),
        rises=newest > middle,
    )


def _threshold(scores: Sequence[float], budget: float) -> float:
    """What was exceeded this many times."""
    return max(_LEAST_THRESHOLD, scores[min(round(budget), len(scores) - 1)])


def _from_average(values: Sequence[float]) -> list[float]:
    average, residuals = values[0], []
    for value in values:
        residuals.append(value - average)
        average += _SMOOTHING * (value - average)
    return residuals[1:]


def _from_expectation(values: Sequence[float], calendar: Calendar) -> list[float]:
    """What a linear model of the past, fitted without the newest value, did not expect."""
    lags = [1, 2, 3, calendar.steps_per_day]
    if len(values) > calendar.steps_per_week + calendar.steps_per_day:
        lags.append(calendar.steps_per_week)
    rows = [[1.0, *(values[at - lag] for lag in lags)] for at in range(max(lags), len(values))]
    targets = values[max(lags) :]
    weights = _ridge(rows[:-1], targets[:-1])
    return [
        target - sum(weight * x for weight, x in zip(weights, row, strict=True))
        for row, target in zip(rows, targets, strict=True)
    ]


def _ridge(rows: Sequence[Sequence[float]], targets: Sequence[float]) -> list[float]:
    width = len(rows[0])
    matrix = [
        [sum(row[i] * row[j] for row in rows) + (_RIDGE if i == j else 0.0) for j in range(width)]
        for i in range(width)
    ]
    right = [
        sum(row[i] * target for row, target in zip(rows, targets, strict=True))
        for i in range(width)
    ]
    return _solve(matrix, right)


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination; the ridge keeps the matrix positive, so no pivot is 0."""
    width = len(right)
    for column in range(width):
        for row in range(column + 1, width):
            factor = matrix[row][column] / matrix[column][column]
            for k in range(column, width):
                matrix[row][k] -= factor * matrix[column][k]
            right[row] -= factor * right[column]
    found = [0.0] * width
    for row in reversed(range(width)):
        known = sum(matrix[row][k] * found[k] for k in range(row + 1, width))
        found[row] = (right[row] - known) / matrix[row][row]
    return found
