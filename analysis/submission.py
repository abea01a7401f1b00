"""What happens when a client submits content? The front half: known, joined or queued."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

import orjson
from django.conf import settings
from django.db import IntegrityError, transaction

from analysis import addresses, announcing, at_once, remote, reports
from analysis.announcing import NOBODY, Webhook
from analysis.engine import AnalysisRequest, ContentTooLong, InvalidOption, check_budget, report_key
from analysis.engine.profiles import PROOFREADING
from analysis.engine.proofreading import is_installed
from analysis.models import Analysis, AnalysisQuerySet, Content
from analysis.tasks import job_key
from ops import metrics, queue
from ops.clients import AnyClient
from ops.models import Job, Priority, Tier
from ops.overload.admission import check_profile, check_room
from ops.problems import ProblemError, Violation

_PRIORITIES = {
    Tier.ANONYMOUS: Priority.ANONYMOUS,
    Tier.FREE: Priority.FREE,
    Tier.PREMIUM: Priority.PREMIUM,
    Tier.STAFF: Priority.PREMIUM,
}
_TRIES = 3

T = TypeVar("T")


class Outcome(StrEnum):
    HIT = "hit"  # the report was known
    COALESCED = "coalesced"  # the same work was already waiting or running
    MISS = "miss"  # a new job was made


@dataclass(frozen=True)
class Wish:
    """What a client asks for: an analysis, under labels of its own."""

    request: AnalysisRequest
    metadata: dict[str, str]
    is_address: bool = False  # the source is the URL of the page that is wanted
    webhook: Webhook = NOBODY
    remote: tuple[str, ...] = ()  # what a remote model is to be asked

    @cached_property
    def key(self) -> str:
        """Equal for equal reports."""
        key = report_key(self.request)
        return f"url:{key}" if self.is_address else key

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal wishes."""
        labels = orjson.dumps(self.metadata, option=orjson.OPT_SORT_KEYS)
        asked = orjson.dumps(self.remote) if self.remote else b""
        return hashlib.sha256(self.key.encode() + labels + asked).hexdigest()

    @property
    def is_plain(self) -> bool:
        """Whether it asks for nothing but the report of a text."""
        return not (self.is_address or self.webhook.url or self.remote)

    @property
    def job_kind(self) -> str:
        return "fetch" if self.is_address else "analysis"

    def as_content(self, key: str) -> Content:
        make = addresses.place_holder if self.is_address else Content.of
        return make(self.request, key)


@dataclass(frozen=True)
class Submission:
    analysis: Analysis
    outcome: Outcome


def priority_of(client: AnyClient) -> Priority:
    return _PRIORITIES[Tier(client.tier)]


def submit(wish: Wish, client: AnyClient) -> Submission:
    """The client's analysis of this content: the one it has, or a new one.

    One transaction: there is never an analysis without its job, nor a job without its analysis.
    """
    check_wish(wish, client)
    announcing.check(wish.webhook, client)
    submission = _at_once(wish, client) or atomically(lambda: _followed(wish, client))
    metrics.count("submissions", outcome=submission.outcome)
    return submission


def _at_once(wish: Wish, client: AnyClient) -> Submission | None:
    """Without a transaction, each step of which is a trip to the database; None where it takes
    one. Most texts are new, or were sent by the same client before."""
    if not wish.is_plain:
        return None
    return _finished(wish, client) if _is_kept(wish) else _new_at_once(wish, client)


def _finished(wish: Wish, client: AnyClient) -> Submission | None:
    earlier = _of(client, wish).in_view().first()
    if earlier is None or not earlier.is_done or earlier.untold:
        return None
    return Submission(earlier, Outcome.HIT)


def _new_at_once(wish: Wish, client: AnyClient) -> Submission | None:
    if not at_once.is_possible():
        return None
    _check_room(wish, client)
    content, order = wish.as_content(wish.key), _order(wish.key, wish, client)
    analysis = _analysis(wish, client, content=content)
    is_stored = at_once.stored(content, order, analysis)
    return Submission(analysis, Outcome.MISS) if is_stored else None


def atomically(work: Callable[[], T]) -> T:
    """Again when a content was erased between our look at it and our commit."""
    for attempt in range(1, _TRIES + 1):
        try:
            with transaction.atomic():
                return work()
        except IntegrityError:
            if attempt == _TRIES:
                raise
    raise AssertionError("unreachable")


def _followed(wish: Wish, client: AnyClient) -> Submission:
    submission = _submit(wish, client)
    announcing.follow(submission.analysis, wish.webhook, client)
    return submission


