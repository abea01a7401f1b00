from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.limits.identity import UNKNOWN, origin, witnessed_address

PROXY = "10.0.0.1"


@pytest.fixture(autouse=True)
def proxies(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "fd00::/8"]


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (PROXY, "", PROXY),
        (PROXY, "198.51.100.7", "198.51.100.7"),
        (PROXY, "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        (PROXY, "1.1.1.1, 198.51.100.7, 10.0.0.9", "198.51.100.7"),
        (PROXY, "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        (PROXY, "198.51.100.7:5555", "198.51.100.7"),
        (PROXY, "[2001:db8::1]:443", "2001:db8::/64"),
        (PROXY, "1.1.1.1, nonsense", PROXY),
        (PROXY, "1.1.1.1, nonsense, 10.0.0.2", "10.0.0.2"),
        (PROXY, "1.1.1.1,", PROXY),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("fd00::1", "198.51.100.7", "198.51.100.7"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("", "", UNKNOWN),
        ("", "198.51.100.7", UNKNOWN),
        ("unix:", "198.51.100.7", UNKNOWN),
    ],
)
def test_the_client_is_the_nearest_address_that_is_not_our_proxy(peer, forwarded_for, client):
    assert origin(peer, forwarded_for).address == client


def test_mapped_addresses_are_clients_of_their_own():
    clients = {origin(f"::ffff:192.0.2.{n}", "").address for n in range(256)}

    assert len(clients) == 256


def test_a_thousand_addresses_of_one_64_are_one_client_and_of_one_48_one_site():
    one_64 = [origin(f"2001:db8:1:2:{n:x}::1", "") for n in range(1000)]
    one_48 = [origin(f"2001:db8:1:{n:x}::1", "") for n in range(1000)]

    assert {place.address for place in one_64} == {"2001:db8:1:2::/64"}
    assert len({place.address for place in one_48}) == 1000
    assert {place.network for place in one_48} == {"2001:db8:1::/48"}


def test_ten_thousand_forged_headers_from_one_peer_are_one_client():
    dice = random.Random(7)

    def forged():
        hops = [".".join(str(dice.randrange(256)) for _ in range(4)) for _ in range(3)]
        return ", ".join([*hops, dice.choice(["", "10.0.0.1", "::1", "x"])])

    clients = {origin("203.0.113.9", forged()).address for _ in range(10_000)}

    assert clients == {"203.0.113.9"}


def test_a_client_behind_our_proxy_cannot_choose_its_address():
    clients = {origin(PROXY, f"{n % 256}.1.1.1, 203.0.113.9").address for n in range(10_000)}

    assert clients == {"203.0.113.9"}


@given(peer=st.text(max_size=60), forwarded_for=st.text(max_size=300))
def test_garbage_is_somebody_and_never_an_error(peer, forwarded_for):
    assert origin(peer, forwarded_for).address
    assert origin(PROXY, forwarded_for).address


def test_an_endless_header_is_not_walked_to_its_end():
    assert origin(PROXY, "1.1.1.1, " * 100_000 + "10.0.0.2").address == "1.1.1.1"


@pytest.mark.parametrize(
    ("peer", "headers", "address"),
    [
        ("192.0.2.1", {}, "192.0.2.1"),
        (PROXY, {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}, "198.51.100.7"),
        ("192.0.2.1", {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}, ""),
        ("192.0.2.1", {"HTTP_FORWARDED": "for=198.51.100.7"}, ""),
        ("::ffff:192.0.2.1", {"HTTP_X_FORWARDED_FOR": "nonsense"}, ""),
    ],
)
def test_a_door_that_an_address_opens_trusts_no_strange_proxy(rf, peer, headers, address):
    assert witnessed_address(rf.get("/", REMOTE_ADDR=peer, **headers)) == address


def test_the_gate_tells_clients_behind_our_proxy_apart():
    from ops.overload.arrivals import arrival_of

    def ranks(peer):
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/analyses", "REMOTE_ADDR": peer}
        return {
            arrival_of(environ | {"HTTP_X_FORWARDED_FOR": f"198.51.100.{n}"}, now=0).rank
            for n in range(50)
        }

    assert len(ranks(PROXY)) > 10
    assert len(ranks("192.0.2.1")) == 1
