"""Which settings are in force here, and where did each come from? Secrets stay secret."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Figure, Figures, Table, TableRow
from ops.console.marks import NOTHING, Tone, badge
from ops.console.numbers import number
from ops.console.shared import SharedByKey

_SECRETS = ("SECRET", "TOKEN", "PASSWORD", "PRIVATE", "KEY")
_URLS = ("_URL",)
_HIDDEN = "•••••• (hidden)"


def _look(_key: str) -> tuple[Block, ...]:
    read = settings.SETTINGS_READ
    given = sum(one.is_given for one in read.values())
    return (
        Figures(
            "figures",
            (
                Figure(
                    "environment", "Environment", settings.ENVIRONMENT, "the badge in the corner"
                ),
                Figure("given", "Given", number(given), "by the environment"),
                Figure("usual", "Usual", number(len(read) - given), "nobody set them"),
                Figure(
                    "debug",
                    "Debugging",
                    "on" if settings.DEBUG else "off",
                    "never in production",
                    Tone.BAD if settings.DEBUG else Tone.CALM,
                ),
            ),
        ),
        _table(),
    )


def _table() -> Table:
    rows = sorted(settings.SETTINGS_READ.values(), key=lambda one: (not one.is_given, one.name))
    return Table(
        name="settings",
        title="What this process was started with",
        hint="Read once, at the start of this web process: another value needs a restart. Limits, "
        "levels and switches that staff change while the service runs are on their own pages.",
        columns=("Setting", "Value~", "Usual value~", "From"),
        rows=[
            TableRow(
                (
                    one.name,
                    shown(one.name, one.value),
                    shown(one.name, one.usual) if one.is_given else NOTHING,
                    badge("environment", Tone.BUSY) if one.is_given else badge("usual", Tone.CALM),
                ),
                key=one.name,
            )
            for one in rows
        ],
        empty="",
    )


def shown(name: str, value: object) -> str:
    """Empty secrets are told: that nothing is set is what one looks for."""
    if value in ("", None, [], ()):
        return "(empty)"
    if any(word in name for word in _SECRETS):
        return _HIDDEN
    if name.endswith(_URLS):
        return without_password(str(value))
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def without_password(url: str) -> str:
    """Where it leads, but not with which key; a query may hold one as well."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return _HIDDEN
    user = "…@" if parts.username or parts.password else ""
    query = "…" if parts.query else ""
    return urlunsplit((parts.scheme, f"{user}{host}{port}", parts.path, query, ""))


class SettingsPage(BlockPage):
    slug = "settings"
    title = "Settings in force"
    looks = SharedByKey(_look, is_of_process=True)
