import math
import random

import pytest

from ops.alerts.abnormal import Calendar, judge, lesser

CALENDAR = Calendar(steps_per_day=144)
DAYS = 8


def usual(seed, days=DAYS, per_minute=600):
    """Poisson-like counts with a shape of the day, quiet week-ends and slow noise."""
    dice, noise, counts = random.Random(seed), 0.0, []
    for at in range(days * 144):
        noise = 0.95 * noise + dice.gauss(0, 0.04)
        shape = 1 - 0.6 * math.cos(2 * math.pi * at / 144)
        weekend = 0.6 if at // 144 % 7 in (5, 6) else 1.0
        mean = 10 * per_minute * shape * weekend * math.exp(noise)
        counts.append(max(0.0, dice.gauss(mean, math.sqrt(mean))))
    return counts


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("hour", [4, 12, 20])
@pytest.mark.parametrize(("factor", "rises"), [(4.0, True), (0.1, False)])
def test_a_sudden_rise_or_fall_is_abnormal(seed, hour, factor, rises):
    counts = usual(seed)[: -144 + hour * 6]
    counts[-1] *= factor

    judgement = judge(counts, CALENDAR)

    assert judgement.warning > 1
    assert judgement.page > 1
    assert judgement.rises is rises


def test_false_alarms_keep_to_their_budget():
    counts = usual(seed=11, days=15)
    judgements = [judge(counts[at - 8 * 144 : at], CALENDAR) for at in range(8 * 144, 15 * 144, 4)]

    per_week = 4  # every fourth step of a week was judged
    warnings = sum(judgement.warning > 1 for judgement in judgements) * per_week
    pages = sum(judgement.page > 1 for judgement in judgements) * per_week
    assert warnings <= 3 * 3
    assert pages <= 3 * 1


def test_what_happened_before_is_less_abnormal():
    counts = usual(seed=2)
    counts[-1] *= 3
    unheard = judge(counts, CALENDAR)
    for day in range(1, 7):
        counts[-1 - day * 144 + day] *= 3

    assert judge(counts, CALENDAR).page < unheard.page


def test_two_days_of_history_are_needed():
    assert judge(usual(seed=1)[:288], CALENDAR) is None
    assert judge(usual(seed=1)[:289], CALENDAR) is not None


def test_what_is_over_is_abnormal_no_more():
    counts = usual(seed=3)
    rose, fell = ([*counts[:-1], counts[-1] * factor] for factor in (5.0, 0.1))
    still, over = judge(rose, CALENDAR), judge(counts, CALENDAR)

    assert lesser(still, still) == still
    assert lesser(still, over).page < 1
    assert lesser(still, judge(fell, CALENDAR)).page == 0
    assert lesser(still, None) is None


def test_an_idle_service_is_not_abnormal():
    assert judge([0.0] * 1000, CALENDAR).warning <= 1


def test_the_first_visitors_of_an_idle_service_are_chance():
    assert judge([0.0] * 1000 + [3.0], CALENDAR).warning <= 1
