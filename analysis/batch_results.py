"""What came of the contents of a batch? One line of JSON each, in no order that is promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zlib import MAX_WBITS, compressobj

import orjson
from django.http import HttpRequest

from analysis.models import Analysis, Batch, Status
from analysis.representation import as_object, as_summary

MEDIA_TYPE = "application/x-ndjson"
_LOOKED_UP_AT_ONCE = 50
_TYPE_OF = {Status.FAILED: "errored"}


def lines(batch: Batch, request: HttpRequest) -> Iterator[bytes]:
    """Read a few at a time, so that a thousand reports never stand in memory together."""
    for analysis in _in_portions(batch):
        report = analysis.report if analysis.is_done else None
        line = {
            "custom_id": analysis.custom_id,
            "result": {
                "type": _TYPE_OF.get(analysis.status, analysis.status),
                "analysis": as_object(
                    as_summary(analysis, request), report.body if report else None
                ),
            },
        }
        yield orjson.dumps(line, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)


def gzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    packer = compressobj(6, wbits=MAX_WBITS | 16)
    for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()


def _in_portions(batch: Batch) -> Iterator[Analysis]:
    last = 0
    while portion := list(_after(batch, last)):
        yield from portion
        last = portion[-1].pk


def _after(batch: Batch, pk: int) -> Iterable[Analysis]:
    rows = batch.analyses.filter(pk__gt=pk).select_related("content__report", "job", "batch")
    return rows.defer("content__source").order_by("pk")[:_LOOKED_UP_AT_ONCE]
