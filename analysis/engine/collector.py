"""Why does the collector of reference cycles rest while a document is analysed?

Nothing here makes cycles; half a million small objects of a large text would make it search for
some again and again, for a quarter of all the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
