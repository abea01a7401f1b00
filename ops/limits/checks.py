"""Which settings would let clients choose who they are, or make all of them one?"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Warning

_WIDE = {4: 8, 6: 16}  # nobody's own proxies fill more


@checks.register("ops")
def proxies_are_named(app_configs: Any, **_: Any) -> Iterable[CheckMessage]:
    for text in settings.TRUSTED_PROXIES:
        try:
            network = ip_network(text, strict=False)
        except ValueError:
            yield Error(f"TRUSTED_PROXIES: '{text}' is no network.", id="ops.E007")
            continue
        if network.prefixlen < _WIDE[network.version]:
            yield Warning(
                f"TRUSTED_PROXIES: {text} holds strangers, who can then choose their address.",
                hint="Name only the networks of your own proxies.",
                id="ops.W007",
            )


@checks.register("ops", deploy=True)
def clients_are_told_apart(app_configs: Any, **_: Any) -> Iterable[CheckMessage]:
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        yield Warning(
            "Behind a proxy that ends HTTPS all clients have its address, and share one limit.",
            hint="Name the proxy's network in TRUSTED_PROXIES.",
            id="ops.W008",
        )
