"""In front of Django: who is let in, who is sent away, and what that costs."""

import io
import json
import time
from datetime import timedelta

import pytest
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from ops import keys
from ops.models import Client, Job, LevelOverride, Priority, Tier
from ops.overload import door, known_keys
from ops.overload.arrivals import arrival_of
from ops.overload.concurrency import Bounds, GradientLimit
from ops.overload.door import Door
from ops.overload.gate import Gate, Manners
from ops.overload.importance import Importance
from ops.overload.ladder import Level
from ops.overload.outlook import QueueOutlook
from ops.overload.refusal_log import RefusalLog
from ops.overload.watch import Watch, watch
from tests.analysis.api import Api, work_off
from tests.factories import JobFactory, WorkerHostFactory

pytestmark = pytest.mark.django_db


def environ(method="GET", path="/", **more):
    headers = {f"HTTP_{name.upper()}": value for name, value in more.items()}
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "REMOTE_ADDR": "192.0.2.1",
        "wsgi.input": io.BytesIO(),
        **headers,
    }


def a_watch(slots=1) -> Watch:
    """Its threads do not run: nothing changes behind a test's back."""
    gate = Gate(
        GradientLimit(Bounds(minimum=slots, maximum=slots)),
        clock=time.monotonic,
        manners=Manners(patience_seconds=(0.01,) * 4, line_per_slot=(9, 0, 0, 0)),
    )
    made = Watch(gate)
    made._started = True
    return made


class Knock:
    """Asks a door; keeps what it answers."""

    def __init__(self, door, environ):
        self.inside = False
        self.body = b"".join(door(environ, self._start))

    def _start(self, status, headers):
        self.status, self.headers = int(status[:3]), dict(headers)


def app(environ, start_response):
    start_response("200 OK", [])
    return [b"in"]


def a_key(tier: Tier) -> str:
    secret = keys.mint(Client.objects.create(name=f"{tier}", tier=tier)).secret
    known_keys.load()
    return secret


@pytest.mark.parametrize(
    ("method", "path", "tier", "importance"),
    [
        ("GET", "/admin/", None, Importance.CRITICAL),
        ("POST", "/admin/login/", None, Importance.CRITICAL),
        ("GET", "/api/v1/analyses/an_1", None, Importance.CRITICAL),
        ("GET", "/api/v1/limits", None, Importance.CRITICAL),
        ("DELETE", "/api/v1/analyses/an_1", None, Importance.LOW),
        ("POST", "/api/v1/analyses", None, Importance.LOW),
        ("POST", "/api/v1/analyses", Tier.FREE, Importance.NORMAL),
        ("POST", "/api/v1/analyses", Tier.PREMIUM, Importance.HIGH),
        ("POST", "/api/v1/analyses", Tier.STAFF, Importance.HIGH),
        ("POST", "/api/v1/batches", Tier.PREMIUM, Importance.LOW),
        ("GET", "/", None, Importance.NORMAL),
    ],
)
def test_the_importance_is_read_from_path_and_key(method, path, tier, importance):
    headers = {"authorization": f"Bearer {a_key(tier)}"} if tier else {}

    assert arrival_of(environ(method, path, **headers)).importance is importance


def test_an_invented_key_gains_nothing():
    found = arrival_of(environ("POST", "/api/v1/analyses", x_api_key="cc_invented"))

    assert found.importance is Importance.LOW


def test_a_revoked_key_is_forgotten():
    secret = a_key(Tier.PREMIUM)
    Client.objects.get().keys.get().revoke(timezone.now())

    known_keys.load()

    assert known_keys.tier_of(secret) == Tier.ANONYMOUS


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/static/site/logo.svg"])
def test_probes_and_static_files_pass_uncounted(path):
    watch = a_watch()
    watch.gate.enter(Importance.HIGH, 0)

    assert Knock(Door(app, watch), environ(path=path)).status == 200


@pytest.mark.parametrize(
    ("stamp", "seconds"),
    [
        ("t=1000.5", 9.5),
        ("1000.5", 9.5),
        ("", 0),
        ("t=soon", 0),
        ("t=2000", 0),
        ("t=nan", 0),
        ("1", 0),
    ],
)
def test_the_age_is_what_the_proxy_says_unless_it_is_nonsense(stamp, seconds):
    found = arrival_of(environ(x_request_start=stamp), now=1010.0)

    assert found.age_seconds == pytest.approx(seconds)


def test_milliseconds_are_understood():
    found = arrival_of(environ(x_request_start="t=1700000000500"), now=1_700_000_001.0)

    assert found.age_seconds == pytest.approx(0.5)


