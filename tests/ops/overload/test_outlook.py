"""How fast does the queue become fuller? By what comes in, as a part of what is done."""

import pytest

from ops.models import Priority
from ops.overload.outlook import QueueOutlook, growth


def looked(at: float, **waiting: int) -> QueueOutlook:
    """Two workers, who end twenty jobs a second."""
    by_priority = {Priority[name.upper()]: count for name, count in waiting.items()}
    return QueueOutlook(by_priority, workers=2, seconds_each=0.1, looked_at=at)


@pytest.mark.parametrize(
    ("before", "now", "grows"),
    [
        (looked(0, free=10), looked(0.5, free=10), 0.0),
        (looked(0, free=10), looked(0.5, free=20), 1.0),
        (looked(0, free=10), looked(1.0, free=20), 0.5),
        (looked(0, free=10), looked(0.5), -1.0),
        (looked(0, premium=2, free=8), looked(0.5, premium=8, free=12), 1.0),
        (looked(0, free=10), looked(0.5, free=10, anonymous=500), 0.0),
        (None, looked(0.5, free=500), 0.0),
        (looked(1.0, free=10), looked(1.0, free=20), 0.0),
    ],
)
def test_growth_is_what_came_beyond_what_was_done(before, now, grows):
    assert growth(before, now, Priority.FREE) == pytest.approx(grows)
