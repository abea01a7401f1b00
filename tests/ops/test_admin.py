import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin

from ops.keys import opens
from ops.models import ApiKey, Client, Job, Pause, Scope, WorkerHost
from tests.factories import ApiKeyFactory, ClientFactory, JobFactory, WorkerHostFactory

pytestmark = pytest.mark.django_db


def listing(model, **query):
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_changelist", query=query)


def details(row):
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])


def test_every_table_that_people_ask_about_has_a_page():
    asked_about = {"ops.Client", "ops.ApiKey", "ops.Job", "ops.WorkerHost", "ops.Pause"}
    asked_about |= {"analysis.Content", "analysis.Report", "analysis.Analysis"}
    asked_about |= {f"django_q.{name}" for name in ("Schedule", "Success", "Failure", "OrmQ")}
    asked_about |= {"auth.User", "auth.Group"}

    assert asked_about <= {model._meta.label for model in admin.site._registry}


def test_every_page_is_drawn_by_the_theme():
    """Pages of plain ModelAdmin have inputs that nobody can see."""
    plain = [
        name for name, page in admin.site._registry.items() if not isinstance(page, ModelAdmin)
    ]

    assert plain == []


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model.__name__)
def test_every_list_opens_and_searches(admin_client, model):
    assert admin_client.get(listing(model)).status_code == 200
    if admin.site._registry[model].search_fields:
        assert admin_client.get(listing(model, q="7")).status_code == 200


@pytest.mark.parametrize(
    "model", [Client, ApiKey, Pause, User, Group], ids=lambda model: model.__name__
)
def test_every_form_opens(admin_client, model):
    options = model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_add")

    assert admin_client.get(address).status_code == 200


@pytest.mark.parametrize("factory", [ClientFactory, ApiKeyFactory, JobFactory, WorkerHostFactory])
@pytest.mark.usefixtures("known_switches")
def test_a_longer_list_asks_no_more_queries(admin_client, factory, django_assert_max_num_queries):
    address = listing(factory._meta.model)
    factory.create_batch(3)
    with django_assert_max_num_queries(10) as few:
        admin_client.get(address)
    factory.create_batch(20)

    with django_assert_max_num_queries(len(few)):
        admin_client.get(address)


def test_sign_in_without_a_destination_leads_to_the_overview(client, admin_user):
    answer = client.post("/admin/login/", {"username": "admin", "password": "password"})

    assert answer.status_code == 302
    assert answer["Location"] == reverse("admin:index")


def test_a_new_key_is_shown_once_and_opens_its_client(admin_client):
    owner = ClientFactory(name="Newsroom")

    page = admin_client.post(
        reverse("admin:ops_apikey_add"), {"client": owner.pk, "scopes": Scope.values}
    )

    (secret,) = set(re.findall(r"cc_\w{8}_\w{38}", page.text))
    key = ApiKey.objects.get(client=owner)
    assert opens(key, secret)
    assert "no-store" in page["Cache-Control"]
    assert secret not in admin_client.get(details(key)).text
    assert not any(secret in cookie.value for cookie in admin_client.cookies.values())


def test_a_new_key_leaves_its_name_but_not_its_secret_in_the_history(admin_client):
    admin_client.post(
        reverse("admin:ops_apikey_add"), {"client": ClientFactory().pk, "scopes": Scope.values}
    )

    entry = LogEntry.objects.get()
    key = ApiKey.objects.get()
    assert entry.object_id == str(key.pk)
    assert entry.object_repr == str(key)


def test_revoking_keys_names_who_did_it(admin_client, admin_user):
    key = ApiKeyFactory()

    admin_client.post(listing(ApiKey), {"action": "revoke", "_selected_action": [key.pk]})

    key.refresh_from_db()
    assert key.revoked_at is not None
    assert LogEntry.objects.get().user == admin_user


def test_a_key_is_revoked_on_its_own_page(admin_client):
    key = ApiKeyFactory()

    admin_client.post(
        details(key),
        {
            "scopes": Scope.values,
            "expires_at_0": "",
            "expires_at_1": "",
            "ops_apikey_revoke_this": "1",
        },
    )

    key.refresh_from_db()
    assert key.revoked_at is not None


def test_a_key_stays_revoked_from_the_first_time_on(admin_client):
    first = timezone.now() - timedelta(days=1)
    key = ApiKeyFactory(revoked_at=first)

    admin_client.post(listing(ApiKey), {"action": "revoke", "_selected_action": [key.pk]})

    key.refresh_from_db()
    assert key.revoked_at == first
    assert not LogEntry.objects.exists()


def test_nobody_edits_or_deletes_the_digest_of_a_key(admin_client):
    key = ApiKeyFactory()

    admin_client.post(details(key), {"digest": "0" * 64, "prefix": "zzzzzzzz"})
    deleted = admin_client.post(f"{details(key)[: -len('change/')]}delete/", {"post": "yes"})

    unchanged = ApiKey.objects.get(pk=key.pk)
    assert (unchanged.digest, unchanged.prefix) == (key.digest, key.prefix)
    assert deleted.status_code == 403


@pytest.mark.parametrize(
    ("state", "expected"),
    [("usable", "aaaaaaaa"), ("expired", "bbbbbbbb"), ("revoked", "cccccccc")],
)
def test_keys_are_filtered_by_state(admin_client, state, expected):
    now = timezone.now()
    ApiKeyFactory(prefix="aaaaaaaa")
    ApiKeyFactory(prefix="bbbbbbbb", expires_at=now - timedelta(hours=1))
    ApiKeyFactory(prefix="cccccccc", revoked_at=now)

    found = set(re.findall(r"cc_(\w{8})_…", admin_client.get(listing(ApiKey, state=state)).text))

    assert found == {expected}


def test_jobs_are_filtered_by_state(admin_client):
    waiting, dead = JobFactory(), JobFactory(dead=True)

    page = admin_client.get(listing(Job, state__exact="dead")).text

    assert details(dead) in page
    assert details(waiting) not in page


def test_a_job_is_looked_at_never_touched(admin_client):
    job = JobFactory(dead=True)

    page = admin_client.get(details(job))
    changed = admin_client.post(details(job), {"state": "waiting"})

    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert changed.status_code == 403


def test_a_kind_of_job_is_paused_and_taken_up_again(admin_client):
    admin_client.post(reverse("admin:ops_pause_add"), {"kind": "analysis", "reason": "upgrade"})
    pause = Pause.objects.get()

    admin_client.post(reverse("admin:ops_pause_delete", args=[pause.pk]), {"post": "yes"})

    assert pause.reason == "upgrade"
    assert not Pause.objects.exists()


def test_a_silent_worker_host_is_told_from_a_live_one(admin_client):
    WorkerHostFactory()
    WorkerHostFactory(silent=True)

    page = admin_client.get(listing(WorkerHost)).text

    assert len(re.findall(r"ops-badge--good[^>]*>alive<", page)) == 1
    assert len(re.findall(r"ops-badge--bad[^>]*>silent<", page)) == 1


def test_staff_without_permission_see_no_tables(client):
    reader = User.objects.create_user("reader", password="secret", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_job"))
    client.force_login(reader)

    assert client.get(listing(Job)).status_code == 200
    assert client.get(listing(ApiKey)).status_code == 403
    overview = client.get(reverse("admin:index")).text
    assert listing(Job) in overview
    assert f'href="{listing(ApiKey)}"' not in overview
