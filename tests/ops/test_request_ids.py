import re

import pytest


@pytest.mark.parametrize("given", ["abc-1", "A" * 64, "req_0_9"])
def test_a_valid_request_id_comes_back(client, given):
    response = client.get("/livez", headers={"X-Request-Id": given})

    assert response["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", "A" * 65, "two words", "line\nbreak", "ümlaut", "a;b"])
def test_another_request_id_is_replaced(client, given):
    response = client.get("/livez", headers={"X-Request-Id": given})

    assert re.fullmatch(r"req_[0-9a-f]{24}", response["X-Request-Id"])


def test_two_requests_never_share_an_id(client):
    assert client.get("/livez")["X-Request-Id"] != client.get("/livez")["X-Request-Id"]


def test_an_unknown_address_is_answered_with_an_id_too(client):
    response = client.get("/there-is-no-such-page")

    assert response.status_code == 404
    assert response["X-Request-Id"]


def test_a_request_of_a_trace_has_the_id_of_the_trace(client):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    parent = f"00-{trace}-00f067aa0ba902b7-01"

    def name(**headers: str) -> str:
        return client.get("/livez", headers=headers)["X-Request-Id"]

    assert name(traceparent=parent) == trace
    assert name(traceparent=parent, **{"X-Request-Id": "mine"}) == "mine"
    assert name(traceparent=parent.replace(trace, "0" * 32)).startswith("req_")
