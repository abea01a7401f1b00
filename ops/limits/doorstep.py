"""Was this address refused a moment ago? Then it is told so again before Django begins.

A flood is mostly that: the same address, seconds after its refusal. What this process remembers
costs microseconds; whoever it does not remember is asked about inside, as everybody is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ops import metrics
from ops.limits import edge
from ops.limits.identity import origin
from ops.problems import ProblemError


def known_refusal(environ: Mapping[str, Any]) -> ProblemError | None:
    peer, forwarded_for = environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR")
    problem = edge.known_refusal(origin(str(peer or ""), str(forwarded_for or "")))
    if problem is not None:
        _count(str(environ["REQUEST_METHOD"]), problem)
    return problem


def _count(method: str, problem: ProblemError) -> None:
    status = str(problem.status_code)
    metrics.count("http_requests", route="none", method=method, status=status, tier="")
