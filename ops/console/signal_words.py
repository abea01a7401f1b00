"""How is what a rule watches said? In its own unit, and when it breaks, in words."""

from __future__ import annotations

from collections.abc import Callable

from ops.alerts import signals
from ops.console.marks import NOTHING
from ops.console.numbers import number, seconds, size
from ops.models import AlertRule

_SAID: dict[str, Callable[[float | None], str]] = {
    "s": seconds,
    "bytes": size,
    "%": lambda value: f"{number(value)} %",
}
"""Of jobs, hosts and threads the name of the signal speaks already."""


def value(of: float | None, rule: AlertRule) -> str:
    signal = signals.SIGNALS.get(rule.signal)
    return _SAID.get(signal.unit if signal else "", number)(of) if of is not None else NOTHING


def condition(rule: AlertRule) -> str:
    return f"{rule.get_comparison_display()} {value(rule.threshold, rule)}"


def sentence(rule: AlertRule) -> str:
    return f"{rule.signal.replace('_', ' ')} {condition(rule)}"
