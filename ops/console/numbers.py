"""How is a number said? Short enough to compare, the same on every page."""

from __future__ import annotations

from datetime import timedelta

from ops.console.marks import NOTHING, duration

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def number(value: float | None) -> str:
    if value is None:
        return NOTHING
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 1 else f"{value:.2g}"


def percent(share: float | None) -> str:
    return NOTHING if share is None else f"{share * 100:.1f} %"


def seconds(value: float | None) -> str:
    return NOTHING if value is None else duration(timedelta(seconds=value))


def size(count: float | None) -> str:
    if count is None:
        return NOTHING
    unit = 0
    while count >= 1024 and unit < len(_UNITS) - 1:
        count, unit = count / 1024, unit + 1
    return (
        f"{count:.0f} {_UNITS[unit]}" if count >= 10 or not unit else f"{count:.1f} {_UNITS[unit]}"
    )


def quota(count: int, unit: str, window_seconds: int) -> str:
    """How much of what in which time, as one says it: 60 requests a minute."""
    things = "cost units" if unit == "cost" else unit
    often = _EVERY.get(window_seconds) or f"in {duration(timedelta(seconds=window_seconds))}"
    return f"{count:,} {things} {often}"


_EVERY = {1: "a second", 60: "a minute", 3600: "an hour", 86_400: "a day"}


def several(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
