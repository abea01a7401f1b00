import urllib.error
import urllib.request

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Page

from tests.factories import AnalysisFactory, JobFactory, ReportFactory
from tests.processes import Installation


@pytest.mark.storage
@pytest.mark.django_db
def test_the_tests_run_on_the_pair_they_were_asked_for(pytestconfig: pytest.Config) -> None:
    embedded = pytestconfig.getoption("embedded")
    assert connection.vendor == ("sqlite" if embedded else "postgresql")
    assert bool(settings.REDIS_URL) is not embedded


@pytest.mark.storage
@pytest.mark.parametrize("attempt", ["first", "second"])
def test_no_test_finds_what_another_one_cached(attempt: str) -> None:
    assert cache.get("left-behind") is None
    cache.set("left-behind", attempt)


@pytest.mark.storage
@pytest.mark.django_db
def test_factories_make_rows_the_database_accepts() -> None:
    assert AnalysisFactory().job.state == "waiting"
    assert JobFactory(running=True).lease_until
    assert ReportFactory().content.key


def test_an_installation_answers_and_its_worker_lives(installation: Installation) -> None:
    try:
        with urllib.request.urlopen(f"{installation.base_url}/admin/login/") as answer:
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    assert status == 200
    assert [process.popen.poll() for process in installation.processes] == [None, None]


def test_stopping_a_process_leaves_nobody_behind(own_installation: Installation) -> None:
    web = own_installation.start_web()
    assert len(web.pids()) >= 3
    web.stop()
    assert web.pids() == []


@pytest.mark.browser
def test_a_browser_opens_a_page(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.base_url}/admin/login/")
    assert page.locator("input[name=username]").is_visible()
