"""Whose key is this, before anybody asks the database? Enough to rank a request at the door.

It says how important a request is, never who may do what: authentication asks again.
"""

from __future__ import annotations

import hashlib

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from ops.models import ApiKey, Tier

_KNOWN_AT_MOST = 50_000
_tiers: dict[bytes, Tier] = {}
_fingerprints: dict[int, bytes] = {}


def tier_of(shown: str) -> Tier:
    """An unknown key is nobody's: whoever invents keys gains nothing."""
    return tier_by(fingerprint(shown)) if shown else Tier.ANONYMOUS


def tier_by(name: bytes) -> Tier:
    """The same, of a key whose fingerprint is taken already."""
    return _tiers.get(name, Tier.ANONYMOUS)


def learn(shown: str, tier: str) -> None:
    """Called once a key has been recognised; until then its first request ranks last."""
    name = fingerprint(shown)
    if _tiers.get(name) != tier and len(_tiers) < 2 * _KNOWN_AT_MOST:
        _tiers[name] = Tier(tier)


def load() -> None:
    """Important ones first, should there be more keys than fit."""
    first = Case(
        When(client__tier__in=[Tier.STAFF, Tier.PREMIUM], then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    in_use = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    rows = ApiKey.objects.filter(in_use, revoked_at=None).order_by(first, "-id")
    found = {
        bytes.fromhex(digest)[:16]: Tier(tier)
        for digest, tier in rows.values_list("digest", "client__tier")[:_KNOWN_AT_MOST]
    }
    _tiers.update(found)
    for gone in [name for name in tuple(_tiers) if name not in found]:
        _tiers.pop(gone, None)


def fingerprint(shown: str) -> bytes:
    """Remembered by Python's own hash, which a secret of this process protects: no key stays in
    memory, and who asks again costs a look-up."""
    known = hash(shown)
    name = _fingerprints.get(known)
    if name is None:
        if len(_fingerprints) >= _KNOWN_AT_MOST:
            _fingerprints.clear()
        name = _fingerprints[known] = hashlib.sha256(shown.encode()).digest()[:16]
    return name
