"""What is told to a client that is refused: which limit, for how long, and what helps?"""

from __future__ import annotations

from ops.limits.decisions import Decision, Standing
from ops.limits.headers import headers, retry_after_seconds
from ops.limits.policies import Asker, Policy, Unit
from ops.models import Tier
from ops.problems import ProblemError

_DAY_SECONDS = 86_400
_ANOTHER_TRY_SECONDS = 1
_UNITS = {
    Unit.REQUESTS: "request{s}",
    Unit.COST: "unit{s}",
    Unit.PLACES: "request{s} at the same time",
}
_SPANS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def refusal(decision: Decision, asker: Asker) -> ProblemError:
    wait = retry_after_seconds(decision.wait_ms)
    if not decision.refusing:
        return _problem("rate_limited", _banned(wait), wait, (), {})
    worst = max(decision.refusing, key=lambda standing: standing.wait_ms)
    code = "rate_limited"
    if worst.policy.window_seconds >= _DAY_SECONDS:
        code = "daily_quota_exceeded"
    detail = f"{_rule(worst.policy)} Try again in {span(wait)}{_way_out(asker)}."
    return _problem(code, detail, wait, decision.refusing, headers([decision]))


def no_place(policy: Policy, asker: Asker) -> ProblemError:
    detail = f"{_rule(policy)} Wait until one of yours is answered{_way_out(asker)}."
    standing = Standing(policy, policy.quota, False, _ANOTHER_TRY_SECONDS * 1000)
    return _problem("concurrency_limited", detail, _ANOTHER_TRY_SECONDS, (standing,), {})


def span(seconds: int) -> str:
    """41 seconds, 2 minutes, 1 hour: the largest unit that is whole, or nearly."""
    for size, unit in _SPANS:
        if seconds >= 2 * size or seconds == size or size == 1:
            count = -(-seconds // size)
            return f"{count} {unit}{'s' if count != 1 else ''}"
    raise AssertionError("unreachable")


def _problem(
    code: str,
    detail: str,
    wait: int,
    refusing: tuple[Standing, ...],
    fields: dict[str, str],
) -> ProblemError:
    problem = ProblemError(code, detail, retry_after_seconds=wait, headers=fields)
    problem.members = {
        "error": detail,
        "retryAfter": wait,
        "violated-policies": [standing.policy.name for standing in refusing],
    }
    return problem


def _rule(policy: Policy) -> str:
    unit = _UNITS[Unit(policy.unit)].format(s="" if policy.quota == 1 else "s")
    what = f"{policy.quota:,} {unit}"
    if policy.unit != Unit.PLACES:
        what += f" in {span(policy.window_seconds)}"
    reduced = ", reduced for the time being" if policy.is_reduced else ""
    return f"The limit '{policy.name}' allows {what}{reduced}."


def _banned(wait: int) -> str:
    return (
        "This address went on asking after it was refused, and is not answered for a while. "
        f"Try again in {span(wait)}."
    )


def _way_out(asker: Asker) -> str:
    if asker.tier == Tier.ANONYMOUS:
        return ", or send 'Authorization: Bearer cc_…': with a key the limits are wider"
    return ""
