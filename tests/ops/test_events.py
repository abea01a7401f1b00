"""events.record: facts become rows and lines, and never trouble whoever tells them."""

import threading
import time

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections, transaction

from ops import events, request_id
from ops.models import Event


@pytest.mark.django_db
def test_a_fact_becomes_a_row_with_its_author_reason_and_details():
    token = request_id.current.set("req_1")

    events.record("x.done", actor="user:ann", reason="a test", undo={"level": 0}, level=2)

    request_id.current.reset(token)
    row = Event.objects.get()
    assert (row.name, row.actor, row.reason) == ("x.done", "user:ann", "a test")
    assert (row.details, row.undo, row.request_id) == ({"level": 2}, {"level": 0}, "req_1")


@pytest.mark.django_db
def test_what_is_rolled_back_has_not_happened():
    def change_and_fail():
        with transaction.atomic():
            events.record("x.done")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", [object(), {1: {2}}, "a\x00b", "x" * 10_000, float("nan"), b"\xff"]
)
def test_any_detail_can_be_told(value):
    events.record("x.told", value=value)

    assert Event.objects.get().name == "x.told"


@pytest.mark.django_db
def test_names_and_reasons_that_are_too_long_are_cut():
    events.record("n" * 500, actor="a" * 500, reason="r" * 5000)

    assert len(Event.objects.get().reason) == 300


@pytest.mark.django_db
def test_a_row_that_cannot_be_written_leaves_the_tellers_transaction_usable():
    def refuse(execute, sql, *rest):
        if "ops_event" in sql and sql.startswith("INSERT"):
            raise OperationalError("no")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        events.record("x.lost")

    assert not Event.objects.exists()


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_the_teller_does_not_wait_for_the_database():
    hanging, released = threading.Event(), threading.Event()

    def hold_the_table():
        with transaction.atomic():
            Event.objects.create(name="holder")
            if connection.vendor == "postgresql":
                connection.cursor().execute("LOCK TABLE ops_event IN ACCESS EXCLUSIVE MODE")
            hanging.set()
            released.wait(10)
        connections.close_all()

    holder = threading.Thread(target=hold_the_table)
    holder.start()
    hanging.wait(10)
    started = time.perf_counter()
    events.record("x.told")
    took = time.perf_counter() - started
    is_written_too_early = events.flush(0.05)
    released.set()
    holder.join()

    assert took < 0.05
    assert not is_written_too_early
    assert events.flush(10)
    assert Event.objects.filter(name="x.told").exists()


@pytest.mark.django_db
def test_a_fact_is_never_changed():
    row = Event.objects.create(name="x.done")

    row.name = "x.undone"

    with pytest.raises(TypeError):
        row.save()


@pytest.mark.django_db
def test_staff_read_events_and_cannot_write_them(admin_client, admin_user: User):
    events.record("x.done", reason="Because of the spike", level=2)
    row = Event.objects.get()

    listed = admin_client.get("/admin/ops/event/").content.decode()
    shown = admin_client.get(f"/admin/ops/event/{row.pk}/change/").content.decode()

    assert "Because of the spike" in listed
    assert "level 2" in listed
    assert "&quot;level&quot;: 2" in shown
    assert admin_client.get("/admin/ops/event/add/").status_code == 403
    assert admin_client.post(f"/admin/ops/event/{row.pk}/delete/").status_code == 403