def _submit(wish: Wish, client: AnyClient) -> Submission:
    # Most are new. Who has an analysis of a text keeps its content, so nobody need be asked twice.
    if not wish.is_address and not _is_kept(wish):
        return Submission(_new(wish, wish.key, client), Outcome.MISS)
    mine = _of(client, wish)
    earlier = mine.in_view().first()
    if earlier and not earlier.needs_new_run:
        if earlier.is_done and wish.remote:
            remote.place_orders(earlier.content_id)  # what failed is asked again
        outcome = Outcome.HIT if earlier.is_done else Outcome.COALESCED
        return Submission(earlier, outcome)
    if wish.is_address and not earlier:
        return Submission(_new(wish, addresses.new_key(), client), Outcome.MISS)
    key = earlier.content_id if earlier else wish.key
    job, outcome = _job_for(key, wish, client)
    if earlier:
        mine.update(job=job, canceled_at=None, untold=True)
    else:
        row = _analysis(wish, client, content_id=key, job=job)
        # The same wish in the same moment: its row is as good as ours.
        Analysis.objects.bulk_create([row], ignore_conflicts=True)
    if outcome is Outcome.HIT and wish.remote:
        remote.place_orders(key)
    return Submission(mine.in_view().get(), outcome)


def _of(client: AnyClient, wish: Wish) -> AnalysisQuerySet:
    return Analysis.objects.of(client.key).filter(fingerprint=wish.fingerprint)


def _is_kept(wish: Wish) -> bool:
    return Content.objects.filter(pk=wish.key).exists()


def _new(wish: Wish, key: str, client: AnyClient) -> Analysis:
    """Nobody knows any of its rows before our commit. Whoever was faster with one of them makes
    ours an IntegrityError, and the next try finds theirs."""
    _check_room(wish, client)
    content = wish.as_content(key)
    content.save(force_insert=True)
    job = _held_job(_order(key, wish, client))
    analysis = _analysis(wish, client, content=content, job=job)
    analysis.save(force_insert=True)
    return analysis


def _analysis(wish: Wish, client: AnyClient, **rows: Any) -> Analysis:
    return Analysis(
        client_key=client.key,
        fingerprint=wish.fingerprint,
        metadata=wish.metadata,
        remote=list(wish.remote),
        **rows,
    )


def _job_for(key: str, wish: Wish, client: AnyClient) -> tuple[Job | None, Outcome]:
    """The job that will make the report; None when there is a report."""
    if reports.exists(key):
        return None, Outcome.HIT
    unfinished = Job.objects.unfinished().filter(key=job_key(key)).exists()
    if not unfinished:
        _check_room(wish, client)
    job = _held_job(_order(key, wish, client))
    if reports.exists(key):
        # The job that made it ended between our looks: a new one would find nothing to do.
        queue.withdraw(job)
        return None, Outcome.HIT
    return job, Outcome.COALESCED if unfinished else Outcome.MISS


def _check_room(wish: Wish, client: AnyClient) -> None:
    """Only for new work: known texts, and texts under way, are never refused for want of room."""
    check_profile(wish.request.profile)
    check_room(priority_of(client))


def _order(key: str, wish: Wish, client: AnyClient) -> queue.Order:
    return queue.Order(
        wish.job_kind,
        key=job_key(key),
        payload={"content": key},
        priority=priority_of(client),
        client_key=client.key,
    )


def _held_job(order: queue.Order) -> Job:
    """Nobody who cancels the job for want of wishes can do so before ours is known."""
    while True:
        if new := queue.place_new(order):
            return new
        placed = queue.place(order)
        held = Job.objects.unfinished().filter(pk=placed.pk)
        if job := held.select_for_update(no_key=True).first():
            if job.cancel_requested_at is not None:
                held.update(cancel_requested_at=None)
            return job


def check_wish(wish: Wish, client: AnyClient) -> None:
    """Refuses what could never be analysed, or not for this client."""
    check_size(wish.request, client)
    check_analyzers(wish.request)
    if wish.is_address:
        addresses.check_open(client)
    if wish.remote:
        remote.check_offered(client)


def check_analyzers(request: AnalysisRequest) -> None:
    """Of those asked for by name none may be missing without a word."""
    if not is_installed() and (missing := PROOFREADING & set(request.options.include)):
        names = ", ".join(sorted(missing))
        raise ProblemError("analyzer_disabled", f"Not in service here: {names}. Leave it out.")


def check_size(request: AnalysisRequest, client: AnyClient) -> None:
    try:
        check_budget(request)
    except ContentTooLong as error:
        raise ProblemError("text_too_long", str(error)) from error
    except InvalidOption as error:
        violation = Violation("/options", "invalid", str(error))
        raise ProblemError("validation_failed", str(error), violations=(violation,)) from error
    limit = settings.ANALYSIS_ANONYMOUS_MAX_CHARS
    if client.tier == Tier.ANONYMOUS and len(request.source) > limit:
        raise ProblemError(
            "text_too_long",
            f"Without an API key a text may have {limit:,} characters; this one has "
            f"{len(request.source):,}. Shorten it, or send 'Authorization: Bearer cc_…'.",
        )
