"""Does the cache help? How often a finished report is found, what that saves, what it costs."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from redis.exceptions import RedisError

from ops import events
from ops.console.acting import Asked, CannotBeDoneError, ReasonForm, Route, deed
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Card, Charts, Figure, Figures, Table, TableRow
from ops.console.charts import OUTCOME_LOOKS, chart
from ops.console.marks import NOTHING, Tone
from ops.console.moves import REASON, Move, minutes, to, typed
from ops.console.numbers import number, percent, seconds, size
from ops.console.periods import window_of
from ops.console.shared import SharedByKey
from ops.metrics import reading
from ops.metrics.windows import Window
from ops.models import Right
from ops.overload.ladder import LADDER, Level

PURGED = "reports"
_KEPT = {
    "reports": "Finished reports; what is missing is read from the database",
    "edge": "Counts of addresses",
    "limits": "Counts of clients",
    "default": "Everything else",
}


def _look(period: str) -> tuple[Block, ...]:
    window = window_of(period, timezone.now())
    return (_figures(window), _charts(window), _stores(), _moves())


def _figures(window: Window) -> Figures:
    found = reading.totals("report_lookups", window, reading.by("outcome"))
    asked = reading.totals("submissions", window, reading.by("outcome"))
    lookups, submissions = sum(found.values()), sum(asked.values())
    spared = asked.get("hit", 0.0) + asked.get("coalesced", 0.0)
    failures = sum(reading.totals("cache_failures", window).values())
    return Figures(
        "figures",
        (
            Figure(
                "hits",
                "Found in the cache",
                percent(_share(found.get("hit"), lookups)),
                f"of {number(lookups)} look-ups",
            ),
            Figure(
                "known",
                "Known already",
                percent(_share(asked.get("hit"), submissions)),
                f"of {number(submissions)} submissions",
            ),
            Figure(
                "joined",
                "Joined",
                percent(_share(asked.get("coalesced"), submissions)),
                "somebody else had just asked",
            ),
            Figure(
                "saved", "Work saved", _saved(spared, window), f"{number(spared)} analyses not done"
            ),
            Figure(
                "failures",
                "Failures",
                number(failures),
                "done without the cache",
                Tone.BAD if failures else Tone.CALM,
            ),
        ),
    )


def _share(part: float | None, whole: float) -> float | None:
    return (part or 0.0) / whole if whole else None


def _saved(spared: float, window: Window) -> str:
    """What these analyses would have taken, at the median of those that were done."""
    each = reading.percentiles("job_run_seconds", window, (0.5,), reading.only(kind="analysis"))
    median = each.get("all", (None,))[0]
    return NOTHING if median is None else seconds(spared * median)


def _charts(window: Window) -> Charts:
    lookups = reading.rates("report_lookups", window, reading.by("outcome"))
    submissions = reading.rates("submissions", window, reading.by("outcome"))
    return Charts(
        "charts",
        (
            chart("Look-ups per second", lookups, window, number, OUTCOME_LOOKS),
            chart("Submissions per second", submissions, window, number, OUTCOME_LOOKS),
        ),
    )


def _stores() -> Table:
    return Table(
        name="stores",
        title="Where things are kept",
        columns=("Cache", "Holds", "Kept in", "Filled", "Entries#"),
        rows=[
            TableRow((alias, _KEPT.get(alias, ""), *_state(alias)), key=alias)
            for alias in settings.CACHES
        ],
        empty="",
    )


def _state(alias: str) -> tuple[str, str, str]:
    backend = settings.CACHES[alias]["BACKEND"].rpartition(".")[2]
    if backend == "RedisCache":
        return ("Redis", *_redis(alias))
    if backend == "LocMemCache":
        # Django's own keeps its entries in a dict, and tells nobody how many.
        held = getattr(caches[alias], "_cache", {})
        return "this process", NOTHING, number(len(held))
    return "where limits are counted", NOTHING, NOTHING


def _redis(alias: str) -> tuple[str, str]:
    from django_redis import get_redis_connection

    try:
        client = get_redis_connection(alias)
        used = client.info("memory")
        entries = client.dbsize()
    except (RedisError, OSError) as error:
        return f"no answer: {type(error).__name__}", NOTHING
    most = used.get("maxmemory") or None
    said = size(used["used_memory"]) + (f" of {size(most)}" if most else "")
    return said, number(entries)


def _moves() -> Card:
    busy = LADDER[Level.BUSY]
    return Card(
        name="moves",
        title="What can be done",
        sentences=(
            "Clients and proxies may keep answers longer at level busy "
            f"({busy.cache_factor:g} times as long as usual).",
        ),
        moves=(
            Move(
                "Let answers be kept longer",
                to("level-hold"),
                Right.EMERGENCY,
                f"Holds the level at busy. {busy.summary}",
                (REASON, minutes(30)),
                (("level", str(int(Level.BUSY))),),
            ),
            Move(
                "Empty the cache of reports",
                to("cache-purge"),
                Right.EMERGENCY,
                "Every finished report is read from the database once more. Nothing is lost, but "
                "the database carries all reads until the cache is warm again.",
                (REASON, typed(PURGED)),
                is_danger=True,
            ),
        ),
    )


@deed("console-cache", Right.EMERGENCY, ReasonForm)
def purge(asked: Asked) -> str:
    if asked.typed != PURGED:
        raise CannotBeDoneError(f"Nothing was emptied: type “{PURGED}” to say that you mean it.")
    try:
        caches[PURGED].clear()
    except (RedisError, OSError) as error:
        raise CannotBeDoneError(f"The cache did not answer: {type(error).__name__}.") from error
    events.record("cache.purged", actor=asked.actor, reason=asked.reason, cache=PURGED)
    return "The cache of reports is empty; it fills with what is asked for."


class CachePage(BlockPage):
    slug = "cache"
    title = "Cache"
    looks = SharedByKey(_look)
    has_periods = True


ROUTES: tuple[Route, ...] = (("cache/purge", purge, "cache-purge"),)
