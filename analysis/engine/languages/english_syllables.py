"""How many syllables has an English word?"""

import re
from functools import lru_cache

EXCEPTIONS: dict[str, int] = {}
PARTS = re.compile(r"[a-z]+")
VOWELS = re.compile(r"[aeiouy]+")


@lru_cache(maxsize=50_000)
def count_syllables(word: str) -> int:
    """At least one for every word, also for numbers and words of other scripts."""
    return max(1, sum(_count_part(part) for part in PARTS.findall(word.lower().replace("'", ""))))


def _count_part(part: str) -> int:
    known = EXCEPTIONS.get(part)
    if known is not None:
        return known
    count = len(VOWELS.findall(part))
    if part.endswith("e") and not part.endswith(("le", "ee", "ie")) and count > 1:
        count -= 1
    return max(1, count)
