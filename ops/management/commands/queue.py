"""`manage.py queue`: what waits, and what is to become of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ops import events, queue
from ops.health.readiness import Level
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import operator
from ops.management.watching import watch, watch_option
from ops.models import EVERYTHING, Job, Pause
from ops.models.jobs import JobQuerySet
from ops.queue import guard, wake

LATE_SECONDS = 60.0
LOOK_SECONDS = 0.2


class Command(OpsCommand):
    help = "Show and steer the queue: pause, resume, drain, retry and discard dead jobs."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        watch_option(actions.add_parser("status", help="what waits, runs and failed"))
        for name, words in (("pause", "start nothing more"), ("resume", "start jobs again")):
            action = actions.add_parser(name, help=words)
            action.add_argument("--kind", default=EVERYTHING, help="only jobs of this kind")
            action.add_argument("--reason", default="")
        drain = actions.add_parser("drain", help="pause, and wait until nothing runs")
        drain.add_argument("--timeout", type=float, default=60.0, help="seconds")
        for name, words in (
            ("retry", "let dead jobs wait again"),
            ("discard", "give dead jobs up"),
        ):
            _add_filters(actions.add_parser(name, help=words))
        actions.add_parser("requeue-stale", help="give up jobs whose lease has ended")
        for action in actions.choices.values():
            json_option(action)

    def answer(self, **options: Any) -> Level:
        actions: dict[str, Callable[[dict[str, Any]], Level]] = {
            "status": lambda options: watch(
                self.stdout, lambda: self._status(options), options["watch"]
            ),
            "pause": self._pause,
            "resume": self._resume,
            "drain": self._drain,
            "retry": self._retry,
            "discard": self._discard,
            "requeue-stale": self._requeue_stale,
        }
        return actions[options["action"]](options)

    def _status(self, options: dict[str, Any]) -> Level:
        seen = queue.snapshot()
        paused = [str(pause) for pause in Pause.objects.order_by("kind")]
        self.say_either(
            options["json"],
            asdict(seen) | {"paused": paused},
            f"{seen.waiting} waiting, the oldest for {seen.oldest_wait_seconds:.0f} s",
            f"{seen.running} running, {seen.dead} dead",
            f"{seen.workers_alive} workers on {seen.hosts_alive} hosts",
            *(f"paused: {name}" for name in paused),
        )
        if not seen.workers_alive:
            return Level.DOWN
        is_late = seen.oldest_wait_seconds > LATE_SECONDS
        return Level.DEGRADED if paused or seen.dead or is_late else Level.OK

    def _pause(self, options: dict[str, Any]) -> Level:
        Pause.objects.get_or_create(kind=options["kind"], defaults={"reason": options["reason"]})
        return self._told(options, "queue.paused", kind=options["kind"] or "everything")

    def _resume(self, options: dict[str, Any]) -> Level:
        Pause.objects.filter(kind=options["kind"]).delete()
        wake.bell().ring()
        return self._told(options, "queue.resumed", kind=options["kind"] or "everything")

    def _drain(self, options: dict[str, Any]) -> Level:
        Pause.objects.get_or_create(kind=EVERYTHING, defaults={"reason": "draining"})
        events.record("queue.paused", actor=operator(), kind="everything")
        deadline = time.monotonic() + options["timeout"]
        while (running := Job.objects.running().count()) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)
        self.say_either(options["json"], {"running": running}, f"paused; {running} still running")
        return Level.DEGRADED if running else Level.OK

    def _retry(self, options: dict[str, Any]) -> Level:
        jobs = self._chosen(options, "retry")
        return self._told(options, "queue.retried", jobs=queue.redrive(jobs))

    def _discard(self, options: dict[str, Any]) -> Level:
        jobs = self._chosen(options, "discard")
        return self._told(options, "queue.discarded", jobs=queue.discard(jobs))

    def _requeue_stale(self, options: dict[str, Any]) -> Level:
        return self._told(options, "queue.requeued", jobs=guard.give_up_expired_leases())

    def _chosen(self, options: dict[str, Any], action: str) -> JobQuerySet:
        jobs = _dead(options)
        if not options["yes"]:
            message = f"This would {action} {jobs.count()} dead jobs; say --yes to do it."
            raise CommandError(message, returncode=USAGE)
        return jobs

    def _told(self, options: dict[str, Any], event: str, **details: Any) -> Level:
        events.record(event, actor=operator(), **details)
        words = ", ".join(f"{name}: {value}" for name, value in details.items())
        self.say_either(options["json"], details, f"{event.partition('.')[2]} {words}")
        return Level.OK


def _add_filters(parser: CommandParser) -> None:
    parser.add_argument("ids", nargs="*", type=int, help="jobs; without any, all that fit")
    parser.add_argument("--kind")
    parser.add_argument("--code", help="permanent, timeout, worker_lost or error")
    parser.add_argument("--client")
    parser.add_argument("--yes", action="store_true", help="do it")


def _dead(options: dict[str, Any]) -> JobQuerySet:
    wanted = {
        "pk__in": options["ids"],
        "kind": options["kind"],
        "error_code": options["code"],
        "client_key": options["client"],
    }
    return Job.objects.dead().filter(**{name: value for name, value in wanted.items() if value})
