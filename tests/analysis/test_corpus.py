"""What a client's earlier texts say about a new one: privacy, erasure, cost."""

import pytest

from analysis import corpus
from analysis.corpus import earlier as earlier_texts
from analysis.models import Analysis, Sketch
from ops.models import Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
FERRY = (
    "The ferry left the quiet harbour long before the first baker in the old town had lit his "
    "oven. Nobody saw it go but a boy who counted the lamps of the harbour each morning."
)
REST = (
    "Later the harbour filled with boats of every size. Their crews mended nets, told stories, "
    "and waited for a wind that would carry them out beyond the two grey islands again."
)


def read(api, content, **members):
    location = api.submit(content, **members)["Location"]
    work_off()
    return api.get(location).json()


def test_what_stood_in_an_earlier_text_is_told_with_its_place_in_both(api: Api):
    old_source = f"# Old\n\n*Before:* {FERRY}"
    old = read(api, old_source, format="markdown")
    new_source = f"<p>{REST}</p><p>{FERRY} And so on.</p>"

    found = read(api, new_source, format="html")["corpus"]["originality"]

    (match,) = found["matches"]
    (passage,) = match["passages"]
    here, there = passage["span"], passage["other_span"]
    assert (match["analysis"], match["title"]) == (old["id"], "Old")
    assert new_source[here["start"] : here["end"]] == FERRY.rstrip(".") == passage["excerpt"]
    assert old_source[there["start"] : there["end"]] == FERRY.rstrip(".")
    assert match["shared_words"] == len(FERRY.split())
    assert found["unique_percent"] == round(100 * (1 - match["shared_percent"] / 100), 1)
    assert found["rating"] == "bad"


def test_places_are_told_in_the_unit_that_was_chosen(api: Api):
    read(api, f"🐝🐝 {FERRY}")
    source = f"🦋 {FERRY}"

    found = read(api, source, options={"offset_unit": "utf16"})["corpus"]["originality"]

    passage = found["matches"][0]["passages"][0]
    assert passage["span"]["start"] == 3
    assert passage["other_span"]["start"] == 5


def test_a_first_text_is_all_original(api: Api):
    found = read(api, f"{FERRY} {REST}")["corpus"]

    assert found["earlier_texts"] == 0
    assert found["originality"]["unique_percent"] == 100
    assert found["originality"]["rating"] == "good"
    assert found["keyphrase"] is None


def test_texts_of_others_are_never_spoken_of(api: Api, anonymous: Api):
    read(api.as_client(Tier.PREMIUM), f"{FERRY} {REST}", meta={"keyphrase": "ferry"})
    read(anonymous, f"{FERRY} {REST} First.")

    found = read(api, f"{FERRY} {REST} Mine.", meta={"keyphrase": "ferry"})["corpus"]
    nobodys = read(anonymous, f"{FERRY} {REST} Again.")["corpus"]

    assert found["earlier_texts"] == 0
    assert found["originality"]["matches"] == found["related"] == []
    assert found["keyphrase"] == {"rating": "good", "total": 0, "used_by": []}
    assert nobodys is None


def test_a_text_that_others_submitted_first_is_compared_with_the_clients_own(api: Api):
    mine = read(api, f"{FERRY} {REST}")
    other = api.as_client(Tier.PREMIUM)
    read(other, f"{FERRY} An end.")
    known = api.submit(f"{FERRY} An end.").json()

    assert [m["analysis"] for m in known["corpus"]["originality"]["matches"]] == [mine["id"]]


def test_a_later_text_does_not_make_an_earlier_one_less_original(api: Api):
    first = api.submit(f"{FERRY} {REST}")["Location"]
    read(api, f"{FERRY} {REST} Copied.")

    assert api.get(first).json()["corpus"]["originality"]["unique_percent"] == 100


@pytest.mark.parametrize("member", ["slug", "url"])
def test_versions_of_one_piece_do_not_count_against_each_other(api: Api, member):
    place = {member: "https://example.org/ferry"}
    read(api, f"{FERRY} {REST}", meta=place)

    same = read(api, f"{FERRY} {REST} Edited.", meta=place)["corpus"]
    moved = read(api, f"{FERRY} {REST} Moved.", meta={member: "https://example.org/port"})

    assert same["originality"]["matches"] == []
    assert moved["corpus"]["originality"]["matches"]


def test_an_erased_text_is_no_longer_spoken_of(api: Api):
    old = api.submit(FERRY)["Location"]
    new = api.submit(f"{FERRY} {REST}")["Location"]
    work_off()
    before = api.get(new).json()["corpus"]

    assert api.delete(old).status_code == 204

    after = api.get(new).json()["corpus"]
    assert before["originality"]["matches"]
    assert after["originality"]["matches"] == []
    assert after["originality"]["unique_percent"] == 100
    assert Sketch.objects.count() == 1


def test_own_texts_on_the_same_subject_are_worth_a_link(api: Api):
    read(api, "# Harbours\n\nHarbours need boats. Boats need a harbour.", format="markdown")
    url = "https://example.org/boats"
    read(api, "A boat in a harbour. Boats and harbours and nets. Nets!", meta={"url": url})
    read(api, "Bread needs ovens. Ovens bake bread. Bakers bake.")

    related = read(api, f"{REST} A harbour is where the boats rest.")["corpus"]["related"]

    assert {item["url"] for item in related} == {"", url}
    assert all({"harbour", "boats"} >= set(item["because"]) for item in related)


def test_a_keyphrase_that_was_used_before_is_told(api: Api):
    old = read(api, FERRY, meta={"keyphrase": "quiet harbours"})

    found = read(api, REST, meta={"keyphrase": "Quiet harbour"})["corpus"]["keyphrase"]

    assert (found["rating"], found["total"]) == ("ok", 1)
    assert found["used_by"][0]["analysis"] == old["id"]


def test_a_busy_service_leaves_originality_out_and_brings_it_back(api: Api):
    from ops.overload import standing

    read(api, FERRY)
    location = api.submit(f"{FERRY} {REST}")["Location"]
    work_off()
    _set_level("saving")
    busy = api.get(location).json()["corpus"]["originality"]
    _set_level(None)
    calm = api.get(location).json()["corpus"]["originality"]

    assert standing.allows("originality")
    assert (busy["status"], busy["reason"]) == ("skipped", "service_busy")
    assert calm["matches"]


def _set_level(word):
    from datetime import timedelta

    from django.utils import timezone

    from ops import config
    from ops.models.overload import LevelOverride
    from ops.overload.ladder import Level

    LevelOverride.objects.all().delete()
    if word:
        LevelOverride.objects.create(
            level=Level[word.upper()], ends_at=timezone.now() + timedelta(hours=1)
        )
    config.catch_up()


def test_a_read_costs_few_queries_and_a_bounded_look_back(
    api: Api, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(earlier_texts, "MOST", 3)
    for number in range(5):
        api.submit(f"{FERRY} {REST} Number {number}.")
    work_off()
    last = Analysis.objects.select_related("content").last()

    with django_assert_max_num_queries(4):  # the level, the sketch, the earlier ones, their texts
        corpus.corpus_of(last)
    with django_assert_max_num_queries(1):  # do those it speaks of still exist?
        body = corpus.corpus_of(last)

    assert '"earlier_texts":3' in body
