"""What do machines read? The shape of Statuspage's summary, which many tools know."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from ops.overload.ladder import Level
from ops.status_page.parts import PART_NAMES
from ops.status_page.snapshot import PartState, Snapshot, Story, Told, Works

_PAGE_ID = "contentcreate"
_STATES_OF_WORKS = {True: "in_progress", False: "scheduled"}


def summary(shown: Snapshot, origin: str) -> Mapping[str, Any]:
    """Times are RFC 3339 in UTC. `load` and `is_live` are ours alone."""
    return {
        "page": {
            "id": _PAGE_ID,
            "name": "ContentCreate",
            "url": f"{origin}/status",
            "time_zone": "Etc/UTC",
            "updated_at": shown.as_of,
        },
        "status": {
            "indicator": shown.headline.indicator,
            "description": shown.headline.title,
        },
        "components": [
            _component(part, position, shown) for position, part in enumerate(shown.parts, 1)
        ],
        "incidents": [_incident(story, origin) for story in shown.open_stories],
        "scheduled_maintenances": [_maintenance(one, origin, shown) for one in shown.works],
        "load": None if shown.level is None else Level(shown.level).word,
        "is_live": shown.is_live,
    }


def _component(part: PartState, position: int, shown: Snapshot) -> dict[str, Any]:
    return {
        "id": part.key,
        "name": part.name,
        "status": part.condition.word,
        "description": part.reason or part.about,
        "position": position,
        "updated_at": shown.as_of,
        "page_id": _PAGE_ID,
        "group": False,
        "group_id": None,
        "showcase": True,
        "only_show_if_degraded": False,
        "uptime_90_days": part.good_share,
    }


def _incident(story: Story, origin: str) -> dict[str, Any]:
    return {
        "id": str(story.number),
        "name": story.title,
        "status": story.state,
        "impact": story.impact.value,
        "created_at": story.began_at,
        "started_at": story.began_at,
        "updated_at": story.changed_at,
        "monitoring_at": next(
            (told.at for told in story.updates if told.state == "monitoring"), None
        ),
        "resolved_at": story.resolved_at,
        "shortlink": f"{origin}/status/incidents/{story.number}",
        "page_id": _PAGE_ID,
        "components": _named(story.parts),
        "incident_updates": [_update(told, story) for told in story.updates],
    }


def _update(told: Told, story: Story) -> dict[str, Any]:
    return {
        "id": str(told.number),
        "incident_id": str(story.number),
        "status": told.state,
        "body": told.body,
        "created_at": told.at,
        "updated_at": told.at,
        "display_at": told.at,
        "affected_components": [
            {"code": part["id"], "name": part["name"]} for part in _named(story.parts)
        ],
    }


def _maintenance(works: Works, origin: str, shown: Snapshot) -> dict[str, Any]:
    starts_at = works.starts_at or shown.as_of
    number = hashlib.sha256(f"{works.title}{works.starts_at}".encode()).hexdigest()[:12]
    return {
        "id": number,
        "name": works.title,
        "status": _STATES_OF_WORKS[works.is_on],
        "impact": "maintenance",
        "created_at": starts_at,
        "updated_at": starts_at,
        "monitoring_at": None,
        "resolved_at": None,
        "shortlink": f"{origin}/status",
        "scheduled_for": starts_at,
        "scheduled_until": works.ends_at,
        "page_id": _PAGE_ID,
        "components": _named(works.parts),
        "incident_updates": [
            {
                "id": number,
                "incident_id": number,
                "status": _STATES_OF_WORKS[works.is_on],
                "body": works.message,
                "created_at": starts_at,
                "updated_at": starts_at,
                "display_at": starts_at,
            }
        ],
    }


def _named(parts: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"id": key, "name": PART_NAMES.get(key, key)} for key in parts]
