"""What does it mean to submit the address of a page instead of its text?

Until a job has fetched the page, its place is held by a content whose source is the address.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import replace

from django.utils import timezone

from analysis.engine import AnalysisRequest, Format
from analysis.models import Content
from ops.clients import AnyClient
from ops.maintenance.state import is_closed
from ops.models import Tier
from ops.outbound import addresses, targets, vet
from ops.outbound.errors import RefusedError
from ops.outbound.rules import Rules
from ops.problems import ProblemError

FORMAT = "url"
RULES = Rules(
    deadline_seconds=10.0,
    connect_seconds=3.0,
    max_bytes=5_000_000,
    redirects=5,
    ports=frozenset({80, 443}),
)


def complaint_about(url: str) -> str | None:
    """What can be told without a look-up; the rest is found out when the page is fetched."""
    try:
        target = targets.read(url)
        if addresses.read(target.host) is not None:
            vet(url, RULES)
    except RefusedError as error:
        return str(error)
    return None


def check_open(client: AnyClient) -> None:
    """Who stays unknown could make us call whomever they like."""
    if client.tier == Tier.ANONYMOUS:
        raise ProblemError(
            "missing_key", "Addresses are fetched for clients with an API key. Send the text."
        )
    now = timezone.now()
    if window := is_closed("url_fetch", now):
        raise ProblemError(
            "maintenance",
            f"No addresses are fetched at present. {window.message} Send the text itself.",
            retry_after_seconds=window.retry_after_seconds(now, dice=random.random()),
        )


def place_holder(request: AnalysisRequest, key: str) -> Content:
    content = Content.of(request, key)
    content.format = FORMAT
    content.meta["url"] = content.meta["url"] or request.source
    return content


def new_key() -> str:
    """No two fetches share a place: each client sees the page as it was for itself."""
    return secrets.token_hex(32)


def as_request(content: Content, text: str, form: Format, url: str) -> AnalysisRequest:
    """What the client wanted, of the page that came; it stands where it came from."""
    content.format = form
    request = content.as_request()
    told = request.meta.url if request.meta.url != content.source else url
    return replace(request, source=text, meta=replace(request.meta, url=told))
