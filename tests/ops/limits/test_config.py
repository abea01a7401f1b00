from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest
from django.db import DatabaseError, transaction

from ops import config
from tests.processes import ROOT

OBEYED_WITHIN_SECONDS = 1.0


@pytest.fixture
def keeper():
    """As in another process: nobody tells it of edits."""
    keeper = config.Keeper()
    yield keeper
    keeper.stop()


@pytest.fixture
def edit(transactional_db):
    from ops.models.config import edit

    return edit


def follow(keeper, load, default=0):
    snapshot = config.Snapshot("tests", load, default)
    keeper.add(snapshot)

    def current():
        if not keeper.is_in_step:
            keeper.catch_up()
        return snapshot._value

    return current


def seconds_until(condition):
    started = time.perf_counter()
    while not condition():
        assert time.perf_counter() - started < 10
        time.sleep(0.005)
    return time.perf_counter() - started


@pytest.mark.storage
def test_a_process_that_nobody_tells_obeys_an_edit_within_a_second(keeper, edit):
    rows = [1]
    current = follow(keeper, lambda: rows[-1])
    assert current() == 1

    with edit():
        rows.append(2)

    assert seconds_until(lambda: current() == 2) < OBEYED_WITHIN_SECONDS


@pytest.mark.storage
def test_reading_asks_the_database_nothing(keeper, edit, django_assert_num_queries):
    current = follow(keeper, lambda: 7)
    current()

    with django_assert_num_queries(0):
        assert {current() for _ in range(1000)} == {7}


def test_rows_are_loaded_only_after_an_edit(keeper, edit):
    loads = []
    current = follow(keeper, lambda: loads.append(1) or len(loads))
    current()

    keeper.renew()
    keeper.renew()
    assert loads == [1]

    with edit():
        pass
    keeper.renew()
    assert len(loads) == 2


@pytest.mark.storage
def test_an_edit_that_is_rolled_back_is_obeyed_by_nobody(keeper, edit):
    from ops.models import ConfigVersion

    follow(keeper, lambda: 1)()

    with pytest.raises(ZeroDivisionError), edit():
        raise ZeroDivisionError

    assert not ConfigVersion.objects.exists()


def test_an_edit_inside_a_larger_transaction_counts_when_that_one_commits(keeper, edit):
    from ops.models import ConfigVersion

    with transaction.atomic():
        with edit():
            pass
        transaction.set_rollback(True)

    assert not ConfigVersion.objects.exists()


@pytest.mark.django_db
def test_the_process_that_edits_obeys_at_once():
    from ops.models.config import edit

    rows = [1]
    snapshot = config.register("tests", load=lambda: rows[-1], default=0)
    assert snapshot.current() == 1

    with edit():
        rows.append(2)

    assert snapshot.current() == 2


def test_the_last_known_values_stay_in_force_while_the_database_is_down(keeper, edit):
    database = {"down": False}

    def load():
        if database["down"]:
            raise DatabaseError("gone")
        return 7

    current = follow(keeper, load)
    assert current() == 7
    database["down"] = True
    with edit():
        pass

    keeper._renew_quietly()

    assert current() == 7


def test_a_frozen_database_keeps_no_reader_waiting(keeper, edit):
    frozen, thaw = threading.Event(), threading.Event()

    def freeze():
        frozen.set()
        thaw.wait(30)
        return 2

    loads = [freeze, lambda: 1]

    def load():
        return loads.pop()()

    current = follow(keeper, load)
    current()
    with edit():
        pass
    assert frozen.wait(2)

    started = time.perf_counter()
    value = current()

    assert value == 1
    assert time.perf_counter() - started < 0.05
    thaw.set()


def test_the_first_reader_of_a_process_waits_at_most_a_second_for_a_dead_database(keeper, db):
    thaw = threading.Event()
    current = follow(keeper, lambda: thaw.wait(30) and 2, default=1)

    started = time.perf_counter()
    value = current()

    assert value == 1
    assert time.perf_counter() - started < config.FIRST_LOAD_PATIENCE_SECONDS + 0.5
    thaw.set()


def test_what_is_registered_late_is_loaded_too(keeper, edit):
    follow(keeper, lambda: 1)()
    late = config.Snapshot("late", lambda: 2, 0)

    keeper.add(late)
    keeper.catch_up()

    assert late._value == 2


FORKING = """
import os, time, django
django.setup()
from ops import config
from ops.models import ConfigVersion
from ops.models.config import edit

snapshot = config.register("tests", load=lambda: ConfigVersion.objects.get().number, default=0)

def wait_for(number):
    ends_at = time.monotonic() + {patience}
    while snapshot.current() != number:
        assert time.monotonic() < ends_at, snapshot.current()
        time.sleep(0.01)

with edit():
    pass
wait_for(1)
children = []
for _ in range(8):
    if (child := os.fork()) == 0:
        try:
            wait_for(2)
        except BaseException as error:
            print(repr(error), flush=True)
            os._exit(1)
        os._exit(0)
    children.append(child)
time.sleep(0.2)
with edit():
    pass
wait_for(2)
print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])
with edit():
    pass
wait_for(3)
"""


def test_forked_processes_obey_too_and_leave_the_connection_of_their_parent_alone(
    own_installation,
):
    script = FORKING.format(patience=5)
    env = own_installation.env | {"DJANGO_SETTINGS_MODULE": "contentcreate.settings"}

    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", script],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout.strip() == str([0] * 8), done.stderr
    assert done.returncode == 0, done.stderr
