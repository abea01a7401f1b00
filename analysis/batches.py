"""What happens when a client submits many contents at once?

All of them are valid or none is taken; one transaction makes the batch, its analyses and the jobs
of those that are not known yet. They wait behind everybody who waits for a single report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis import addresses, remote
from analysis.engine import AnalysisRequest, ContentTooLong, EngineError, check_budget
from analysis.models import Analysis, Batch, Content, Report
from analysis.submission import Outcome, Wish, check_analyzers
from analysis.tasks import job_key
from ops import metrics, queue
from ops.models import Client, Job, Priority
from ops.overload.admission import check_profile, check_room
from ops.problems import ProblemError, Violation

MAX_ITEMS = 1_000
_ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Item:
    """One content of a batch, under the name its client gave it."""

    custom_id: str
    wish: Wish

    def new_key(self) -> str:
        """Of its content; equal for equal texts, while each address is a fetch of its own."""
        return addresses.new_key() if self.wish.is_address else self.wish.key


def submit_batch(items: Sequence[Item], metadata: dict[str, str], client: Client) -> Batch:
    """Joins the caller's transaction; the caller begins anew when that ends in a conflict."""
    _check_each(items)
    if any(item.wish.is_address for item in items):
        addresses.check_open(client)
    if any(item.wish.remote for item in items):
        remote.check_offered(client)
    keys = [item.new_key() for item in items]
    known = set(Report.objects.filter(pk__in=keys).values_list("pk", flat=True))
    new = {key: i.wish for key, i in zip(keys, items, strict=True) if key not in known}
    _check_room(wish.request for wish in new.values())
    rows = [wish.as_content(key) for key, wish in sorted(new.items(), key=lambda i: i[0])]
    Content.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_ROWS_AT_ONCE)
    jobs = _held_jobs([_order(key, wish.job_kind, client) for key, wish in new.items()])
    batch = Batch.objects.create(client_key=client.key, size=len(items), metadata=metadata)
    Analysis.objects.bulk_create(
        [_analysis(batch, item, key, jobs.get(key)) for item, key in zip(items, keys, strict=True)],
        batch_size=_ROWS_AT_ONCE,
    )
    for key in {k for k, i in zip(keys, items, strict=True) if i.wish.remote and k in known}:
        remote.place_orders(key)
    _count(len(items) - len(new), len(new))
    return batch


def _check_each(items: Sequence[Item]) -> None:
    found = [
        Violation(f"/items/{index}{error.pointer}", error.code, error.message)
        for index, item in enumerate(items)
        if (error := _error_of(item.wish.request))
    ]
    if found:
        raise ProblemError(
            "validation_failed", f"{found[0].pointer}: {found[0].message}", violations=tuple(found)
        )


def _error_of(request: AnalysisRequest) -> Violation | None:
    try:
        check_budget(request)
        check_analyzers(request)
    except ContentTooLong as error:
        return Violation("/content", "text_too_long", str(error))
    except EngineError as error:
        return Violation("/options", "invalid", str(error))
    return None


def _check_room(requests: Iterable[AnalysisRequest]) -> None:
    profiles = {request.profile for request in requests}
    for profile in sorted(profiles):
        check_profile(profile)
    if profiles:
        check_room(Priority.BATCH)


def _order(key: str, kind: str, client: Client) -> queue.Order:
    return queue.Order(
        kind,
        key=job_key(key),
        payload={"content": key},
        priority=Priority.BATCH,
        client_key=client.key,
    )


def _held_jobs(orders: Sequence[queue.Order]) -> dict[str, int]:
    """By content key. Whoever wants to cancel one of them waits until this batch is known."""
    while True:
        placed = queue.place_all(orders)
        held = Job.objects.unfinished().filter(pk__in=placed.values())
        kept = set(held.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        if len(kept) == len(set(placed.values())):
            held.exclude(cancel_requested_at=None).update(cancel_requested_at=None)
            return {order.payload["content"]: placed[order.key] for order in orders}


def _analysis(batch: Batch, item: Item, key: str, job: int | None) -> Analysis:
    """Its own even if the client has one of the same content: the batch may be canceled."""
    own = f"{batch.public_id}:{item.custom_id}"
    return Analysis(
        client_key=batch.client_key,
        content_id=key,
        job_id=job,
        fingerprint=hashlib.sha256(own.encode()).hexdigest(),
        metadata=item.wish.metadata,
        remote=list(item.wish.remote),
        batch=batch,
        custom_id=item.custom_id,
        untold=False,  # a batch is told as a whole
    )


def _count(hits: int, misses: int) -> None:
    for outcome, times in ((Outcome.HIT, hits), (Outcome.MISS, misses)):
        if times:
            metrics.count("submissions", times, outcome=outcome)
