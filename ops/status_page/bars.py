"""How do ninety days become a row of bars that also says itself in words?"""

from __future__ import annotations

from dataclasses import dataclass

from ops.status_page.measured import Day
from ops.status_page.snapshot import PartState

STEP = 6
BAR_WIDTH = 4


@dataclass(frozen=True)
class Bar:
    x: int
    word: str
    title: str


@dataclass(frozen=True)
class Picture:
    part: PartState
    bars: tuple[Bar, ...]

    @property
    def width(self) -> int:
        return max(0, len(self.bars) * STEP - (STEP - BAR_WIDTH))

    @property
    def served(self) -> str:
        return _percent(self.part.good_share)

    @property
    def summary(self) -> str:
        """For whoever hears the page."""
        troubled = len(self.part.troubled_days)
        days = "1 day" if troubled == 1 else f"{troubled} days"
        return (
            f"{self.part.name}, the last {len(self.bars)} days: {self.served}, {days} with trouble"
        )


def picture(part: PartState) -> Picture:
    return Picture(part, tuple(_bar(at, day) for at, day in enumerate(part.days)))


def _bar(at: int, day: Day) -> Bar:
    word = "unknown" if day.condition is None else day.condition.word
    title = f"{day.date:%-d %B}: {_percent(day.good_share)}"
    if day.condition:
        title += f", {day.condition.title.lower()}"
    return Bar(at * STEP, word, title)


def _percent(share: float | None) -> str:
    """Rounded down: a day with one failure was not perfect."""
    if share is None:
        return "nothing is known"
    return "100 % served well" if share == 1 else f"{int(share * 10_000) / 100:.2f} % served well"
