"""What is wrong, who has it, and who was told? Alerts, rules, silences and deliveries."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ops.console import signal_words
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Figure, Figures, Table, TableRow
from ops.console.links import link
from ops.console.marks import NOTHING, Tone, badge, countdown, duration, moment
from ops.console.moves import REASON, Move, minutes, to
from ops.console.numbers import number
from ops.console.shared import SharedByKey
from ops.models import Alert, AlertChannel, AlertDelivery, AlertRule, Right, Severity, Silence

ENDED_SHOWN = 8
DELIVERIES_SHOWN = 15
TONES = {Severity.PAGE: Tone.BAD, Severity.WARNING: Tone.WAIT, Severity.INFO: Tone.BUSY}
_DELIVERY_TONES = {
    AlertDelivery.State.DELIVERED: Tone.GOOD,
    AlertDelivery.State.FAILED: Tone.BAD,
    AlertDelivery.State.WAITING: Tone.WAIT,
    AlertDelivery.State.SENDING: Tone.BUSY,
}


def _look(_key: str) -> tuple[Block, ...]:
    now = timezone.now()
    alerts = open_alerts()
    silences = list(Silence.objects.at(now).select_related("rule"))
    rules = list(AlertRule.objects.all())
    return (
        _figures(alerts, silences, rules),
        open_table(alerts, silences, now),
        _silences(silences, now),
        _rules(rules, alerts),
        _channels(),
        _deliveries(now),
        _ended(now),
    )


def open_alerts() -> list[Alert]:
    """The gravest first."""
    found = Alert.objects.open().select_related("rule")
    return sorted(found, key=lambda a: (a.state, -Severity(a.rule.severity).rank, a.began_at))


def _figures(alerts: list[Alert], silences: list[Silence], rules: list[AlertRule]) -> Figures:
    firing = [alert for alert in alerts if alert.state == Alert.State.FIRING]
    nobody = sum(alert.acknowledged_at is None for alert in firing)
    paging = any(alert.rule.severity == Severity.PAGE for alert in firing)
    tone = (Tone.BAD if paging else Tone.WAIT) if firing else Tone.GOOD
    watched = sum(rule.enabled for rule in rules)
    return Figures(
        "figures",
        (
            Figure("firing", "Firing", number(len(firing)), "people are told", tone),
            Figure(
                "unclaimed",
                "Nobody has them",
                number(nobody),
                "not acknowledged",
                Tone.WAIT if nobody else Tone.CALM,
            ),
            Figure(
                "pending", "Pending", number(len(alerts) - len(firing)), "broken, but not for long"
            ),
            Figure("silences", "Silences", number(len(silences)), "nobody is told"),
            Figure("rules", "Rules", number(watched), f"of {len(rules)} are watched"),
        ),
    )


def open_table(
    alerts: list[Alert], silences: list[Silence], now: datetime, *, is_elsewhere: bool = False
) -> Table:
    quiet = {silence.rule_id for silence in silences}
    return Table(
        name="alerts",
        title="What is wrong now",
        columns=("Alert", "", "Value", "Since", "Who has it"),
        rows=[_open_row(alert, alert.rule_id in quiet or None in quiet, now) for alert in alerts],
        empty="No rule is broken.",
        link=to("alerts") if is_elsewhere else "",
        link_text="Rules, silences, deliveries",
    )


def _open_row(alert: Alert, is_silenced: bool, now: datetime) -> TableRow:
    rule = alert.rule
    text = f"silenced, {alert.state}" if is_silenced else str(alert.state)
    tone = Tone.CALM if is_silenced or alert.state == Alert.State.PENDING else _tone(rule)
    cells = (
        _said(rule),
        badge(text, tone),
        f"{signal_words.value(alert.value, rule)} (breaks when it {signal_words.condition(rule)})",
        moment(alert.began_at, now=now),
        alert.acknowledged_by or NOTHING,
    )
    return TableRow(cells, (*_take(alert), _quiet(rule)), key=rule.name)


def _said(rule: AlertRule) -> SafeString:
    """What is wrong, and below it what helps."""
    return format_html(
        '{}: {}<span class="ops-remedy">{}</span>', rule.name, rule.summary, rule.runbook
    )


def _take(alert: Alert) -> tuple[Move, ...]:
    if alert.acknowledged_at is not None:
        return ()
    return (Move("I have it", to("alert-take", alert.pk), Right.OPERATE),)


def _quiet(rule: AlertRule) -> Move:
    return Move(
        "Silence",
        to("rule-silence", rule.pk),
        Right.OPERATE,
        "Nobody is told of this rule until then; here it stays visible.",
        (REASON, minutes(60)),
    )


def _tone(rule: AlertRule) -> Tone:
    return TONES[Severity(rule.severity)]


def _silences(silences: list[Silence], now: datetime) -> Table:
    return Table(
        name="silences",
        title="Who is not told, and until when",
        columns=("Rule", "Who and why", "Ends"),
        rows=[
            TableRow(
                (
                    str(one.rule or "every rule"),
                    f"{one.author} · {one.reason}",
                    countdown(one.ends_at, now=now),
                ),
                (Move("End", to("silence-end", one.pk), Right.OPERATE),),
                key=f"silence-{one.pk}",
            )
            for one in silences
        ],
        empty="Nothing is silenced: whoever is meant to be told is told.",
        moves=(
            Move(
                "Silence every rule",
                to("silence-all"),
                Right.EMERGENCY,
                "Nobody is told of anything until then, whatever breaks.",
                (REASON, minutes(30)),
                is_danger=True,
            ),
        ),
    )


def _rules(rules: list[AlertRule], alerts: list[Alert]) -> Table:
    broken = {alert.rule_id: alert.state for alert in alerts}
    return Table(
        name="rules",
        title="What is watched",
        columns=("Rule", "Now", "Severity", "Breaks when", "For#"),
        rows=[
            _rule(rule, broken.get(rule.pk, ""))
            for rule in sorted(rules, key=lambda rule: (rule.pk not in broken, rule.name))
        ],
        empty="No rule is set.",
        link=reverse("admin:ops_alertrule_changelist"),
        link_text="Edit rules",
    )


def _rule(rule: AlertRule, state: str) -> TableRow:
    address = reverse("admin:ops_alertrule_change", args=[rule.pk])
    cells = (
        link(address, rule.name),
        _rule_badge(rule, state),
        badge(rule.severity, _tone(rule)),
        signal_words.sentence(rule),
        duration(timedelta(seconds=rule.for_seconds)) if rule.for_seconds else "at once",
    )
    word, move = ("Watch again", "on") if not rule.enabled else ("Stop watching", "off")
    switch = Move(word, to("rule-switch", rule.pk, move), Right.OPERATE)
    return TableRow(cells, (_quiet(rule), switch) if rule.enabled else (switch,), key=rule.name)


def _rule_badge(rule: AlertRule, state: str) -> SafeString:
    if not rule.enabled:
        return badge("not watched", Tone.CALM)
    return badge(state, _tone(rule)) if state else badge("well", Tone.GOOD)


def _channels() -> Table:
    return Table(
        name="channels",
        title="How people are told",
        columns=("Channel", "Kind", "From severity", ""),
        rows=[_channel(channel) for channel in AlertChannel.objects.all()],
        empty="There is no channel: alerts are only seen here.",
        link=reverse("admin:ops_alertchannel_changelist"),
        link_text="Add or edit channels",
    )


def _channel(channel: AlertChannel) -> TableRow:
    state = badge("on", Tone.GOOD) if channel.enabled else badge("off", Tone.CALM)
    cells = (channel.name, channel.get_kind_display(), channel.minimum_severity, state)
    test = Move("Send a test", to("channel-test", channel.pk), Right.OPERATE)
    return TableRow(cells, (test,), key=channel.name)


def _deliveries(now: datetime) -> Table:
    newest = AlertDelivery.objects.select_related("channel", "alert__rule")[:DELIVERIES_SHOWN]
    return Table(
        name="deliveries",
        title="Who was told",
        columns=("When", "About", "Channel", "", "Tries#", "Error~"),
        rows=[_delivery(row, now) for row in newest],
        empty="Nobody was told of anything yet.",
        link=reverse("admin:ops_alertdelivery_changelist"),
        link_text="All deliveries",
    )


def _delivery(row: AlertDelivery, now: datetime) -> TableRow:
    about = f"{row.alert.rule.name} {row.occasion}" if row.alert else row.occasion
    state = badge(row.state, _DELIVERY_TONES[AlertDelivery.State(row.state)])
    when = moment(row.created_at, now=now)
    return TableRow((when, about, row.channel.name, state, row.attempts, row.error or NOTHING))


def _ended(now: datetime) -> Table:
    over = Alert.objects.filter(state=Alert.State.RESOLVED).select_related("rule")
    return Table(
        name="ended",
        title="What is well again",
        columns=("Alert", "Began", "Lasted", "Who had it"),
        rows=[
            TableRow(
                (
                    alert.rule.name,
                    moment(alert.began_at, now=now),
                    duration((alert.ended_at or now) - alert.began_at),
                    alert.acknowledged_by or NOTHING,
                )
            )
            for alert in over.order_by("-ended_at")[:ENDED_SHOWN]
        ],
        empty="No alert has ended yet.",
        link=reverse("admin:ops_alert_changelist"),
        link_text="All alerts",
    )


class AlertsPage(BlockPage):
    slug = "alerts"
    title = "Alerts"
    looks = SharedByKey(_look)
