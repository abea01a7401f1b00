"""What is the stem of a word?"""

from collections.abc import Callable
from functools import cache, lru_cache

import Stemmer

from analysis.engine.remembering import REMEMBERED_WORDS


@cache
def stemmer_of(algorithm: str) -> Callable[[str], str]:
    """The stemmer's own cache ends with the document; this one serves the whole process."""
    return lru_cache(maxsize=REMEMBERED_WORDS)(Stemmer.Stemmer(algorithm, 0).stemWord)
