import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import get_resolver, reverse

from ops.console import groups
from ops.models import Emergency, Pause, Right
from tests.factories import WorkerHostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]


@pytest.fixture
def sign_in(client):
    def sign_in(*group_names, rights=()):
        person = User.objects.create_user("ada", is_staff=True)
        person.groups.set(Group.objects.filter(name__in=group_names))
        person.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client.force_login(person)
        return client

    return sign_in


def console_pages():
    names = [name for name in get_resolver().reverse_dict if str(name).startswith("console-")]
    return sorted(name for name in names if get_resolver().reverse_dict[name][0][0][1] == [])


def test_no_address_of_the_console_answers_whoever_has_no_right(sign_in):
    """Also those that somebody adds tomorrow."""
    client = sign_in()

    answers = {name: client.get(reverse(name)).status_code for name in console_pages()}

    assert len(answers) >= 5
    assert set(answers.values()) <= {403, 405}, answers


def test_a_refusal_names_the_right_that_lacks(sign_in):
    page = sign_in().get(reverse("console-queue"))

    assert page.status_code == 403
    assert "ops.view_console" in page.text
    assert "may look at the console" in page.text


def test_a_page_that_refreshes_itself_is_told_why_it_may_not(sign_in):
    answer = sign_in().get(reverse("console-queue", query={"now": ""}))

    assert answer.status_code == 403
    assert "may look at the console" in answer.json()["detail"]


def test_who_may_not_see_the_overview_still_finds_their_tables(sign_in):
    page = sign_in(rights=["view_job"]).get(reverse("admin:index"))

    assert page.status_code == 200
    assert "ops.view_console" in page.text
    assert reverse("admin:ops_job_changelist") in page.text
    assert "data-tile" not in page.text


@pytest.mark.parametrize(
    ("group", "status", "pauses"), [("Console readers", 403, 0), ("Console operators", 302, 1)]
)
def test_readers_look_and_operators_steer(sign_in, group, status, pauses):
    client = sign_in(group)

    assert client.get(reverse("console-queue")).status_code == 200
    assert client.post(reverse("console-pause"), {"reason": "storm"}).status_code == status
    assert Pause.objects.count() == pauses


@pytest.mark.parametrize("rows", ["emergency", "maintenance", "strictmode"])
@pytest.mark.parametrize(
    ("group", "status"), [("Console operators", 403), ("Console emergency", 200)]
)
def test_emergencies_need_a_right_of_their_own(sign_in, group, status, rows):
    client = sign_in(group)

    assert client.get(reverse(f"admin:ops_{rows}_add")).status_code == status


def test_rows_still_need_djangos_own_permission(sign_in):
    client = sign_in(rights=["emergency", "operate", "view_console"])

    assert client.get(reverse("admin:ops_emergency_add")).status_code == 403
    assert client.get(reverse("admin:ops_maintenance_add")).status_code == 403
    assert client.get(reverse("admin:ops_job_changelist")).status_code == 403
    assert not Emergency.objects.exists()


def test_a_right_alone_steers_without_djangos_permission_for_the_rows(sign_in):
    host = WorkerHostFactory()

    sign_in(rights=["operate"]).post(reverse("console-steer", args=[host.pk, "quiet"]))

    host.refresh_from_db()
    assert host.quiet is True


def test_each_group_may_do_what_the_one_before_may():
    held = [
        set(Group.objects.get(name=usual.name).permissions.values_list("codename", flat=True))
        for usual in (groups.READERS, groups.OPERATORS, groups.COMMANDERS)
    ]

    assert held[0] < held[1] < held[2]
    assert all(name.startswith("view_") for name in held[0])
    assert {right.codename for right in Right} <= held[2]
    assert "view_alertchannel" not in held[0]


def test_migrating_again_keeps_what_an_administrator_changed_of_a_group():
    readers = Group.objects.get(name="Console readers")
    readers.permissions.set(Permission.objects.filter(codename="add_pause"))

    call_command("migrate", verbosity=0)

    assert [right.codename for right in readers.permissions.all()] == ["add_pause"]


def test_a_right_that_comes_with_a_release_is_given_to_the_groups():
    Permission.objects.filter(codename__in=["view_job", "add_pause"]).delete()

    call_command("migrate", verbosity=0)

    assert Group.objects.get(name="Console readers").permissions.filter(codename="view_job")
    assert Group.objects.get(name="Console operators").permissions.filter(codename="add_pause")


def test_a_group_that_was_deleted_is_there_again_with_all_its_rights():
    Group.objects.filter(name="Console readers").delete()

    call_command("migrate", verbosity=0)

    assert Group.objects.get(name="Console readers").permissions.filter(codename="view_job")
