"""Which second factor has a person, and does this code come from it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import django_otp
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from ops import events

SPARE_CODES = 10
_LENGTH_OF_A_CODE = 6  # of the authenticator; spare ones are longer


@dataclass(frozen=True)
class Answer:
    """What became of a code."""

    device: TOTPDevice | StaticDevice | None = None
    wait_seconds: int = 0
    """How long no code at all is looked at, after too many wrong ones."""


def has_one(person: User) -> bool:
    return TOTPDevice.objects.filter(user=person, confirmed=True).exists()


def check(person: User, code: str) -> Answer:
    """A code is good for once. Each wrong one doubles the time until the next is looked at."""
    code = "".join(code.split()).lower()
    kind = TOTPDevice if len(code) == _LENGTH_OF_A_CODE else StaticDevice
    device = kind.objects.filter(user=person, confirmed=True).first()
    if device is None:
        return Answer()
    if wait_seconds := _locked_for_seconds(device):
        return Answer(wait_seconds=wait_seconds)
    accepted = django_otp.verify_token(person, device.persistent_id, code)
    if accepted is None:
        events.record("second_factor.refused", actor=events.author(person))
        device.refresh_from_db()
        return Answer(wait_seconds=_locked_for_seconds(device))
    if isinstance(accepted, StaticDevice):
        events.record(
            "second_factor.spare_used", actor=events.author(person), left=spare_left(person)
        )
    return Answer(accepted)


def _locked_for_seconds(device: TOTPDevice | StaticDevice) -> int:
    allowed, why = device.verify_is_allowed()
    if allowed or not why or "locked_until" not in why:
        return 0
    until: datetime = why["locked_until"]
    return max(1, round((until - timezone.now()).total_seconds()))


# --- Setting up ----------------------------------------------------------------------------


def pending(person: User) -> TOTPDevice:
    """The one that is being set up: the same secret until a code of it was seen."""
    device = TOTPDevice.objects.filter(user=person, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=person, name="Authenticator", confirmed=False)


@transaction.atomic
def confirm(person: User, code: str) -> TOTPDevice | None:
    """The one that was pending stands in place of any other."""
    device = pending(person)
    if not device.verify_token("".join(code.split())):
        return None
    TOTPDevice.objects.filter(user=person).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    events.record("second_factor.set_up", actor=events.author(person))
    return device


@transaction.atomic
def new_spare_codes(person: User) -> list[str]:
    """In place of the old ones. They are shown this once."""
    StaticDevice.objects.filter(user=person).delete()
    device = StaticDevice.objects.create(user=person, name="Spare codes")
    codes = [StaticToken.random_token() for _ in range(SPARE_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    events.record("second_factor.spare_made", actor=events.author(person))
    return codes


def spare_left(person: User) -> int:
    return StaticToken.objects.filter(device__user=person).count()


@transaction.atomic
def take_away(person: User, *, actor: str, reason: str = "") -> bool:
    """For whoever lost phone and spare codes: the password alone opens again. Whether it did."""
    had_one = has_one(person)
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()
    if had_one:
        events.record(
            "second_factor.taken_away", actor=actor, reason=reason, person=person.get_username()
        )
    return had_one
