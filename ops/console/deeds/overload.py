"""What can staff do in a spike? Engage and end profiles, hold a level, close and open doors."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ops.console.acting import Asked, CannotBeDoneError, ReasonForm, Route, TimedForm, deed
from ops.limits import staff
from ops.maintenance import switch
from ops.maintenance.features import SCOPES, SERVICE, title_of
from ops.maintenance.windows import Window
from ops.models import EmergencyProfile, Maintenance, Right
from ops.overload import emergency
from ops.overload.ladder import Level


class LevelForm(TimedForm):
    level = forms.TypedChoiceField(
        choices=[(level.value, level.word) for level in Level], coerce=int
    )


class CloseForm(ReasonForm):
    scope = forms.ChoiceField(choices=SCOPES)
    message = forms.CharField(max_length=300, required=False)
    begins_in = forms.IntegerField(min_value=0, max_value=7 * 24 * 60, required=False)


@deed("console-overload", Right.EMERGENCY, TimedForm)
def engage(asked: Asked, name: str) -> str:
    profile = get_object_or_404(EmergencyProfile, name=name)
    _insist_on_typing(asked, profile)
    emergency.engage(profile, actor=asked.actor, reason=asked.reason, lasts=asked.lasts)
    return f"{profile.title} is engaged. It ends by itself."


def hurts_most(profile: EmergencyProfile) -> bool:
    """What closes the service, or nearly, is not done by a slip of the mouse."""
    return profile.closes == SERVICE or profile.level_at_least >= Level.LOCKDOWN


def _insist_on_typing(asked: Asked, profile: EmergencyProfile) -> None:
    if hurts_most(profile) and asked.typed != profile.name:
        raise CannotBeDoneError(f"Nothing was changed: type “{profile.name}” to say you mean it.")


@deed("console-overload", Right.EMERGENCY)
def end_emergency(asked: Asked) -> str:
    ended = emergency.end(actor=asked.actor, reason=asked.reason)
    if not ended:
        raise CannotBeDoneError("No emergency is engaged.")
    return f"Ended: {', '.join(row.profile for row in ended)}."


@deed("console-overload", Right.EMERGENCY)
def normal(asked: Asked) -> str:
    emergency.back_to_normal(actor=asked.actor, reason=asked.reason)
    staff.end_strictness(timezone.now(), actor=asked.actor)
    return "Back to normal: what was set by hand has ended."


@deed("console-overload", Right.EMERGENCY, LevelForm)
def hold_level(asked: Asked) -> str:
    level = Level(asked.data["level"])
    emergency.force_level(level, actor=asked.actor, reason=asked.reason, lasts=asked.for_so_long)
    return f"The level is held at {level.word}."


@deed("console-overload", Right.EMERGENCY)
def release_level(asked: Asked) -> str:
    if not emergency.release_level(actor=asked.actor, reason=asked.reason):
        raise CannotBeDoneError("The level is automatic already.")
    return "The level is automatic again."


@deed("console-overload", Right.EMERGENCY, CloseForm)
def close(asked: Asked) -> str:
    window = _window(asked)
    try:
        switch.close(window, actor=asked.actor, reason=asked.reason)
    except ValidationError as error:
        raise CannotBeDoneError(" ".join(error.messages)) from error
    begins = "from then on" if asked.data["begins_in"] else "now"
    return f"{title_of(window.scope)}: closed {begins}, in every process within a second."


def _window(asked: Asked) -> Window:
    """Announced from now on when it begins later."""
    now = timezone.now()
    later = timedelta(minutes=asked.data["begins_in"] or 0)
    return Window(
        scope=asked.data["scope"],
        message=asked.data["message"],
        starts_at=now + later,
        ends_at=now + later + asked.lasts if asked.lasts else None,
        announced_from=now if later else None,
    )


@deed("console-overload", Right.EMERGENCY)
def open_again(asked: Asked, window_id: int) -> str:
    rows = Maintenance.objects.filter(pk=window_id)
    opened = switch.open_again(rows, actor=asked.actor, reason=asked.reason)
    if not opened:
        raise CannotBeDoneError("It is open already.")
    return f"{opened[0]}: open again."


ROUTES: tuple[Route, ...] = (
    ("overload/profiles/<slug:name>", engage, "emergency-engage"),
    ("overload/emergency/end", end_emergency, "emergency-end"),
    ("overload/normal", normal, "normal"),
    ("overload/level", hold_level, "level-hold"),
    ("overload/level/release", release_level, "level-release"),
    ("overload/maintenance", close, "maintenance-close"),
    ("overload/maintenance/<int:window_id>/open", open_again, "maintenance-open"),
)
