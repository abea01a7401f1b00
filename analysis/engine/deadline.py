"""Is there time left?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
Clock = Callable[[], float]
STEP = 256


class OutOfTimeError(Exception):
    """The soft deadline has passed; what is measured so far is worthless, the rest stands."""


@dataclass(frozen=True, slots=True)
class Deadline:
    clock: Clock
    at_seconds: float

    def tick(self) -> None:
        if self.clock() > self.at_seconds:
            raise OutOfTimeError

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, with a look at the clock once in a while."""
        for index, item in enumerate(items):
            if index % STEP == 0:
                self.tick()
            yield item
