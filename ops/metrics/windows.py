"""Which stretch of time does a chart show, in which steps, from which slots?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ops.metrics.ladder import (
    DAY_SECONDS,
    HOUR_SECONDS,
    MINUTE_SECONDS,
    SIX_HOURS_SECONDS,
    TEN_MINUTES_SECONDS,
)


@dataclass(frozen=True)
class Window:
    """Whole steps; the last one is still running when it holds `now_seconds`."""

    start_seconds: int
    end_seconds: int
    step_seconds: int
    slot_seconds: int
    now_seconds: float

    @property
    def steps(self) -> range:
        return range(self.start_seconds, self.end_seconds, self.step_seconds)

    @property
    def seconds(self) -> float:
        """How much of it has passed."""
        return max(1.0, min(self.end_seconds, self.now_seconds) - self.start_seconds)

    def passed_of(self, step: int) -> float:
        return max(1.0, min(float(self.step_seconds), self.now_seconds - step))


@dataclass(frozen=True)
class _Scale:
    up_to: timedelta
    slot_seconds: int
    step_seconds: int


# A chart has 15 to 185 points, and no reader fetches more than a few thousand slots per series.
_SCALES = (
    _Scale(timedelta(hours=3), MINUTE_SECONDS, MINUTE_SECONDS),
    _Scale(timedelta(days=1), TEN_MINUTES_SECONDS, TEN_MINUTES_SECONDS),
    _Scale(timedelta(days=7), HOUR_SECONDS, HOUR_SECONDS),
    _Scale(timedelta(days=32), SIX_HOURS_SECONDS, SIX_HOURS_SECONDS),
    _Scale(timedelta(days=180), DAY_SECONDS, DAY_SECONDS),
    _Scale(timedelta.max, DAY_SECONDS, 7 * DAY_SECONDS),
)


def last(length: timedelta, now: datetime) -> Window:
    """The steps that hold the last so many minutes or days, the running step included."""
    scale = next(scale for scale in _SCALES if length <= scale.up_to)
    return _window(now - length, now, scale)


def around(moment: datetime) -> Window:
    """The hour around a moment of the last eight days: all of it lies in the past."""
    middle = int(moment.timestamp()) // TEN_MINUTES_SECONDS * TEN_MINUTES_SECONDS
    return Window(
        start_seconds=middle - HOUR_SECONDS // 2,
        end_seconds=middle + HOUR_SECONDS // 2,
        step_seconds=TEN_MINUTES_SECONDS,
        slot_seconds=TEN_MINUTES_SECONDS,
        now_seconds=middle + HOUR_SECONDS // 2,
    )


def ten_minutes_of_eight_days(end: datetime) -> Window:
    """Complete slots only, the last of which ended by then."""
    end_seconds = int(end.timestamp()) // TEN_MINUTES_SECONDS * TEN_MINUTES_SECONDS
    return Window(
        start_seconds=end_seconds - 8 * DAY_SECONDS,
        end_seconds=end_seconds,
        step_seconds=TEN_MINUTES_SECONDS,
        slot_seconds=TEN_MINUTES_SECONDS,
        now_seconds=end_seconds,
    )


def _window(start: datetime, end: datetime, scale: _Scale) -> Window:
    step = scale.step_seconds
    last_step = int(end.timestamp()) // step * step
    length = max(1, -(-int((end - start).total_seconds()) // step)) * step
    return Window(
        start_seconds=last_step + step - length,
        end_seconds=last_step + step,
        step_seconds=step,
        slot_seconds=scale.slot_seconds,
        now_seconds=end.timestamp(),
    )
