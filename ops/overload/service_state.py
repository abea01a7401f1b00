"""What do clients hear about the state of the service? The level, its effects, what is closed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ops.maintenance.state import announcements, standing
from ops.maintenance.windows import Window
from ops.overload import stance
from ops.overload import standing as levels
from ops.overload.ladder import LADDER, Effects


def document() -> dict[str, Any]:
    """As JSON shows it. No query for each request, so that it may be asked in the worst hour."""
    level = levels.level()
    engaged = stance.current().engaged(timezone.now())
    return {
        "level": level.word,
        "effects": _effects(LADDER[level]),
        "emergency": {"profile": engaged.profile, "until": engaged.ends_at} if engaged else None,
        "maintenance": [_window(window, is_on=True) for window in standing()]
        + [_window(window, is_on=False) for window in announcements()],
    }


def _effects(effects: Effects) -> dict[str, Any]:
    return {
        "summary": effects.summary,
        "waits": effects.waits,
        "cache_factor": effects.cache_factor,
        "profiles": sorted(effects.profiles) if effects.profiles is not None else None,
        "originality": effects.originality,
        "refused": [importance.word for importance in sorted(effects.refused)],
        "refuses_reads": effects.refuses_reads,
    }


def _window(window: Window, *, is_on: bool) -> dict[str, Any]:
    return {
        "scope": window.scope,
        "is_on": is_on,
        "message": window.message,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
    }
