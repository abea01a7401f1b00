import pytest

from bench.engine_worst import CASES, seconds_for

SMALL = 15_000
# Below this the clock and the warming up of caches decide, not the engine.
SLACK_SECONDS = 0.02


@pytest.mark.parametrize("name", CASES)
def test_a_text_made_to_be_slow_takes_time_in_proportion_to_its_length(name):
    form, make = CASES[name]

    once, four_times = (seconds_for(form, make(times * SMALL)) for times in (1, 4))

    # Linear is 4, quadratic 16.
    assert four_times < 9 * once + SLACK_SECONDS
