"""Which parts of the service do customers tell apart, and in which conditions can they be?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Condition(IntEnum):
    """The worse, the higher. Words are those of Statuspage."""

    OPERATIONAL = 0
    UNDER_MAINTENANCE = 1
    DEGRADED_PERFORMANCE = 2
    PARTIAL_OUTAGE = 3
    MAJOR_OUTAGE = 4

    @property
    def word(self) -> str:
        return self.name.lower()

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    Condition.OPERATIONAL: "Operational",
    Condition.UNDER_MAINTENANCE: "Under maintenance",
    Condition.DEGRADED_PERFORMANCE: "Degraded",
    Condition.PARTIAL_OUTAGE: "Partial outage",
    Condition.MAJOR_OUTAGE: "Major outage",
}


class Impact(StrEnum):
    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def condition(self) -> Condition:
        """What the parts that an incident names are in, at least."""
        return _OF_IMPACT[self]


_OF_IMPACT = {
    Impact.NONE: Condition.OPERATIONAL,
    Impact.MINOR: Condition.DEGRADED_PERFORMANCE,
    Impact.MAJOR: Condition.PARTIAL_OUTAGE,
    Impact.CRITICAL: Condition.MAJOR_OUTAGE,
}


@dataclass(frozen=True)
class Part:
    key: str
    name: str
    about: str
    closed_by: frozenset[str] = frozenset()
    """Scopes of maintenance that close it; the whole service closes every part."""


PARTS = (
    Part("api", "API", "Submitting texts and reading reports", frozenset({"read_only"})),
    Part("analyses", "Analyses", "Queue and workers", frozenset({"read_only", "submit"})),
    Part("webhooks", "Webhooks", "Telling you what is done", frozenset({"webhooks"})),
    Part("site", "Website", "Playground and documentation", frozenset({"playground"})),
    Part("console", "Console", "Where staff keep it running"),
)
PART_NAMES = {part.key: part.name for part in PARTS}
