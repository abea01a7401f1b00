"""How is a fact shown in a list? Badges, moments and durations, the same on every page."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString


class Tone(StrEnum):
    """What a badge says before it is read."""

    GOOD = "good"
    BUSY = "busy"
    WAIT = "wait"
    BAD = "bad"
    CALM = "calm"


NOTHING = SafeString("–")
_EXACTLY = "%Y-%m-%d %H:%M:%S %Z"


def badge(text: str, tone: Tone) -> SafeString:
    return format_html('<span class="ops-badge ops-badge--{}">{}</span>', tone, text)


def moment(when: datetime | None, *, now: datetime) -> SafeString:
    """How long ago, with the exact time where the mouse rests."""
    if when is None:
        return NOTHING
    exact = timezone.localtime(when)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        exact.isoformat(),
        exact.strftime(_EXACTLY),
        ago(now - when),
    )


def lasting(began_at: datetime, *, now: datetime) -> SafeString:
    """For how long it has been so, with the moment at which it began where the mouse rests."""
    exact = timezone.localtime(began_at)
    return format_html(
        '<time datetime="{}" title="since {}">{}</time>',
        exact.isoformat(),
        exact.strftime(_EXACTLY),
        duration(max(now - began_at, timedelta(0))),
    )


def ago(passed: timedelta) -> str:
    if passed < timedelta(0):
        return f"in {duration(-passed)}"
    return "now" if passed < timedelta(seconds=1) else f"{duration(passed)} ago"


def duration(length: timedelta | None) -> str:
    """The two largest units: enough to judge, short enough to compare."""
    if length is None:
        return NOTHING
    seconds = length.total_seconds()
    if seconds < 1:
        return f"{round(seconds * 1000)} ms" if seconds else "0 s"
    for unit, smaller, size, part in _UNITS:
        if seconds >= size:
            whole, rest = divmod(int(seconds), size)
            return f"{whole} {unit}" + (f" {rest // part} {smaller}" if rest // part else "")
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"


_UNITS = (("d", "h", 86_400, 3600), ("h", "min", 3600, 60), ("min", "s", 60, 1))


def countdown(ends_at: datetime | None, *, now: datetime) -> SafeString:
    """How long it still lasts; live.js keeps it going between two looks."""
    if ends_at is None:
        return SafeString("until somebody ends it")
    exact = timezone.localtime(ends_at)
    return format_html(
        '<time datetime="{}" title="{}" data-until>{}</time>',
        exact.isoformat(),
        exact.strftime(_EXACTLY),
        ago(now - ends_at),
    )
