"""What have staff decided that holds back the service now? Pauses and maintenance, in sentences."""

from datetime import datetime

from ops.maintenance import sources
from ops.maintenance.windows import Window
from ops.models import Pause


def in_force(now: datetime) -> list[str]:
    closed = [_closed(window) for window in sources.windows() if window.is_on(now)]
    return closed + [_paused(pause) for pause in Pause.objects.order_by("kind")]


def _closed(window: Window) -> str:
    until = f" until {window.ends_at:%H:%M} UTC" if window.ends_at else ""
    return f"Closed for maintenance{until}: {window.title.lower()}."


def _paused(pause: Pause) -> str:
    what = f"jobs of kind {pause.kind}" if pause.kind else "the whole queue"
    because = f": {pause.reason}" if pause.reason else ""
    return f"Somebody paused {what}{because}."
