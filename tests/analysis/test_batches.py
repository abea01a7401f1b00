"""/api/v1/batches: many contents at once, all or none."""

import gzip
import json

import pytest

from analysis.models import Analysis, Batch, Content
from ops.models import Job, Priority, Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
URL = "/api/v1/batches"
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


def item(number: int, **members):
    return {"custom_id": f"post-{number}", "content": f"{TEXT} Number {number}.", **members}


def send(api: Api, count: int = 3, **extra):
    return api.post(URL, {"items": [item(n) for n in range(count)]}, **extra)


def lines(answer) -> dict[str, dict]:
    body = b"".join(answer.streaming_content)
    if answer.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    found = [json.loads(line) for line in body.splitlines()]
    return {line["custom_id"]: line["result"] for line in found}


def test_a_batch_is_taken_worked_off_behind_others_and_fetched(api: Api):
    made = send(api)

    batch = made.json()
    assert made.status_code == 202
    assert made["Location"] == batch["urls"]["self"]
    assert int(made["Retry-After"]) >= 1
    assert batch["processing_status"] == "in_progress"
    assert batch["request_counts"] == counts(processing=3)
    assert batch["progress"] == 0
    assert set(Job.objects.values_list("priority", flat=True)) == {Priority.BATCH}
    early = api.get(batch["urls"]["results"])
    assert (early.status_code, early.json()["code"]) == (409, "batch_not_ended")

    work_off()

    ended = api.get(batch["urls"]["self"])
    assert ended.json()["processing_status"] == "ended"
    assert ended.json()["request_counts"] == counts(succeeded=3)
    assert ended.json()["progress"] == 1
    assert ended.json()["ended_at"]
    assert "Retry-After" not in ended
    results = lines(api.get(batch["urls"]["results"]))
    assert set(results) == {"post-0", "post-1", "post-2"}
    assert results["post-1"]["type"] == "succeeded"
    assert results["post-1"]["analysis"]["results"]["sections"]["statistics"]


def test_results_come_packed_to_whoever_can_unpack_them(api: Api):
    urls = send(api).json()["urls"]
    work_off()

    plain = api.get(urls["results"])
    packed = api.get(urls["results"], headers={"Accept-Encoding": "gzip"})
    by_name = api.get(urls["results"], headers={"Accept": "application/x-ndjson"})

    assert packed["Content-Encoding"] == "gzip"
    assert plain["Content-Type"] == by_name["Content-Type"] == "application/x-ndjson"
    assert lines(packed) == lines(plain) == lines(by_name)


def test_known_texts_and_texts_under_way_make_no_second_job(api: Api):
    api.submit(item(0)["content"])
    work_off()
    api.submit(item(1)["content"])

    made = send(api).json()

    assert made["request_counts"] == counts(succeeded=1, processing=2)
    assert Job.objects.filter(state=Job.State.WAITING).count() == 2
    # Who waits for a single report has not been put behind the batch.
    assert Job.objects.get(key__contains=_key(1)).priority == Priority.FREE


def test_jobs_of_a_batch_take_their_turns_in_the_order_of_its_items(api: Api):
    send(api, 5)

    in_turn = Job.objects.order_by("fair_tag").values_list("key", flat=True)
    assert list(in_turn) == [f"analysis:{_key(n)}" for n in range(5)]


def test_the_same_text_twice_is_one_job_and_two_results(api: Api):
    twins = [item(1), item(1) | {"custom_id": "twin"}]

    urls = api.post(URL, {"items": twins}).json()["urls"]
    work_off()

    assert Job.objects.count() == 1
    assert set(lines(api.get(urls["results"]))) == {"post-1", "twin"}


@pytest.mark.parametrize(
    ("items", "status", "pointer"),
    [
        ([item(0), item(1, content="")], 422, "/items/1/content"),
        ([item(0), item(1, profil="deep")], 422, "/items/1/profil"),
        ([item(0), item(0)], 422, "/items"),
        ([item(0, custom_id="two words")], 422, "/items/0/custom_id"),
        ([{"content": TEXT}], 422, "/items/0/custom_id"),
        ([item(0, options={"synonyms": ["a"] * 21})], 422, "/items/0/options"),
        ([item(0), item(1, content="a" * 2_000_001)], 422, "/items/1/content"),
        ([], 422, "/items"),
        ("none", 422, "/items"),
        ([item(0)] * 1001, 413, None),
    ],
)
def test_one_item_that_does_not_fit_refuses_them_all_by_its_number(api, items, status, pointer):
    answer = api.post(URL, {"items": items})

    assert answer.status_code == status
    if pointer:
        (error,) = answer.json()["errors"]
        assert error["pointer"] == pointer
        assert error.get("index") == (int(pointer.split("/")[2]) if "/items/" in pointer else None)
    assert not Batch.objects.exists()
    assert not Job.objects.exists()
    assert not Content.objects.exists()


