"""Who is refused: the least important, the same few of them, and nobody longer than needed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.overload.importance import COHORTS, RANKS, Importance, cohort, rank
from ops.overload.shedding import Shedder, Tick

CRITICAL, HIGH, NORMAL, LOW = Importance
TICK_SECONDS = 0.25


def asks(shedder: Shedder, of_rank: int) -> bool:
    shedder.count(of_rank)
    return shedder.admits(of_rank)


class Service:
    """Serves so many a second; a line holds what comes at once, the rest is refused in line."""

    def __init__(self, capacity: float, line: int = 4) -> None:
        self.capacity, self.line = capacity * TICK_SECONDS, line
        self.shedder = Shedder()
        self.served: dict[Importance, int] = {}
        self.arrived: dict[Importance, int] = {}
        self.outcomes: dict[str, set[bool]] = {}
        self.goodput: list[int] = []
        self.shares: list[float] = []

    def run(self, rates: dict[Importance, float], *, seconds: float, clients: int = 500) -> None:
        self.served, self.arrived, self.outcomes = {}, {}, {}
        names = itertools.cycle(range(clients))
        for _ in range(round(seconds / TICK_SECONDS)):
            self._tick(rates, names)

    def _tick(self, rates, names) -> None:
        through = []
        for importance, rate in rates.items():
            for _ in range(round(rate * TICK_SECONDS)):
                client = f"{importance}-{next(names)}"
                admitted = asks(self.shedder, rank(importance, cohort(client, 0)))
                self.arrived[importance] = self.arrived.get(importance, 0) + 1
                self.outcomes.setdefault(client, set()).add(admitted)
                if admitted:
                    through.append(importance)
        through.sort()
        served = through[: int(self.capacity) + self.line]
        for importance in served:
            self.served[importance] = self.served.get(importance, 0) + 1
        self.goodput.append(len(served))
        self.shares.append(self.shedder.share)
        self.shedder.tick(
            Tick(
                seconds=TICK_SECONDS,
                served=len(served),
                refused_in_line=len(through) - len(served),
                shortest_wait_seconds=0.0,
                used=min(1.0, len(through) / self.capacity),
            )
        )

    def part_served(self, importance: Importance) -> float:
        return self.served.get(importance, 0) / self.arrived[importance]


@pytest.mark.parametrize("times", [2, 5, 10])
def test_at_many_times_the_capacity_the_service_is_full_and_premium_is_untouched(times):
    service = Service(capacity=400)

    service.run({HIGH: 40, NORMAL: 180 * times, LOW: 180 * times}, seconds=30)

    after_the_first_second = service.goodput[4:]
    assert service.part_served(HIGH) == 1.0
    assert sum(after_the_first_second) / len(after_the_first_second) >= 0.95 * 100
    assert service.part_served(NORMAL) > service.part_served(LOW)


def test_low_goes_before_normal():
    service = Service(capacity=400)

    service.run({NORMAL: 300, LOW: 300}, seconds=30)

    assert service.part_served(NORMAL) >= 0.99
    assert 0.2 < service.part_served(LOW) < 0.5


def test_the_same_few_suffer():
    service = Service(capacity=400)
    service.run({NORMAL: 800}, seconds=10)

    service.run({NORMAL: 800}, seconds=20)

    torn = sum(len(outcomes) == 2 for outcomes in service.outcomes.values())
    assert torn <= 0.15 * len(service.outcomes)


def test_it_recovers_within_ten_seconds_and_does_not_come_back():
    service = Service(capacity=400)
    service.run({NORMAL: 4000}, seconds=20)

    service.shares.clear()
    service.run({NORMAL: 200}, seconds=15)

    assert service.shares[0] > 0.5
    assert max(service.shares[40:]) == 0.0
    assert service.shares == sorted(service.shares, reverse=True)


def test_under_steady_overload_the_share_holds_still():
    service = Service(capacity=400)
    service.run({NORMAL: 2000}, seconds=10)

    service.shares.clear()
    service.run({NORMAL: 2000}, seconds=30)

    assert max(service.shares) - min(service.shares) <= 0.1


def test_requests_that_are_refused_further_inside_count_as_overload():
    shedder = Shedder()
    for _ in range(20):
        for number in range(COHORTS):
            asks(shedder, rank(NORMAL, number))
        shedder.tick(Tick(seconds=0.25, served=100, used=0.5, wasted=0.4))

    assert shedder.share > 0.3


# --- A queue behind it ---------------------------------------------------------------------


class Queue:
    """Does so many jobs a second, whatever comes; refuses what it could not do in time."""

    def __init__(self, capacity: float, *, promised_seconds: float = 10) -> None:
        self.capacity = capacity * TICK_SECONDS
        self.room = capacity * promised_seconds
        self.shedder = Shedder()
        self.waiting = 0.0
        self.done: list[float] = []
        self.refused_inside = 0
        self.shares: list[float] = []

    def run(self, rate: float, *, seconds: float) -> None:
        names = itertools.cycle(range(500))
        for _ in range(round(seconds / TICK_SECONDS)):
            for _ in range(round(rate * TICK_SECONDS)):
                if asks(self.shedder, rank(NORMAL, cohort(f"{next(names)}", 0))):
                    self._take_in()
            done = min(self.waiting, self.capacity)
            self.waiting -= done
            self.done.append(done)
            self.shares.append(self.shedder.share)
            fullness = self.waiting / self.room
            self.shedder.tick(Tick(TICK_SECONDS, served=int(done), used=0.3, queue=fullness))

    def _take_in(self) -> None:
        if self.waiting + 1 > self.room:
            self.refused_inside += 1
        else:
            self.waiting += 1


@pytest.mark.parametrize("times", [2, 5, 10])
def test_the_door_lets_in_what_the_queue_has_room_for(times):
    queue = Queue(capacity=80)

    queue.run(80 * times, seconds=30)
    at_first = queue.refused_inside
    queue.run(80 * times, seconds=120)

    assert queue.refused_inside == at_first
    steady = queue.done[120:]
    assert sum(steady) >= 0.98 * queue.capacity * len(steady)


def test_a_queue_that_was_full_is_filled_again_when_the_rush_is_over():
    queue = Queue(capacity=80)
    queue.run(800, seconds=60)

    queue.shares.clear()
    queue.run(40, seconds=30)

    assert queue.shares[0] > 0.5
    assert max(queue.shares[80:]) == 0.0


@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(0, RANKS - 1), max_size=30),
            st.integers(0, 100),
            st.integers(0, 100),
            st.floats(0, 1),
            st.floats(0, 1),
            st.floats(0, 1),
            st.floats(0, 9),
        ),
        max_size=60,
    )
)
def test_critical_requests_are_never_refused_and_the_share_stays_a_share(ticks):
    shedder = Shedder()
    for ranks, *seen in ticks:
        for number in ranks:
            asks(shedder, number)
        shedder.tick(Tick(0.25, *seen))

        assert 0.0 <= shedder.share <= 0.99
        assert all(shedder.admits(rank(CRITICAL, number)) for number in range(COHORTS))


def test_cohorts_are_dealt_anew_each_hour():
    clients = [f"client:{number}" for number in range(1000)]

    now = [cohort(client, 1) for client in clients]
    later = [cohort(client, 2) for client in clients]

    assert now == [cohort(client, 1) for client in clients]
    assert sum(a == b for a, b in zip(now, later, strict=True)) < 50
    assert set(now) == set(range(COHORTS))
