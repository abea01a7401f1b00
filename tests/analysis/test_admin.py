import re

import pytest
from django.urls import reverse

from analysis.engine import AnalysisRequest, Format, analyze
from analysis.models import Analysis, Batch, Content, IdempotencyRecord, Report, Status
from ops.models import Job
from tests.factories import AnalysisFactory, ContentFactory, JobFactory, ReportFactory

pytestmark = pytest.mark.django_db

TEXT = "The minutes were taken by the clerk. " * 12 + "<script>alert(1)</script>"


def listing(model, **query):
    return reverse(f"admin:analysis_{model._meta.model_name}_changelist", query=query)


def details(row):
    return reverse(f"admin:analysis_{row._meta.model_name}_change", args=[row.pk])


def erasing(analysis):
    return reverse("admin:analysis_analysis_delete", args=[analysis.pk])


@pytest.fixture
def report():
    said = analyze(AnalysisRequest(source=TEXT, format=Format.TEXT))
    return ReportFactory(content=ContentFactory(source=TEXT), body=said.to_json().decode())


def test_a_report_is_readable_without_json(admin_client, report):
    page = admin_client.get(details(report)).text

    assert "ops-score" in page
    assert "ops-findings" in page


def test_a_text_is_shown_never_run(admin_client, report):
    page = admin_client.get(details(report.content)).text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("job", "status"),
    [
        ({}, Status.QUEUED),
        ({"running": True}, Status.RUNNING),
        ({"dead": True}, Status.FAILED),
        ({"state": Job.State.CANCELED}, Status.CANCELED),
    ],
)
def test_an_analysis_is_where_its_job_is(admin_client, job, status):
    analysis = AnalysisFactory(job=JobFactory(**job))
    AnalysisFactory(content=ReportFactory().content)

    page = admin_client.get(listing(Analysis, status=status)).text

    assert set(re.findall(r"an_\w{22}", page)) == {analysis.public_id}
    assert f">{status.label.lower()}</span>" in page


def test_an_analysis_is_done_when_its_report_exists(admin_client):
    done = AnalysisFactory(content=ReportFactory().content)
    AnalysisFactory()

    page = admin_client.get(listing(Analysis, status="succeeded")).text

    assert set(re.findall(r"an_\w{22}", page)) == {done.public_id}


@pytest.mark.parametrize("search", ["public_id", "client_key", "content_id"])
def test_an_analysis_is_found_by_what_clients_name(admin_client, search):
    sought = AnalysisFactory(client_key="client:77")
    AnalysisFactory(client_key="client:78")

    page = admin_client.get(listing(Analysis, q=getattr(sought, search))).text

    assert set(re.findall(r"an_\w{22}", page)) == {sought.public_id}


@pytest.mark.parametrize("model", [Analysis, Content, Report], ids=lambda model: model.__name__)
@pytest.mark.usefixtures("known_switches")
def test_a_longer_list_asks_no_more_queries(admin_client, model, django_assert_max_num_queries):
    def fill(count):
        for _ in range(count):
            AnalysisFactory(content=ReportFactory().content)
            AnalysisFactory(job=JobFactory(dead=True))

    fill(1)
    with django_assert_max_num_queries(12) as few:
        admin_client.get(listing(model))
    fill(8)

    with django_assert_max_num_queries(len(few)):
        admin_client.get(listing(model))


def test_erasing_an_analysis_erases_its_text(admin_client):
    analysis = AnalysisFactory(content=ReportFactory().content)

    admin_client.post(erasing(analysis), {"post": "yes"})

    assert not Analysis.objects.exists()
    assert not Content.objects.exists()
    assert not Report.objects.exists()


def test_a_text_that_others_share_stays_for_them(admin_client):
    content = ReportFactory().content
    mine, others = AnalysisFactory.create_batch(2, content=content, job=None)

    admin_client.post(erasing(mine), {"post": "yes"})

    assert list(Analysis.objects.all()) == [others]
    assert Report.objects.filter(content=content).exists()


def test_what_runs_is_not_erased(admin_client):
    analysis = AnalysisFactory(job=JobFactory(running=True))

    answer = admin_client.post(erasing(analysis), {"post": "yes"})

    assert answer.status_code == 403
    assert Analysis.objects.filter(pk=analysis.pk).exists()


@pytest.mark.parametrize("model", [Analysis, Content, Report], ids=lambda model: model.__name__)
def test_staff_write_no_analyses(admin_client, model):
    address = reverse(f"admin:analysis_{model._meta.model_name}_add")

    assert admin_client.get(address).status_code == 403


def test_the_overview_lists_the_newest_analyses(admin_client):
    analysis = AnalysisFactory(content=ReportFactory(words=1234, score=71.4).content)

    page = admin_client.get(reverse("admin:index")).text

    assert details(analysis) in page
    assert "1,234 words, score 71" in page


def test_the_overview_of_a_new_installation_says_how_to_begin(admin_client):
    assert "Paste a text into the playground" in admin_client.get(reverse("admin:index")).text


def test_a_batch_tells_how_it_stands_and_leads_to_its_analyses(admin_client):
    batch = Batch.objects.create(client_key="client:1", size=2)
    mine = AnalysisFactory(batch=batch, custom_id="a")
    AnalysisFactory(batch=batch, custom_id="b", content=ReportFactory().content)
    other = AnalysisFactory()

    page = admin_client.get(details(batch)).text

    assert "1 queued, 1 succeeded" in page
    assert listing(Analysis, batch=batch.public_id) in page
    listed = admin_client.get(listing(Analysis, batch=batch.public_id)).text
    assert mine.public_id in listed
    assert other.public_id not in listed
    assert admin_client.get(listing(Batch)).status_code == 200


def test_an_answer_that_a_client_got_is_not_shown(admin_client):
    kept = IdempotencyRecord.objects.create(client_key="client:1", key="k", body="a secret")

    assert "a secret" not in admin_client.get(details(kept)).text
