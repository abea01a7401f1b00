"""How long is somebody banned who goes on and on?"""

_MOST_DOUBLINGS = 30


def ban_ms(strikes: int, *, first_ms: int, longest_ms: int) -> int:
    """Each strike doubles the ban before, up to the longest."""
    return min(longest_ms, first_ms << min(strikes - 1, _MOST_DOUBLINGS))