def test_a_full_process_sends_clients_away_with_a_problem_and_people_with_a_page():
    watch = a_watch()
    watch.gate.enter(Importance.HIGH, 0)
    entrance = Door(app, watch)

    api = Knock(entrance, environ("POST", "/api/v1/analyses", x_request_id="mine"))
    page = Knock(entrance, environ("GET", "/"))

    problem = json.loads(api.body)
    assert api.status == page.status == 503
    assert problem["code"] == "load_shed"
    assert problem["violated-policies"] == ["service-level"]
    assert problem["request_id"] == api.headers["X-Request-Id"] == "mine"
    assert int(api.headers["Retry-After"]) == problem["retry_after"] >= 1
    assert "Very busy" in page.body.decode()


def test_when_a_request_is_done_the_next_one_comes_in():
    watch = a_watch()
    entrance = Door(app, watch)

    answers = [Knock(entrance, environ("POST", "/api/v1/analyses")).status for _ in range(3)]

    assert answers == [200, 200, 200]
    assert watch.gate.in_flight == 0


def test_an_application_that_raises_gives_its_room_back():
    watch = a_watch()

    def broken(environ, start_response):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Knock(Door(broken, watch), environ())

    assert watch.gate.in_flight == 0


def force(level: Level) -> None:
    LevelOverride.objects.create(level=level, ends_at=timezone.now() + timedelta(hours=1))


@pytest.mark.parametrize(
    ("level", "method", "path", "tier", "status"),
    [
        (Level.SAVING, "POST", "/api/v1/analyses", None, 200),
        (Level.SHEDDING, "POST", "/api/v1/analyses", None, 503),
        (Level.SHEDDING, "POST", "/api/v1/analyses", Tier.FREE, 200),
        (Level.SHEDDING, "GET", "/", None, 200),
        (Level.LOCKDOWN, "POST", "/api/v1/analyses", Tier.FREE, 503),
        (Level.LOCKDOWN, "GET", "/", None, 503),
        (Level.LOCKDOWN, "POST", "/api/v1/analyses", Tier.PREMIUM, 200),
        (Level.LOCKDOWN, "GET", "/api/v1/analyses/an_1", None, 200),
        (Level.LOCKDOWN, "GET", "/admin/", None, 200),
    ],
)
def test_each_level_refuses_whom_it_says(level, method, path, tier, status):
    headers = {"x_api_key": a_key(tier)} if tier else {}
    force(level)

    assert Knock(Door(app, a_watch(4)), environ(method, path, **headers)).status == status


def test_what_a_level_refuses_still_counts_as_demand():
    watch = a_watch(1)
    entrance = Door(app, watch)
    force(Level.SHEDDING)

    for _ in range(50):
        Knock(entrance, environ("POST", "/api/v1/analyses"))

    assert watch.gate.tick().arrivals[Importance.LOW] == 50


# --- What holds further inside -------------------------------------------------------------


@pytest.fixture
def queue():
    """Sets what the process knows of the queue."""

    def knows(waiting, per_second=1.0):
        watch.queue = QueueOutlook(waiting, seconds_each=1 / per_second)

    yield knows
    watch.queue = None


def test_new_work_is_refused_when_it_would_wait_longer_than_promised(queue, settings):
    settings.OPS_WAIT_PROMISE = {"premium": 60, "free": 20, "anonymous": 10, "batch": 60}
    queue({Priority.FREE: 30})

    refused = Api.as_client(Tier.FREE).submit("A text.")

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (503, "queue_full")
    assert problem["violated-policies"] == ["wait-free"]
    assert 11 <= int(refused["Retry-After"]) == problem["retry_after"] <= 14
    assert not Job.objects.exists()
    assert Api().submit("A text.").json()["code"] == "queue_full"
    assert Api.as_client(Tier.PREMIUM).submit("A text.").status_code == 202


def test_a_client_reads_how_much_fits_into_the_queue_before_its_work(queue, settings):
    settings.OPS_WAIT_PROMISE = {"premium": 60, "free": 20, "anonymous": 10, "batch": 60}
    queue({Priority.FREE: 15, Priority.BATCH: 500}, per_second=2.0)

    free = Api.as_client(Tier.FREE).get("/api/v1/limits").json()
    queue({Priority.FREE: 50}, per_second=2.0)
    full = Api.as_client(Tier.FREE).get("/api/v1/limits").json()

    assert free["max_wait"] == 25
    assert free["queue"] == {
        "name": "wait-free",
        "promised_seconds": 20,
        "wait_seconds": 7.5,
        "slots": 40,
        "used": 15,
        "remaining": 25,
    }
    assert (full["queue"]["used"], full["queue"]["remaining"]) == (40, 0)


def test_known_texts_and_texts_under_way_are_never_refused(queue):
    api, other = Api.as_client(Tier.FREE), Api.as_client(Tier.PREMIUM)
    api.submit("A known text.")
    work_off()
    api.submit("A text under way.")
    queue({Priority.PREMIUM: 10**6})

    assert other.submit("A known text.").status_code == 200
    assert other.submit("A text under way.").status_code == 202
    assert other.submit("A new text.").status_code == 503


