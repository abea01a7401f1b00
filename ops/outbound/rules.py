"""What is asked of others, within which bounds, and what do they answer?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Excess(Enum):
    """What happens to an answer longer than allowed."""

    CUT = "cut"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Rules:
    deadline_seconds: float = 10.0
    """For all of it: names, connections, redirects, the answer's last byte."""
    connect_seconds: float = 3.0
    max_bytes: int = 5_000_000
    """Of the answer's body as it came and, where it is compressed, as it unfolds."""
    excess: Excess = Excess.REFUSE
    redirects: int = 0
    """So many are followed; each hop is vetted anew. Without any, a 3xx is the answer."""
    schemes: frozenset[str] = frozenset({"http", "https"})
    ports: frozenset[int] | None = None
    """None: those of OPS_OUTBOUND_PORTS. Allowed networks may be called on every port."""
    allowed_networks: tuple[str, ...] = ()
    """Networks that need not be public, beside OPS_OUTBOUND_ALLOWED_NETWORKS."""


@dataclass(frozen=True)
class Call:
    method: str
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """Unfolded, if it came compressed."""
    is_cut: bool
    url: str
    """Where it came from in the end."""
    seconds: float

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def header(self, name: str) -> str:
        """The first of that name, or an empty string."""
        lowered = name.lower()
        return next((value for key, value in self.headers if key.lower() == lowered), "")
