"""Which runs of five words does a text hold, as numbers?"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from analysis.engine.remembering import REMEMBERED_WORDS

SIZE = 5
PRIME = 2**61 - 1  # a shingle fits a signed integer of eight bytes
FACTORS = (
    0x0F5A_9C31_D27B_4E69,
    0x1B83_6E02_59CD_A7F1,
    0x07D4_E19A_833F_5C2B,
    0x12C6_05F8_AE71_9D43,
    0x1E39_7B54_60E2_8F1D,
)


def shingles_of(words: Sequence[str]) -> list[int]:
    """The shingle at index i begins with word i; the same in every process."""
    numbers = [_number(word) for word in words]
    f0, f1, f2, f3, f4 = FACTORS
    runs = zip(*(numbers[start:] for start in range(SIZE)), strict=False)
    return [(a * f0 + b * f1 + c * f2 + d * f3 + e * f4) % PRIME for a, b, c, d, e in runs]


@lru_cache(maxsize=REMEMBERED_WORDS)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=7).digest())
