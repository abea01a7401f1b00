import json
import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from ops import config
from ops.models import Event, Incident, IncidentUpdate, Maintenance
from ops.status_page import copies, snapshot, telling
from ops.status_page.parts import Condition, Impact
from tests.commands import run

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def incident():
    return telling.open_incident(
        "Slow disks", "We look at it.", impact=Impact.MAJOR, parts=["analyses"], actor="user:ada"
    )


@pytest.fixture
def page(client):
    from ops.status_page.current import showing

    def get(path="/status"):
        showing.forget()
        return client.get(path)

    return get


def test_a_calm_day_says_so_in_every_form(page):
    assert "<h1>All systems operational</h1>" in page().text
    assert page("/status.json").json()["status"] == {
        "indicator": "none",
        "description": "All systems operational",
    }
    assert "operational" in page("/status/badge.svg").text
    assert ET.fromstring(page("/status/feed.atom").content).findall(f"{ATOM}entry") == []


def test_readers_of_feeds_find_what_the_standard_asks_for(page, incident):
    feed = ET.fromstring(page("/status/feed.atom").content)
    entries = feed.findall(f"{ATOM}entry")

    for part in (feed, *entries):
        assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "ContentCreate"
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"alternate", "self"}
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 1


@pytest.mark.parametrize(
    ("impact", "indicator"),
    [(Impact.NONE, "none"), (Impact.MINOR, "minor"), (Impact.CRITICAL, "critical")],
)
def test_an_incident_that_names_no_part_is_one_of_the_whole(page, impact, indicator):
    told = telling.open_incident("Slow", "We look.", impact=impact, parts=[], actor="user:ada")

    assert page("/status.json").json()["status"]["indicator"] == indicator
    telling.update(told, Incident.State.RESOLVED, "Over.", actor="user:ada")
    assert page("/status.json").json()["status"]["indicator"] == "none"


def test_the_page_works_without_scripts_and_may_be_kept(page):
    answer = page()

    assert re.findall(r"<script[^>]*>", answer.text) == ['<script src="/static/site/theme.js">']
    assert "public" in answer["Cache-Control"]
    assert "stale-if-error" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer


def test_an_incident_is_told_in_every_form(page, incident):
    telling.update(incident, Incident.State.IDENTIFIED, "The <disks> are full.", actor="user:ada")

    html, document = page().text, page("/status.json").json()
    entry = ET.fromstring(page("/status/feed.atom").content).find(f"{ATOM}entry")

    assert "Partly out of service" in html
    assert "The &lt;disks&gt; are full." in html
    (told,) = document["incidents"]
    assert (told["name"], told["status"], told["impact"]) == ("Slow disks", "identified", "major")
    assert [one["status"] for one in told["incident_updates"]] == ["identified", "investigating"]
    assert document["status"]["indicator"] == "major"
    assert {part["id"]: part["status"] for part in document["components"]}["analyses"] == (
        "partial_outage"
    )
    assert entry.findtext(f"{ATOM}title") == "Slow disks (identified)"
    own_page = entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver")
    assert "We look at it." in page(own_page).text


def test_a_resolved_incident_is_past(page, incident):
    telling.update(incident, Incident.State.RESOLVED, "New disks.", actor="user:ada")

    html, document = page().text, page("/status.json").json()

    assert "All systems operational" in html
    assert "New disks." in html.partition("The last three months")[2]
    assert document["incidents"] == []


def test_maintenance_is_shown_while_it_is_on_and_once_it_is_announced(page):
    now = timezone.now()
    soon, later = now + timedelta(hours=1), now + timedelta(hours=2)
    Maintenance.objects.create(scope="submit", message="New disks.", ends_at=soon)
    Maintenance.objects.create(
        scope="service", message="New house.", announced_from=now, starts_at=soon, ends_at=later
    )
    Maintenance.objects.create(scope="webhooks", message="A secret.", starts_at=soon)
    config._keeper.catch_up()

    html, document = page().text, page("/status.json").json()

    assert "Maintenance under way" in html
    assert "New disks." in html
    assert "New house." in html
    assert "A secret." not in html
    assert sorted(one["status"] for one in document["scheduled_maintenances"]) == [
        "in_progress",
        "scheduled",
    ]


def test_the_page_is_served_while_the_service_is_closed(client):
    Maintenance.objects.create(scope="service", message="New disks.")
    config._keeper.catch_up()

    assert client.get("/").status_code == 503
    assert client.get("/status").status_code == 200


@pytest.mark.usefixtures("known_switches")
def test_many_visitors_cost_one_look(client, incident, django_assert_num_queries):
    client.get("/status")

    with django_assert_num_queries(0):
        for path in ("/status", "/status.json", "/status/feed.atom", "/status/badge.svg"):
            assert client.get(path).status_code == 200


