"""May this target be called, and at which of its addresses?"""

from __future__ import annotations

from django.conf import settings

from ops.outbound import addresses
from ops.outbound.errors import RefusedError, UnreachableError
from ops.outbound.network import Network, look_up
from ops.outbound.rules import Rules
from ops.outbound.targets import Target, read


def vet(url: str, rules: Rules, network: Network | None = None) -> None:
    """Raises what a call would raise before it connects: to refuse a URL when it is given."""
    target = read(url)
    addresses_of(target, rules, network or Network(), seconds=rules.connect_seconds)


def vet_spelling(url: str, rules: Rules) -> None:
    """As `vet`, without a look-up: what can be refused at once. Names are vetted when called."""
    target = read(url)
    _vet_scheme(target, rules)
    if addresses.read(target.host) is not None:
        _vet_address(target.host, target, rules)
    elif not _allowed(rules):
        _vet_port(target, rules)


def addresses_of(
    target: Target, rules: Rules, network: Network, *, seconds: float
) -> tuple[str, ...]:
    """All addresses of the host, each of them vetted: one that is ours refuses the name."""
    _vet_scheme(target, rules)
    if addresses.read(target.host) is not None:
        found = [target.host]
    else:
        found = look_up(network, target.host, target.port, seconds=seconds)
    if not found:
        raise UnreachableError("dns", f"'{target.host}' has no address.")
    for text in found:
        _vet_address(text, target, rules)
    return tuple(found)


def _vet_scheme(target: Target, rules: Rules) -> None:
    if target.scheme not in rules.schemes:
        known = " or ".join(sorted(rules.schemes))
        raise RefusedError("scheme_not_allowed", f"Only {known} URLs can be called.")


def _vet_address(text: str, target: Target, rules: Rules) -> None:
    address = addresses.read(text)
    refused = tuple(settings.OPS_OUTBOUND_REFUSED_NETWORKS)
    if address is not None and addresses.is_within(address, _allowed(rules)):
        return
    is_ours = address is None or addresses.is_within(address, refused)
    if address is None or is_ours or not addresses.is_public(address):
        raise RefusedError(
            "address_not_public", f"'{target.host}' does not lead to a public address."
        )
    _vet_port(target, rules)


def _vet_port(target: Target, rules: Rules) -> None:
    ports = settings.OPS_OUTBOUND_PORTS if rules.ports is None else rules.ports
    if target.port not in ports:
        known = ", ".join(str(port) for port in sorted(ports))
        raise RefusedError("port_not_allowed", f"Only these ports can be called: {known}.")


def _allowed(rules: Rules) -> tuple[str, ...]:
    return (*settings.OPS_OUTBOUND_ALLOWED_NETWORKS, *rules.allowed_networks)
