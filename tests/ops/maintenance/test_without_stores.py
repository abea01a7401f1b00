"""Can the doors be closed and opened while Redis or PostgreSQL is down, and what do people see?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import bed
from tests.answers import seconds_until_all_answer, until
from tests.browser import sign_in
from tests.ops.actions.hands import Hands
from tests.ops.limits.own_redis import OwnRedis
from tests.ops.overload.test_felt_by_customers import (
    MAKE_STAFF,
    PASSWORD,
    is_everywhere,
    submit,
    visit,
)
from tests.ops.queue.own_postgresql import OwnPostgreSQL, own_postgresql
from tests.processes import Installation

pytestmark = pytest.mark.browser


@pytest.fixture
def redis(tmp_path) -> Iterator[OwnRedis]:
    server = OwnRedis(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def postgresql() -> Iterator[OwnPostgreSQL]:
    with own_postgresql() as (server, _):
        yield server


@pytest.fixture
def installed(postgresql: OwnPostgreSQL, redis: OwnRedis) -> Iterator[Installation]:
    with Installation.on(bed.Pair("production", postgresql.url, redis.url)) as made:
        made.manage("migrate", "--verbosity=0")
        made.manage("shell", "--no-imports", "--command", MAKE_STAFF)
        made.start_web()
        made.start_worker()
        yield made


@pytest.fixture
def staff(page: Page, installed: Installation) -> Hands:
    sign_in(page, installed.base_url, name="ada", password=PASSWORD)
    hands = Hands(page, installed.base_url)
    hands.go("console-overload")
    return hands


def reads(customer: Page, installed: Installation, said: str, path: str = "/") -> bool:
    visit(customer, installed, path)
    return said in customer.locator("body").inner_text()


def test_the_doors_obey_while_redis_and_then_the_database_is_down(
    staff, browser, installed, redis, postgresql
):
    with browser.new_context() as context:
        context.set_default_timeout(10_000)
        customer = context.new_page()
        customer.goto(installed.base_url)

        redis.stop()
        _closes_and_opens(staff, customer, installed)
        _engages_and_ends(staff, customer, installed)

        _close(staff, "The archive is being copied.", scope="service")
        seconds_until_all_answer(installed, 503)  # whoever has not heard of it asks the database
        postgresql.stop()
        _stays_closed(customer, installed)
        assert staff.page.goto(f"{installed.base_url}/admin/").status == 503
        expect(staff.page.get_by_text("manage.py maintenance on")).to_be_visible()
        _closes_this_machine(customer, installed)


def _close(staff: Hands, message: str, *, scope: str) -> None:
    answers = {"scope": scope, "message": message, "begins_in": 0, "minutes": 20, "reason": "x"}
    staff.press(staff.block("maintenance"), "Close something", **answers)


def _closes_and_opens(staff: Hands, customer: Page, installed: Installation) -> None:
    _close(staff, "We paint the playground.", scope="playground")
    until(lambda: reads(customer, installed, "We paint the playground."))
    assert submit(installed).code == ""
    staff.press_at_once(staff.block("maintenance"), "Open")
    until(lambda: visit(customer, installed).status == 200)


def _engages_and_ends(staff: Hands, customer: Page, installed: Installation) -> None:
    staff.press(
        staff.row("profiles", "lockdown"), "Engage", reason="x", minutes=20, typed="lockdown"
    )
    until(lambda: is_everywhere(installed, "lockdown", "lockdown"))
    assert visit(customer, installed).status == 503
    assert submit(installed).code == "load_shed"
    staff.press_at_once(staff.block("overrides"), "End")
    until(lambda: is_everywhere(installed, "normal", None))


def _stays_closed(customer: Page, installed: Installation) -> None:
    assert reads(customer, installed, "The archive is being copied.")
    refused = submit(installed)
    assert (refused.status, refused.code) == (503, "maintenance")
    assert int(refused.headers["Retry-After"]) > 60
    until(lambda: reads(customer, installed, "Our database cannot be reached.", "/status"))


def _closes_this_machine(customer: Page, installed: Installation) -> None:
    """What only the file says: the rows say nothing of this message."""
    words = ("maintenance", "on", "--until", "30m", "--message", "The disk is being replaced.")
    assert installed.manage(*words, check=False).returncode == 1
    until(lambda: reads(customer, installed, "The disk is being replaced."))
    installed.manage("maintenance", "off", check=False)
    until(lambda: not reads(customer, installed, "The disk is being replaced."))