def test_what_has_not_ended_is_canceled(api: Api):
    urls = send(api).json()["urls"]
    work_off()
    later = api.post(URL, {"items": [item(0), item(7), item(8)]}).json()["urls"]
    shared = api.as_client(Tier.PREMIUM).submit(item(8)["content"])["Location"]

    canceled = api.post(later["cancel"]).json()

    assert canceled["processing_status"] == "ended"
    assert canceled["request_counts"] == counts(succeeded=1, canceled=2)
    assert canceled["canceled_at"]
    assert api.post(later["cancel"]).json() == canceled
    assert api.post(urls["cancel"]).json()["canceled_at"] is None  # nothing was left to cancel
    waiting = Job.objects.filter(state=Job.State.WAITING)
    assert [job.key for job in waiting] == [f"analysis:{_key(8)}"]  # somebody else wants it
    work_off()
    assert api.as_client(Tier.PREMIUM).get(shared).json()["status"] == "succeeded"
    assert lines(api.get(later["results"]))["post-8"]["type"] == "canceled"


def test_failed_and_erased_items_are_counted_as_such(api: Api):
    batch = send(api).json()
    Job.objects.filter(key__contains=_key(0)).update(state=Job.State.DEAD)
    Job.objects.filter(key__contains=_key(2)).update(state=Job.State.CANCELED)
    listed = api.get(f"/api/v1/analyses?batch={batch['id']}").json()["data"]
    middle = next(a for a in listed if a["batch"]["custom_id"] == "post-1")
    api.delete(middle["urls"]["self"])

    after = api.get(batch["urls"]["self"]).json()

    assert after["request_counts"] == counts(errored=1, canceled=1, expired=1)
    assert lines(api.get(batch["urls"]["results"]))["post-0"]["type"] == "errored"


def test_a_repeated_batch_is_made_once(api: Api):
    first = send(api, headers={"Idempotency-Key": "nightly"})
    again = send(api, headers={"Idempotency-Key": "nightly"})

    assert again["Idempotent-Replayed"] == "true"
    assert (again.status_code, again.json()) == (202, first.json())
    assert Batch.objects.count() == 1


def test_batches_are_listed_by_cursor(api: Api, django_assert_max_num_queries, known_switches):
    made = [send(api, n).json()["id"] for n in (1, 2, 3)]

    with django_assert_max_num_queries(3):  # the key, the page, the counts
        first = api.get(f"{URL}?limit=2")

    second = api.get(first["Link"].split(">")[0].lstrip("<")).json()
    assert [b["id"] for b in first.json()["data"] + second["data"]] == made[::-1]
    assert second["has_more"] is False
    assert api.get(f"{URL}?limit=2&cursor=x").json()["code"] == "bad_cursor"
    assert api.get(f"{URL}?status=ended").json()["code"] == "bad_parameter"


def test_batches_need_a_key_and_belong_to_it(api: Api, anonymous: Api):
    urls = send(api).json()["urls"]

    assert send(anonymous).json()["code"] == "missing_key"
    for url in (urls["self"], urls["results"]):
        assert api.as_client(Tier.PREMIUM).get(url).status_code == 404
    assert api.as_client(Tier.PREMIUM).post(urls["cancel"]).status_code == 404


def test_a_thousand_items_cost_a_bounded_number_of_queries(api: Api, django_assert_max_num_queries):
    send(api, 1)

    with django_assert_max_num_queries(60):
        assert send(api, 1000).status_code == 202

    assert Analysis.objects.count() == 1001


def counts(**known: int) -> dict[str, int]:
    names = ("processing", "succeeded", "errored", "canceled", "expired")
    return dict.fromkeys(names, 0) | known


def _key(number: int) -> str:
    source = item(number)["content"]
    return Content.objects.get(source=source).key
