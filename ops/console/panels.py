"""What stands on the overview below the tiles? Lists that settings name, each from its own app."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from ops.console.rights import Staff, holds


@dataclass(frozen=True)
class Row:
    badge: SafeString
    title: str
    link: str
    detail: str
    when: SafeString


@dataclass(frozen=True)
class Panel:
    name: str
    title: str
    rows: tuple[Row, ...]
    empty: str
    link: str
    link_text: str
    permission: str


def all_panels() -> Iterable[Panel]:
    for path in settings.OPS_CONSOLE_PANELS:
        make = cast(Callable[[], Panel], import_string(path))
        yield make()


def may_see(staff: Staff, panel: Panel) -> bool:
    return holds(staff, panel.permission)
