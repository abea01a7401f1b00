"""How do lines over time become a picture? As paths of an SVG, with the numbers in a table."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ops.metrics.reading import Line
from ops.metrics.windows import Window

WIDTH, HEIGHT = 600, 160
_SHORTEST = 4
_ROUND_TOPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Of which the scale ends at the next one, so that half of it is a number one can read."""

Say = Callable[[float], str]
Looks = Mapping[str, int]
"""Which line wears which colour, in the order of the legend: whoever knows one knows it again."""
STATUS_LOOKS: Looks = {"2xx": 0, "3xx": 5, "4xx": 2, "429": 1, "503": 6, "5xx": 4}
OUTCOME_LOOKS: Looks = {"hit": 0, "coalesced": 3, "miss": 1}
GATE_LOOKS: Looks = {"admitted": 0, "waited": 1, "shed": 4}


@dataclass(frozen=True)
class Curve:
    name: str
    number: int
    path: str
    latest: str
    area: str = ""
    """What lies between the line and the ground."""


@dataclass(frozen=True)
class TableRow:
    moment: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A moment at which something was decided, as a line across the chart."""

    x: str
    title: str


@dataclass(frozen=True)
class Chart:
    title: str
    highest: str
    top: str
    """Where the scale ends."""
    middle: str
    starts: str
    ends: str
    curves: tuple[Curve, ...]
    rows: tuple[TableRow, ...]
    is_empty: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def summary(self) -> str:
        """For whoever hears the page."""
        parts = ", ".join(f"{curve.name} {curve.latest}" for curve in self.curves)
        return (
            f"{self.title} from {self.starts} to {self.ends}; highest {self.highest}. Now: {parts}"
        )


def chart(
    title: str, lines: Sequence[Line], window: Window, say: Say, looks: Looks | None = None
) -> Chart:
    known = [value for line in lines for value in line.values if value is not None]
    highest = max(known, default=0.0)
    top = _round_top(highest)
    ordered = _ordered(lines, looks or {})
    return Chart(
        title=title,
        highest=say(highest),
        top=say(top),
        middle=say(top / 2),
        starts=_clock(window.start_seconds, window),
        ends=_clock(int(window.now_seconds), window),
        curves=tuple(_curve(line, number, top, say) for line, number in ordered),
        rows=tuple(_rows([line for line, _ in ordered], window, say)),
        is_empty=not known,
    )


def marked(made: Chart, moments: Sequence[tuple[datetime, str]], window: Window) -> Chart:
    """The same chart, with a line for each moment that it shows."""
    length = max(1, window.end_seconds - window.step_seconds - window.start_seconds)
    marks = []
    for moment, title in moments:
        share = (moment.timestamp() - window.start_seconds) / length
        if 0 <= share <= 1:
            marks.append(
                Mark(f"{share * WIDTH:.1f}", f"{_clock(int(moment.timestamp()), window)} {title}")
            )
    return replace(made, marks=tuple(marks))


def _ordered(lines: Sequence[Line], looks: Looks) -> list[tuple[Line, int]]:
    """Those that nobody named come last, in the colours that are left."""
    named = [line for name in looks for line in lines if line.name == name]
    others = [line for line in lines if line.name not in looks]
    left = (number for number in range(len(lines) + len(looks)) if number not in looks.values())
    numbers = {**looks, **dict(zip((line.name for line in others), left, strict=False))}
    return [(line, numbers[line.name]) for line in (*named, *others)]


def _round_top(highest: float) -> float:
    if highest <= 0:
        return 0.0
    size = 10.0 ** math.floor(math.log10(highest))
    return next(size * top for top in _ROUND_TOPS if size * top >= highest * (1 - 1e-9))


def _curve(line: Line, number: int, top: float, say: Say) -> Curve:
    latest = next((value for value in reversed(line.values) if value is not None), None)
    pieces = list(_pieces(line.values, top))
    return Curve(
        name=line.name,
        number=number,
        path="".join(map(_path, pieces)),
        latest="–" if latest is None else say(latest),
        area="".join(map(_area, pieces)) if number == 0 else "",
    )


Place = tuple[float, float]


def _pieces(values: Sequence[float | None], top: float) -> Iterator[list[Place]]:
    """Where nothing is known the line is broken: a gap is not a zero."""
    step = WIDTH / max(1, len(values) - 1)
    scale = HEIGHT / top if top else 0.0
    piece: list[Place] = []
    for index, value in enumerate(values):
        if value is not None:
            piece.append((index * step, HEIGHT - value * scale))
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _path(piece: list[Place]) -> str:
    """A value between two gaps is a short stroke: a line of no length is not seen."""
    stroke = f"h{_SHORTEST}" if len(piece) == 1 else ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in piece) + stroke


def _area(piece: list[Place]) -> str:
    return f"{_path(piece)}V{HEIGHT}H{piece[0][0]:.1f}Z"


def _rows(lines: Sequence[Line], window: Window, say: Say) -> list[TableRow]:
    """The newest first."""
    steps = list(window.steps)
    return [
        TableRow(
            moment=_clock(steps[index], window),
            values=tuple(_said(line.values[index], say) for line in lines),
        )
        for index in reversed(range(len(steps)))
    ]


def _said(value: float | None, say: Say) -> str:
    return "–" if value is None else say(value)


def _clock(seconds: int, window: Window) -> str:
    is_long = window.end_seconds - window.start_seconds > 86_400 + window.step_seconds
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.strftime("%d %b %H:%M" if is_long else "%H:%M")
