"""How many may be let in, by what became of those who were."""

import math
from dataclasses import replace

import pytest

from ops.overload.inflow import Flow, Inflow

STEADY = Flow(
    seconds=0.5, came=40, done=40, waiting=800, fits=1600, usual_per_second=80, was_busy=True
)


def after(flow: Flow, *, let_in: int = 40, looks: int = 20) -> Inflow:
    inflow = Inflow()
    for _ in range(looks):
        inflow.tick(0.25, let_in)
        inflow.tick(0.25, 0)
        inflow.observe(flow)
    return inflow


@pytest.mark.parametrize(
    ("flow", "let_in", "per_second"),
    [
        pytest.param(STEADY, 40, 80, id="at its mark: as many as are done"),
        pytest.param(STEADY, 160, 320, id="three of four texts are known"),
        pytest.param(replace(STEADY, waiting=740), 40, 100, id="short: filled within 3 s"),
        pytest.param(replace(STEADY, waiting=820), 40, 60, id="long: shortened within 1 s"),
        pytest.param(replace(STEADY, waiting=1000), 40, 0, id="far too long: nobody"),
        pytest.param(
            replace(STEADY, usual_per_second=100), 40, 80, id="what is done counts, not guesses"
        ),
        pytest.param(
            replace(STEADY, came=5, done=5, waiting=0, was_busy=False),
            5,
            80 + 800 / 3,
            id="idle: what could be done, and what fits",
        ),
    ],
)
def test_how_many_may_be_let_in(flow, let_in, per_second):
    assert after(flow, let_in=let_in).per_second == pytest.approx(per_second, rel=0.02)


def test_where_nothing_is_known_nobody_is_refused():
    inflow = Inflow()

    assert inflow.per_second == math.inf
    inflow.observe(replace(STEADY, came=0, done=0, waiting=0))
    assert inflow.per_second == math.inf


def test_known_texts_alone_are_no_reason_to_refuse():
    inflow = after(replace(STEADY, came=0, done=0, waiting=0, was_busy=False), let_in=1000)

    assert inflow.per_second == math.inf


def test_what_was_seen_long_ago_holds_no_more():
    inflow = after(replace(STEADY, waiting=1000))
    assert inflow.per_second == 0

    for _ in range(24):
        inflow.tick(0.25, 3)

    assert inflow.per_second == math.inf


def test_a_night_without_requests_is_no_lesson():
    inflow = after(STEADY, let_in=160)
    for _ in range(10_000):
        inflow.tick(0.5, 0)
        inflow.observe(replace(STEADY, came=0, done=0, waiting=0, was_busy=False))

    assert inflow.per_second == pytest.approx(4 * (80 + 800 / 3), rel=0.02)
