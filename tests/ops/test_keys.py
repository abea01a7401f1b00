"""API keys: their form, their secret, what opens and what does not."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ops import keys
from ops.models import ApiKey, Client, Tier, key_memory
from tests.analysis.api import Api


@pytest.fixture
def client_row(db) -> Client:
    return Client.objects.create(name="editor", tier=Tier.FREE)


def test_a_minted_key_has_the_documented_form_and_opens(client_row):
    minted = keys.mint(client_row)

    assert minted.secret.startswith(f"cc_{minted.key.prefix}_")
    assert len(minted.secret) == len("cc_") + 8 + 1 + 32 + 6
    assert keys.prefix_of(minted.secret) == minted.key.prefix
    assert keys.opens(minted.key, minted.secret)


def test_the_secret_is_kept_nowhere(client_row):
    minted = keys.mint(client_row)

    row = ApiKey.objects.filter(pk=minted.key.pk).values().get()

    assert all(minted.secret not in str(value) for value in row.values())


@pytest.mark.django_db
@given(place=st.integers(3, 49), letter=st.sampled_from("0aZ"))
def test_one_wrong_letter_is_noticed_without_a_query(place, letter):
    secret = "cc_00000000_00000000000000000000000000000000" + "000000"
    good = keys._checksum("0" * 40)
    secret = secret[:-6] + good
    mistyped = secret[:place] + letter + secret[place + 1 :]

    assert keys.prefix_of(secret) == "00000000"
    assert keys.prefix_of(mistyped) is None or mistyped == secret


def _revoked(minted: keys.MintedKey) -> str:
    assert minted.key.revoke(timezone.now())
    return minted.secret


def _expired(minted: keys.MintedKey) -> str:
    ApiKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return minted.secret


def _unknown(minted: keys.MintedKey) -> str:
    minted.key.delete()
    return minted.secret


def _mistyped(minted: keys.MintedKey) -> str:
    return minted.secret[:-1]


def _of_another_with_this_prefix(minted: keys.MintedKey) -> str:
    body = minted.key.prefix + "x" * 32
    return f"cc_{minted.key.prefix}_{'x' * 32}{keys._checksum(body)}"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_revoked, "key_revoked"),
        (_expired, "key_expired"),
        (_unknown, "invalid_key"),
        (_mistyped, "invalid_key"),
        (_of_another_with_this_prefix, "invalid_key"),
    ],
)
def test_a_key_that_does_not_open_is_answered_by_name(client_row, spoil, code):
    secret = spoil(keys.mint(client_row))

    answer = Api(secret).get("/api/v1/analyses")

    assert answer.status_code == 401
    assert answer.json()["code"] == code
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.storage
def test_a_revoked_key_ends_at_once_although_it_was_just_used(
    client_row, django_capture_on_commit_callbacks
):
    minted = keys.mint(client_row)
    api = Api(minted.secret)
    assert api.get("/api/v1/analyses").status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        minted.key.revoke(timezone.now())

    assert api.get("/api/v1/analyses").json()["code"] == "key_revoked"


@pytest.mark.storage
def test_a_client_that_changes_tier_has_it_at_once(client_row, django_capture_on_commit_callbacks):
    prefix = keys.mint(client_row).key.prefix
    assert keys.find(prefix).client.tier == Tier.FREE

    with django_capture_on_commit_callbacks(execute=True):
        client_row.tier = Tier.PREMIUM
        client_row.save()

    assert keys.find(prefix).client.tier == Tier.PREMIUM


def test_what_was_read_before_a_withdrawal_does_not_come_back(client_row):
    key_memory.withdraw(["00000000"])

    key_memory.remember("00000000", "read long ago")

    assert key_memory.recall("00000000") is None


@pytest.mark.usefixtures("known_switches")
def test_a_remembered_key_costs_no_query(client_row, django_assert_num_queries):
    secret = keys.mint(client_row).secret
    keys.find(keys.prefix_of(secret))

    with django_assert_num_queries(0):
        key = keys.find(keys.prefix_of(secret))
        assert keys.opens(key, secret)
        assert key.client == client_row


@pytest.mark.parametrize(
    ("scopes", "method", "status"),
    [
        (["analyses:read"], "get", 200),
        (["analyses:read"], "head", 200),
        (["analyses:read"], "post", 403),
        (["analyses:write"], "get", 403),
        (["analyses:write"], "post", 422),
        ([], "get", 403),
    ],
)
def test_a_key_does_what_its_scopes_say(client_row, client, scopes, method, status):
    secret = keys.mint(client_row, scopes=scopes).secret

    answer = getattr(client, method)(
        "/api/v1/analyses", headers={"X-API-Key": secret}, content_type="application/json"
    )

    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "insufficient_scope"


@pytest.mark.parametrize(
    ("networks", "address", "status"),
    [
        ([], "203.0.113.9", 200),
        (["203.0.113.0/24"], "203.0.113.9", 200),
        (["203.0.113.0/24"], "203.0.114.9", 403),
        (["2001:db8::/32", "198.51.100.7"], "2001:db8::1", 200),
        (["2001:db8::/32", "198.51.100.7"], "198.51.100.7", 200),
        (["203.0.113.0/24"], "no address", 403),
    ],
)
def test_a_key_opens_from_its_networks_alone(client_row, client, networks, address, status):
    secret = keys.mint(client_row, allowed_networks=networks).secret

    answer = client.get("/api/v1/analyses", headers={"X-API-Key": secret}, REMOTE_ADDR=address)

    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "ip_not_allowed"


def test_a_network_that_is_none_is_refused(client_row):
    key = keys.mint(client_row).key
    key.allowed_networks = ["somewhere"]

    with pytest.raises(ValidationError):
        key.full_clean()


def test_a_key_may_come_in_its_own_header(client_row, client):
    secret = keys.mint(client_row).secret

    answer = client.get("/api/v1/analyses", headers={"X-API-Key": secret})

    assert answer.status_code == 200


def test_another_scheme_than_bearer_is_refused(client):
    answer = client.get("/api/v1/analyses", headers={"Authorization": "Basic YTpi"})

    assert answer.status_code == 401
    assert "Bearer" in answer.json()["detail"]


@pytest.mark.usefixtures("known_switches")
@pytest.mark.storage
def test_the_last_use_is_noted_once_a_minute(client_row, django_assert_max_num_queries):
    api = Api(keys.mint(client_row).secret)

    api.get("/api/v1/analyses")
    noted = ApiKey.objects.get().last_used_at

    assert noted is not None
    with django_assert_max_num_queries(2):  # the key unless it is remembered, the list
        api.get("/api/v1/analyses")
