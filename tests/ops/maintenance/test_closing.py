"""Closing and opening through HTTP, admin and commands, in one process."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from ops import keys
from ops.maintenance import sources, switch
from ops.maintenance.features import SERVICE
from ops.maintenance.windows import Window
from ops.models import Client, Event, Maintenance, Tier
from tests.analysis.api import Api

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def no_file_is_left():
    yield
    switch.open_this_machine()


@pytest.fixture
def api(db):
    return Api.as_client(Tier.FREE)


def close(scope=SERVICE, **facts):
    return switch.close(Window(scope, **facts), actor="user:ann")


def command(*words: str) -> dict:
    out = StringIO()
    call_command("maintenance", *words, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_clients_get_a_problem_with_the_planned_end(api: Api):
    close(message="We move.", ends_at=timezone.now() + timedelta(minutes=30))

    answer = api.submit("A text.")

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (503, "maintenance")
    assert answer["Content-Type"] == "application/problem+json"
    assert 1800 <= int(answer["Retry-After"]) == problem["retry_after"] <= 1981
    assert "We move." in problem["detail"]
    assert "Planned until" in problem["detail"]


def test_people_get_a_page(client):
    close(message="We move.")

    answer = client.get("/")

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Closed for maintenance" in page
    assert "We move." in page
    assert int(answer["Retry-After"]) >= 120


def test_read_only_refuses_what_writes_and_reads_go_on(api: Api):
    location = api.submit("A text.")["Location"]
    close("read_only")

    assert api.submit("Another text.").json()["code"] == "read_only"
    assert api.delete(location).json()["code"] == "read_only"
    assert api.get(location).status_code == 200


def test_one_feature_is_closed_alone(client, api: Api):
    close("playground")

    assert client.get("/").status_code == 503
    assert client.get("/docs").status_code == 200
    assert api.submit("A text.").status_code == 202


def test_it_opens_by_itself(api: Api):
    row = close(ends_at=timezone.now() + timedelta(hours=1))
    assert api.submit("A text.").status_code == 503

    past = timezone.now() - timedelta(seconds=1)
    Maintenance.objects.filter(pk=row.pk).update(starts_at=past - timedelta(hours=1), ends_at=past)

    assert api.submit("A text.").status_code == 202


def test_what_is_announced_is_open_and_says_so_in_header_and_banner(client, api: Api):
    now = timezone.now()
    close(
        message="We will move.",
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=2),
        announced_from=now,
    )

    answer, page = api.submit("A text."), client.get("/").content.decode()

    assert answer.status_code == 202
    assert 'scope="service"' in answer["Maintenance-Window"]
    assert "Maintenance ahead" in page
    assert "We will move." in page


def test_staff_come_in_by_session_and_by_key(admin_client, client):
    close()
    staff = Api(keys.mint(Client.objects.create(name="Staff", tier=Tier.STAFF)).secret)

    assert admin_client.get("/").status_code == 200
    assert staff.submit("A text.").status_code == 202
    assert client.get("/").status_code == 503


def test_others_do_not_come_in_by_forged_or_common_means(client, api: Api):
    close()
    client.cookies["sessionid"] = "forged"

    assert client.get("/").status_code == 503
    assert api.submit("A text.").status_code == 503
    assert Api("cc_forged").submit("A text.").status_code == 503


def test_a_named_address_comes_in(client):
    close(addresses=("127.0.0.0/8",))

    assert client.get("/").status_code == 200
    assert client.get("/", REMOTE_ADDR="192.0.2.1").status_code == 503


def test_health_and_console_stay_open(client):
    close()

    assert client.get("/livez").status_code == 200
    assert client.get("/admin/login/").status_code == 200


def test_a_refusal_asks_the_database_nothing(client, django_assert_num_queries):
    close()
    client.get("/")

    with django_assert_num_queries(0):
        assert client.get("/").status_code == 503


@pytest.mark.parametrize("text", ["", "{", '{"ends_at": 5}', "[]"])
def test_a_file_closes_everything_however_it_is_written(client, text):
    sources.file_path().write_text(text)
    sources.look_at_the_file_again()

    assert client.get("/").status_code == 503


def test_the_environment_closes_too(client, settings):
    settings.OPS_MAINTENANCE = True
    assert client.get("/").status_code == 503

    settings.OPS_MAINTENANCE_ADDRESSES = ["127.0.0.1"]
    assert client.get("/").status_code == 200


def test_commands_close_show_and_open(client):
    closed = command("on", "--feature", "playground", "--until", "30m", "--message", "Paint.")

    assert client.get("/").status_code == 503
    assert closed == command("status")
    assert closed["windows"][0]["scope"] == "playground"
    assert command("off") == {"windows": []}
    assert client.get("/").status_code == 200
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "maintenance.closed",
        "maintenance.opened",
    ]


def test_a_mistyped_command_ends_with_64():
    with pytest.raises(CommandError) as ended:
        call_command("maintenance", "on", "--until", "soon", stderr=StringIO())

    assert ended.value.returncode == 64


def test_while_the_database_is_down_the_command_closes_this_machine(client):
    def down(*_):
        raise OperationalError("connection refused")

    # The rows are known already, as in a process that has been running.
    sources.windows()
    with connection.execute_wrapper(down), pytest.raises(SystemExit) as ended:
        call_command("maintenance", "on", "--until", "30m", stdout=StringIO(), stderr=StringIO())

    assert ended.value.code == 1
    assert client.get("/").status_code == 503


def test_staff_close_and_open_in_the_console(admin_client, client):
    form = {
        "scope": "playground",
        "message": "Paint.",
        "reason": "New paint",
        "starts_at_0": "2026-01-01",
        "starts_at_1": "12:00:00",
        "addresses": "[]",
    }

    assert admin_client.post("/admin/ops/maintenance/add/", form).status_code == 302
    row = Maintenance.objects.get()
    assert row.actor == "user:admin"
    assert client.get("/").status_code == 503
    assert "closed now" in admin_client.get("/admin/ops/maintenance/").content.decode()

    admin_client.post(
        "/admin/ops/maintenance/", {"action": "open_again", "_selected_action": [row.pk]}
    )
    assert client.get("/").status_code == 200
    assert Event.objects.get(name="maintenance.opened").actor == "user:admin"


@pytest.mark.parametrize(
    "wrong",
    [{"addresses": '["nonsense"]'}, {"ends_at_0": "2025-01-01", "ends_at_1": "12:00:00"}],
)
def test_the_console_refuses_what_makes_no_sense(admin_client, wrong):
    form = {
        "scope": "service",
        "starts_at_0": "2026-01-01",
        "starts_at_1": "12:00:00",
        "addresses": "[]",
    } | wrong

    assert admin_client.post("/admin/ops/maintenance/add/", form).status_code == 200
    assert not Maintenance.objects.exists()
