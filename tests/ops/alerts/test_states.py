from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.alerts.occasions import REMIND_AFTER, Occasion, Standing, occasion
from ops.alerts.states import Patience, State, Track, step

START = datetime(2026, 11, 23, tzinfo=UTC)
PATIENCE = Patience(hold=timedelta(seconds=60), keep_firing=timedelta(seconds=120))


def walk(looks, patience=PATIENCE):
    """Each look is (seconds since the start, broken, well, or nobody can tell)."""
    track, states = Track(), []
    for seconds, breached in looks:
        track = step(track, breached, START + timedelta(seconds=seconds), patience)
        states.append(track.state)
    return states


@pytest.mark.parametrize(
    ("looks", "states"),
    [
        ([(0, False)], "calm"),
        ([(0, True)], "pending"),
        ([(0, True), (59, True)], "pending pending"),
        ([(0, True), (60, True)], "pending firing"),
        ([(0, True), (30, False), (60, True), (119, True)], "pending calm pending pending"),
        ([(0, True), (60, True), (75, False), (179, False)], "pending firing firing firing"),
        ([(0, True), (60, True), (180, False)], "pending firing calm"),
        ([(0, True), (60, True), (150, False), (170, True), (289, False)],
         "pending firing firing firing firing"),
        ([(0, True), (60, True), (999, None)], "pending firing firing"),
        ([(0, True), (999, None)], "pending pending"),
        ([(0, None)], "calm"),
    ],
)  # fmt: skip
def test_a_rule_goes_through_its_states(looks, states):
    assert " ".join(walk(looks)) == states


def test_without_patience_a_broken_rule_fires_at_once():
    at_once = Patience(timedelta(0), timedelta(0))

    assert walk([(0, True), (1, False)], at_once) == [State.FIRING, State.CALM]


looks = st.lists(
    st.tuples(st.integers(1, 200), st.sampled_from([True, False, None])), min_size=1, max_size=60
)


@given(looks)
def test_nothing_fires_before_it_was_broken_long_enough(gaps):
    track, now, since = Track(), START, None
    for gap, breached in gaps:
        now += timedelta(seconds=gap)
        was = track.state
        track = step(track, breached, now, PATIENCE)
        if breached is False and was is not State.FIRING:
            since = None
        elif breached and since is None:
            since = now
        if track.state is State.FIRING and was is not State.FIRING:
            assert now - since >= PATIENCE.hold
        if track.state is State.CALM:
            since = None


@given(looks)
def test_nothing_ends_before_it_was_well_long_enough(gaps):
    track, now, broken_at = Track(), START, None
    for gap, breached in gaps:
        now += timedelta(seconds=gap)
        was, track = track.state, step(track, breached, now, PATIENCE)
        if was is State.FIRING and track.state is State.CALM:
            assert breached is False
            assert now - broken_at >= PATIENCE.keep_firing
        if breached:
            broken_at = now


@given(looks)
def test_looking_twice_at_the_same_moment_is_looking_once(gaps):
    track, now = Track(), START
    for gap, breached in gaps:
        now += timedelta(seconds=gap)
        track = step(track, breached, now, PATIENCE)
        assert step(track, breached, now, PATIENCE) == track


# --- Occasions -----------------------------------------------------------------------------


def standing(**changes):
    usual = {"is_firing": True, "is_silenced": False, "is_acknowledged": False}
    return Standing(**{**usual, "notified_at": None, **changes})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (standing(), Occasion.FIRING),
        (standing(notified_at=START), None),
        (standing(notified_at=START - REMIND_AFTER), Occasion.REMINDER),
        (standing(notified_at=START - REMIND_AFTER, is_acknowledged=True), None),
        (standing(is_silenced=True), None),
        (standing(is_silenced=True, notified_at=START - REMIND_AFTER), None),
        (standing(is_firing=False, notified_at=START), Occasion.RESOLVED),
        (standing(is_firing=False, notified_at=START, is_acknowledged=True), Occasion.RESOLVED),
        (standing(is_firing=False), None),
    ],
)
def test_people_are_told_at_the_right_moments(facts, expected):
    assert occasion(facts, START) is expected
