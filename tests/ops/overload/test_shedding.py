"""Who is refused: the least important, the same few of them, and nobody longer than needed."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.overload.importance import COHORTS, RANKS, Importance, cohort, rank
from ops.overload.inflow import Flow
from ops.overload.shedding import QUEUED, Shedder, Tick

CRITICAL, HIGH, NORMAL, LOW = Importance
TICK_SECONDS = 0.25
AMOUNTS = st.floats(0, 1e6)
FLOWS = st.builds(
    Flow,
    seconds=st.floats(0.001, 1e4),
    came=AMOUNTS,
    done=AMOUNTS,
    waiting=AMOUNTS,
    fits=AMOUNTS,
    usual_per_second=st.floats(0.001, 1e6),
    was_busy=st.booleans(),
)


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


# --- A queue behind it ---------------------------------------------------------------------


class Queue:
    """Does so many jobs a second, whatever comes; refuses what it could not do in time. It is
    looked at every other tick, and what is seen is told a tick later."""

    def __init__(self, capacity: float, *, promised_seconds: float = 2, new: float = 1.0) -> None:
        self.capacity = capacity
        self.room = capacity * promised_seconds
        self.new = new
        """The part of the requests that makes work."""
        self.shedder = Shedder()
        self.waiting = dict.fromkeys(QUEUED, 0.0)
        self.let_in = dict.fromkeys(QUEUED, 0)
        self.done: list[float] = []
        self.refused_inside = 0
        self.shares: list[float] = []
        self._names = itertools.cycle(range(500))
        self._dice = random.Random(1)
        self._looked_at = dict(self.waiting)
        self._flows: dict[Importance, Flow] = {}
        self._done_since = dict.fromkeys(QUEUED, 0.0)

    def run(self, rate: float, *, seconds: float, low: float = 0.0) -> None:
        """`low`: the part without a key."""
        for number in range(round(seconds / TICK_SECONDS)):
            let_in = dict.fromkeys(QUEUED, 0)
            for _ in range(round(rate * TICK_SECONDS)):
                importance = LOW if self._dice.random() < low else NORMAL
                client = f"{importance}-{next(self._names)}"
                if asks(self.shedder, rank(importance, cohort(client, 0))):
                    let_in[importance] += self._take_in(importance)
            self._work()
            self.shares.append(self.shedder.share)
            flows, self._flows = self._flows, self._look() if number % 2 else {}
            counts = [0, 0, let_in[NORMAL], let_in[LOW]]
            for importance in QUEUED:
                self.let_in[importance] += let_in[importance]
            facts = {"served": sum(counts), "used": 0.3, "let_in": counts, "flows": flows}
            self.shedder.tick(Tick(TICK_SECONDS, **facts))

    def _take_in(self, importance: Importance) -> bool:
        if self._dice.random() >= self.new:
            return True
        room = self.room if importance is NORMAL else self.room / 2
        is_full = self._ahead(self.waiting, importance) + 1 > room
        self.refused_inside += is_full
        self.waiting[importance] += not is_full
        return not is_full

    def _work(self) -> None:
        left = self.capacity * TICK_SECONDS
        self.done.append(0.0)
        for importance in QUEUED:
            done = min(self.waiting[importance], left)
            self.waiting[importance] -= done
            self._done_since[importance] += done
            self.done[-1] += done
            left -= done

    def _look(self) -> dict[Importance, Flow]:
        flows = {importance: self._flow(importance) for importance in QUEUED}
        self._looked_at = dict(self.waiting)
        self._done_since = dict.fromkeys(QUEUED, 0.0)
        return flows

    def _flow(self, importance: Importance) -> Flow:
        waiting = self._ahead(self.waiting, importance)
        before = self._ahead(self._looked_at, importance)
        done = self._ahead(self._done_since, importance)
        return Flow(
            seconds=2 * TICK_SECONDS,
            came=waiting - before + done,
            done=done,
            waiting=waiting,
            fits=self.room if importance is NORMAL else self.room / 2,
            usual_per_second=self.capacity,
            was_busy=bool(before and waiting),
        )

    @staticmethod
    def _ahead(counts, importance) -> float:
        return sum(count for of, count in counts.items() if of <= importance)


@pytest.mark.parametrize("new", [1.0, 0.2])
@pytest.mark.parametrize("promised_seconds", [2, 10, 60])
@pytest.mark.parametrize("times", [2, 5, 10])
def test_the_door_lets_in_what_the_queue_has_room_for(times, promised_seconds, new):
    queue = Queue(capacity=80, promised_seconds=promised_seconds, new=new)

    queue.run(80 * times / new, seconds=30)
    at_first = queue.refused_inside
    queue.run(80 * times / new, seconds=60)

    assert queue.refused_inside == at_first
    steady = queue.done[120:]
    assert sum(steady) >= 0.98 * queue.capacity * TICK_SECONDS * len(steady)
    assert max(queue.shares[120:]) - min(queue.shares[120:]) < 0.3


def test_when_more_come_nearly_as_many_are_let_in_at_once():
    queue = Queue(capacity=80)
    queue.run(160, seconds=30)

    queue.refused_inside = 0
    queue.run(800, seconds=10)

    assert queue.refused_inside < 80  # what is done in a second


def test_whoever_has_a_key_is_not_refused_because_of_those_without():
    queue = Queue(capacity=80)

    queue.run(104, seconds=60, low=0.3)

    with_key, without = queue.let_in[NORMAL], queue.let_in[LOW]
    assert with_key == pytest.approx(0.7 * 104 * 60, rel=0.05)
    assert without == pytest.approx(80 * 60 - with_key, rel=0.5)
    assert queue.refused_inside < 80


def test_an_idle_queue_takes_a_burst_that_fits():
    queue = Queue(capacity=80, promised_seconds=60)
    queue.run(4, seconds=30)

    queue.shares.clear()
    queue.run(400, seconds=5)

    assert max(queue.shares) == 0.0


def test_a_queue_that_nobody_works_off_is_filled_no_further_than_half():
    queue = Queue(capacity=80, promised_seconds=10)
    queue.run(60, seconds=10)

    stopped, queue.capacity = queue.capacity, 0
    queue.run(60, seconds=60)
    queue.capacity = stopped

    assert 0.4 < queue._ahead(queue.waiting, NORMAL) / queue.room < 0.7
    assert queue.refused_inside == 0


def test_when_the_rush_is_over_everybody_is_let_in():
    queue = Queue(capacity=80)
    queue.run(800, seconds=60)

    queue.shares.clear()
    queue.run(40, seconds=10)

    assert queue.shares[0] > 0.5
    assert max(queue.shares[8:]) == 0.0


@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(0, RANKS - 1), max_size=30),
            st.integers(0, 100),
            st.integers(0, 100),
            st.floats(0, 1),
            st.floats(0, 1),
            st.floats(0, 1),
            st.lists(st.integers(0, 50), min_size=4, max_size=4),
            st.dictionaries(st.sampled_from(QUEUED), FLOWS),
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
