"""How busy is this process, and what does it leave out? Two threads look; requests only read.

One ticks the gate four times a second. The other asks the database, which may hang, and does not
hold up the first.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ops import metrics
from ops.maintenance.features import SERVICE
from ops.maintenance.state import standing as windows_standing
from ops.models import Priority, Tier
from ops.models.overload import GateReport
from ops.overload import known_keys, outlook, stance, standing
from ops.overload.arrivals import Arrival
from ops.overload.concurrency import Bounds, GradientLimit
from ops.overload.gate import Gate, Seen, Shed, Ticket
from ops.overload.importance import Importance
from ops.overload.inflow import Flow
from ops.overload.ladder import LADDER, Climber, Demand, Effects, Level
from ops.overload.outlook import QueueOutlook
from ops.overload.refusal_log import RefusalLog
from ops.overload.standing import LOOK_EVERY_SECONDS

logger = logging.getLogger("contentcreate.overload")

TICK_SECONDS = 0.25
QUEUE_EVERY_SECONDS = 0.5
KEYS_EVERY_SECONDS = 5.0
REPORT_EVERY_SECONDS = 1.0
_FORGOTTEN_AFTER = timedelta(seconds=30)
_SMOOTHING = 0.5
_PRIORITY_OF = {Importance.NORMAL: Priority.FREE, Importance.LOW: Priority.ANONYMOUS}
_TIER_OF = {
    Importance.CRITICAL: Tier.STAFF,
    Importance.HIGH: Tier.PREMIUM,
    Importance.NORMAL: Tier.FREE,
    Importance.LOW: Tier.ANONYMOUS,
}


class Watch:
    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.climber = Climber()
        self.demand = Demand(0.0)
        self.queue: QueueOutlook | None = None
        self._flows: dict[Importance, Flow] = {}
        self._flows_told = self._flows
        self.refusals = RefusalLog()
        self._started = False
        self._starting = threading.Lock()
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def level(self) -> Level:
        return stance.level_now(self.climber.level)

    @property
    def effects(self) -> Effects:
        return LADDER[self.level]

    def refuses(self, arrival: Arrival) -> Shed | None:
        """At once, for what holds of all that are like it."""
        if not self._started:
            self.start()
        effects = self.effects
        if arrival.importance in effects.refused and (effects.refuses_reads or arrival.is_new_work):
            return self.gate.turn_away(arrival.importance, "level")
        return self.gate.sheds(arrival.importance, arrival.rank)

    def admit(self, arrival: Arrival) -> Ticket | Shed:
        return self.gate.enter(arrival.importance, arrival.rank, age_seconds=arrival.age_seconds)

    # --- The threads

    def start(self) -> None:
        with self._starting:
            if self._started:
                return
            self._started = True
            for task, name in ((self._tick_on, "overload-tick"), (self._look_on, "overload-look")):
                thread = threading.Thread(target=task, daemon=True, name=name)
                thread.start()
                self._threads.append(thread)

    def stop(self) -> None:
        """Returns when nobody looks any more."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _tick_on(self) -> None:
        while not self._ended.wait(TICK_SECONDS):
            try:
                self.tick(now=time.monotonic())
            except Exception:
                logger.exception("tick failed")

    def tick(self, *, now: float) -> None:
        seen = self.gate.tick(self._new_flows())
        self.refusals.tick()
        self.demand = _smoothed(self.demand, demand_of(seen, self.queue))
        before, after = self.climber.level, self.climber.observe(self.demand, now=now)
        if before is not after:
            facts = {"from": before.word, "to": after.word, "demand": round(self.demand.total, 2)}
            logger.info("level changed", extra=facts)
        _tell(self.gate, seen, self.level)

    def _new_flows(self) -> dict[Importance, Flow]:
        """Each look is told of once."""
        flows = self._flows
        is_new, self._flows_told = flows is not self._flows_told, flows
        return flows if is_new else {}

    def _look_on(self) -> None:
        due = {
            self._look_at_queue: (QUEUE_EVERY_SECONDS, 0.0),
            standing.look: (LOOK_EVERY_SECONDS / 2, 0.0),
            known_keys.load: (KEYS_EVERY_SECONDS, 0.0),
            self._report: (REPORT_EVERY_SECONDS, 0.0),
        }
        while not self._ended.wait(TICK_SECONDS):
            for task, (every, last) in due.items():
                if time.monotonic() - last >= every:
                    _quietly(task)
                    due[task] = (every, time.monotonic())
            connection.close_if_unusable_or_obsolete()
        connection.close()

    def _look_at_queue(self) -> None:
        before, now = self.queue, outlook.look(self.queue)
        self.queue = now
        if before is not None:
            self._flows = {
                importance: outlook.flow(before, now, priority)
                for importance, priority in _PRIORITY_OF.items()
            }

    def _report(self) -> None:
        now = timezone.now()
        facts = {
            "level": self.climber.level,  # what staff decided is known without reports
            "share_shed": round(self.gate.shedder.share, 3),
            "limit": self.gate.slots,
            "in_flight": max(0, self.gate.in_flight),
            "demand": round(self.demand.total, 2),
            "beat_at": now,
        }
        name = f"{socket.gethostname()}:{os.getpid()}"
        GateReport.objects.update_or_create(process=name, defaults=facts)
        GateReport.objects.filter(beat_at__lt=now - _FORGOTTEN_AFTER).delete()


