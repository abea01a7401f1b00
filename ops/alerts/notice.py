"""What are people told? The same facts, whatever the channel."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ops.alerts.occasions import Occasion


@dataclass(frozen=True)
class Notice:
    id: str
    """The same for every attempt, so that a receiver can tell a repetition."""
    occasion: Occasion
    rule: str
    severity: str
    summary: str
    runbook: str
    value: float | None
    threshold: float | None
    since: str
    environment: str

    @property
    def title(self) -> str:
        return f"{_WORDS[self.occasion]}: {self.rule} ({self.severity}, {self.environment})"

    @property
    def text(self) -> str:
        lines = [self.summary + ".", f"Since {self.since}."]
        if self.value is not None and self.threshold is not None:
            lines.append(f"Value {self.value:.4g}, threshold {self.threshold:.4g}.")
        if self.runbook and self.occasion != Occasion.RESOLVED:
            lines.append(self.runbook)
        return "\n".join(lines)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Notice:
        return cls(**{**kept, "occasion": Occasion(kept["occasion"])})

    def as_json(self) -> dict[str, object]:
        return {"type": f"alert.{self.occasion}", "data": asdict(self)}


_WORDS = {
    Occasion.FIRING: "Alert",
    Occasion.REMINDER: "Still firing",
    Occasion.RESOLVED: "Resolved",
    Occasion.TEST: "Test",
}


def moment(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC" if when else "unknown"
