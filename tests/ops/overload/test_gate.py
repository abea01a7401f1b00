"""The gate in one process: room, line, importance, and what it learns."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ops.overload.concurrency import Bounds, GradientLimit
from ops.overload.gate import Gate, Manners, Shed, Ticket
from ops.overload.importance import COHORTS, Importance, rank

CRITICAL, HIGH, NORMAL, LOW = Importance


def a_gate(slots: int = 2, **manners) -> Gate:
    limit = GradientLimit(Bounds(minimum=slots, maximum=slots))
    manners = {"reserve": (0, 0, 0, 0)} | manners
    return Gate(limit, clock=time.monotonic, manners=Manners(**manners))


def enter(gate: Gate, importance: Importance, **facts):
    return gate.enter(importance, rank(importance, 0), **facts)


def filled(gate: Gate) -> list[Ticket]:
    return [enter(gate, NORMAL) for _ in range(gate.limit.limit)]


def in_line(gate: Gate) -> int:
    return sum(map(len, gate._line))


def wait_until(condition) -> None:
    ends_at = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < ends_at
        time.sleep(0.001)


def test_never_more_than_the_limit_work_at_once():
    gate, most, inside, lock = (
        a_gate(3, patience_seconds=(9.0,) * 4, line_at_most=(99,) * 4),
        [],
        [0],
        threading.Lock(),
    )

    def work(_):
        ticket = enter(gate, HIGH)
        if isinstance(ticket, Shed):
            return False
        with lock:
            inside[0] += 1
            most.append(inside[0])
        time.sleep(0.001)
        with lock:
            inside[0] -= 1
        gate.leave(ticket)
        return True

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(work, range(400)))

    assert all(done)
    assert max(most) == 3
    assert gate.in_flight == 0


def test_in_a_rush_no_more_work_at_once_than_keep_the_interpreter_busy():
    gate = Gate(GradientLimit(Bounds(minimum=2, maximum=8)), clock=time.monotonic)
    for step in range(1000):
        facts = {"in_flight": gate.limit.limit, "now": step * 0.01, "computing_seconds": 0.015}
        gate.limit.observe(0.05, **facts)
    calm = gate.slots

    gate.shedder.share = 0.1

    assert (calm, gate.slots) == (8, 3)


def test_the_most_important_goes_first_however_late_it_came():
    gate, order = a_gate(1, patience_seconds=(5.0,) * 4), []
    (working,) = filled(gate)

    def stand_in_line(importance):
        ticket = enter(gate, importance)
        order.append(importance)
        gate.leave(ticket)

    with ThreadPoolExecutor(3) as pool:
        for number, importance in enumerate((LOW, NORMAL, HIGH), start=1):
            pool.submit(stand_in_line, importance)
            wait_until(lambda number=number: in_line(gate) == number)
        gate.leave(working)

    assert order == [HIGH, NORMAL, LOW]


def test_critical_requests_find_the_reserve_and_are_never_refused():
    gate = a_gate(2, reserve=(1, 0, 0, 0), patience_seconds=(0.05, 0.01, 0.01, 0.01))
    filled(gate)

    first, second = enter(gate, CRITICAL), enter(gate, CRITICAL, age_seconds=1000)

    assert isinstance(first, Ticket)
    assert first.waited_seconds == 0
    assert isinstance(second, Ticket)
    assert second.waited_seconds >= 0.05


def test_premium_requests_do_not_stand_behind_the_others():
    gate = a_gate(2, reserve=(2, 1, 0, 0), patience_seconds=(0.0, 0.01, 0.01, 0.01))
    filled(gate)

    assert enter(gate, HIGH).waited_seconds == 0
    assert enter(gate, HIGH) == Shed("patience")
    assert enter(gate, CRITICAL).waited_seconds == 0
    assert enter(gate, NORMAL) == Shed("patience")


def test_a_line_that_is_long_enough_is_not_joined():
    gate = a_gate(1, line_per_slot=(9, 9, 0, 0))
    filled(gate)

    assert enter(gate, LOW) == Shed("line")


def test_patience_ends():
    gate = a_gate(1)
    filled(gate)

    assert enter(gate, LOW) == Shed("patience")
    assert in_line(gate) == 0


@pytest.mark.parametrize(("importance", "is_let_in"), [(HIGH, True), (NORMAL, False)])
def test_a_request_that_stood_too_long_before_the_door_is_sent_away(importance, is_let_in):
    answer = enter(a_gate(), importance, age_seconds=5.0)

    assert isinstance(answer, Ticket) is is_let_in


def test_who_waits_for_something_else_makes_room():
    gate = a_gate(1)
    ticket = enter(gate, NORMAL)

    gate.step_aside(ticket)
    other = enter(gate, NORMAL)
    gate.step_back()
    gate.leave(ticket)
    gate.leave(other)

    assert isinstance(other, Ticket)
    assert gate.in_flight == 0


def test_a_tick_tells_the_shedder_and_starts_anew():
    gate = a_gate(1, line_per_slot=(9, 9, 0, 0))
    (working,) = filled(gate)
    for number in range(COHORTS):
        gate.enter(LOW, rank(LOW, number))

    seen = gate.tick()
    gate.leave(working)

    assert seen.arrivals == (0, 0, 1, COHORTS)
    assert gate.shedder.share > 0.9
    assert gate.sheds(LOW, rank(LOW, COHORTS - 1)) == Shed("share")
    assert gate.sheds(HIGH, rank(HIGH, 0)) is None
    assert isinstance(enter(gate, HIGH), Ticket)
    assert gate.tick().arrivals == (0, 1, 0, 1)
