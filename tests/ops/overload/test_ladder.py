"""Levels: what each leaves out, and when the service climbs by itself."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.overload.importance import Importance
from ops.overload.ladder import LADDER, Climber, Demand, Level


def climb(climber: Climber, demand: Demand, *, seconds: float, start: float = 0.0) -> Level:
    for step in range(int(seconds / 0.25) + 1):
        climber.observe(demand, now=start + step * 0.25)
    return climber.level


@pytest.mark.parametrize(
    ("demand", "level"),
    [
        (Demand(0.5), Level.NORMAL),
        (Demand(0.9), Level.BUSY),
        (Demand(1.5), Level.SAVING),
        # Ten times what fits, all of it anonymous: refusing them all would serve nobody.
        (Demand(10.0, without_low=0.1), Level.SAVING),
        (Demand(10.0, without_low=1.2), Level.SHEDDING),
        (Demand(10.0, without_low=8.0, important=0.5), Level.SHEDDING),
        (Demand(10.0, without_low=8.0, important=1.2), Level.LOCKDOWN),
    ],
)
def test_the_level_follows_the_demand(demand, level):
    assert climb(Climber(), demand, seconds=20) is level


def test_a_moment_is_no_spike():
    climber = Climber()

    assert climb(climber, Demand(5.0), seconds=0.25) is Level.NORMAL


def test_back_to_normal_within_ten_seconds():
    climber = Climber()
    climb(climber, Demand(10.0, without_low=5.0), seconds=20)

    assert climb(climber, Demand(0.3), seconds=10, start=30) is Level.NORMAL


def test_between_the_marks_the_level_holds_still():
    climber = Climber()
    climb(climber, Demand(0.9), seconds=5)

    levels = {climb(climber, Demand(x), seconds=3, start=9 + 9 * i) for i, x in
              enumerate(itertools.islice(itertools.cycle([0.66, 0.78]), 20))}  # fmt: skip

    assert levels == {Level.BUSY}


def test_each_level_keeps_what_the_one_below_it_left_out():
    for below, above in itertools.pairwise(LADDER.values()):
        assert above.waits <= below.waits
        assert above.originality <= below.originality
        assert above.cache_factor >= below.cache_factor
        assert above.refused >= below.refused
        assert below.profiles is None or above.profiles == below.profiles


def test_critical_and_premium_work_is_never_given_up():
    given_up = set().union(*(effects.refused for effects in LADDER.values()))

    assert not given_up & {Importance.CRITICAL, Importance.HIGH}


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 2)), max_size=200))
def test_it_moves_one_step_at_a_time_and_not_more_often_than_it_may(samples):
    climber, now, moved_at = Climber(), 0.0, -100.0
    for total, pause in samples:
        now += pause
        before = climber.level
        after = climber.observe(Demand(total, total / 2, total / 4), now=now)

        assert abs(after - before) <= 1
        if after != before:
            assert now - moved_at >= climber.steps.up_after_seconds
            moved_at = now
