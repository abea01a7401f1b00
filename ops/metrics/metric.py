"""What is a metric? A declared name, with the labels it may carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

OTHER = "other"
"""What every value becomes that a label does not know, or has no room for."""


class Kind(StrEnum):
    COUNTER = "counter"  # how often, how much: only ever grows
    HISTOGRAM = "histogram"  # how long: counted by size, so that percentiles can be read
    GAUGE = "gauge"  # how full: sampled now and then


@dataclass(frozen=True)
class Metric:
    name: str
    kind: Kind
    help: str
    labels: tuple[str, ...] = ()
    # A label listed here takes these values only; the others take any, up to a bound.
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def values_of(self, labels: Mapping[str, str]) -> tuple[str, ...]:
        """In declared order; a label that is not given is empty."""
        if not labels.keys() <= set(self.labels):
            raise UndeclaredError(f"{self.name} has no label {set(labels) - set(self.labels)}")
        return tuple(self._value(label, labels.get(label, "")) for label in self.labels)

    def folded(self) -> tuple[str, ...]:
        return (OTHER,) * len(self.labels)

    def _value(self, label: str, value: object) -> str:
        known = self.values.get(label)
        text = str(value)[:100]
        return text if known is None or text in known or not text else OTHER


class UndeclaredError(LookupError):
    """No such metric, label, or use of the metric in ops/metrics/register.py."""


def counter(name: str, text: str, *labels: str, **values: str) -> Metric:
    return Metric(name, Kind.COUNTER, text, labels, _known(values))


def histogram(name: str, text: str, *labels: str, **values: str) -> Metric:
    return Metric(name, Kind.HISTOGRAM, text, labels, _known(values))


def gauge(name: str, text: str, *labels: str, **values: str) -> Metric:
    return Metric(name, Kind.GAUGE, text, labels, _known(values))


def _known(values: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {label: frozenset(text.split()) for label, text in values.items()}
