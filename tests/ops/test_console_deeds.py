"""What does each button of the console do, and what does it leave behind?"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from ops import events
from ops.models import (
    Admission,
    Alert,
    AlertRule,
    BreakerSwitch,
    Emergency,
    Event,
    Incident,
    Job,
    LevelOverride,
    LimitOverride,
    LimitPolicy,
    Maintenance,
    Pause,
    Silence,
    StrictMode,
    Tick,
)
from tests.factories import ClientFactory, JobFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]

WHY = {"reason": "storm", "minutes": "30"}


@pytest.fixture
def press(admin_client):
    """A button by its name; returns what the page then says."""

    def post(name, *args, **data):
        answer = admin_client.post(reverse(f"console-{name}", args=args), data)
        assert answer.status_code == 302
        events.flush()
        return [str(message) for message in get_messages(answer.wsgi_request)][-1:]

    return post


def last_event():
    return Event.objects.order_by("-id").first()


def undo(press):
    return press("event-undo", last_event().pk)


def test_a_profile_is_engaged_for_a_while_and_undone(press):
    press("emergency-engage", "spike", **WHY)

    row = Emergency.objects.get()
    assert row.actor == "user:admin"
    assert timedelta(minutes=29) < row.ends_at - timezone.now() <= timedelta(minutes=30)
    assert undo(press) == ["Undone: emergency.engaged."]
    assert Emergency.objects.get().ended_at is not None


@pytest.mark.parametrize("data", [{"minutes": "30"}, {"reason": "storm"}, {}])
def test_nothing_is_engaged_without_a_reason_and_an_end(press, data):
    said = press("emergency-engage", "spike", **data)

    assert "Say" in said[0]
    assert not Emergency.objects.exists()


def test_a_lockdown_must_be_typed(press):
    assert "type “lockdown”" in press("emergency-engage", "lockdown", **WHY)[0]
    assert not Emergency.objects.exists()

    press("emergency-engage", "lockdown", typed="lockdown", **WHY)
    assert Emergency.objects.exists()


def test_a_level_is_held_and_released(press):
    press("level-hold", level="2", **WHY)
    assert LevelOverride.objects.get().level == 2

    press("level-release")
    assert LevelOverride.objects.get().ended_at is not None
    assert press("level-release") == ["The level is automatic already."]


def test_back_to_normal_ends_all_that_was_set_by_hand(press):
    press("emergency-engage", "spike", **WHY)
    press("level-hold", level="3", **WHY)
    press("strict-begin", anonymous="10", free="50", premium="100", **WHY)

    press("normal")

    assert not Emergency.objects.filter(ended_at=None).exists()
    assert not LevelOverride.objects.filter(ended_at=None).exists()
    assert not StrictMode.objects.filter(ends_at__gt=timezone.now()).exists()


def test_a_feature_is_closed_with_a_message_and_opened(press):
    press("maintenance-close", scope="batches", message="Back soon.", begins_in="0", **WHY)

    row = Maintenance.objects.get()
    assert (row.scope, row.message, row.ended_at) == ("batches", "Back soon.", None)
    press("maintenance-open", row.pk)
    row.refresh_from_db()
    assert row.ended_at is not None


def test_maintenance_that_begins_later_is_announced(press):
    press("maintenance-close", scope="service", begins_in="60", **WHY)

    row = Maintenance.objects.get()
    assert row.announced_from < row.starts_at < row.ends_at


def test_a_breaker_is_held_open_and_decides_again(press):
    press("breaker-hold", "webhooks", "open", **WHY)
    assert BreakerSwitch.objects.get().position == "open"

    press("breaker-auto", "webhooks")
    assert not BreakerSwitch.objects.exists()


def test_a_client_gets_another_quota_for_a_while(press):
    ClientFactory(name="Newsroom")
    policy = LimitPolicy.objects.first()

    press("quota-give", who="Newsroom", policy=policy.name, quota="7", **WHY)

    row = LimitOverride.objects.get()
    assert (row.quota, row.reason) == (7, "storm")
    press("quota-end", row.pk)
    assert not LimitOverride.objects.exists()


@pytest.mark.parametrize("who", ["Newsroom", "192.0.2.7", "2001:db8::/32"])
def test_clients_and_addresses_are_kept_out_for_a_while(press, who):
    ClientFactory(name="Newsroom")

    press("exception-deny", who=who, **WHY)

    row = Admission.objects.get()
    assert row.verdict == "deny"
    assert row.expires_at > timezone.now()
    press("exception-end", row.pk)
    assert not Admission.objects.exists()


def test_an_address_is_banned_and_the_ban_is_undone(press):
    press("limit-ban", who="192.0.2.9", **WHY)

    banned = Event.objects.get(name="limits.banned_by_staff")
    assert press("event-undo", banned.pk) == ["Undone: limits.banned_by_staff."]
    assert Event.objects.filter(name="limits.unbanned").exists()


@pytest.mark.parametrize("name", ["limit-ban", "limit-reset", "limit-unban", "exception-deny"])
def test_what_is_neither_client_nor_address_is_said_so(press, name):
    assert "neither" in press(name, who="nobody at all", **WHY)[0]


def test_everybody_has_less_until_it_ends(press):
    press("strict-begin", anonymous="10", free="40", premium="100", **WHY)
    assert str(StrictMode.objects.get().anonymous) == "0.10"

    assert press("strict-end") == ["Everybody has the usual quota again."]


def test_an_alert_is_taken_once(press):
    alert = Alert.objects.create(rule=AlertRule.objects.first(), state=Alert.State.FIRING)

    assert "is yours" in press("alert-take", alert.pk)[0]
    assert press("alert-take", alert.pk) == ["Somebody has it already, or it is over."]


def test_a_rule_is_silenced_and_the_silence_undone(press):
    press("rule-silence", AlertRule.objects.first().pk, **WHY)
    assert Silence.objects.at(timezone.now()).exists()

    undo(press)
    assert not Silence.objects.at(timezone.now()).exists()


def test_a_rule_is_watched_no_more_and_again(press):
    rule = AlertRule.objects.filter(enabled=True).first()
    press("rule-switch", rule.pk, "off")
    rule.refresh_from_db()
    assert not rule.enabled

    undo(press)
    rule.refresh_from_db()
    assert rule.enabled


def test_a_schedule_runs_now(press):
    tick = Tick.objects.create(name="prune jobs", next_at=timezone.now() + timedelta(hours=1))

    assert "is due now" in press("schedule-run", "job", "prune jobs")[0]

    tick.refresh_from_db()
    assert tick.next_at <= timezone.now()


def test_the_cache_of_reports_is_emptied_only_by_typing_its_name(press):
    from django.core.cache import caches

    caches["reports"].set("a", "kept")
    press("cache-purge", typed="yes", **WHY)
    assert caches["reports"].get("a") == "kept"

    press("cache-purge", typed="reports", **WHY)
    assert caches["reports"].get("a") is None
    assert last_event().name == "cache.purged"


def test_a_note_stands_in_the_timeline(press, admin_client):
    press("note", reason="The evening news linked to us.")

    assert "The evening news linked to us." in admin_client.get(reverse("console-events")).text


def test_a_pause_is_undone_from_its_event(press):
    press("pause", kind="", reason="new disks")

    undo(press)

    assert not Pause.objects.exists()


def test_an_edit_of_a_limit_is_undone_only_while_it_is_the_last(press):
    from ops.limits import staff

    policy = LimitPolicy.objects.first()
    for quota in (11, 22):
        before = staff.values_of(policy)
        policy.quota = quota
        policy.save()
        staff.record_edit(policy, before, actor="user:ada")
    events.flush()
    first, second = Event.objects.filter(name="limits.edited").order_by("id")

    assert "nothing left to undo" in press("event-undo", first.pk)[0]
    press("event-undo", second.pk)
    policy.refresh_from_db()
    assert policy.quota == 11


def test_an_edit_reads_as_what_was_and_what_is_with_its_reason(press, admin_client):
    ClientFactory(name="Newsroom")
    policy = LimitPolicy.objects.first()
    for quota in ("7", "9"):
        press("quota-give", who="Newsroom", policy=policy.name, quota=quota, **WHY)

    page = admin_client.get(reverse("console-events")).text

    assert f"storm · Newsroom: {policy.name} 9, quota 7 → 9, " in page
    assert "{" not in page.partition('data-piece="events"')[2].partition("</table>")[0]


def test_a_query_that_has_ended_is_not_stopped(press):
    assert press("query-stop", 999_999_999, **WHY) == ["It had ended already."]


def test_a_group_of_failed_jobs_waits_again(press):
    JobFactory.create_batch(2, dead=True, error_code="timeout")
    JobFactory(dead=True, error_code="permanent")

    press("failures-retry", kind="analysis", code="timeout")

    assert Job.objects.waiting().count() == 2
    assert last_event().name == "queue.retried"


def test_a_group_of_failed_jobs_is_given_up(press):
    JobFactory.create_batch(2, dead=True, error_code="timeout")
    JobFactory(dead=True, error_code="permanent")

    said = press("failures-discard", kind="analysis", code="timeout", reason="old")

    assert said == ["2 jobs were given up."]
    assert [job.error_code for job in Job.objects.dead()] == ["permanent"]
    assert (last_event().name, last_event().reason) == ("queue.discarded", "old")


def test_customers_are_told_of_an_incident(press):
    press("incident-open", title="Slow", body="We look into it.", impact="minor", part="api")

    assert Incident.objects.get().title == "Slow"


DEEDS = (
    ("emergency-engage", ["spike"]), ("emergency-end", []), ("normal", []), ("level-hold", []),
    ("level-release", []), ("maintenance-close", []), ("maintenance-open", [1]),
    ("limit-reset", []), ("limit-unban", []), ("limit-ban", []), ("quota-give", []),
    ("quota-end", [1]), ("exception-deny", []), ("exception-end", [1]), ("strict-begin", []),
    ("strict-end", []), ("cache-purge", []), ("query-stop", [1]),
    ("breaker-hold", ["webhooks", "open"]), ("breaker-auto", ["webhooks"]), ("alert-take", [1]),
    ("rule-silence", [1]), ("rule-switch", [1, "off"]), ("silence-all", []),
    ("silence-end", [1]), ("channel-test", [1]), ("schedule-run", ["job", "prune jobs"]),
    ("note", []), ("event-undo", [1]), ("failures-retry", []), ("failures-discard", []),
    ("incident-open", []),
)  # fmt: skip


def test_readers_can_press_nothing(client):
    person = User.objects.create_user("reader", password="secret", is_staff=True)
    person.groups.add(Group.objects.get(name="Console readers"))
    client.force_login(person)
    before = Event.objects.count()

    answers = {
        name: client.post(reverse(f"console-{name}", args=args), WHY).status_code
        for name, args in DEEDS
    }

    assert set(answers.values()) == {403}, answers
    assert Event.objects.count() == before


def test_operators_cannot_close_doors(client):
    person = User.objects.create_user("operator", password="secret", is_staff=True)
    person.groups.add(Group.objects.get(name="Console operators"))
    client.force_login(person)

    for name in ("normal", "level-release", "strict-end", "emergency-end", "silence-all"):
        assert client.post(reverse(f"console-{name}"), WHY).status_code == 403
    assert client.post(reverse("console-note"), WHY).status_code == 302


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/elsewhere", "/admin/"])
def test_a_button_leads_back_only_into_the_console(admin_client, back):
    answer = admin_client.post(reverse("console-note"), {"reason": "x", "back": back})

    path = answer["Location"].partition("?")[0]
    assert path == (back if back == "/admin/" else reverse("console-events"))
