"""Which settings are risky together? Asked by every manage.py command, and by `doctor`."""

import math
import os
import sys
from collections.abc import Iterable, Sequence
from ipaddress import ip_network
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Warning

_LOCAL_HOSTS = {"localhost", ".localhost", "127.0.0.1", "[::1]", "testserver"}
_LONG_ENOUGH = 50
_LONGEST_DELIVERY_SECONDS = 25

Apps = Sequence[AppConfig] | None


@checks.register("ops")
def debug_stays_at_home(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    if settings.DEBUG and (settings.HTTPS or _public_hosts()):
        yield Error(
            "DEBUG shows settings and source to whoever causes an error.",
            hint="Unset DEBUG wherever HTTPS is on or ALLOWED_HOSTS names more than this machine.",
            id="ops.E001",
        )


@checks.register("ops")
def forked_processes_share_no_pool(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    has_pool = "pool" in settings.DATABASES["default"].get("OPTIONS", {})
    if has_pool and (settings.PROCESS_ROLE != "web" or sys.argv[1:2] in (["qcluster"], ["worker"])):
        yield Error(
            "This process forks, and a forked pool hands one socket to several processes.",
            hint="Leave PROCESS_ROLE unset; contentcreate/wsgi.py sets it for web processes.",
            id="ops.E002",
        )


@checks.register("ops")
def the_guard_can_count_to_zero(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    seconds = settings.Q_CLUSTER.get("guard_cycle", 0.5)
    if seconds <= 0 or math.frexp(seconds)[0] != 0.5:
        yield Error(
            f"Q_CLUSTER['guard_cycle'] is {seconds}: subtracted step by step, the time left of a "
            "worker never equals zero, and it is never stopped.",
            hint="Choose a power of two: 0.25, 0.5, 1.",
            id="ops.E003",
        )


@checks.register("ops")
def work_ends_before_it_is_retried(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    timeout, retry = settings.Q_CLUSTER.get("timeout") or math.inf, settings.Q_CLUSTER["retry"]
    if retry <= timeout:
        yield Error(
            f"Q_CLUSTER['retry'] ({retry} s) is not above its timeout ({timeout} s): work would "
            "start again while it still runs.",
            hint="Set retry at least a minute above timeout.",
            id="ops.E004",
        )


@checks.register("ops")
def all_processes_share_one_secret(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    if not settings.DATABASE_URL:
        return
    if settings.SECRET_KEY_IS_EPHEMERAL:
        yield Error(
            "SECRET_KEY is not set, so every process makes up its own: people are signed out at "
            "random, and workers refuse what web processes signed.",
            hint="Set SECRET_KEY to the same 50 or more random characters everywhere.",
            id="ops.E005",
        )
    elif len(settings.SECRET_KEY) < _LONG_ENOUGH:
        yield Warning(
            f"SECRET_KEY has {len(settings.SECRET_KEY)} characters and could be guessed.",
            hint=f"Use {_LONG_ENOUGH} or more random characters.",
            id="ops.W001",
        )


@checks.register("ops")
def data_can_be_kept(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    folder = settings.DATA_DIR
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield Error(
            f"{folder} cannot be written to.",
            hint="Give its folder to the user the service runs as, or set DATA_DIR to another one.",
            id="ops.E006",
        )


@checks.register("ops")
def processes_share_one_cache(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    if settings.DATABASE_URL and not settings.REDIS_URL:
        yield Warning(
            "With PostgreSQL but without Redis every process keeps a cache of its own.",
            hint="Set REDIS_URL, unless one web process is all there will be.",
            id="ops.W002",
        )


@checks.register("ops")
def secrets_travel_sealed(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    if hosts := _public_hosts():
        if "*" in hosts:
            yield Warning(
                "ALLOWED_HOSTS holds *: links in answers can be made to point anywhere.",
                hint="Name the hosts that this installation serves.",
                id="ops.W003",
            )
        if not settings.HTTPS:
            yield Warning(
                f"{', '.join(sorted(hosts))} is served without HTTPS: keys and passwords can be "
                "read on the way.",
                hint="Put a proxy with TLS in front and set HTTPS=1.",
                id="ops.W004",
            )


@checks.register("ops")
def calls_stay_outside(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    allowed = settings.OPS_OUTBOUND_ALLOWED_NETWORKS
    named = [*allowed, *settings.OPS_OUTBOUND_REFUSED_NETWORKS, *settings.OPS_ALERT_NETWORKS]
    if wrong := [text for text in named if not _is_network(text)]:
        yield Error(
            f"Not a network: {', '.join(wrong)}. Every call to others would fail.",
            hint="OUTBOUND_ALLOWED_NETWORKS, OUTBOUND_REFUSED_NETWORKS and ALERT_NETWORKS take "
            "networks such as 10.0.0.0/8.",
            id="ops.E007",
        )
    if allowed and settings.HTTPS:
        yield Warning(
            f"Clients can make the service call into {', '.join(allowed)}.",
            hint="OUTBOUND_ALLOWED_NETWORKS is for development. Leave it empty in production.",
            id="ops.W005",
        )


@checks.register("ops")
def a_delivery_ends_within_its_job(app_configs: Apps, **_: Any) -> Iterable[CheckMessage]:
    if not 0 < settings.OPS_WEBHOOK_DEADLINE_SECONDS <= _LONGEST_DELIVERY_SECONDS:
        yield Error(
            f"WEBHOOK_DEADLINE_SECONDS is {settings.OPS_WEBHOOK_DEADLINE_SECONDS:g}: the job that "
            "delivers would be stopped first.",
            hint=f"Choose at most {_LONGEST_DELIVERY_SECONDS} seconds.",
            id="ops.E008",
        )


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _public_hosts() -> set[str]:
    return set(settings.ALLOWED_HOSTS) - _LOCAL_HOSTS
