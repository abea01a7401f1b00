"""Which rules are broken now, and who must hear of it? Looked at every fifteen seconds."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from ops import events, metrics
from ops.alerts import delivery, signals
from ops.alerts.occasions import Occasion, Standing, occasion
from ops.alerts.states import Patience, State, Track, step
from ops.models import Alert, AlertRule, Severity, Silence

logger = logging.getLogger("contentcreate.alerts")

_RECENTLY = timedelta(days=1)


def evaluate(now: datetime) -> None:
    """One look at everything. Two processes that look at once change and tell nothing twice."""
    for rule in AlertRule.objects.filter(enabled=True):
        _look_at(rule, now)
    _end_those_of_disabled_rules(now)
    _notify(now)
    delivery.send_what_is_due(now)
    _count()


def _look_at(rule: AlertRule, now: datetime) -> None:
    value = _value(rule, now)
    _expose(rule.signal, value)
    breached = None if value is None else rule.is_breached_by(value)
    alert = Alert.objects.open().filter(rule=rule).first()
    before = _track(alert)
    after = step(before, breached, now, _patience(rule))
    if after != before or (alert and value is not None and value != alert.value):
        _write(rule, alert, after, value, now=now)


def _value(rule: AlertRule, now: datetime) -> float | None:
    """None when the signal cannot be read: one broken signal must not hide the others."""
    try:
        return signals.read(rule.signal, now)
    except Exception:
        logger.exception("signal cannot be read", extra={"signal": rule.signal})
        return None


def _expose(name: str, value: float | None) -> None:
    signal = signals.SIGNALS.get(name)
    if signal and signal.is_exposed and value is not None:
        metrics.gauge("alert_signal", value, signal=name)


def _track(alert: Alert | None) -> Track:
    if alert is None:
        return Track()
    return Track(State(alert.state), alert.began_at, alert.breached_at)


def _patience(rule: AlertRule) -> Patience:
    return Patience(
        hold=timedelta(seconds=rule.for_seconds),
        keep_firing=timedelta(seconds=rule.keep_firing_seconds),
    )


def _write(
    rule: AlertRule, alert: Alert | None, after: Track, value: float | None, *, now: datetime
) -> None:
    """Only from the state that was read: whoever comes second changes nothing."""
    if alert is None:
        _open(rule, after, value, now)
    elif after.state is State.CALM:
        _close(alert, now)
    else:
        fires_now = after.state is State.FIRING and alert.state != Alert.State.FIRING
        fired = {"fired_at": after.breached_at} if fires_now else {}
        _move(alert, state=after.state.value, value=value, breached_at=after.breached_at, **fired)
        if fires_now:
            _record("alert.firing", alert, value)


def _open(rule: AlertRule, after: Track, value: float | None, now: datetime) -> None:
    fires = after.state is State.FIRING
    alert = Alert(
        rule=rule,
        state=after.state.value,
        value=value,
        began_at=after.began_at or now,
        breached_at=after.breached_at or now,
        fired_at=after.breached_at if fires else None,
    )
    Alert.objects.bulk_create([alert], ignore_conflicts=True)
    if fires:
        _record("alert.firing", alert, value)


def _close(alert: Alert, now: datetime) -> None:
    fired = alert.state == Alert.State.FIRING
    ended = Alert.State.RESOLVED if fired else Alert.State.CALMED
    if _move(alert, state=ended, ended_at=now) and fired:
        _record("alert.resolved", alert, alert.value)


def _move(alert: Alert, **changes: object) -> bool:
    return Alert.objects.filter(pk=alert.pk, state=alert.state).update(**changes) == 1


def _record(name: str, alert: Alert, value: float | None) -> None:
    events.record(name, rule=alert.rule.name, severity=alert.rule.severity, value=value)


def _end_those_of_disabled_rules(now: datetime) -> None:
    of_nobody = Alert.objects.open().filter(rule__enabled=False)
    of_nobody.filter(state=Alert.State.FIRING).update(state=Alert.State.RESOLVED, ended_at=now)
    of_nobody.update(state=Alert.State.CALMED, ended_at=now)


# --- Telling -------------------------------------------------------------------------------


def _notify(now: datetime) -> None:
    silenced = _silenced(now)
    resolved = Q(state=Alert.State.RESOLVED, resolved_told=False, ended_at__gt=now - _RECENTLY)
    alerts = Alert.objects.filter(Q(state=Alert.State.FIRING) | resolved)
    for alert in alerts.select_related("rule"):
        standing = Standing(
            is_firing=alert.state == Alert.State.FIRING,
            is_silenced=not silenced.isdisjoint({None, alert.rule_id}),
            is_acknowledged=alert.acknowledged_at is not None,
            notified_at=alert.notified_at,
        )
        if what := occasion(standing, now):
            _tell(alert, what, now)


def _silenced(now: datetime) -> set[int | None]:
    """The rules nobody is told of; None among them stands for every rule."""
    return {silence.rule_id for silence in Silence.objects.at(now)}


def _tell(alert: Alert, what: Occasion, now: datetime) -> None:
    """The one that marks the alert as told is the one that tells."""
    if what is Occasion.RESOLVED:
        mine = Alert.objects.filter(pk=alert.pk, resolved_told=False).update(resolved_told=True)
    else:
        told = Alert.objects.filter(pk=alert.pk, notified_at=alert.notified_at)
        mine = told.update(notified_at=now)
    if mine:
        delivery.announce(alert, what, now)


def _count() -> None:
    metrics.count("alert_evaluations")
    for severity in Severity:
        firing = Alert.objects.firing().filter(rule__severity=severity).count()
        metrics.gauge("alerts_firing", firing, severity=severity)
