"""Up to which rank are requests let in?

The border is put where what ranks behind it amounts to a given share of what arrives. Of the rank
at the border itself only so much is refused as is needed: one client may be a large part of what
fits, and all or nothing of it would be too much or too little.
"""

from __future__ import annotations

from ops.overload.importance import COHORTS, RANKS, Importance

NOBODY = RANKS
"""The first rank that is refused: none."""
_SHEDDABLE_FROM = int(Importance.NORMAL) * COHORTS
_MEMORY_PER_TICK = 0.7
"""What a tick keeps of the ticks before it when it counts who arrives."""


class Border:
    def __init__(self) -> None:
        self.rank = NOBODY
        self._let_in_at_border = 0.0
        self._owed = 0.0
        """What of a request the rank at the border has not got yet."""
        self._arrivals = [0.0] * RANKS
        self._seconds = 0.0

    def count(self, rank: int) -> None:
        """One has arrived. Not exact between threads, and need not be."""
        self._arrivals[rank] += 1

    def lets_in(self, rank: int) -> bool:
        if rank != self.rank:
            return rank < self.rank
        self._owed += self._let_in_at_border
        if self._owed < 1:
            return False
        self._owed -= 1
        return True

    def tick(self, seconds: float) -> None:
        """So much time has passed."""
        self._seconds += seconds

    def per_second(self, importance: Importance) -> float:
        """How many of a class arrive."""
        first = int(importance) * COHORTS
        return sum(self._arrivals[first : first + COHORTS]) / self._seconds

    def move(self, share: float) -> None:
        """To where it stops that share of the sheddable."""
        self.rank, self._let_in_at_border = self._place(share)
        self._arrivals = [count * _MEMORY_PER_TICK for count in self._arrivals]
        self._seconds *= _MEMORY_PER_TICK

    def _place(self, share: float) -> tuple[int, float]:
        """The rank at the border, and the part of it that is let in."""
        if share <= 0:
            return NOBODY, 1.0
        left = share * sum(self._arrivals[_SHEDDABLE_FROM:])
        for rank in range(RANKS - 1, _SHEDDABLE_FROM - 1, -1):
            left -= self._arrivals[rank]
            if left < 0:
                return rank, -left / self._arrivals[rank]
        return _SHEDDABLE_FROM, 0.0
