"""What stands on the overview below the tiles? Lists that settings name, each from its own app."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Row:
    badge: SafeString
    title: str
    link: str
    detail: str
    when: SafeString


@dataclass(frozen=True)
class Panel:
    """A block of the overview."""

    template: ClassVar[str] = "admin/console/blocks/_panel.html"
    name: str
    title: str
    rows: tuple[Row, ...]
    empty: str
    link: str
    link_text: str
    permission: str
    is_half: bool = False


def all_panels() -> Iterable[Panel]:
    for path in settings.OPS_CONSOLE_PANELS:
        make = cast(Callable[[], Panel], import_string(path))
        yield make()
