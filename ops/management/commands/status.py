"""Is all well? The verdict of the console, in a terminal."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone

from ops.console import causes
from ops.console.decisions import in_force
from ops.console.marks import duration
from ops.console.verdict import Verdict, verdict
from ops.health.readiness import Level, Readiness, readiness_now
from ops.management.base import OpsCommand, json_option
from ops.management.watching import watch, watch_option
from ops.queue import QueueSnapshot, snapshot


class Command(OpsCommand):
    help = "Say whether all is well: database, Redis, migrations, disk, workers, queue."

    def add_words(self, parser: CommandParser) -> None:
        json_option(parser)
        watch_option(parser)

    def answer(self, **options: Any) -> Level:
        return watch(self.stdout, lambda: self._look(options), options["watch"])

    def _look(self, options: dict[str, Any]) -> Level:
        readiness = readiness_now()
        known = _tables_answer(readiness)
        queue = snapshot() if known else None
        found = _verdict(readiness, queue)
        if options["json"]:
            self.say_json(_document(found, readiness, queue))
        else:
            self.say(self._lines(found, readiness, queue))
        return found.level

    def _lines(
        self, found: Verdict, readiness: Readiness, queue: QueueSnapshot | None
    ) -> Iterable[str]:
        yield self.colored(found.level, found.title)
        for reason in found.reasons:
            yield f"  {reason}"
        yield ""
        for part in readiness.told():
            word = self.colored(part.level, f"{part.level.word:<9}")
            yield f"  {part.name:<11}{word} {part.detail} ({part.duration_ms:.0f} ms)"
        yield f"  {'queue':<11}{_queue_line(queue)}"


def _verdict(readiness: Readiness, queue: QueueSnapshot | None) -> Verdict:
    if queue is None:
        return verdict(readiness, queue)
    now = timezone.now()
    return verdict(readiness, queue, in_force(now), causes.standing(now))


def _tables_answer(readiness: Readiness) -> bool:
    wanted = {"database", "migrations"}
    return all(part.level is Level.OK for part in readiness.parts if part.name in wanted)


def _queue_line(queue: QueueSnapshot | None) -> str:
    if queue is None:
        return "unknown while the database does not answer"
    oldest = duration(timedelta(seconds=queue.oldest_wait_seconds))
    waits = f", the oldest for {oldest}" if queue.waiting else ""
    return (
        f"{queue.waiting:,} waiting{waits}; {queue.running:,} running; {queue.dead:,} failed; "
        f"{queue.workers_alive:,} workers on {queue.hosts_alive:,} hosts"
    )


def _document(found: Verdict, readiness: Readiness, queue: QueueSnapshot | None) -> dict[str, Any]:
    return {
        "status": found.level.word,
        "reasons": found.reasons,
        "as_of": readiness.as_of,
        "storage": connection.vendor,
        "parts": {
            part.name: {
                "status": part.level.word,
                "detail": part.detail,
                "duration_ms": part.duration_ms,
            }
            for part in readiness.parts
        },
        "queue": asdict(queue) if queue else None,
    }