def test_the_outlook_is_what_stands_in_the_queue(settings):
    from ops.overload import outlook

    WorkerHostFactory(worker_pids=[1, 2, 3])
    JobFactory.create_batch(4, priority=Priority.FREE)
    JobFactory.create_batch(2, priority=Priority.BATCH)
    began = timezone.now()
    JobFactory(done=True, started_at=began, finished_at=began + timedelta(seconds=0.5))

    found = outlook.look()

    assert found.waiting == {Priority.FREE: 4, Priority.BATCH: 2}
    assert found.per_second == pytest.approx(6)
    assert found.wait_seconds(Priority.PREMIUM) == 0
    assert found.wait_seconds(Priority.FREE) == pytest.approx(4 / 6)
    assert found.wait_seconds(Priority.BATCH) == pytest.approx(1)


def test_between_two_looks_it_is_told_what_came_and_what_was_done(settings):
    from ops.overload import outlook

    settings.OPS_WAIT_PROMISE = {"premium": 60, "free": 20, "anonymous": 10, "batch": 60}
    WorkerHostFactory(worker_pids=[1, 2])
    JobFactory.create_batch(3, priority=Priority.FREE)
    dead = JobFactory(priority=Priority.FREE, state=Job.State.DEAD, finished_at=timezone.now())
    before = outlook.look()

    JobFactory.create_batch(2, priority=Priority.PREMIUM)
    JobFactory(priority=Priority.ANONYMOUS)
    JobFactory(priority=Priority.BATCH)
    at = timezone.now()
    Job.objects.filter(pk__lt=dead.pk).update(
        state=Job.State.DONE, started_at=at - timedelta(seconds=0.5), finished_at=at
    )
    Job.objects.filter(pk=dead.pk).update(state=Job.State.WAITING, finished_at=None)  # tried again
    now = outlook.look(before)

    with_key = outlook.flow(before, now, Priority.FREE)
    without = outlook.flow(before, now, Priority.ANONYMOUS)
    assert (with_key.came, with_key.done, with_key.waiting) == (2, 3, 3)
    assert (without.came, without.done, without.waiting) == (3, 3, 4)
    assert with_key.fits == pytest.approx(20 * 4)
    assert without.fits == pytest.approx(10 * 4)
    assert with_key.seconds == pytest.approx((now.at - before.at).total_seconds())
    assert with_key.was_busy


def test_while_the_service_is_busy_nobody_waits_and_caches_keep_longer():
    api = Api.as_client(Tier.FREE)
    location = api.submit("A text.")["Location"]
    force(Level.BUSY)

    started = time.monotonic()
    answer = api.get(location, headers={"Prefer": "wait=20"})
    work_off()

    assert time.monotonic() - started < 2
    assert "Preference-Applied" not in answer
    assert api.get(location)["Cache-Control"] == "private, max-age=1500"


def test_the_same_gate_serves_waiting_requests_and_others():
    watch.gate.tick()
    before = watch.gate.in_flight

    with door.waiting():
        assert watch.gate.in_flight == before


# --- The log of refusals -------------------------------------------------------------------


def test_refusals_have_a_line_each_while_they_are_few_and_sums_in_a_flood(caplog):
    watch = a_watch()
    watch.refusals = RefusalLog(lines_per_tick=2)
    watch.gate.enter(Importance.HIGH, 0)
    entrance = Door(app, watch)
    caplog.set_level("INFO", "contentcreate.access")

    for number in range(5):
        Knock(entrance, environ("POST", "/api/v1/analyses", x_request_id=f"r{number}"))
    watch.refusals.tick()
    Knock(entrance, environ("POST", "/api/v1/analyses", x_request_id="later"))

    lines = [(line.message, line.__dict__) for line in caplog.records]
    assert [message for message, _ in lines] == ["request"] * 2 + ["requests refused", "request"]
    first, total = lines[0][1], lines[2][1]
    assert (first["request_id"], first["status"], first["priority"]) == ("r0", 503, "low")
    assert (total["times"], total["priority"], total["refused"]) == (3, "low", "line")
    assert lines[3][1]["request_id"] == "later"
    assert not any("/api/v1" in str(facts.get("path", "")) for _, facts in lines)


@pytest.fixture
def a_refused_address(settings):
    """192.0.2.1 has asked for more than its limit, and this process remembers it."""
    from ops.limits import edge, identity
    from ops.limits.this_process import limiter
    from ops.models import LimitPolicy
    from ops.models.config import edit

    settings.RATE_LIMIT_FACTOR = 1
    with edit():
        LimitPolicy.objects.filter(name="address").update(quota=2)
    claim = edge._claim(identity.origin("192.0.2.1", ""))
    for _ in range(3):
        limiter().hit(claim.policies, claim.asker)


