"""What does a staff member see first? The verdict, five numbers, and what happened last."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ops.console import decisions
from ops.console.panels import Panel, all_panels, may_see
from ops.console.rights import Staff
from ops.console.shared import Shared
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


@dataclass(frozen=True)
class _Seen:
    verdict: Verdict
    tiles: list[Tile]
    panels: list[Panel]


def _look() -> _Seen:
    queue, decided = snapshot(), decisions.in_force(timezone.now())
    return _Seen(verdict(readiness(), queue, decided), tiles(queue), list(all_panels()))


seen = Shared(_look)


def overview(staff: Staff) -> Overview:
    """The same for everybody, but for the lists that one may not see."""
    look = seen.look()
    panels = [panel for panel in look.facts.panels if may_see(staff, panel)]
    return Overview(look.as_of, look.facts.verdict, look.facts.tiles, panels)