def test_what_is_left_out_under_load_is_told(page):
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally

    tally, minute = Tally(BY_NAME), int(timezone.now().timestamp() // 60)
    tally.add(BY_NAME["load_level"].kind, "load_level", 3, {}, minute)
    save(minute, tally.take()[minute])

    assert "New work of anonymous clients and batches is refused." in page().text
    assert page("/status.json").json()["load"] == "shedding"


# --- Without its database ------------------------------------------------------------------


def test_a_copy_comes_back_as_it_was_kept(incident):
    Maintenance.objects.create(scope="submit", message="New disks.")
    config._keeper.catch_up()
    seen = snapshot.look(timezone.now())

    copies.keep(seen)

    assert copies.last_known() == seen


def test_the_copy_of_the_file_serves_where_the_cache_lost_its_own(incident):
    from django.core.cache import cache

    seen = snapshot.look(timezone.now())
    copies.keep(seen)
    cache.clear()

    assert copies.last_known() == seen


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"as_of": 3}'])
def test_a_copy_that_nobody_understands_is_none(settings, text):
    (settings.DATA_DIR / "status-page.json").write_text(text)

    assert copies.last_known() is None


def test_without_a_copy_there_is_still_something_to_tell():
    shown = snapshot.without_database(None, timezone.now())

    assert {part.key: part.condition for part in shown.parts}["analyses"] is Condition.MAJOR_OUTAGE
    assert shown.headline.indicator == "major"


@pytest.fixture
def production(pairs):
    from tests.processes import Installation

    with Installation.on(pairs.new("production")) as installed:
        yield installed


def test_the_last_page_is_served_when_the_database_is_gone(production):
    from urllib.request import urlopen

    production.manage("incident", "open", "Slow disks", "--message", "We look at it.")
    web = production.start_web()
    before = urlopen(f"{production.base_url}/status", timeout=10).read().decode()
    web.stop()
    production.start_web(DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")

    answer = urlopen(f"{production.base_url}/status", timeout=10)
    after = answer.read().decode()
    document = json.load(urlopen(f"{production.base_url}/status.json", timeout=10))

    assert answer.status == 200
    assert "We look at it." in before
    assert "We look at it." in after
    assert "Our database cannot be reached." not in before
    assert "Our database cannot be reached." in after
    assert document["is_live"] is False


# --- Telling -------------------------------------------------------------------------------


def test_what_is_resolved_cannot_be_told_on(incident):
    assert telling.update(incident, Incident.State.RESOLVED, "Done.", actor="x") is True

    assert telling.update(incident, Incident.State.MONITORING, "Or not?", actor="x") is False
    assert IncidentUpdate.objects.count() == 2


def test_every_telling_is_an_event_with_its_author(incident):
    telling.update(incident, Incident.State.RESOLVED, "Done.", actor="user:bob")

    told = [(event.name, event.actor) for event in Event.objects.order_by("id")]
    assert told == [("incident.opened", "user:ada"), ("incident.resolved", "user:bob")]


def test_the_command_tells_a_whole_story():
    opened, code = run(
        "incident", "open", "Slow", "--message", "We look.", "--part", "api", "--json"
    )
    number = str(json.loads(opened)["number"])
    listed = [run("incident", "list")[1]]
    run("incident", "update", number, "--state", "monitoring", "--message", "Better.")
    _, resolved = run("incident", "resolve", number, "--message", "Well.")
    words, after = run("incident", "list", "--json")

    assert (code, listed, resolved, after) == (0, [1], 0, 0)
    assert json.loads(words) == []
    everything = json.loads(run("incident", "list", "--all", "--json")[0])
    assert [told["state"] for told in everything[0]["updates"]] == [
        "resolved",
        "monitoring",
        "investigating",
    ]
    assert run("incident", "resolve", number, "--message", "Again.")[1] == 1
    assert run("incident", "resolve", "4711", "--message", "What?")[1] == 64


def test_staff_open_update_and_resolve_in_the_admin(admin_client, admin_user):
    form = {"title": "Slow", "impact": "minor", "parts": ["api"], "state": "investigating"}
    rows = {"updates-TOTAL_FORMS": 0, "updates-INITIAL_FORMS": 0}

    silent = admin_client.post("/admin/ops/incident/add/", {**form, **rows})
    admin_client.post("/admin/ops/incident/add/", {**form, **rows, "body": "We look."})
    address = f"/admin/ops/incident/{Incident.objects.get().pk}/change/"
    admin_client.post(address, {**form, **rows, "state": "resolved", "body": "Well."})

    assert "Say what customers should know." in silent.text
    row = Incident.objects.get()
    assert (row.state, row.parts) == ("resolved", ["api"])
    assert row.resolved_at is not None
    assert [told.actor for told in row.updates.all()] == [f"user:{admin_user.username}"] * 2
    assert admin_client.get(address).status_code == 200
