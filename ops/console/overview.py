"""What does a staff member see first? The verdict, five numbers, and what happened last."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ops.console.panels import Panel, Staff, panels_for
from ops.console.tiles import Tile, tiles
from ops.console.verdict import Verdict, verdict
from ops.health.readiness import readiness
from ops.queue import snapshot


@dataclass(frozen=True)
class Overview:
    as_of: datetime
    verdict: Verdict
    tiles: list[Tile]
    panels: list[Panel]


def overview(staff: Staff) -> Overview:
    now = timezone.now()
    queue = snapshot()
    return Overview(
        as_of=now,
        verdict=verdict(readiness(), queue),
        tiles=tiles(queue),
        panels=panels_for(staff),
    )
