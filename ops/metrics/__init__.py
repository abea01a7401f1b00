"""How much, how long, how full? Counted in the process, stored by minute, read by everybody.

    metrics.count("limit_decisions", policy="burst", tier="free", outcome="refused")
    metrics.observe("job_run_seconds", 0.21, kind="analysis")
    metrics.gauge("gate_limit", 12)

Names are declared in ops/metrics/register.py. None of these raises or blocks; a name that is not
declared raises where OPS_METRICS_STRICT says so (tests), elsewhere it is counted as dropped.
"""

from ops.metrics.metric import Kind
from ops.metrics.recorder import current


def start() -> None:
    """Counting starts it too; a process that may never count can say so itself."""
    current()


def count(name: str, amount: float = 1, /, **labels: str) -> None:
    current().record(Kind.COUNTER, name, amount, labels)


def observe(name: str, value: float, /, **labels: str) -> None:
    """A duration in seconds."""
    current().record(Kind.HISTOGRAM, name, value, labels)


def gauge(name: str, value: float, /, **labels: str) -> None:
    """How full something is now; charts show average and peak of a minute."""
    current().record(Kind.GAUGE, name, value, labels)
