import re
import time
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some
from standardwebhooks import Webhook

from ops.webhooks.signatures import NotOursError, headers, new_secret, verify
from tests.processes import ROOT

README = (ROOT / "README.md").read_text()
AT = 1_780_000_000
secrets = some.binary(min_size=24, max_size=64).map(lambda raw: "whsec_" + b64encode(raw).decode())


def signed(body=b"{}", *, by=None, at=AT, message="msg_1"):
    return headers(message, body, by or [new_secret()], at_seconds=at)


@given(secrets, some.text(max_size=200), some.text("abc_123", min_size=1, max_size=30))
def test_we_sign_as_the_reference_implementation_does(secret, text, message):
    ours = headers(message, text.encode(), [secret], at_seconds=AT)

    theirs = Webhook(secret).sign(message, datetime.fromtimestamp(AT, UTC), text)

    assert ours["webhook-signature"] == theirs
    verify(ours, text.encode(), secret, now_seconds=AT)


@given(secrets, secrets, some.binary(max_size=200), some.binary(max_size=200))
def test_neither_another_secret_nor_another_body_fits(secret, other, body, changed):
    given_headers = signed(body, by=[secret])

    if other != secret:
        with pytest.raises(NotOursError):
            verify(given_headers, body, other, now_seconds=AT)
    if changed != body:
        with pytest.raises(NotOursError):
            verify(given_headers, changed, secret, now_seconds=AT)


@given(secrets, some.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]))
def test_nothing_that_is_signed_can_be_changed_or_left_out(secret, name):
    given_headers = signed(by=[secret])

    for changed in ({name: given_headers[name] + "1"}, {name: ""}):
        with pytest.raises(NotOursError):
            verify(given_headers | changed, b"{}", secret, now_seconds=AT)


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_what_is_old_or_from_the_future_is_not_taken(seconds):
    secret = new_secret()

    with pytest.raises(NotOursError):
        verify(signed(by=[secret]), b"{}", secret, now_seconds=AT + seconds)


def test_while_a_secret_changes_both_fit():
    new, old = new_secret(), new_secret()

    given_headers = signed(by=[new, old])

    for secret in (new, old):
        verify(given_headers, b"{}", secret, now_seconds=AT + 299)
        Webhook(secret)  # it is one that others can read
    with pytest.raises(NotOursError):
        verify(given_headers, b"{}", new_secret(), now_seconds=AT)


def test_the_lines_in_the_readme_verify_what_we_sign():
    (lines,) = re.findall(r"```python\n(import base64.*?)```", README, re.DOTALL)
    names = {}
    exec(lines, names)
    is_ours, now = names["is_ours"], int(time.time())
    new, old = new_secret(), new_secret()
    given_headers = signed(b'{"a":1}', by=[new, old], at=now)

    assert is_ours(given_headers, b'{"a":1}', new)
    assert is_ours(given_headers, b'{"a":1}', old)
    assert not is_ours(given_headers, b'{"a":2}', new)
    assert not is_ours(given_headers, b'{"a":1}', new_secret())
    assert not is_ours({}, b"", new)
    stale = signed(b"{}", by=[new], at=now - 301)
    assert not is_ours(stale, b"{}", new)


def test_header_names_may_come_in_any_case():
    secret = new_secret()
    given_headers = {name.title(): value for name, value in signed(by=[secret]).items()}

    verify(given_headers, b"{}", secret, now_seconds=AT)


def test_signatures_of_other_versions_are_passed_over():
    secret = new_secret()
    given_headers = signed(by=[secret])
    ours = given_headers["webhook-signature"]

    verify(given_headers | {"webhook-signature": f"v1a,xyz {ours}"}, b"{}", secret, now_seconds=AT)
    wrong = ours.replace("v1,", "v2,")
    with pytest.raises(NotOursError):
        verify(given_headers | {"webhook-signature": wrong}, b"{}", secret, now_seconds=AT)
