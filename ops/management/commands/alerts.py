"""What is wrong now, who has it, and does anybody hear of it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ops.alerts import delivery, handling
from ops.health.readiness import Level
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import duration, operator
from ops.management.watching import watch, watch_option
from ops.models import Alert, AlertChannel, AlertRule, Severity

_EVERYTHING = "all"


class Command(OpsCommand):
    help = "List alerts (1 when one fires, 2 when one of them pages), and deal with them."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        listing = actions.add_parser("list", help="what is pending or fires")
        listing.add_argument("--ended", action="store_true", help="those of the last day too")
        watch_option(listing)
        ack = actions.add_parser("ack", help="say that you have it: no more reminders")
        ack.add_argument("rule")
        silence = actions.add_parser("silence", help="tell nobody for a while")
        silence.add_argument("rule", help="a rule, or `all`")
        silence.add_argument("--for", dest="length", type=duration, default=timedelta(hours=1))
        silence.add_argument("--reason", required=True)
        test = actions.add_parser("test", help="send a test to a channel")
        test.add_argument("channel")
        for action in (listing, ack, silence, test):
            json_option(action)

    def answer(self, **options: Any) -> Level:
        actions: dict[str, Callable[[dict[str, Any]], Level]] = {
            "list": lambda options: watch(
                self.stdout, lambda: self._list(options), options["watch"]
            ),
            "ack": self._acknowledge,
            "silence": self._silence,
            "test": self._test,
        }
        return actions[options["action"]](options)

    def _list(self, options: dict[str, Any]) -> Level:
        alerts = Alert.objects.open()
        if options["ended"]:
            alerts |= Alert.objects.filter(ended_at__gt=timezone.now() - timedelta(days=1))
        facts = [_facts(alert) for alert in alerts.select_related("rule").order_by("-began_at")]
        if options["json"]:
            self.say_json(facts)
        else:
            self.say(_line(fact) for fact in facts)
            if not facts:
                self.stdout.write("Nothing is wrong.")
        return _level()

    def _acknowledge(self, options: dict[str, Any]) -> Level:
        alert = Alert.objects.open().filter(rule=_rule(options["rule"])).first()
        if alert is None:
            raise CommandError(f"{options['rule']} has no open alert.", returncode=1)
        won = handling.acknowledge(alert, by=operator(), now=timezone.now())
        alert.refresh_from_db()
        words = f"{alert.acknowledged_by} {'has' if won else 'had'} {alert.rule} in hand."
        self._say(options, _facts(alert), words)
        return Level.OK

    def _silence(self, options: dict[str, Any]) -> Level:
        rule = None if options["rule"] == _EVERYTHING else _rule(options["rule"])
        now = timezone.now()
        made = handling.silence(
            rule, until=now + options["length"], by=operator(), reason=options["reason"], now=now
        )
        facts = {"rule": options["rule"], "ends_at": made.ends_at, "reason": made.reason}
        self._say(options, facts, f"Silence: {made}.")
        return Level.OK

    def _test(self, options: dict[str, Any]) -> Level:
        channel = AlertChannel.objects.filter(name=options["channel"]).first()
        if channel is None:
            raise CommandError(f"There is no channel {options['channel']}.", returncode=USAGE)
        sent = delivery.test(channel, timezone.now())
        facts = {"channel": channel.name, "state": sent.state, "error": sent.error}
        self._say(options, facts, f"{channel}: {sent.error or 'took the test'}.")
        return Level.DOWN if sent.error else Level.OK

    def _say(self, options: dict[str, Any], facts: dict[str, Any], words: str) -> None:
        if options["json"]:
            self.say_json(facts)
        else:
            self.stdout.write(words)


def _rule(name: str) -> AlertRule:
    rule = AlertRule.objects.filter(name__iexact=name).first()
    if rule is None:
        raise CommandError(f"There is no rule {name}.", returncode=USAGE)
    return rule


def _level() -> Level:
    severities = set(Alert.objects.firing().values_list("rule__severity", flat=True))
    if Severity.PAGE in severities:
        return Level.DOWN
    return Level.DEGRADED if severities else Level.OK


def _facts(alert: Alert) -> dict[str, Any]:
    return {
        "rule": alert.rule.name,
        "severity": alert.rule.severity,
        "state": alert.state,
        "summary": alert.rule.summary,
        "value": alert.value,
        "threshold": alert.rule.threshold,
        "began_at": alert.began_at,
        "ended_at": alert.ended_at,
        "acknowledged_by": alert.acknowledged_by,
        "runbook": alert.rule.runbook,
    }


def _line(fact: dict[str, Any]) -> str:
    value = "–" if fact["value"] is None else f"{fact['value']:.4g}"
    has_it = f" ({fact['acknowledged_by']} has it)" if fact["acknowledged_by"] else ""
    return (
        f"{fact['state']:<9} {fact['severity']:<8} {fact['rule']:<20} {value:>9}"
        f"  since {fact['began_at']:%H:%M:%S}  {fact['summary']}{has_it}"
    )
