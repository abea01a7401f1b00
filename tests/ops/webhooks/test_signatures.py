import re
import time
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some
from standardwebhooks import Webhook, WebhookVerificationError

from ops.webhooks.signatures import headers, new_secret
from tests.processes import ROOT

README = (ROOT / "README.md").read_text()
AT = 1_780_000_000
secrets = some.binary(min_size=24, max_size=64).map(lambda raw: "whsec_" + b64encode(raw).decode())


@given(secrets, some.text(max_size=200), some.text("abc_123", min_size=1, max_size=30))
def test_we_sign_as_the_reference_implementation_does(secret, text, message):
    ours = headers(message, text.encode(), [secret], at_seconds=AT)

    theirs = Webhook(secret).sign(message, datetime.fromtimestamp(AT, UTC), text)

    assert ours["webhook-signature"] == theirs


def test_while_a_secret_changes_both_fit():
    new, old = new_secret(), new_secret()

    given_headers = headers("msg_1", b"{}", [new, old], at_seconds=int(time.time()))

    for secret in (new, old):
        assert Webhook(secret).verify(b"{}", given_headers) == {}
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(b"{}", given_headers)


def test_the_lines_in_the_readme_verify_what_we_sign():
    (lines,) = re.findall(r"```python\n(import base64.*?)```", README, re.DOTALL)
    names = {}
    exec(lines, names)
    is_ours, now = names["is_ours"], int(time.time())
    new, old = new_secret(), new_secret()
    given_headers = headers("msg_1", b'{"a":1}', [new, old], at_seconds=now)

    assert is_ours(given_headers, b'{"a":1}', new)
    assert is_ours(given_headers, b'{"a":1}', old)
    assert not is_ours(given_headers, b'{"a":2}', new)
    assert not is_ours(given_headers, b'{"a":1}', new_secret())
    assert not is_ours({}, b"", new)
    stale = headers("msg_1", b"{}", [new], at_seconds=now - 301)
    assert not is_ours(stale, b"{}", new)
