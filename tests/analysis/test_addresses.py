"""The format `url`: what is fetched, what is refused, and what the client sees of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analysis.models import Analysis, Content
from ops.models import Job, Tier
from ops.queue import PermanentError, RetryLater
from tests.analysis.api import Api, work_off
from tests.receivers import answers, hangs, receiving, resets

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.storage,
]
PAGE = (
    "<!DOCTYPE html><title>Boats</title><main><h1>Boats</h1><p>The boat was sold. "
    + "The harbour is quiet. " * 20
    + "</p></main>"
).encode()


@pytest.fixture(autouse=True)
def reachable(settings):
    settings.OPS_OUTBOUND_ALLOWED_NETWORKS = ["127.0.0.1/32"]


def html(body=PAGE, content_type="text/html; charset=utf-8", status=200, **headers):
    return answers(status, body, Content_Type=content_type, **headers)


def fetched(api, url, **members):
    location = api.submit(url, format="url", **members)["Location"]
    work_off()  # the page is fetched
    work_off()  # and analysed
    return api.get(location).json()


def test_a_page_is_fetched_and_analysed_as_it_came(api: Api):
    with receiving(html()) as site:
        queued = api.submit(site.url, format="url", metadata={"post": "1"}).json()
        work_off()
        waiting = api.get(f"/api/v1/analyses/{queued['id']}").json()
        work_off()
        done = api.get(f"/api/v1/analyses/{queued['id']}").json()

    assert [queued["status"], waiting["status"], done["status"]] == [
        "queued",
        "queued",
        "succeeded",
    ]
    assert queued["input"]["format"] == "url"
    assert queued["input"]["url"] == done["input"]["url"] == site.url
    assert done["input"]["format"] == "page"
    assert done["metadata"] == {"post": "1"}
    (finding,) = done["results"]["sections"]["passive"]["findings"]
    span = finding["spans"][0]
    assert PAGE.decode()[span["start"] : span["end"]] == "was sold"
    assert site.got[0].headers["user-agent"].startswith("ContentCreate")
    assert Content.objects.get().format == "page"


def test_a_client_reads_the_page_into_which_the_spans_point(api: Api, anonymous: Api):
    with receiving(html()) as site:
        url = api.submit(site.url, format="url")["Location"]
        before = api.get(f"{url}/content").json()
        work_off()
        work_off()
    after = api.get(f"{url}/content")

    assert before == {"object": "content", "format": "url", "content": site.url}
    assert after.json() == {"object": "content", "format": "page", "content": PAGE.decode()}
    assert anonymous.get(f"{url}/content").status_code == 404
    unchanged = api.get(f"{url}/content", headers={"If-None-Match": after["ETag"]})
    assert unchanged.status_code == 304


def test_a_redirect_is_followed_and_the_last_address_is_the_texts_own(api: Api):
    with receiving(html()) as site, receiving(answers(302, Location=site.url)) as moved:
        done = fetched(api, moved.url)

    assert done["input"]["url"] == site.url


def test_the_same_address_is_fetched_anew_once_it_is_read(api: Api):
    with receiving(html()) as site:
        first = api.submit(site.url, format="url").json()
        again = api.submit(site.url, format="url").json()
        work_off()
        work_off()
        known = fetched(api, site.url)

    assert again["id"] == first["id"]
    assert known["id"] != first["id"]
    assert known["status"] == "succeeded"
    assert len(site.got) == 2
    assert Content.objects.count() == 1


def test_two_clients_that_name_one_page_share_its_report(api: Api):
    with receiving(html()) as site:
        fetched(api, site.url)
        other = api.as_client(Tier.PREMIUM)
        location = other.submit(site.url, format="url")["Location"]
        work_off()

        assert other.get(location).json()["status"] == "succeeded"
    assert Content.objects.count() == 1


@pytest.mark.parametrize(
    ("content_type", "body", "form", "word"),
    [
        ("text/plain; charset=latin-1", "Das Café ist da.".encode("cp1252"), "text", "Café"),
        ("text/markdown", b"# Boats\n\nThe *boat* was sold.", "markdown", "boat"),
        ("text/html", "<meta charset='windows-1251'><p>Лод".encode("cp1251"), "page", "Лод"),
        ("text/html; charset=shift_jis", "<p>船は港にいます。</p>".encode("cp932"), "page", "船"),
        ("text/html; charset=zip", "<p>Café</p>".encode(), "page", "Café"),
        ("text/html", "<p>Café</p>".encode("utf-16"), "page", "Café"),
        ("text/html", b"<p>caf\xe9 \x00</p>", "page", "café \ufffd"),
        ("TEXT/HTML", b"\xef\xbb\xbf<p>Caf\xc3\xa9</p>", "page", "<p>Café"),
    ],
)  # fmt: skip
def test_formats_and_encodings_are_understood(api: Api, content_type, body, form, word):
    with receiving(html(body, content_type)) as site:
        done = fetched(api, site.url)

    content = Content.objects.get()
    assert done["input"]["format"] == content.format == form
    assert word in content.source


@pytest.mark.parametrize(
    ("behave", "told"),
    [
        (html(status=404), "answers 404"),
        (html(b"%PDF-1.7", "application/pdf"), "application/pdf; this can be read"),
        (answers(200, PAGE), "of no type"),
        (html(b"a" * 2_000_001, "text/plain"), "more than 2,000,000 bytes"),
        (html(b"a" * 5_000_001, "text/plain"), "not fetched"),
        (html(b" \n"), "empty"),
        (answers(302, Location="http://127.0.0.2/"), "does not lead to a public address"),
        (answers(302, Location="http://169.254.169.254/latest"), "not lead to a public address"),
        (answers(302, Location="file:///etc/passwd"), "Only http and https"),
    ],
)
def test_what_is_no_page_fails_for_good_and_says_why(behave, told):
    from analysis.fetching.page import fetch

    with receiving(behave) as site, pytest.raises(PermanentError) as failed:
        fetch(site.url)

    assert told in str(failed.value)


@pytest.mark.parametrize(
    ("behave", "told", "seconds"),
    [
        (answers(503, Retry_After="7"), "answers 503", 7),
        (answers(429, Retry_After="99999"), "answers 429", 120),
        (answers(500), "answers 500", 5),
        (resets, "could not be fetched", 5),
    ],
)
def test_what_may_pass_is_tried_again_later(behave, told, seconds):
    from analysis.fetching.page import fetch

    with receiving(behave) as site, pytest.raises(RetryLater) as failed:
        fetch(site.url)

    assert told in str(failed.value)
    assert failed.value.seconds == seconds


def test_a_page_that_never_comes_costs_its_time_and_no_more(monkeypatch):
    from dataclasses import replace

    from analysis.fetching import page

    monkeypatch.setattr(page, "RULES", replace(page.RULES, deadline_seconds=0.2))

    with receiving(hangs) as site, pytest.raises(RetryLater, match="took"):
        page.fetch(site.url)


def test_a_host_that_fails_again_and_again_is_left_alone(api: Api):
    from analysis.fetching.page import fetch

    with receiving(answers(500)) as site:
        url = site.url.replace("127.0.0.1", "localhost")
        for _ in range(4):
            with pytest.raises(RetryLater):
                fetch(url)
        with pytest.raises(RetryLater, match="its host fails at present"):
            fetch(url)

    assert len(site.got) == 4


@pytest.mark.parametrize(
    "url",
    [
        "no address",
        "ftp://example.org/",
        "http://user:secret@example.org/",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.2]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://example.org\\@127.0.0.1/",
    ],
)
def test_an_address_that_can_never_be_fetched_is_refused_at_once(api: Api, url):
    refused = api.submit(url, format="url")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/content"
    assert not Job.objects.exists()


def test_an_anonymous_client_cannot_make_us_call_others(anonymous: Api):
    refused = anonymous.submit("https://example.org/", format="url")

    assert refused.status_code == 401
    assert not Job.objects.exists()


def test_maintenance_of_fetching_refuses_and_holds_back(api: Api):
    from analysis.fetching import run_fetch
    from ops import config
    from ops.models import Maintenance

    location = api.submit("https://example.org/", format="url")["Location"]
    Maintenance.objects.create(scope="url_fetch", ends_at=timezone.now() + timedelta(minutes=5))
    config.catch_up()

    refused = api.submit("https://example.org/other", format="url")
    with pytest.raises(RetryLater, match="maintenance"):
        run_fetch(**Job.objects.get().payload)

    assert refused.status_code == 503
    assert refused.json()["code"] == "maintenance"
    assert int(refused["Retry-After"]) >= 299
    assert api.get(location).json()["status"] == "queued"


def test_an_erased_address_is_not_fetched(api: Api):
    with receiving(html()) as site:
        location = api.submit(site.url, format="url")["Location"]
        job = Job.objects.get()
        assert api.delete(location).status_code == 204

        from analysis.fetching import run_fetch

        run_fetch(**job.payload)

    assert site.got == []
    assert not Analysis.objects.exists()
    assert not Content.objects.exists()


def test_an_address_that_nobody_wants_any_more_is_dropped_unfetched(api: Api):
    with receiving(html()) as site:
        api.submit(site.url, format="url")
        Analysis.objects.all().delete()
        work_off()

    assert site.got == []
    assert not Content.objects.exists()


def test_a_failed_fetch_tells_its_reason_and_may_be_asked_for_again(api: Api):
    from ops.models import FailureCode

    submitted = api.submit("https://example.org/gone", format="url").json()
    Job.objects.update(
        state=Job.State.DEAD,
        error_code=FailureCode.PERMANENT,
        error_message="The page answers 404, not 200.",
    )

    failed = api.get(f"/api/v1/analyses/{submitted['id']}").json()
    again = api.submit("https://example.org/gone", format="url").json()

    assert (failed["status"], failed["error"]["detail"]) == (
        "failed",
        "The page answers 404, not 200.",
    )
    assert (again["id"], again["status"]) == (submitted["id"], "queued")
    assert Content.objects.count() == 1


def test_addresses_may_come_in_batches(api: Api):
    with receiving(html()) as site:
        items = [
            {"custom_id": "a", "content": site.url, "format": "url"},
            {"custom_id": "b", "content": site.url, "format": "url"},
            {"custom_id": "c", "content": "The bees fly home."},
        ]
        made = api._http.post(
            "/api/v1/batches", {"items": items}, content_type="application/json"
        ).json()
        work_off()
        work_off()
        batch = api.get(f"/api/v1/batches/{made['id']}").json()

    assert batch["request_counts"]["succeeded"] == 3
    assert len(site.got) == 2


def test_a_dry_run_of_an_address_fetches_nothing(api: Api):
    with receiving(html()) as site:
        foreseen = api._http.post(
            "/api/v1/analyses?validate_only=true",
            {"content": site.url, "format": "url"},
            content_type="application/json",
        )

    assert foreseen.json()["outcome"] == "miss"
    assert site.got == []
    assert not Content.objects.exists()
