import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.queue.backoff import delay_seconds, longest_delay_seconds

ATTEMPTS = st.integers(min_value=0, max_value=100_000)
SECONDS = st.floats(min_value=0.001, max_value=1e6)
FRACTIONS = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 2), (2, 4), (3, 8), (4, 16), (8, 256), (9, 512), (10, 600)]
)
def test_the_longest_delay_doubles_up_to_the_cap(attempts: int, seconds: float) -> None:
    assert longest_delay_seconds(attempts, base_seconds=2, cap_seconds=600) == seconds


@given(ATTEMPTS, SECONDS, SECONDS, FRACTIONS)
def test_a_delay_is_never_negative_nor_beyond_the_cap(
    attempts: int, base: float, cap: float, fraction: float
) -> None:
    delay = delay_seconds(attempts, base_seconds=base, cap_seconds=cap, fraction=fraction)

    assert 0 <= delay <= cap


@given(ATTEMPTS, SECONDS, SECONDS)
def test_the_longest_delay_never_shrinks_with_attempts(
    attempts: int, base: float, cap: float
) -> None:
    now, later = (
        longest_delay_seconds(number, base_seconds=base, cap_seconds=cap)
        for number in (attempts, attempts + 1)
    )

    assert now <= later


def test_jitter_is_full() -> None:
    spread = [
        delay_seconds(3, base_seconds=2, cap_seconds=600, fraction=fraction)
        for fraction in (0.0, 0.5, 1.0)
    ]

    assert spread == [0, 4, 8]
