"""A finished analysis is read from memory, by those who may, until it is taken back."""

import pytest

from ops.models import Tier
from tests.analysis.api import Api, work_off
from tests.ops.metrics.conftest import told

__all__ = ["told"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_switches")]
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


@pytest.fixture
def finished(api: Api) -> str:
    url = api.submit(TEXT)["Location"]
    work_off()
    assert api.get(url).status_code == 200
    return url


@pytest.fixture
def erased(api: Api, django_capture_on_commit_callbacks):
    def erase(url: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert api.delete(url).status_code == 204

    return erase


def test_it_is_read_again_without_a_question_to_the_database(
    api: Api, finished, django_assert_num_queries
):
    first = api.get(finished)

    with django_assert_num_queries(0):
        again = api.get(finished)

    assert again.content == first.content
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert again.json()["results"]["scores"]


def test_a_part_of_it_is_read_from_memory_too(api: Api, finished, django_assert_num_queries):
    with django_assert_num_queries(0):
        part = api.get(f"{finished}?fields=status,results.scores.overall,urls")

    assert part.json()["status"] == "succeeded"
    assert list(part.json()["results"]) == ["scores"]
    assert part.json()["urls"]["self"] == finished


def test_nobody_else_reads_it_from_memory(api: Api, finished, anonymous: Api):
    assert api.as_client(Tier.PREMIUM).get(finished).status_code == 404
    assert anonymous.get(finished).status_code == 404


def test_whoever_holds_the_id_of_an_anonymous_one_reads_it(api: Api, anonymous: Api):
    url = anonymous.submit(TEXT)["Location"]
    work_off()
    anonymous.get(url)

    assert api.get(url).json()["corpus"] is None


def test_it_is_gone_from_memory_once_it_is_erased(api: Api, finished, erased):
    erased(finished)

    assert api.get(finished).status_code == 404


def test_a_read_that_began_before_an_erasure_does_not_bring_it_back(api: Api, finished, erased):
    from analysis import finished as memory

    known = memory.recall(finished.rpartition("/")[2])
    analysis = _row(finished)
    erased(finished)

    memory.remember(analysis, known.summary, known.body)

    assert api.get(finished).status_code == 404


def test_one_question_to_the_memory_answers_for_its_report_too(api: Api, finished, told):
    assert api.get(finished).json()["results"]["scores"]

    assert told("breaker_calls") == {("report_cache", "ok"): 1}
    assert told("report_lookups") == {("hit",): 1}


def test_whose_report_nobody_wanted_before_is_read_whole(api: Api):
    url = api.submit(TEXT)["Location"]
    work_off()
    api.get(f"{url}?fields=status")

    assert api.get(url).json()["results"]["scores"]


def test_a_forgotten_report_is_read_from_the_table(api: Api):
    from analysis import reports

    url = api.submit(TEXT)["Location"]
    work_off()
    api.get(f"{url}?fields=status")
    reports.forget(_row(url).content_id)

    assert api.get(url).json()["results"]["scores"]


def _row(url: str):
    from analysis.models import Analysis

    return Analysis.objects.get(public_id=url.rpartition("/")[2])
