import gzip
import ssl
import threading
import time
from contextlib import contextmanager

import pytest
import trustme

from ops.outbound import (
    Call,
    DeadlineError,
    Excess,
    Network,
    OutboundError,
    RefusedError,
    Rules,
    TooLargeError,
    UnreachableError,
    send,
    vet,
)
from tests.receivers import answers, hangs, receiving, resets, says, trickles


@pytest.fixture(autouse=True)
def this_machine_is_allowed(settings):
    settings.OPS_OUTBOUND_ALLOWED_NETWORKS = ["127.0.0.1/32"]


@pytest.fixture
def receiver():
    with receiving() as receiver:
        yield receiver


def names(**leads_to):
    """A resolver that knows these names, and how often each was asked."""
    asked = []

    def resolve(host, port):
        asked.append(host)
        return leads_to[host.replace(".", "_").replace("-", "_")]

    network = Network(resolve=resolve)
    return network, asked


def get(url, rules=None, network=None):
    return send(Call("GET", url), rules or Rules(deadline_seconds=5), network)


# --- What goes out and comes in ------------------------------------------------------------


def test_a_call_carries_its_body_and_headers_and_brings_the_answer(receiver):
    receiver.behave = answers(201, b"made", X_Made="yes")

    answer = send(
        Call("POST", receiver.url + "?a=b", b'{"x":1}', {"Content-Type": "application/json"}),
        Rules(),
    )

    (got,) = receiver.got
    assert (got.method, got.path, got.body) == ("POST", "/hook?a=b", b'{"x":1}')
    assert got.headers["content-type"] == "application/json"
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert (answer.status, answer.body, answer.header("x-made")) == (201, b"made", "yes")
    assert answer.is_success
    assert 0 < answer.seconds < 5


def test_an_answer_may_come_in_chunks_or_end_with_the_connection(receiver):
    receiver.behave = says(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    assert get(receiver.url).body == b"abcde"
    receiver.behave = says(b"HTTP/1.0 200 OK\r\n\r\nall of it")
    assert get(receiver.url).body == b"all of it"


def test_a_compressed_answer_is_unfolded(receiver):
    receiver.behave = answers(200, gzip.compress(b"text " * 100), Content_Encoding="gzip")

    assert get(receiver.url).body == b"text " * 100


# --- Bounds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "headers"),
    [(b"x" * 100_000, {}), (gzip.compress(b"x" * 50_000_000), {"Content_Encoding": "gzip"})],
    ids=["long", "bomb"],
)
def test_no_more_is_read_or_unfolded_than_allowed(receiver, body, headers):
    receiver.behave = answers(200, body, **headers)

    with pytest.raises(TooLargeError):
        get(receiver.url, Rules(max_bytes=80_000))
    sample = get(receiver.url, Rules(max_bytes=1000, excess=Excess.CUT))

    assert (sample.body, sample.is_cut) == (b"x" * 1000, True)


def test_an_answer_of_exactly_the_bound_is_whole(receiver):
    receiver.behave = answers(200, b"x" * 1000)

    assert not get(receiver.url, Rules(max_bytes=1000)).is_cut


@pytest.mark.parametrize("behave", [hangs, trickles])
def test_the_deadline_is_one_for_all_however_the_time_is_wasted(receiver, behave):
    receiver.behave = behave
    began = time.monotonic()

    with pytest.raises(DeadlineError):
        get(receiver.url, Rules(deadline_seconds=0.3))

    assert time.monotonic() - began < 1.5


