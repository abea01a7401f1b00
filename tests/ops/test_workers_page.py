import re

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from ops.models import Emergency, EmergencyProfile, Event
from ops.overload import emergency, stance
from tests.factories import JobFactory, WorkerHostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]

PAGE = "/admin/console/workers/"
CALLED = {"reason": "a rush", "minutes": "60"}


@pytest.fixture
def host_row(admin_client):
    def row(hostname):
        page = admin_client.get(PAGE).text
        return re.search(rf'data-host="{hostname}">(.*?)</tr>', page, re.DOTALL)[1]

    return row


@pytest.fixture
def steer(admin_client):
    def press(host, move, **words):
        answer = admin_client.post(reverse("console-steer", args=[host.pk, move]), words)
        host.refresh_from_db()
        return answer

    return press


def test_an_installation_without_workers_says_how_to_start_one(admin_client):
    assert "manage.py worker" in admin_client.get(PAGE).text


def test_a_host_shows_what_it_does(host_row):
    WorkerHostFactory(name="a", hostname="anvil")
    job = JobFactory(running=True, host="a")
    JobFactory(running=True, host="somewhere-else")

    row = host_row("anvil")

    assert ">alive<" in row
    assert "1 of 2" in row
    assert f"analysis {job.pk}" in row


def test_a_host_shows_how_full_its_machine_is(host_row, counted):
    WorkerHostFactory(hostname="anvil")
    WorkerHostFactory(hostname="bellows")
    for host, cpu in (("anvil", 93.4), ("elsewhere", 7.0)):
        counted("host_cpu_percent", cpu, minutes_ago=0, host=host)
        counted("host_memory_percent", 41.2, minutes_ago=0, host=host)

    assert "processor 93 %, memory 41 %" in host_row("anvil")
    assert "processor" not in host_row("bellows")


def test_a_silent_host_is_called_silent_and_can_only_be_forgotten(host_row):
    WorkerHostFactory(hostname="anvil", silent=True)

    row = host_row("anvil")

    assert ">silent<" in row
    assert re.findall(r"<button[^>]*>(.*?)<", row) == ["Forget"]


def test_a_host_is_quieted_and_woken(steer, host_row):
    host = WorkerHostFactory(hostname="anvil")

    steer(host, "quiet")
    quiet, row = host.quiet, host_row("anvil")
    steer(host, "wake")

    assert quiet is True
    assert ">quiet<" in row
    assert host.quiet is False
    assert [event.name for event in Event.objects.order_by("id")] == [
        "workers.quiet",
        "workers.wake",
    ]


def test_stopping_names_who_did_it_and_why(steer, admin_user):
    host = WorkerHostFactory()

    steer(host, "stop", reason="new kernel")

    event = Event.objects.get()
    assert (host.quiet, host.stopping) == (True, True)
    assert (event.actor, event.reason) == (f"user:{admin_user.username}", "new kernel")
    assert event.details == {"host": host.name}


def test_a_host_that_stops_cannot_be_called_back(steer):
    host = WorkerHostFactory(quiet=True, stopping=True)

    steer(host, "wake")

    assert host.quiet is True
    assert not Event.objects.exists()


def test_pressing_twice_is_one_event(steer):
    host = WorkerHostFactory()

    steer(host, "quiet")
    steer(host, "quiet")

    assert Event.objects.count() == 1


def test_an_unknown_move_is_not_found(steer):
    assert steer(WorkerHostFactory(), "dance").status_code == 404


def test_readers_steer_nothing(client):
    person = User.objects.create_user("reader", password="x", is_staff=True)
    person.groups.add(Group.objects.get(name="Console readers"))
    client.force_login(person)
    host = WorkerHostFactory()

    assert reverse("console-steer", args=[host.pk, "quiet"]) not in client.get(PAGE).text
    assert client.post(reverse("console-steer", args=[host.pk, "stop"])).status_code == 403


@pytest.mark.usefixtures("known_switches")
def test_more_hosts_cost_no_more_queries(admin_client, django_assert_max_num_queries):
    WorkerHostFactory()
    with django_assert_max_num_queries(8) as few:
        admin_client.get(f"{PAGE}?now")
    for number in range(8):
        WorkerHostFactory(name=f"more-{number}")
        JobFactory(running=True, host=f"more-{number}")

    with django_assert_max_num_queries(len(few)):
        admin_client.get(f"{PAGE}?now")


# --- More hands ----------------------------------------------------------------------------


def test_all_workers_are_called_for_an_hour_and_sent_home_again(admin_client):
    assert "Call all workers" in admin_client.get(PAGE).text

    admin_client.post(reverse("console-emergency-engage", args=["workers"]), CALLED)

    assert stance.wants_all_workers()
    assert stance.limits_factor() == 1.0
    assert "Send the others home" in admin_client.get(PAGE).text
    admin_client.post(reverse("console-emergency-end"))
    assert not stance.wants_all_workers()


@pytest.mark.parametrize(
    ("name", "said"), [("spike", "they are here"), ("read-only", "it has to end before")]
)
def test_what_is_engaged_already_is_not_ended_for_more_hands(admin_client, name, said):
    emergency.engage(EmergencyProfile.objects.get(name=name), actor="chief", reason="a storm")

    page = admin_client.get(PAGE).text

    assert said in page
    assert "Call all workers" not in page
    assert Emergency.objects.get().ended_at is None
