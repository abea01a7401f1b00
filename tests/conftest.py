"""What may every test count on? A pair of stores, calm caches, installations, a browser.

`pytest` runs the suite on the production pair (PostgreSQL and Redis), `pytest --embedded` runs
what is marked `storage` on the embedded one (SQLite, no Redis).
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import bed, services
from tests.processes import Installation, PairMaker, administer

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
]

_keeper = pytest.StashKey[services.Keeper]()
_folder = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--embedded",
        action="store_true",
        help="run what is marked `storage` on SQLite without Redis",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "storage: storage differs; runs on both pairs")
    config.addinivalue_line("markers", "browser: drives Chromium")
    if config.getoption("help") or config.getoption("version"):
        return
    if not hasattr(config, "workerinput") and not config.getoption("embedded"):
        _start_services(config)
    # The keeper clears its own folder away even when the tests cannot.
    parent = None if config.getoption("embedded") else bed.shared_folder()
    config.stash[_folder] = tempfile.TemporaryDirectory(prefix="contentcreate-data-", dir=parent)
    bed.lay(_pair(config), config.stash[_folder])
    bed.adapt_settings()
    if config.getoption("numprocesses", None):
        # Named in their environment, the settings of the processes to come would be read before
        # each has its own stores: all would count in the Redis database of this one.
        del os.environ["DJANGO_SETTINGS_MODULE"]


def _start_services(config: pytest.Config) -> None:
    """Once, by the process that starts the others; they find it in their environment."""
    try:
        keeper = services.Keeper()
    except services.CannotStartError as error:
        raise pytest.UsageError(f"{error} `pytest --embedded` needs neither.") from error
    config.stash[_keeper] = keeper
    os.environ[bed.POSTGRESQL] = keeper.services.postgresql_url
    os.environ[bed.REDIS] = keeper.services.redis_url
    os.environ[bed.SHARED_FOLDER] = keeper.services.folder


def _pair(config: pytest.Config) -> bed.Pair:
    return bed.EMBEDDED if config.getoption("embedded") else bed.production_pair("contentcreate")


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(_folder, None):
        folder.cleanup()
    if keeper := config.stash.get(_keeper, None):
        keeper.stop()


def pytest_report_header(config: pytest.Config) -> str | None:
    if keeper := config.stash.get(_keeper, None):
        return f"stores: {keeper.services.postgresql}, {keeper.services.redis}"
    return "stores: SQLite, no Redis" if config.getoption("embedded") else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("embedded"):
        others = [item for item in items if not _differs_embedded(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]
    for item in items:
        if "installation" in getattr(item, "fixturenames", ()):
            pair = item.callspec.params["installation"]  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.xdist_group(f"installation-{pair}"))


def _differs_embedded(item: pytest.Item) -> bool:
    """Installations are tested on both pairs by the plain `pytest` already."""
    uses_pairs = "pairs" in getattr(item, "fixturenames", ())
    return item.get_closest_marker("storage") is not None and not uses_pairs


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _never_skip_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _never_skip_in_ci(report)
    return report


def _never_skip_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    """At home a test that cannot run says why; in CI that is a failure."""
    if bed.in_ci() and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"cannot run here: {report.longrepr}"


# --- Stores --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The test database, whoever asks for it.

    That of pytest-django makes none when no chosen test is marked as one that uses it, and those
    of a lasting cluster are not: chosen alone, as those that failed are, they found none.
    """
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from ops.overload.watch import watch

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    watch.stop()
    if connection.vendor == "postgresql":
        # Threads hold connections, as in a web process; a database in use cannot be dropped.
        administer(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            f" WHERE datname = '{connection.settings_dict['NAME']}'"
        )
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def calm_caches() -> None:
    """No test finds what another one cached or counted."""
    from django.core.cache import caches

    caches["edge"]  # limits are counted there, and elsewhere
    for cache in caches.all(initialized_only=True):
        cache.clear()
    from ops.models import key_memory
    from ops.status_page.current import showing

    key_memory.let_go()
    showing._last = None


@pytest.fixture(autouse=True)
def calm_config(request: pytest.FixtureRequest) -> Iterator[None]:
    """Snapshots of staff's rows show what the test wrote; without a database, the defaults."""
    from ops import config, events
    from ops.models import Event

    uses_rows = request.node.get_closest_marker("django_db") or {
        "db",
        "transactional_db",
    } & set(request.fixturenames)
    config.follow_callers(blindly=not uses_rows)
    if uses_rows:
        # Loaded before the test begins: its queries are counted, these are not its own.
        request.getfixturevalue("_django_db_helper")
        config.catch_up()
        # What a thread told in another test was written outside of that test's transaction.
        Event.objects.all().delete()
    yield
    events.flush()


@pytest.fixture(autouse=True)
def calm_breakers() -> None:
    """No breaker is open because another test broke what it guards."""
    from ops.overload.breakers import dependency

    dependency.cache_clear()


@pytest.fixture
def known_switches(db: None) -> None:
    """What staff edit is loaded: a test that counts queries does not count that one."""
    from django.test import Client

    from ops import config

    # The first request of a process imports what registers snapshots, and all are loaded again.
    Client().get("/nowhere")
    config._keeper.catch_up()


# --- Installations: real web and worker processes ------------------------------------------


@pytest.fixture(scope="session")
def pairs() -> Iterator[PairMaker]:
    """`pairs.new("embedded")`, `pairs.new("production")`: an empty pair of stores."""
    with PairMaker() as maker:
        yield maker


@pytest.fixture(scope="session", params=["embedded", "production"])
def installation(request: pytest.FixtureRequest, pairs: PairMaker) -> Iterator[Installation]:
    """A web server and a worker of this tree, on each pair. Shared: leave it as you found it."""
    with Installation.on(pairs.new(request.param)) as installed:
        installed.start_web()
        installed.start_worker()
        yield installed


@pytest.fixture(scope="session")
def key(installation: Installation) -> str:
    """An API key of the installation, made as its operator would."""
    words = ("apikey", "create", "--tier", "premium", "--name", "Tests", "--json")
    return json.loads(installation.manage(*words).stdout)["secret"]


@pytest.fixture(params=["embedded", "production"])
def own_installation(request: pytest.FixtureRequest, pairs: PairMaker) -> Iterator[Installation]:
    """Migrated, nothing started: for tests that start, kill and count processes themselves."""
    with Installation.on(pairs.new(request.param)) as installed:
        yield installed


# --- Browser -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it, which asks nobody else on the network for anything."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = next(filter(None, map(shutil.which, names)), None)
    if not program:
        pytest.skip("no chromium and no google-chrome on PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        context.set_default_timeout(10_000)
        yield context.new_page()