def test_who_wants_a_sample_has_the_status_though_the_body_never_ends(receiver):
    receiver.behave = says(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome")

    answer = get(receiver.url, Rules(deadline_seconds=0.5, excess=Excess.CUT))

    assert (answer.status, answer.body, answer.is_cut) == (200, b"some", True)


def test_a_resolver_that_hangs_does_not_hold_the_call():
    answer = threading.Event()

    def resolve(host, port):
        answer.wait(10)
        return ["127.0.0.1"]

    began = time.monotonic()
    with pytest.raises(DeadlineError):
        get("http://slow.example/", Rules(deadline_seconds=0.2), Network(resolve=resolve))
    answer.set()

    assert time.monotonic() - began < 1


# --- Failures ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behave", "code"),
    [
        (resets, "reset"),
        (says(b""), "protocol"),
        (says(b"SSH-2.0-OpenSSH\r\n"), "protocol"),
        (says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"), "protocol"),
        (says(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip"), "protocol"),
        (says(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx"), "protocol"),
    ],
    ids=["resets", "says nothing", "is not HTTP", "ends early", "is not gzip", "is unknown"],
)
def test_what_others_do_wrong_has_a_code(receiver, behave, code):
    receiver.behave = behave

    with pytest.raises(UnreachableError) as failed:
        get(receiver.url)

    assert failed.value.code == code


def test_nobody_there_has_a_code(receiver):
    with receiving() as gone:
        url = gone.url

    with pytest.raises(UnreachableError) as failed:
        get(url)

    assert failed.value.code == "connection"


def test_a_name_without_an_address_has_a_code():
    def resolve(host, port):
        raise OSError("Name or service not known")

    with pytest.raises(UnreachableError) as failed:
        get("http://nowhere.example/", network=Network(resolve=resolve))

    assert failed.value.code == "dns"


# --- Where nothing goes --------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://[::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::7f00:1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://224.0.0.1/",
    ],
)
def test_no_spelling_of_our_own_network_is_called(url, settings):
    settings.OPS_OUTBOUND_ALLOWED_NETWORKS = []

    with pytest.raises(RefusedError) as refused:
        get(url)

    assert refused.value.code == "address_not_public"


def test_a_name_with_one_inner_address_among_public_ones_is_refused():
    network, _ = names(mixed_example=["1.1.1.1", "10.0.0.1"])

    with pytest.raises(RefusedError):
        get("http://mixed.example/", network=network)


def test_a_name_that_changes_its_mind_gains_nothing(receiver):
    """Rebinding: allowed when it is vetted, inside when it is asked again."""
    answers_in_turn = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    asked = []

    def resolve(host, port):
        asked.append(host)
        return next(answers_in_turn)

    answer = get(f"http://rebinding.example:{receiver.port}/", network=Network(resolve=resolve))

    assert answer.status == 200
    assert asked == ["rebinding.example"]
    assert receiver.got[0].headers["host"] == f"rebinding.example:{receiver.port}"
    with pytest.raises(RefusedError):
        get(f"http://rebinding.example:{receiver.port}/", network=Network(resolve=resolve))
    assert len(receiver.got) == 1


def test_the_next_address_is_tried_when_nobody_answers_at_the_first(receiver, settings):
    settings.OPS_OUTBOUND_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    network, asked = names(two_example=["127.0.0.9", "127.0.0.1"])

    assert get(f"http://two.example:{receiver.port}/", network=network).status == 200
    assert asked == ["two.example"]


def test_ports_schemes_and_own_networks_are_the_operators(settings):
    network, _ = names(public_example=["1.1.1.1"])
    refusals = {
        "port_not_allowed": ("https://public.example:6379/", Rules()),
        "scheme_not_allowed": ("http://public.example/", Rules(schemes=frozenset({"https"}))),
    }
    for code, (url, rules) in refusals.items():
        with pytest.raises(RefusedError) as refused:
            vet(url, rules, network)
        assert refused.value.code == code
    vet("https://public.example:8443/", Rules(), network)

    settings.OPS_OUTBOUND_REFUSED_NETWORKS = ["1.1.1.0/24"]
    with pytest.raises(RefusedError):
        vet("https://public.example/", Rules(), network)


# --- Redirects -----------------------------------------------------------------------------


def test_a_redirect_is_the_answer_unless_the_rules_follow(receiver):
    receiver.behave = answers(302, Location="/there")

    assert get(receiver.url).status == 302
    assert len(receiver.got) == 1


def test_each_hop_is_vetted_anew(receiver):
    network, asked = names(start_example=["127.0.0.1"], inside_example=["10.0.0.1"])
    receiver.behave = answers(301, Location=f"http://inside.example:{receiver.port}/admin")

    with pytest.raises(RefusedError):
        get(f"http://start.example:{receiver.port}/", Rules(redirects=5), network)

    assert asked == ["start.example", "inside.example"]
    assert len(receiver.got) == 1


def test_redirects_are_followed_a_few_times_and_keys_stay_with_their_origin(receiver):
    with receiving(answers(200, b"there")) as other:
        receiver.behave = answers(307, Location=other.url)

        answer = send(
            Call("GET", receiver.url, headers={"Authorization": "Bearer x"}), Rules(redirects=1)
        )

        assert (answer.body, answer.url) == (b"there", other.url)
        assert "authorization" in receiver.got[0].headers
        assert "authorization" not in other.got[0].headers
    receiver.behave = answers(302, Location="/round")
    with pytest.raises(RefusedError) as failed:
        get(receiver.url, Rules(redirects=3))
    assert failed.value.code == "too_many_redirects"
    assert len(receiver.got) == 1 + 4


def test_a_body_is_never_sent_on(receiver):
    receiver.behave = answers(307, Location="/there")

    assert send(Call("POST", receiver.url, b"secret"), Rules(redirects=5)).status == 307
    assert len(receiver.got) == 1


# --- TLS -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@contextmanager
def receiving_as(name, authority):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    with receiving(tls=context) as receiver:
        yield receiver


def trusting(authority=None):
    context = ssl.create_default_context()
    if authority is not None:
        authority.configure_trust(context)
    return Network(resolve=lambda host, port: ["127.0.0.1"], trust=lambda: context)


def test_the_certificate_must_name_the_host_that_was_asked_for(authority):
    with receiving_as("right.example", authority) as receiver:
        network = trusting(authority)
        right = get(f"https://right.example:{receiver.port}/", network=network)
        with pytest.raises(UnreachableError) as wrong:
            get(f"https://wrong.example:{receiver.port}/", network=network)
        with pytest.raises(UnreachableError) as stranger:
            get(f"https://right.example:{receiver.port}/", network=trusting())

        assert right.status == 200
        assert (wrong.value.code, stranger.value.code) == ("tls", "tls")
        assert len(receiver.got) == 1


def test_every_failure_is_of_one_family(receiver):
    receiver.behave = resets

    with pytest.raises(OutboundError):
        get(receiver.url)
