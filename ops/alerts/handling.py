"""What can people do about an alert? Say that they have it, or ask for quiet for a while."""

from __future__ import annotations

from datetime import datetime

from ops import events
from ops.models import Alert, AlertRule, Silence


def acknowledge(alert: Alert, *, by: str, now: datetime) -> bool:
    """Whether this call did: an alert that somebody has is not taken from them."""
    unclaimed = Alert.objects.open().filter(pk=alert.pk, acknowledged_at=None)
    won = unclaimed.update(acknowledged_at=now, acknowledged_by=by) == 1
    if won:
        events.record("alert.acknowledged", actor=by, rule=alert.rule.name)
    return won


def silence(
    rule: AlertRule | None, *, until: datetime, by: str, reason: str, now: datetime
) -> Silence:
    """Of one rule, or of all. Alerts still open and close meanwhile."""
    made = Silence.objects.create(rule=rule, starts_at=now, ends_at=until, author=by, reason=reason)
    tell_of_silence(made)
    return made


def tell_of_silence(made: Silence) -> None:
    events.record(
        "alert.silenced",
        actor=made.author,
        reason=made.reason,
        undo={"end_silence": made.pk},
        rule=str(made.rule or "every rule"),
        until=made.ends_at,
    )


def end_silence(made: Silence, *, by: str, now: datetime) -> bool:
    ended = Silence.objects.at(now).filter(pk=made.pk).update(ends_at=now) == 1
    if ended:
        events.record("alert.silence_ended", actor=by, rule=str(made.rule or "every rule"))
    return ended


def watch(rule: AlertRule, *, enabled: bool, by: str, reason: str = "") -> bool:
    """Whether it was otherwise before."""
    changed = AlertRule.objects.filter(pk=rule.pk).exclude(enabled=enabled).update(enabled=enabled)
    if changed:
        name = "alert.rule_watched" if enabled else "alert.rule_unwatched"
        undo = None if enabled else {"watch": rule.pk}
        events.record(name, actor=by, reason=reason, undo=undo, rule=rule.name)
    return bool(changed)
