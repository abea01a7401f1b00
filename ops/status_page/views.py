"""How does the status page reach people and machines? Drawn once for everybody, kept for a while.

No answer here asks the database, the session or the visitor for anything.
"""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ops.overload.ladder import LADDER, Level
from ops.status_page.bars import picture
from ops.status_page.current import showing
from ops.status_page.document import summary
from ops.status_page.snapshot import Snapshot, Story

# Whoever stands in front of us may go on showing what it has when we are gone altogether.
kept_a_while = cache_control(
    public=True, max_age=10, stale_while_revalidate=30, stale_if_error=86_400
)
_PAGES_KEPT = 16  # a page for each name by which the service is called


@require_safe
@kept_a_while
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page(showing.current()))


@require_safe
@kept_a_while
def as_json(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        _document(showing.current(), _origin(request)),
        content_type="application/json",
        headers={"Access-Control-Allow-Origin": "*"},
    )


@require_safe
@kept_a_while
def feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        _feed(showing.current(), _origin(request)),
        content_type="application/atom+xml; charset=utf-8",
    )


@require_safe
@kept_a_while
def badge(request: HttpRequest) -> HttpResponse:
    words = showing.current().headline
    drawn = render_to_string("ops/status/badge.svg", {"words": words})
    return HttpResponse(
        drawn, content_type="image/svg+xml", headers={"Access-Control-Allow-Origin": "*"}
    )


@require_safe
@kept_a_while
def incident(request: HttpRequest, number: int) -> HttpResponse:
    shown = showing.current()
    story = next((story for story in shown.stories if story.number == number), None)
    if story is None:
        raise Http404(f"No incident of the last three months has the number {number}.")
    return HttpResponse(render_to_string("ops/status/incident.html", _facts(shown, story)))


@lru_cache(maxsize=_PAGES_KEPT)
def _page(shown: Snapshot) -> bytes:
    return render_to_string("ops/status/page.html", _facts(shown)).encode()


@lru_cache(maxsize=_PAGES_KEPT)
def _document(shown: Snapshot, origin: str) -> bytes:
    return orjson.dumps(summary(shown, origin), option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z)


@lru_cache(maxsize=_PAGES_KEPT)
def _feed(shown: Snapshot, origin: str) -> str:
    drawn = Atom1Feed(
        title="ContentCreate: incidents",
        link=f"{origin}/status",
        description="",
        feed_url=f"{origin}/status/feed.atom",
        language="en",
        author_name="ContentCreate",
    )
    for story in shown.stories:
        drawn.add_item(
            title=f"{story.title} ({story.state})",
            link=f"{origin}/status/incidents/{story.number}",
            description=render_to_string("ops/status/_updates.html", {"story": story}),
            pubdate=story.began_at.astimezone(UTC),
            updateddate=story.changed_at.astimezone(UTC),
        )
    return drawn.writeString("utf-8")


def _facts(shown: Snapshot, story: Story | None = None) -> dict[str, object]:
    level = None if shown.level is None else Level(shown.level)
    return {
        "shown": shown,
        "story": story,
        "pictures": [picture(part) for part in shown.parts],
        "left_out": LADDER[level].summary if level else "",
    }


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
