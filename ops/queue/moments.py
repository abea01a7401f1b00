"""Which moment is it, by the clock of the database?"""

from __future__ import annotations

from datetime import timedelta

from django.db.models.expressions import Combinable
from django.db.models.functions import Now


def from_now(seconds: float) -> Combinable:
    # SQLite compares moments as texts, and a sum has more digits: "now" would be later than now.
    return Now() + timedelta(seconds=seconds) if seconds else Now()
