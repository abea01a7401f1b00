"""Of what is a page of the console made? Tiles, tables, charts and moves, each a value.

Pages say what is true; how it looks is said once, in one template for each kind of block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from ops.console.charts import Chart
from ops.console.marks import NOTHING, Tone
from ops.console.moves import Move


@dataclass(frozen=True)
class Figure:
    """One number, its unit and what to think of it."""

    name: str
    title: str
    value: str
    note: str = ""
    tone: Tone = Tone.CALM
    link: str = ""


@dataclass(frozen=True)
class Figures:
    template: ClassVar[str] = "admin/console/blocks/_figures.html"
    name: str
    figures: tuple[Figure, ...]
    permission: str = ""
    is_half: bool = False


@dataclass(frozen=True)
class TableRow:
    cells: Sequence[object]
    moves: tuple[Move, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Table:
    """Columns whose title ends with # hold numbers, with ~ long texts that may break anywhere."""

    template: ClassVar[str] = "admin/console/blocks/_table.html"
    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[TableRow]
    empty: str
    hint: str = ""
    link: str = ""
    link_text: str = ""
    moves: tuple[Move, ...] = ()
    permission: str = ""
    is_half: bool = False

    @property
    def heads(self) -> list[Head]:
        return [
            Head(column.rstrip("#~"), column.endswith("#"), column.endswith("~"))
            for column in self.columns
        ]

    @property
    def has_moves(self) -> bool:
        return any(row.moves for row in self.rows)

    @property
    def lines(self) -> list[Line]:
        """Each cell knows its column: narrow screens show rows as cards."""
        heads = self.heads
        return [
            Line(row, tuple(Cell(*both) for both in zip(heads, row.cells, strict=True)))
            for row in self.rows
        ]


@dataclass(frozen=True)
class Head:
    title: str
    is_number: bool
    is_long: bool


@dataclass(frozen=True)
class Cell:
    head: Head
    value: object

    @property
    def look(self) -> str:
        sort = "ops-number" if self.head.is_number else "ops-long" if self.head.is_long else ""
        return f"{sort} ops-none".strip() if self.value in (NOTHING, "") else sort


@dataclass(frozen=True)
class Line:
    row: TableRow
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Charts:
    template: ClassVar[str] = "admin/console/blocks/_charts.html"
    name: str
    charts: tuple[Chart, ...]
    permission: str = ""
    is_half: bool = False


@dataclass(frozen=True)
class Card:
    """Sentences, and what can be done about them."""

    template: ClassVar[str] = "admin/console/blocks/_card.html"
    name: str
    title: str
    sentences: tuple[str, ...] = ()
    empty: str = ""
    moves: tuple[Move, ...] = ()
    link: str = ""
    link_text: str = ""
    permission: str = ""
    is_half: bool = False


@dataclass(frozen=True)
class Gauge:
    name: str
    title: str
    share: float | None
    """0 to 1; None where nobody can tell."""
    said: str
    link: str = ""

    @property
    def percent(self) -> int:
        return round(100 * min(1.0, max(0.0, self.share or 0.0)))

    @property
    def tone(self) -> Tone:
        if self.share is None:
            return Tone.CALM
        return Tone.BAD if self.share >= 0.9 else Tone.WAIT if self.share >= 0.7 else Tone.GOOD


@dataclass(frozen=True)
class Gauges:
    template: ClassVar[str] = "admin/console/blocks/_gauges.html"
    name: str
    title: str
    sentence: str
    gauges: tuple[Gauge, ...] = field(default=())
    moves: tuple[Move, ...] = ()
    permission: str = ""
    is_half: bool = False


@dataclass(frozen=True)
class Notice:
    """Said aloud when there is something to say; else nothing is shown."""

    template: ClassVar[str] = "admin/console/blocks/_notice.html"
    name: str
    text: str = ""
    permission: str = ""
    is_half: bool = False


class Block(Protocol):
    """Whatever has a name and a template; those that need a right are left out without it."""

    @property
    def name(self) -> str: ...
    @property
    def template(self) -> str: ...
    @property
    def permission(self) -> str: ...
    @property
    def is_half(self) -> bool: ...
