"""What staff do about limits, in the admin and with the command."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest

from tests.ops.limits.test_http import submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("usual_limits")]


@pytest.fixture
def http():
    from django.test import Client

    return Client(REMOTE_ADDR="198.51.100.7")


def limits(*words):
    from django.core.management import call_command

    out = StringIO()
    call_command("limits", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def page_of(row):
    from django.urls import reverse

    return reverse(f"admin:ops_{row._meta.model_name}_change", args=[row.pk])


def policy(name="anonymous-submit"):
    from ops.models import LimitPolicy

    return LimitPolicy.objects.get(name=name)


def form(row, **changes):
    from django.forms.models import model_to_dict

    values = {name: "" if value is None else value for name, value in model_to_dict(row).items()}
    return values | changes


def last_event(name):
    from ops.models import Event

    return Event.objects.filter(name=name).latest("id")


def test_an_edit_in_the_admin_is_obeyed_and_leaves_old_and_new_value(admin_client, http):
    admin_client.post(page_of(policy()), form(policy(), quota=2))

    assert [submit(http).status_code == 429 for _ in range(3)] == [False, False, True]
    event = last_event("limits.edited")
    assert event.actor == "user:admin"
    assert event.details["before"] == {"quota": None}
    assert event.details["after"] == {"quota": 2}


def test_an_edit_is_undone_with_one_click(admin_client):
    admin_client.post(page_of(policy()), form(policy(), quota=2))

    admin_client.post(page_of(policy()), form(policy(), ops_limitpolicy_undo_last_edit="1"))

    assert policy().quota is None
    assert last_event("limits.edited").details["after"] == {"quota": None}


def test_a_strict_period_is_ended_in_the_list(admin_client, http):
    from django.urls import reverse
    from django.utils import timezone

    from ops.models import StrictMode

    now = timezone.now()
    strict = StrictMode.objects.create(
        reason="attack", starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    assert '"anonymous-submit";q=2' in submit(http)["RateLimit-Policy"]

    admin_client.post(
        reverse("admin:ops_strictmode_changelist"),
        {"action": "end_now", "_selected_action": [strict.pk]},
    )

    assert '"anonymous-submit";q=10' in submit(http)["RateLimit-Policy"]


def test_a_refused_client_is_reset_in_the_list(admin_client, http):
    from django.urls import reverse

    from ops.limits import watching
    from ops.models import Refusals

    for _ in range(11):
        submit(http)
    watching.write()
    listing = reverse("admin:ops_refusals_changelist")
    assert "198.51.100.7" in admin_client.get(listing).text

    admin_client.post(listing, {"action": "reset", "_selected_action": [Refusals.objects.get().pk]})

    assert submit(http)["X-RateLimit-Remaining"] == "9"
    assert not Refusals.objects.exists()


@pytest.mark.parametrize("model", ["limitpolicy", "limitoverride", "admission", "strictmode"])
def test_every_form_opens(admin_client, model):
    from django.urls import reverse

    assert admin_client.get(reverse(f"admin:ops_{model}_add")).status_code == 200


def test_a_limit_is_set_by_command(http):
    shown = limits("set", "anonymous-submit", "--quota", "1")

    assert shown["quota"] == 1
    assert [submit(http).status_code == 429 for _ in range(2)] == [False, True]
    assert last_event("limits.edited").actor.endswith("(command)")


@pytest.mark.parametrize(
    "words",
    [
        ("set", "nothing", "--quota", "1"),
        ("set", "anonymous-submit", "--mode", "nonsense"),
        ("show", "nobody"),
        ("unban", "nonsense"),
        ("strict", "--anonymous", "7"),
        ("override", "nobody", "free-submit", "7", "--reason", "x"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(words):
    from django.core.management.base import CommandError

    with pytest.raises(CommandError, match=r"\w+ \w+"):
        limits(*words)


def test_one_client_gets_more_by_command():
    from ops.limits.in_force import in_force
    from tests.factories import ClientFactory

    client = ClientFactory(name="Newsroom")
    limits("override", "Newsroom", "free-submit", "777", "--reason", "import", "--hours", "2")

    (own,) = [p for p in in_force().policies("free", "submit", client.key) if p.quota == 777]

    assert own.name == "free-submit"


def test_an_address_is_banned_and_let_in_again(http):
    limits("ban", "198.51.100.7", "--seconds", "100", "--reason", "abuse")
    assert http.get("/").status_code == 429

    limits("unban", "198.51.100.7")

    assert http.get("/").status_code == 200


def test_a_refused_address_is_reset_by_command(http):
    for _ in range(11):
        submit(http)

    limits("reset", "198.51.100.7")

    assert submit(http)["X-RateLimit-Remaining"] == "9"


def test_strict_mode_goes_on_and_off_by_command(http):
    limits("strict", "--reason", "attack", "--anonymous", "0.1", "--minutes", "5")
    assert '"anonymous-submit";q=1;' in submit(http)["RateLimit-Policy"]

    assert limits("strict", "--off") == {"ended": 1}

    assert '"anonymous-submit";q=10' in submit(http)["RateLimit-Policy"]


def test_the_list_names_all_limits_and_who_is_refused(http):
    from ops.limits import watching

    for _ in range(12):
        submit(http)
    watching.write()

    shown = limits("list")

    assert {row["name"] for row in shown["limits"]} >= {"address", "premium-daily"}
    assert [(row["who"], row["times"]) for row in shown["refused"]] == [("198.51.100.7", 2)]


def test_how_an_address_stands_is_shown(http):
    submit(http)

    shown = {row["name"]: row["used"] for row in limits("show", "198.51.100.7")["limits"]}

    assert shown["address"] == 1
    assert shown["anonymous-submit"] == 1


def test_nobody_is_listed_with_a_network_and_a_client(admin_client):
    from django.urls import reverse

    from ops.models import Admission
    from tests.factories import ClientFactory

    values = {"verdict": "deny", "network": "192.0.2.0/24", "reason": "abuse"}
    add = reverse("admin:ops_admission_add")
    admin_client.post(add, values | {"client": ClientFactory().pk})
    admin_client.post(add, values | {"network": "nonsense"})
    assert not Admission.objects.exists()

    admin_client.post(add, values)

    assert Admission.objects.get().network == "192.0.2.0/24"
