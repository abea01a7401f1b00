"""What can staff do about alerts? Take them, ask for quiet, stop watching, try a channel."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone

from ops.alerts import delivery, handling
from ops.console.acting import Asked, CannotBeDoneError, Route, TimedForm, deed
from ops.models import Alert, AlertChannel, AlertDelivery, AlertRule, Right, Silence


@deed("console-alerts", Right.OPERATE)
def take(asked: Asked, alert_id: int) -> str:
    alert = get_object_or_404(Alert.objects.select_related("rule"), pk=alert_id)
    if not handling.acknowledge(alert, by=asked.actor, now=timezone.now()):
        raise CannotBeDoneError("Somebody has it already, or it is over.")
    return f"{alert.rule.name} is yours."


@deed("console-alerts", Right.OPERATE, TimedForm)
def silence_rule(asked: Asked, rule_id: int) -> str:
    return _silence(asked, get_object_or_404(AlertRule, pk=rule_id))


@deed("console-alerts", Right.EMERGENCY, TimedForm)
def silence_all(asked: Asked) -> str:
    return _silence(asked, None)


def _silence(asked: Asked, rule: AlertRule | None) -> str:
    now = timezone.now()
    until = now + asked.for_so_long
    made = handling.silence(rule, until=until, by=asked.actor, reason=asked.reason, now=now)
    return f"Silent: {made}."


@deed("console-alerts", Right.OPERATE)
def end_silence(asked: Asked, silence_id: int) -> str:
    made = get_object_or_404(Silence, pk=silence_id)
    if not handling.end_silence(made, by=asked.actor, now=timezone.now()):
        raise CannotBeDoneError("It had ended already.")
    return "People are told again."


@deed("console-alerts", Right.OPERATE)
def switch_rule(asked: Asked, rule_id: int, position: str) -> str:
    rule = get_object_or_404(AlertRule, pk=rule_id)
    if not handling.watch(rule, enabled=position == "on", by=asked.actor, reason=asked.reason):
        raise CannotBeDoneError("It was so already.")
    return f"{rule.name} is {'watched' if position == 'on' else 'not watched any more'}."


@deed("console-alerts", Right.OPERATE)
def test_channel(asked: Asked, channel_id: int) -> str:
    channel = get_object_or_404(AlertChannel, pk=channel_id)
    sent = delivery.test(channel, timezone.now())
    if sent.state != AlertDelivery.State.DELIVERED:
        raise CannotBeDoneError(f"{channel.name} does not work: {sent.error or sent.state}")
    return f"{channel.name} works: the test arrived."


ROUTES: tuple[Route, ...] = (
    ("alerts/<int:alert_id>/take", take, "alert-take"),
    ("alerts/rules/<int:rule_id>/silence", silence_rule, "rule-silence"),
    ("alerts/rules/<int:rule_id>/<str:position>", switch_rule, "rule-switch"),
    ("alerts/silences", silence_all, "silence-all"),
    ("alerts/silences/<int:silence_id>/end", end_silence, "silence-end"),
    ("alerts/channels/<int:channel_id>/test", test_channel, "channel-test"),
)
