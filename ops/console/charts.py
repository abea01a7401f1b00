"""How do lines over time become a picture? As paths of an SVG, with the numbers in a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ops.metrics.reading import Line
from ops.metrics.windows import Window

WIDTH, HEIGHT = 600, 160
_TOP = 8  # room for the stroke of the highest value
_LONGEST_TABLE = 40

Say = Callable[[float], str]


@dataclass(frozen=True)
class Curve:
    name: str
    number: int
    path: str
    latest: str


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


def chart(title: str, lines: Sequence[Line], window: Window, say: Say) -> Chart:
    known = [value for line in lines for value in line.values if value is not None]
    highest = max(known, default=0.0)
    return Chart(
        title=title,
        highest=say(highest),
        starts=_clock(window.start_seconds, window),
        ends=_clock(int(window.now_seconds), window),
        curves=tuple(_curve(line, number, highest, say) for number, line in enumerate(lines)),
        rows=tuple(_rows(lines, window, say)),
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


def _curve(line: Line, number: int, highest: float, say: Say) -> Curve:
    latest = next((value for value in reversed(line.values) if value is not None), None)
    return Curve(
        name=line.name,
        number=number,
        path=_path(line.values, highest),
        latest="–" if latest is None else say(latest),
    )


def _path(values: Sequence[float | None], highest: float) -> str:
    """Where nothing is known the line is broken: a gap is not a zero."""
    step = WIDTH / max(1, len(values) - 1)
    scale = (HEIGHT - _TOP) / highest if highest else 0.0
    commands, pen = [], "M"
    for index, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        commands.append(f"{pen}{index * step:.1f} {HEIGHT - value * scale:.1f}")
        pen = "L"
    return "".join(commands)


def _rows(lines: Sequence[Line], window: Window, say: Say) -> list[TableRow]:
    """The newest first."""
    steps = list(window.steps)
    return [
        TableRow(
            moment=_clock(steps[index], window),
            values=tuple(_said(line.values[index], say) for line in lines),
        )
        for index in reversed(range(max(0, len(steps) - _LONGEST_TABLE), len(steps)))
    ]


def _said(value: float | None, say: Say) -> str:
    return "–" if value is None else say(value)


def _clock(seconds: int, window: Window) -> str:
    is_long = window.end_seconds - window.start_seconds > 86_400 + window.step_seconds
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.strftime("%d %b %H:%M" if is_long else "%H:%M")
