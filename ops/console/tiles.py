"""Which numbers does one want to see first?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from ops.console.blocks import Figure, Figures
from ops.console.drain import drain
from ops.console.marks import NOTHING, Tone, duration
from ops.console.moves import to
from ops.console.numbers import number, percent, seconds
from ops.console.pages.overload import level_figure
from ops.console.troubles import MANY_ERRORS
from ops.metrics import reading, traffic
from ops.metrics.windows import Window
from ops.models import Alert, Job
from ops.overload.standing import Situation
from ops.queue import QueueSnapshot

SLOW_SECONDS = 1.0


def tiles(
    queue: QueueSnapshot,
    state: Situation,
    alerts: Sequence[Alert],
    window: Window,
    now: datetime,
) -> Figures:
    return Figures(
        "tiles",
        (
            rate(now),
            times(window),
            _errors(window),
            _refused(window),
            _hits(window),
            level_figure(state),
            _waiting(queue, now),
            _oldest(queue),
            _running(queue),
            _workers(queue),
            _failed(queue),
            _firing(alerts),
        ),
    )


def rate(now: datetime) -> Figure:
    compared = traffic.compared_with_last_week(now)
    factor = compared.factor
    note = "nothing known of last week" if factor is None else f"{factor:.1f}× this time last week"
    return Figure(
        "rate", "Requests", f"{number(compared.now_per_second)}/s", note, link=to("traffic")
    )


def times(window: Window) -> Figure:
    timed = reading.percentiles("http_request_duration_seconds", window, (0.5, 0.95))
    median, slow = timed.get("all", (None, None))
    tone = Tone.BAD if (slow or 0) > SLOW_SECONDS else Tone.CALM
    note = f"1 of 20 is slower; half take {seconds(median)}"
    return Figure("p95", "Slow answer", seconds(slow), note, tone, to("traffic"))


def _errors(window: Window) -> Figure:
    share = traffic.error_share(window)
    tone = Tone.BAD if (share or 0) > MANY_ERRORS else Tone.CALM
    return Figure(
        "errors", "Errors", percent(share), "our fault, of 5 minutes", tone, to("traffic")
    )


def _refused(window: Window) -> Figure:
    share = traffic.refused_share(window)
    return Figure(
        "refused", "Refused", percent(share), "429 and 503, on purpose", link=to("limits")
    )


def _hits(window: Window) -> Figure:
    share = reading.share("submissions", window, _known)
    return Figure("known", "Known already", percent(share), "work saved", link=to("cache"))


def _known(labels: reading.Labels) -> str | None:
    return "known" if labels.get("outcome") in ("hit", "coalesced") else None


def _waiting(queue: QueueSnapshot, now: datetime) -> Figure:
    return Figure(
        name="waiting",
        title="Waiting",
        value=f"{queue.waiting:,}",
        note=drain(queue.waiting, now).outlook if queue.waiting else "nobody has to wait",
        link=to("queue"),
    )


def _oldest(queue: QueueSnapshot) -> Figure:
    wait = timedelta(seconds=queue.oldest_wait_seconds)
    target = settings.OPS_WAIT_TARGET
    return Figure(
        name="oldest",
        title="Oldest wait",
        value=duration(wait) if queue.waiting else NOTHING,
        note=f"should stay below {duration(target)}",
        tone=Tone.WAIT if wait > target else Tone.CALM,
        link=to("queue"),
    )


def _running(queue: QueueSnapshot) -> Figure:
    return Figure(
        name="running",
        title="Running",
        value=f"{queue.running:,}",
        note="jobs in work now",
        link=_jobs(Job.State.RUNNING),
    )


def _workers(queue: QueueSnapshot) -> Figure:
    hosts = "1 host" if queue.hosts_alive == 1 else f"{queue.hosts_alive} hosts"
    return Figure(
        name="workers",
        title="Workers alive",
        value=f"{queue.workers_alive:,}",
        note=f"on {hosts}" if queue.hosts_alive else "start one: manage.py worker",
        tone=Tone.GOOD if queue.workers_alive else Tone.BAD,
        link=to("workers"),
    )


def _failed(queue: QueueSnapshot) -> Figure:
    return Figure(
        name="failed",
        title="Failed",
        value=f"{queue.dead:,}",
        note="gave up for good" if queue.dead else "none gave up",
        tone=Tone.BAD if queue.dead else Tone.CALM,
        link=_jobs(Job.State.DEAD),
    )


def _firing(alerts: Sequence[Alert]) -> Figure:
    firing = [alert for alert in alerts if alert.state == Alert.State.FIRING]
    alone = sum(alert.acknowledged_at is None for alert in firing)
    return Figure(
        name="alerts",
        title="Alerts firing",
        value=f"{len(firing):,}",
        note=f"{alone:,} that nobody has" if alone else "somebody has each" if firing else "calm",
        tone=Tone.WAIT if alone else Tone.CALM,
        link=to("alerts"),
    )


def _jobs(state: Job.State) -> str:
    return reverse("admin:ops_job_changelist", query={"state__exact": state})
