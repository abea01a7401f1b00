"""How do tests store counts as a process would? All of a call in one minute, in one write."""

from __future__ import annotations


def store(metric: str, amounts: tuple[float, ...], *, at: float, minutes_ago: int, **labels):
    """`at` is a moment in seconds since the epoch; without amounts, one is counted."""
    # Named here: fixtures are read before Django knows its settings.
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally

    tally, minute = Tally(BY_NAME), int(at // 60) - minutes_ago
    for amount in amounts or (1.0,):
        tally.add(BY_NAME[metric].kind, metric, amount, labels, minute)
    save(minute, tally.take()[minute])