def demand_of(seen: Seen, queue: QueueOutlook | None) -> Demand:
    """What arrived as a part of what fits; the fuller of web processes and queue counts."""
    room = seen.slots * seen.seconds
    parts = [
        count * each / room for count, each in zip(seen.arrivals, seen.seconds_each, strict=True)
    ]
    web = Demand(sum(parts), sum(parts[: Importance.LOW]), sum(parts[: Importance.NORMAL]))
    if queue is None:
        return web
    return Demand(
        max(web.total, outlook.fullness(queue, Priority.ANONYMOUS)),
        max(web.without_low, outlook.fullness(queue, Priority.FREE)),
        max(web.important, outlook.fullness(queue, Priority.PREMIUM)),
    )


def _smoothed(before: Demand, now: Demand) -> Demand:
    def between(old: float, new: float) -> float:
        return old + _SMOOTHING * (new - old)

    return Demand(
        between(before.total, now.total),
        between(before.without_low, now.without_low),
        between(before.important, now.important),
    )


def _tell(gate: Gate, seen: Seen, level: Level) -> None:
    for outcome, counted in seen.outcomes.items():
        for importance, times in zip(Importance, counted, strict=True):
            if times:
                _tell_of(importance, outcome, times)
    metrics.gauge("gate_limit", seen.slots)
    metrics.gauge("gate_in_flight", gate.in_flight)
    metrics.gauge("load_level", level)
    is_open = all(window.scope != SERVICE for window in windows_standing())
    metrics.gauge("maintenance_open", int(is_open))


def _tell_of(importance: Importance, outcome: str, times: int) -> None:
    metrics.count("gate_decisions", times, priority=importance.word, outcome=outcome)
    if outcome == "shed":
        metrics.count("refusals", times, code="load_shed", tier=_TIER_OF[importance])


def _quietly(task: Callable[[], None]) -> None:
    try:
        task()
    except Exception as error:  # noqa: BLE001 - the last known facts stay in force
        logger.warning("overload looks in vain", extra={"error": type(error).__name__})


def _new_watch() -> Watch:
    bounds = Bounds(minimum=max(1, settings.WEB_THREADS // 6), maximum=settings.WEB_THREADS)
    return Watch(Gate(GradientLimit(bounds), clock=time.monotonic))


watch = _new_watch()
"""This process'. Its threads start with the first request that comes through the door."""
