import pytest

from ops.limits.checks import clients_are_told_apart, proxies_are_named


@pytest.mark.parametrize(
    ("proxies", "found"),
    [
        ([], []),
        (["10.0.0.0/8", "fd00::/16"], []),
        (["0.0.0.0/0"], ["ops.W007"]),
        (["::/0", "nonsense"], ["ops.W007", "ops.E007"]),
    ],
)
def test_proxies_that_hold_strangers_are_warned_of(settings, proxies, found):
    settings.TRUSTED_PROXIES = proxies

    assert [message.id for message in proxies_are_named(None)] == found


def test_a_public_installation_without_a_proxy_is_warned_that_all_share_one_address(settings):
    settings.HTTPS, settings.TRUSTED_PROXIES = True, []

    assert [message.id for message in clients_are_told_apart(None)] == ["ops.W008"]
