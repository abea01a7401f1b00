"""Who asks for most? Counted in bounded room, however many ask."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from operator import attrgetter


@dataclass(slots=True)
class Use:
    """What one client was asked to pay on one policy."""

    label: str = ""
    digest: int = 0
    requests: int = 0
    cost: int = 0
    refused: int = 0
    peak_permille: int = 0
    """How full its quota was at most."""


class Heaviest:
    """Holds twice as many as it must tell; of too many the lighter half is forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.uses: dict[Hashable, Use] = {}

    def use(self, key: Hashable, make: Callable[[], Use]) -> Use:
        found = self.uses.get(key)
        if found is None:
            if len(self.uses) >= self._most:
                self._forget_the_lighter_half()
            found = self.uses[key] = make()
        return found

    def top(self, count: int) -> list[Use]:
        """The heaviest, and those whose quota is nearly used up."""
        uses = self.uses.values()
        by_cost = sorted(uses, key=attrgetter("cost"), reverse=True)[:count]
        by_peak = sorted(uses, key=attrgetter("peak_permille"), reverse=True)[:count]
        return by_cost + _others(by_peak, by_cost)

    def _forget_the_lighter_half(self) -> None:
        heaviest = sorted(self.uses.items(), key=lambda item: item[1].cost, reverse=True)
        self.uses = dict(heaviest[: self._most // 2])


def _others(uses: Iterable[Use], known: Iterable[Use]) -> list[Use]:
    ids = {id(use) for use in known}
    return [use for use in uses if id(use) not in ids]
