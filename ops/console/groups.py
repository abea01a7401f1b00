"""Which groups can an administrator put people in from the first start on?

Three, each with what the one before may do. They are filled once, and given the rights that a new
release brings; whatever else an administrator changes of them stays so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connections
from django.db.models import Q

from ops.models import Right

_SECRET = ("view_alertchannel", "view_apikey")  # addresses to post to; who holds which key


@dataclass(frozen=True)
class Usual:
    name: str
    rights: tuple[Right, ...]
    rows: tuple[str, ...] = ()


READERS = Usual("Console readers", (Right.VIEW,))
OPERATORS = Usual(
    "Console operators",
    (*READERS.rights, Right.OPERATE),
    (
        "add_pause",
        "delete_pause",
        "change_workerhost",
        "add_silence",
        "change_silence",
        "delete_silence",
        "add_incident",
        "change_incident",
        "add_partstatement",
        "add_limitoverride",
        "change_limitoverride",
        "delete_limitoverride",
        "add_admission",
        "change_admission",
        "delete_admission",
    ),
)
COMMANDERS = Usual(
    "Console emergency",
    (*OPERATORS.rights, Right.EMERGENCY),
    (
        *OPERATORS.rows,
        "add_emergency",
        "change_emergency",
        "add_maintenance",
        "change_maintenance",
        "add_strictmode",
        "change_strictmode",
    ),
)


_known: set[int] = set()
"""The permissions that there were before migrating."""


def remember(using: str, **_: Any) -> None:
    _known.clear()
    if Permission._meta.db_table in connections[using].introspection.table_names():
        _known.update(Permission.objects.using(using).values_list("pk", flat=True))


def install(**_: Any) -> None:
    """After migrating, when Django has made the permissions."""
    for usual in (READERS, OPERATORS, COMMANDERS):
        group, is_new = Group.objects.get_or_create(name=usual.name)
        due = [one for one in _permissions(usual) if is_new or one.pk not in _known]
        group.permissions.add(*due)


def _permissions(usual: Usual) -> list[Permission]:
    named = [right.codename for right in usual.rights] + list(usual.rows)
    ours = Permission.objects.filter(content_type__app_label="ops")
    visible = Q(codename__startswith="view_") & ~Q(codename__in=_SECRET)
    return list(ours.filter(visible | Q(codename__in=named)))
