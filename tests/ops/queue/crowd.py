"""How do many threads do the same thing at once? Each with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(number: int, act: Callable[[int], Result]) -> list[Result]:
    start = threading.Barrier(number)

    def one(index: int) -> Result:
        start.wait()
        try:
            return act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))
