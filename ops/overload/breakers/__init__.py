"""How are dependencies called that may fail, hang or slow down, without taking us with them?

    breakers.dependency("url_fetch").call(fetch, address)

A dependency is named in ops/overload/breakers/dependencies.py. Its breaker is shared between all
processes through Redis, with each process' own in its place while Redis is away; its bulkhead
bounds how many calls a process makes at once. Nothing is locked while a call runs.
"""

from ops.overload.breakers.dependencies import dependency
from ops.overload.breakers.guard import Unavailable

__all__ = ["Unavailable", "dependency"]
