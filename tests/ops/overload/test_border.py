"""Where the border is put: as much is refused as asked for, and always what ranks last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.overload.border import NOBODY, Border
from ops.overload.importance import COHORTS, RANKS, Importance, rank

CRITICAL, HIGH, NORMAL, LOW = Importance
SHEDDABLE = st.integers(rank(NORMAL, 0), RANKS - 1)


def after(arrivals: list[int], share: float) -> Border:
    border = Border()
    for number in arrivals:
        border.count(number)
    border.tick(0.25)
    border.move(share)
    return border


@pytest.mark.parametrize(
    ("share", "let_in"),
    [
        (0.0, [10, 10, 10, 10]),
        (0.125, [10, 10, 10, 5]),
        (0.25, [10, 10, 10, 0]),
        (0.375, [10, 10, 5, 0]),
        (0.75, [10, 0, 0, 0]),
        (0.9375, [2, 0, 0, 0]),
        (1.0, [0, 0, 0, 0]),
    ],
)
def test_who_ranks_last_is_refused_first_and_one_client_only_in_part(share, let_in):
    ranks = [rank(NORMAL, 3), rank(NORMAL, 90), rank(LOW, 0), rank(LOW, 70)]
    border = after([number for number in ranks for _ in range(10)], share)

    assert [sum(border.lets_in(number) for _ in range(10)) for number in ranks] == let_in


@given(st.lists(SHEDDABLE, min_size=1, max_size=300), st.floats(0, 1))
def test_what_is_refused_is_the_share_to_a_request(arrivals, share):
    border = after(arrivals, share)

    refused = sum(not border.lets_in(number) for number in arrivals)

    assert abs(refused - share * len(arrivals)) <= 1


@given(st.lists(SHEDDABLE, max_size=300), st.floats(0, 1), SHEDDABLE, SHEDDABLE)
def test_nobody_is_refused_for_somebody_who_ranks_behind(arrivals, share, one, other):
    border = after(arrivals, share)
    before, behind = sorted((one, other))

    if border.lets_in(behind) and before != behind:
        assert border.lets_in(before)


def test_the_important_are_beyond_its_reach():
    border = after([rank(HIGH, 5), rank(NORMAL, 5), rank(LOW, 5)], 1.0)

    assert all(border.lets_in(rank(HIGH, number)) for number in range(COHORTS))
    assert all(border.lets_in(rank(CRITICAL, number)) for number in range(COHORTS))
    assert border.rank < NOBODY


def test_how_many_arrive_of_each_class_is_remembered_for_a_second():
    border = Border()
    for _ in range(40):
        for _ in range(25):
            border.count(rank(NORMAL, 1))
        border.tick(0.25)
        border.move(0.0)
    border.count(rank(LOW, 1))
    border.tick(0.25)

    assert 60 < border.per_second(NORMAL) < 100
    assert 1 < border.per_second(LOW) < 4
    assert border.per_second(HIGH) == 0
