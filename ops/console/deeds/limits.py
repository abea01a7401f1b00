"""What can staff do about limits? Forgive, ban, give a quota, keep out, be strict for a while."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ops.console.acting import Asked, AskedForm, CannotBeDoneError, Route, TimedForm, deed
from ops.limits import staff, watching
from ops.models import Admission, Client, LimitOverride, LimitPolicy, Right, Tier

_STRICT_TIERS = (Tier.ANONYMOUS, Tier.FREE, Tier.PREMIUM)


class WhoForm(AskedForm):
    who = forms.CharField(max_length=100)


class TimedWhoForm(TimedForm):
    who = forms.CharField(max_length=100)


class QuotaForm(TimedWhoForm):
    policy = forms.CharField(max_length=50)
    quota = forms.IntegerField(min_value=0, max_value=1_000_000_000)


class StrictForm(TimedForm):
    anonymous = forms.IntegerField(min_value=0, max_value=100)
    free = forms.IntegerField(min_value=0, max_value=100)
    premium = forms.IntegerField(min_value=0, max_value=100)


@deed("console-limits", Right.OPERATE, WhoForm)
def reset(asked: Asked) -> str:
    return f"{_known(staff.reset, asked)} may ask again, up to the whole quota."


@deed("console-limits", Right.OPERATE, WhoForm)
def unban(asked: Asked) -> str:
    return f"The ban of {_known(staff.unban, asked)} is lifted."


class _Known(Protocol):
    def __call__(self, subject: str, /, *, actor: str) -> str: ...


def _known(do: _Known, asked: Asked) -> str:
    try:
        return do(asked.data["who"], actor=asked.actor)
    except staff.UnknownSubjectError as error:
        raise CannotBeDoneError(str(error)) from error


@deed("console-limits", Right.OPERATE, TimedWhoForm)
def ban(asked: Asked) -> str:
    seconds = 60 * int(asked.data["minutes"])
    try:
        address = staff.ban(
            asked.data["who"], seconds=seconds, reason=asked.reason, actor=asked.actor
        )
    except staff.UnknownSubjectError as error:
        raise CannotBeDoneError(str(error)) from error
    watching.write()  # or whoever looks right away would not find it in the table
    return f"{address} is banned."


@deed("console-limits", Right.OPERATE, QuotaForm)
def give_quota(asked: Asked) -> str:
    client = _client(asked.data["who"])
    policy = get_object_or_404(LimitPolicy, name=asked.data["policy"])
    row = LimitOverride.objects.filter(client=client, policy=policy).first()
    before = staff.values_of(row) if row else None
    row = row or LimitOverride(client=client, policy=policy)
    row.quota, row.reason = asked.data["quota"], asked.reason
    row.expires_at = timezone.now() + asked.for_so_long
    row.save()
    staff.record_edit(row, before, actor=asked.actor)
    return f"{client}: {row.quota:,} by {policy}."


@deed("console-limits", Right.OPERATE, TimedWhoForm)
def deny(asked: Asked) -> str:
    row = Admission(verdict=Admission.Verdict.DENY, reason=asked.reason)
    row.expires_at = timezone.now() + asked.for_so_long
    who = asked.data["who"]
    row.client = Client.objects.filter(name=who).first()
    row.network = "" if row.client else who
    try:
        row.full_clean()
    except ValidationError as error:
        raise CannotBeDoneError(f"{who} is neither a client nor an address.") from error
    row.save()
    staff.record_edit(row, None, actor=asked.actor)
    return f"{who} stays out."


@deed("console-limits", Right.OPERATE)
def end_exception(asked: Asked, row_id: int) -> str:
    return _removed(get_object_or_404(Admission, pk=row_id), asked)


@deed("console-limits", Right.OPERATE)
def end_quota(asked: Asked, row_id: int) -> str:
    return _removed(get_object_or_404(LimitOverride, pk=row_id), asked)


def _removed(row: Admission | LimitOverride, asked: Asked) -> str:
    staff.record_removal(row, actor=asked.actor)
    said = str(row)
    row.delete()
    return f"Ended: {said}."


def _client(name: str) -> Client:
    found = Client.objects.filter(name=name).first()
    if found is None:
        raise CannotBeDoneError(f"{name} has no key: only clients can have a quota of their own.")
    return found


@deed("console-limits", Right.EMERGENCY, StrictForm)
def begin_strictness(asked: Asked) -> str:
    factors = {str(tier): Decimal(asked.data[tier.value]) / 100 for tier in _STRICT_TIERS}
    staff.be_strict(factors, lasts=asked.for_so_long, reason=asked.reason, actor=asked.actor)
    return "Everybody has less now; it ends by itself."


@deed("console-limits", Right.EMERGENCY)
def end_strictness(asked: Asked) -> str:
    if not staff.end_strictness(timezone.now(), actor=asked.actor):
        raise CannotBeDoneError("No strict period is running.")
    return "Everybody has the usual quota again."


ROUTES: tuple[Route, ...] = (
    ("limits/reset", reset, "limit-reset"),
    ("limits/unban", unban, "limit-unban"),
    ("limits/ban", ban, "limit-ban"),
    ("limits/quotas", give_quota, "quota-give"),
    ("limits/quotas/<int:row_id>/end", end_quota, "quota-end"),
    ("limits/exceptions", deny, "exception-deny"),
    ("limits/exceptions/<int:row_id>/end", end_exception, "exception-end"),
    ("limits/strict", begin_strictness, "strict-begin"),
    ("limits/strict/end", end_strictness, "strict-end"),
)
