"""New texts are stored in one statement: what if somebody else is there first?"""

from __future__ import annotations

import pytest

from analysis.at_once import stored
from analysis.engine import AnalysisRequest, Format
from analysis.models import Analysis, Content
from analysis.submission import Outcome, Wish, submit
from analysis.tasks import job_key
from ops.models import Job, Priority
from ops.overload.outlook import QueueOutlook
from ops.overload.watch import watch
from ops.problems import ProblemError
from ops.queue import Order
from tests.analysis.api import work_off
from tests.factories import ClientFactory, JobFactory
from tests.ops.queue.crowd import at_once

TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."
WISH = Wish(AnalysisRequest(TEXT, Format.TEXT), metadata={})


@pytest.fixture(autouse=True)
def looked_at_the_queue(monkeypatch) -> None:
    """As each web process does by itself."""
    monkeypatch.setattr(watch, "queue", QueueOutlook())


@pytest.mark.django_db(transaction=True)
def test_a_new_text_takes_two_statements_and_the_bell(django_assert_num_queries) -> None:
    client = ClientFactory()

    with django_assert_num_queries(3):
        submission = submit(WISH, client)

    assert submission.outcome is Outcome.MISS
    stored = Analysis.objects.select_related("content", "job").get()
    assert stored == submission.analysis
    assert stored.content.source == TEXT
    assert (stored.job.key, stored.job.state) == (job_key(WISH.key), "waiting")
    for name in ("content", "job", "client_key", "fingerprint", "metadata", "created_at", "untold"):
        assert getattr(stored, name) == getattr(submission.analysis, name)


@pytest.mark.django_db(transaction=True)
def test_its_place_in_line_is_counted_with_it() -> None:
    JobFactory.create_batch(3, priority=Priority.FREE)
    JobFactory(priority=Priority.BATCH)

    submission = submit(WISH, ClientFactory())

    assert submission.analysis.prospect.position == 4


@pytest.mark.django_db(transaction=True)
def test_what_the_client_has_already_takes_two_questions_and_no_transaction(
    django_assert_num_queries,
) -> None:
    client = ClientFactory()
    submit(WISH, client)
    work_off()

    with django_assert_num_queries(2):
        again = submit(WISH, client)

    assert again.outcome is Outcome.HIT


@pytest.mark.django_db
def test_a_job_that_outlived_its_content_is_joined() -> None:
    under_way = JobFactory(key=job_key(WISH.key))
    client = ClientFactory()
    content = Content.of(WISH.request, WISH.key)
    analysis = Analysis(client_key=client.key, fingerprint=WISH.fingerprint, content=content)

    assert not stored(content, Order("analysis", job_key(WISH.key)), analysis)
    assert not Content.objects.exists()

    submission = submit(WISH, client)

    assert submission.analysis.job == under_way
    assert Job.objects.count() == Content.objects.count() == Analysis.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_one_text_in_one_moment_each_has_its_analysis_of_one_job() -> None:
    clients = [*ClientFactory.create_batch(6)]

    submissions = at_once(6, lambda number: submit(WISH, clients[number]))

    assert {one.analysis.client_key for one in submissions} == {client.key for client in clients}
    assert Analysis.objects.count() == 6
    assert Job.objects.count() == Content.objects.count() == 1
    assert not Analysis.objects.exclude(job=Job.objects.get()).exists()


@pytest.mark.django_db(transaction=True)
def test_a_client_that_sends_one_text_twice_in_one_moment_has_one_analysis() -> None:
    client = ClientFactory()

    submissions = at_once(6, lambda _: submit(WISH, client))

    assert {one.analysis.pk for one in submissions} == {Analysis.objects.get().pk}
    assert [one.outcome for one in submissions].count(Outcome.MISS) == 1


@pytest.mark.django_db
def test_a_new_text_for_which_there_is_no_room_leaves_nothing_behind(monkeypatch) -> None:
    waiting = {Priority.FREE: 100_000}
    monkeypatch.setattr(watch, "queue", QueueOutlook(waiting, seconds_each=1.0))

    with pytest.raises(ProblemError, match="would wait longer"):
        submit(WISH, ClientFactory())

    assert not Content.objects.exists()
    assert not Analysis.objects.exists()
