"""`manage.py workers`: who works where, and who is to stop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ops import events
from ops.console import steering
from ops.health.readiness import Level
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import operator
from ops.management.watching import watch, watch_option
from ops.models import Job, WorkerHost
from ops.models.hosts import WorkerHostQuerySet


class Command(OpsCommand):
    help = "List worker hosts; let one finish what it runs (quiet), or end it (stop)."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        watch_option(actions.add_parser("list", help="all hosts heard of"))
        for name, words in (
            ("quiet", "finish what runs, claim nothing"),
            ("wake", "claim again"),
            ("stop", "finish what runs, then leave"),
            ("forget", "a silent one is gone for good"),
        ):
            action = actions.add_parser(name, help=words)
            action.add_argument("host", help="name or host name, as `list` shows them")
            action.add_argument("--yes", action="store_true", help="do it (stop asks for it)")
        for action in actions.choices.values():
            json_option(action)

    def answer(self, **options: Any) -> Level:
        if options["action"] != "list":
            return self._steer(options)
        return watch(self.stdout, lambda: self._list(options), options["watch"])

    def _list(self, options: dict[str, Any]) -> Level:
        now = timezone.now()
        alive = set(WorkerHost.objects.alive().values_list("pk", flat=True))
        hosts = WorkerHost.objects.order_by("name")
        facts = [_facts(host, host.pk in alive, now) for host in hosts]
        self.say_either(options["json"], facts, *map(_line, facts))
        return Level.OK if alive else Level.DOWN

    def _steer(self, options: dict[str, Any]) -> Level:
        named = WorkerHost.objects.filter(name=options["host"])
        hosts = named if named.exists() else WorkerHost.objects.filter(hostname=options["host"])
        if not hosts.exists():
            raise CommandError(f"No host is called {options['host']}.", returncode=USAGE)
        action = options["action"]
        if action == "stop" and not options["yes"]:
            message = f"This would stop {hosts.count()} hosts; say --yes to do it."
            raise CommandError(message, returncode=USAGE)
        if action == "forget":
            return self._forget(hosts, options)
        changes = {"quiet": action != "wake"} | ({"stopping": True} if action == "stop" else {})
        steered = hosts.update(**changes)
        events.record(f"workers.{action}", actor=operator(), host=options["host"], hosts=steered)
        self.say_either(options["json"], {"hosts": steered}, f"{action}: {steered} hosts")
        return Level.OK

    def _forget(self, hosts: WorkerHostQuerySet, options: dict[str, Any]) -> Level:
        gone = [host for host in hosts if steering.forget(host, actor=operator(), reason="")]
        if not gone:
            raise CommandError(f"{options['host']} is alive: stop it.", returncode=1)
        self.say_either(options["json"], {"hosts": len(gone)}, f"forget: {len(gone)} hosts")
        return Level.OK


def _facts(host: WorkerHost, is_alive: bool, now: datetime) -> dict[str, Any]:
    running = Job.objects.running().filter(host=host.name)
    return {
        "name": host.name,
        "region": host.region,
        "state": _state(host, is_alive),
        "workers": len(host.worker_pids),
        "running": list(running.values("id", "kind", "pid")),
        "beat_seconds_ago": round((now - host.beat_at).total_seconds(), 1),
        "started_at": host.started_at,
    }


def _state(host: WorkerHost, is_alive: bool) -> str:
    if not is_alive:
        return "silent"
    if host.stopping:
        return "stopping"
    return "quiet" if host.quiet else "working"


def _line(facts: dict[str, Any]) -> str:
    return (
        f"{facts['name']:<30} {facts['state']:<9} {facts['workers']} workers,"
        f" {len(facts['running'])} running, heard {facts['beat_seconds_ago']} s ago"
    )