def test_an_address_that_was_refused_is_answered_before_django(a_refused_address):
    front = Door(app, a_watch())

    refused = Knock(front, environ(path="/api/v1/analyses/an_1", x_request_id="abc"))
    other = Knock(front, environ(path="/api/v1/analyses/an_1") | {"REMOTE_ADDR": "192.0.2.2"})

    problem = json.loads(refused.body)
    assert refused.status == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["RateLimit"].startswith('"address";r=0;t=')
    assert int(refused.headers["Retry-After"]) == problem["retryAfter"] > 50
    assert problem["violated-policies"] == ["address"]
    assert problem["request_id"] == refused.headers["X-Request-Id"] == "abc"
    assert other.body == b"in"


def test_who_belongs_to_the_share_that_goes_is_not_asked_about_limits(a_refused_address):
    watch = a_watch()
    watch.gate.shedder.border.rank = 0
    entrance = Door(app, watch)

    answer = Knock(entrance, environ("POST", "/api/v1/analyses"))

    assert (answer.status, json.loads(answer.body)["code"]) == (503, "load_shed")
    assert watch.gate.tick().outcomes["shed"][Importance.LOW] == 1


def test_whom_a_list_names_is_asked_about_inside(a_refused_address):
    from ops.models import Admission

    Admission.objects.create(network="192.0.2.1/32", verdict=Admission.Verdict.ALLOW)

    assert Knock(Door(app, a_watch()), environ(path="/api/v1/me")).body == b"in"


def test_refused_pages_are_drawn_inside(a_refused_address):
    assert Knock(Door(app, a_watch()), environ(path="/docs")).body == b"in"


@pytest.fixture
def a_refused_client(client, settings):
    """127.0.0.1 without a key has submitted once, and may not again for a while."""
    from ops.models import LimitPolicy
    from ops.models.config import edit

    settings.RATE_LIMIT_FACTOR = 1
    with edit():
        LimitPolicy.objects.filter(name="anonymous-submit").update(quota=1)
    for status in (202, 429):
        answer = client.post("/api/v1/analyses", {"content": "One text."}, "application/json")
        assert answer.status_code == status
    return environ("POST", "/api/v1/analyses") | {
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": "99",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
    }


def test_a_client_that_was_refused_hears_the_same_before_django(a_refused_client):
    refused = Knock(Door(app, a_watch()), a_refused_client)

    problem = json.loads(refused.body)
    assert (refused.status, problem["code"]) == (429, "rate_limited")
    assert problem["violated-policies"] == ["anonymous-submit"]
    assert "with a key the limits are wider" in problem["detail"]
    assert refused.headers["RateLimit-Policy"].startswith('"anonymous-submit";q=1;w=60')


@pytest.mark.parametrize(
    "other",
    [
        {"PATH_INFO": "/api/v1/limits", "REQUEST_METHOD": "GET"},
        {"REQUEST_METHOD": "GET"},
        {"QUERY_STRING": "validate_only=true"},
        {"REMOTE_ADDR": "192.0.2.9"},
        {"HTTP_AUTHORIZATION": "Bearer cc_00000000_00000000000000000000000000000000000000"},
        {"CONTENT_LENGTH": "50000"},
    ],
)
def test_whoever_asks_for_something_else_is_asked_about_inside(a_refused_client, other):
    assert Knock(Door(app, a_watch()), a_refused_client | other).body == b"in"


def test_addresses_that_are_too_long_are_not_remembered(a_refused_client, client):
    query = "x=" + "y" * 1000
    path = f"{a_refused_client['PATH_INFO']}?{query}"

    assert client.post(path, {"content": "A text."}, "application/json").status_code == 429
    again = Knock(Door(app, a_watch()), a_refused_client | {"QUERY_STRING": query})

    assert again.body == b"in"


def test_a_client_is_let_in_as_soon_as_staff_loosen(a_refused_client):
    from ops.models import LimitPolicy
    from ops.models.config import edit

    with edit():
        LimitPolicy.objects.filter(name="anonymous-submit").update(quota=5)

    assert Knock(Door(app, a_watch()), a_refused_client).body == b"in"


def test_a_client_that_does_not_stop_gets_its_address_banned(a_refused_client):
    from ops.models import LimitPolicy
    from ops.models.config import edit

    with edit():
        LimitPolicy.objects.filter(name="address").update(ban_after=5)
    inside = Door(get_wsgi_application(), a_watch())

    answers = [json.loads(Knock(inside, a_refused_client).body) for _ in range(8)]

    named = [answer["violated-policies"] for answer in answers]
    assert named[:5] == [["anonymous-submit"]] * 5
    assert named[-1] == []
    assert "went on asking after it was refused" in answers[-1]["detail"]
