"""Which loads are measured in turns, so that what else the machine does befalls all of them?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import mean, median

from bench.overload.measuring import Point, measure, typical
from bench.overload.subjects import Subject

CALM_RATE = 10.0
LET_THROUGH_BY_NGINX = 2.0
"""As a multiple of the capacity: less would leave the service idle, and tell of nginx alone."""


@dataclass(frozen=True)
class Turn:
    what: str
    measured: Callable[[], Point]
    least: float = 0.0
    """The part of the peak that goodput has to keep."""
    is_alone: bool = True
    """Whether nothing stands in front that does a part of the work on another processor."""


def unloaded(subject: Subject, seconds: float) -> Turn:
    kinds = subject.important()
    return Turn("unloaded", partial(measure, subject, seconds, kinds=kinds, rate=CALM_RATE))


def multiple(subject: Subject, seconds: float, *, times: float, capacity: float) -> Turn:
    least = 0.0 if times <= 1 else 0.95 if times < 10 else 0.90
    rate = times * capacity
    return Turn(f"{times:g}x", partial(measure, subject, seconds, rate=rate), least)


def behind_nginx(
    subject: Subject, seconds: float, *, port: int, times: float, capacity: float
) -> Turn:
    measured = partial(measure, subject.at(port), seconds, rate=times * capacity)
    return Turn(f"nginx {times:g}x", measured, least=0.95, is_alone=False)


def requests_per_minute(subject: Subject, capacity: float) -> int:
    """What nginx lets each address ask."""
    return round(60 * LET_THROUGH_BY_NGINX * capacity / subject.addresses)


Round = dict[str, Point]
"""What each turn found."""


def played(turns: Sequence[Turn], rounds: int) -> list[Round]:
    """There and back: none is always the last."""
    orders = [turns if number % 2 == 0 else turns[::-1] for number in range(rounds)]
    return [{turn.what: turn.measured() for turn in order} for order in orders]


def typical_of(rounds: Sequence[Round], what: str) -> Point:
    return typical([found[what] for found in rounds])


def parts_of_peak(rounds: Sequence[Round], turns: Sequence[Turn]) -> dict[str, float]:
    """Goodput of each as a part of what the application finishes at best when it is alone.

    Measured by the mean of its round: a machine that others slow down for a minute does so for
    the whole round.
    """
    means = [mean(found[turn.what].goodput for turn in turns) for found in rounds]
    parts = {
        turn.what: median(
            found[turn.what].goodput / whole for found, whole in zip(rounds, means, strict=True)
        )
        for turn in turns
    }
    peak = max(parts[turn.what] for turn in turns if turn.is_alone)
    return {what: part / peak for what, part in parts.items()}


def slower(rounds: Sequence[Round], kind: str, *, calm: str, loaded: str) -> float:
    """How many times as long its slowest hundredth takes, in the same round."""
    return median(
        found[loaded].kinds[kind].p99_ms / max(found[calm].kinds[kind].p99_ms, 0.1)
        for found in rounds
    )
