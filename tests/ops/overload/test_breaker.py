"""One breaker in one process: when it opens, whom it lets try, when it closes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.overload.breaker import Breaker, Permit, Refusal, Rules, State

RULES = Rules(minimum_calls=10, window_seconds=10, open_seconds=2, probes=2, slow_seconds=1.0)


def call(breaker: Breaker, *, failed: bool = False, seconds: float = 0.01, now: float) -> bool:
    """Whether it was let through."""
    permit = breaker.allow(now=now)
    if isinstance(permit, Refusal):
        return False
    breaker.report(permit, failed=failed, seconds=seconds, now=now)
    return True


def opened(rules: Rules = RULES, *, now: float = 0.0) -> Breaker:
    breaker = Breaker(rules)
    for _ in range(rules.minimum_calls):
        call(breaker, failed=True, now=now)
    assert breaker.state is State.OPEN
    return breaker


@pytest.mark.parametrize(
    ("calls", "state"),
    [
        ([True] * 9, State.CLOSED),  # too few to prove anything
        ([True] * 10, State.OPEN),
        ([True, False] * 5, State.OPEN),  # one half fails, never two in a row
        ([True, False, False] * 10, State.CLOSED),
        ([False] * 100 + [True] * 50, State.CLOSED),
    ],
)
def test_the_part_that_fails_decides(calls, state):
    breaker = Breaker(RULES)

    for number, failed in enumerate(calls):
        call(breaker, failed=failed, now=number * 0.01)

    assert breaker.state is state


def test_slow_calls_count_by_their_own_share():
    breaker = Breaker(Rules(slow_share=0.8, slow_seconds=1.0))

    for number in range(10):
        call(breaker, seconds=2.0 if number else 0.1, now=number)

    assert breaker.state is State.OPEN


def test_what_left_the_window_is_forgotten():
    breaker = Breaker(RULES)
    for _ in range(9):
        call(breaker, failed=True, now=0.0)

    call(breaker, failed=True, now=11.0)

    assert breaker.state is State.CLOSED


def test_an_open_breaker_says_when_to_come_back():
    breaker = opened()

    refusal = breaker.allow(now=0.5)

    assert isinstance(refusal, Refusal)
    assert refusal.retry_after_seconds == pytest.approx(1.6)
    assert isinstance(breaker.allow(now=0.5 + refusal.retry_after_seconds), Permit)


def test_exactly_so_many_probes_try_and_all_must_succeed():
    breaker = opened()

    permits = [breaker.allow(now=3.0) for _ in range(10)]
    probes = [permit for permit in permits if isinstance(permit, Permit)]
    for probe in probes:
        breaker.report(probe, failed=False, seconds=0.1, now=3.1)

    assert len(probes) == 2
    assert breaker.state is State.CLOSED


def test_after_one_good_probe_of_two_only_one_more_may_try():
    breaker = opened()
    first, second = breaker.allow(now=3.0), breaker.allow(now=3.0)
    breaker.report(first, failed=False, seconds=0.1, now=3.1)

    assert isinstance(breaker.allow(now=3.2), Refusal)
    breaker.report(second, failed=False, seconds=0.1, now=3.3)
    assert breaker.state is State.CLOSED


@pytest.mark.parametrize("bad", [{"failed": True, "seconds": 0.1}, {"failed": False, "seconds": 5}])
def test_one_bad_probe_opens_it_again_for_longer(bad):
    breaker = opened()
    breaker.report(breaker.allow(now=3.0), **bad, now=3.1)

    refusal = breaker.allow(now=3.1)

    assert breaker.state is State.OPEN
    assert refusal.retry_after_seconds == pytest.approx(4.2)


def test_the_open_time_grows_to_its_bound_and_starts_anew_after_a_recovery():
    breaker, now, waits = opened(), 0.0, []
    for _ in range(12):
        wait = breaker.allow(now=now).retry_after_seconds
        waits.append(wait)
        now += wait
        breaker.report(breaker.allow(now=now), failed=True, seconds=0.1, now=now)
    now += 1000
    for _ in range(2):
        breaker.report(breaker.allow(now=now), failed=False, seconds=0.1, now=now)
    for _ in range(10):
        call(breaker, failed=True, now=now)

    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(300 * 1.05)
    assert breaker.allow(now=now).retry_after_seconds == pytest.approx(2.1)


def test_a_probe_that_is_never_heard_of_does_not_block_the_breaker():
    breaker = opened()
    for _ in range(2):
        assert isinstance(breaker.allow(now=3.0), Permit)

    assert isinstance(breaker.allow(now=20.0), Refusal)
    assert isinstance(breaker.allow(now=33.1), Permit)


def test_news_from_before_it_opened_do_not_count():
    breaker = Breaker(RULES)
    old = breaker.allow(now=0.0)
    for _ in range(10):
        call(breaker, failed=True, now=0.0)
    probe = breaker.allow(now=3.0)

    breaker.report(old, failed=True, seconds=9.0, now=3.1)

    assert breaker.state is State.HALF_OPEN
    breaker.report(probe, failed=False, seconds=0.1, now=3.2)


@given(
    st.lists(st.tuples(st.sampled_from(["allow", "good", "bad"]), st.floats(0, 5)), max_size=300),
    st.integers(1, 4),
)
def test_never_more_probes_at_once_than_there_may_be(moves, probes):
    breaker, now, out = Breaker(Rules(probes=probes, minimum_calls=2)), 0.0, []
    for move, pause in moves:
        now += pause
        if move == "allow":
            permit = breaker.allow(now=now)
            if isinstance(permit, Permit):
                out.append((permit, now))
            else:
                assert permit.retry_after_seconds >= 0
        elif out:
            permit, _ = out.pop(0)
            breaker.report(permit, failed=move == "bad", seconds=0.1, now=now)
        patience = breaker.rules.probe_patience_seconds
        waiting = [
            1
            for permit, given_at in out
            if permit.is_probe and permit.period == breaker.period and now - given_at < patience
        ]
        assert len(waiting) <= probes
