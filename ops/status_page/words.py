"""How is the whole of it put into a headline, a word for machines, and a colour?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ops.status_page.parts import Condition


@dataclass(frozen=True)
class Headline:
    title: str
    indicator: str
    """What Statuspage calls it: none, minor, major, critical, maintenance."""
    badge: str
    tone: str


HEADLINES = {
    Condition.OPERATIONAL: Headline("All systems operational", "none", "operational", "good"),
    Condition.UNDER_MAINTENANCE: Headline(
        "Maintenance under way", "maintenance", "maintenance", "calm"
    ),
    Condition.DEGRADED_PERFORMANCE: Headline(
        "Working, but not as well as usual", "minor", "degraded", "ok"
    ),
    Condition.PARTIAL_OUTAGE: Headline("Partly out of service", "major", "partial outage", "bad"),
    Condition.MAJOR_OUTAGE: Headline("Out of service", "critical", "major outage", "bad"),
}


def headline(conditions: Collection[Condition], told: Collection[Condition] = ()) -> Headline:
    """A part that is out is not the whole that is out; what is told of no part is of the whole."""
    worst = max(conditions, default=Condition.OPERATIONAL)
    if worst is Condition.MAJOR_OUTAGE and min(conditions) < Condition.PARTIAL_OUTAGE:
        worst = Condition.PARTIAL_OUTAGE
    return HEADLINES[max(worst, *told, Condition.OPERATIONAL)]
