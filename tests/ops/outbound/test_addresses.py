from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ops.outbound.addresses import is_public, is_within, read

OURS = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "168.63.129.16/32",
    "::/128",
    "::1/128",
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]


@pytest.mark.parametrize("network", OURS)
def test_no_address_of_a_special_network_is_public(network):
    special = ip_network(network)

    assert not is_public(special[0])
    assert not is_public(special[-1])
    assert not is_public(special[special.num_addresses // 2])


@pytest.mark.parametrize(
    "text",
    ["1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"],
)
def test_addresses_that_are_given_out_are_public(text):
    assert is_public(ip_address(text))


@given(some.ip_addresses(v=4))
def test_what_python_calls_private_is_never_public_here(address):
    assert not is_public(address) or address.is_global


@given(some.ip_addresses(v=6))
def test_of_ipv6_too(address):
    assert not is_public(address) or address.is_global


@given(
    some.ip_addresses(v=4, network="10.0.0.0/8"),
    some.sampled_from(
        [
            "::ffff:0:0",
            "64:ff9b::",
            "::",
            "2002::",
            "2606:4700::200:5efe:0:0",
            "2606:4700::5efe:0:0",
        ]
    ),
)
def test_an_inner_address_is_not_public_in_any_wrapping(inner, wrapping):
    shift = 80 if wrapping == "2002::" else 0
    wrapped = IPv6Address(int(IPv6Address(wrapping)) | int(inner) << shift)

    assert not is_public(wrapped)


def test_names_are_not_addresses():
    assert read("example.com") is None
    assert read("0x7f.1") is None
    assert read("fe80::1%eth0") == IPv6Address("fe80::1")


def test_a_network_may_be_named_by_any_of_its_addresses():
    assert is_within(IPv4Address("10.1.2.3"), ("10.9.9.9/8",))
    assert not is_within(IPv4Address("10.1.2.3"), ("fd00::/8", "192.168.0.0/16"))
