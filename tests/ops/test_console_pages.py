"""What does every page of the console owe its viewers?"""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]

PAGES = {
    "limits": 40,
    "overload": 40,
    "cache": 20,
    "database": 20,
    "breakers": 20,
    "alerts": 20,
    "schedules": 20,
    "events": 10,
    "settings": 6,
}


@pytest.fixture
def reader(client):
    person = User.objects.create_user("reader", password="secret", is_staff=True)
    person.groups.add(Group.objects.get(name="Console readers"))
    client.force_login(person)
    return client


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_itself_and_stays_true(admin_client, name):
    address = reverse(f"console-{name}")

    page = admin_client.get(address)
    now = admin_client.get(f"{address}?now")

    assert page.status_code == 200
    assert 'data-live="?' in page.text
    assert set(now.json()["pieces"]) == {
        piece.split('"')[0] for piece in page.text.split('data-piece="')[1:]
    }


@pytest.mark.storage
@pytest.mark.parametrize(("name", "queries"), PAGES.items())
def test_a_page_costs_a_bounded_number_of_queries(
    admin_client, known_switches, django_assert_max_num_queries, name, queries
):
    address = reverse(f"console-{name}")
    admin_client.get(f"{address}?now")

    with django_assert_max_num_queries(queries):
        admin_client.get(f"{address}?now")


@pytest.mark.parametrize("name", PAGES)
def test_readers_see_no_button(reader, name):
    pieces = reader.get(f"{reverse(f'console-{name}')}?now").json()["pieces"]

    assert pieces
    assert not [piece for piece, html in pieces.items() if "<form" in html]
    assert not [piece for piece, html in pieces.items() if ">Moves<" in html]


@pytest.mark.parametrize("address", ["admin:index", "console-limits", "console-queue"])
def test_whoever_misses_a_button_is_told_which_right_it_needs(reader, address):
    person = User.objects.get(username="reader")
    assert "may steer queue, workers" in reader.get(reverse(address)).text

    person.groups.set(Group.objects.filter(name="Console operators"))
    told = reader.get(reverse(address)).text
    assert "may steer queue, workers" not in told
    assert "may engage and end emergencies" in told


def test_whoever_may_do_everything_is_told_of_nothing(admin_client):
    assert "data-withheld" not in admin_client.get(reverse("console-limits")).text


@pytest.mark.parametrize("name", PAGES)
def test_strangers_are_sent_to_the_door(client, name):
    assert client.get(reverse(f"console-{name}")).status_code == 302
