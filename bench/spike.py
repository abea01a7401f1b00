"""Does the console name the cause within a minute, and does its advice help? A rehearsed bad day.

    python -m bench.spike                       all acts, PostgreSQL and Redis
    python -m bench.spike machine endpoint      some of them
    python -m bench.spike --embedded            SQLite, no Redis

Four acts on real processes, on 127.0.0.1 alone: more come than fit, a worker's machine dies, a
client's webhook endpoint hangs; in each one the console is asked every two seconds, as a browser
would, until its verdict names the cause; a channel waits for the alert; the advice is taken; and
all must be well again, in the rush while it goes on as before. In the last one a web process is
killed, and nobody need do anything. The three rules that the acts are about are less patient than
usual (`PATIENCE`), or each act would take a quarter of an hour; the others are as patient as
ever, and must be silent unless what they say is true (`TRUE_BESIDES`). Whatever fired must be
resolved in the end, and each is told once. Exits with 1 when something that should have been
said was not, or the other way round.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil

from tests import bed, services
from tests.administrator import signed_in
from tests.processes import Installation, PairMaker, Process

ROOT = Path(__file__).parents[1]
USUAL_PER_SECOND = 3.0
DEMO_PER_SECOND = 1.5
"""In the mean of a day; by day it is up to twice as much."""
RUSH_SECONDS = 150
CROWD, CROWD_GROWS_BY, CROWD_AT_MOST = 81, 60, 750
"""Addresses without a key. More come until some of them have to be turned away."""
WANTED_PER_SECOND = 20 / 60
"""By each of them: twice what the limit allows, whatever is answered."""
LOOKS_IN_A_ROW = 4
PATIENCE = 15
EXPECTED = ("TrafficSurge", "WorkerStale", "WebhookEndpointFailing")
TRUE_BESIDES = ("ShedActive",)
CSRF = 32 * "x"
NAMED_WITHIN_SECONDS = 60.0
TOLD_WITHIN_SECONDS = 120.0
CALM_WITHIN_SECONDS = 200.0
RESOLVED_WITHIN_SECONDS = 300.0
"""After the last act, for the rules that are as patient as ever."""
REPLACED_WITHIN_SECONDS = 60.0
LOOK_EVERY_SECONDS = 2.0
OUTWARD = {
    "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
    "ALERT_NETWORKS": "127.0.0.0/8",
    "WEBHOOK_DEADLINE_SECONDS": "2",
    "RATE_LIMIT_FACTOR": "1",
}

PREPARE = f"""
from django.db.models import F
from django.db.models.functions import Least
from ops import keys
from ops.models import AlertChannel, AlertRule, Client
from ops.webhooks import endpoints
from ops.webhooks.signatures import new_secret
AlertRule.objects.filter(name__in={EXPECTED}).update(
    for_seconds=Least(F("for_seconds"), {PATIENCE}), keep_firing_seconds={PATIENCE}
)
AlertChannel.objects.create(
    name="rehearsal", kind="webhook", target=TARGET + "/alerts", secret=new_secret(),
    minimum_severity="info",
)
client = Client.objects.create(name="Newsroom", tier="premium")
wanted = endpoints.Wanted(url=TARGET + "/hooks", base_url="http://127.0.0.1")
endpoints.add(client, wanted)
print("MADE" + keys.mint(client).secret)
"""
DISABLE_ENDPOINTS = """
from django.utils import timezone
from ops.models import WebhookEndpoint
from ops.webhooks import endpoints
for one in WebhookEndpoint.objects.filter(enabled=True):
    endpoints.disable(one, WebhookEndpoint.Reason.STAFF, now=timezone.now())
"""


@dataclass
class Outside:
    """The world that is told things: the client's endpoint, and where alerts are posted."""

    hangs: threading.Event = field(default_factory=threading.Event)
    ends: threading.Event = field(default_factory=threading.Event)
    notices: list[tuple[float, str, str]] = field(default_factory=list)
    """When, on which occasion, of which rule."""

    def heard(self, occasion: str, rule: str) -> int:
        return sum((one, of) == (occasion, rule) for _, one, of in self.notices)


@contextlib.contextmanager
def outside() -> Iterator[tuple[Outside, str]]:
    world = Outside()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/alerts":
                data = json.loads(body)["data"]
                world.notices.append((time.monotonic(), data["occasion"], data["rule"]))
            elif world.hangs.is_set():
                world.ends.wait(30)
            with contextlib.suppress(OSError):
                self.send_response(204)
                self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield world, f"http://127.0.0.1:{server.server_port}"
    world.ends.set()
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Cause:
    is_named: str
    """How the verdict begins to speak of it."""
    lasts_until: float = 0.0
    """All must be well before."""


@dataclass
class Rehearsal:
    installed: Installation
    world: Outside
    key: str
    session: str
    began: float = field(default_factory=time.monotonic)
    failures: int = 0
    title: str = ""
    web: Process = field(init=False)
    workers: list[Process] = field(default_factory=list)

    def start_worker(self, name: str) -> Process:
        return self.installed.start_worker(WORKER_HOSTNAME=name, WORKERS="1", **OUTWARD)

    def has_both_hosts(self) -> bool:
        listed = self.installed.manage("workers", "list", "--json", check=False).stdout
        return [host["state"] for host in json.loads(listed or "[]")] == ["working"] * 2

    def say(self, words: str) -> None:
        seconds = int(time.monotonic() - self.began)
        print(f"{seconds // 60:>3}:{seconds % 60:02}  {words}", flush=True)

    def console(self) -> str:
        """What the overview says, without its markup."""
        request = urllib.request.Request(
            f"{self.installed.base_url}/admin/console/overview?now",
            headers={"Cookie": f"sessionid={self.session}"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            verdict = json.load(answer)["pieces"]["verdict"]
        if (title := re.findall(r"<h2>(.*?)</h2>", verdict)[0]) != self.title:
            self.title = title
            self.say(f"    the verdict is now: {title}")
        return " ".join(re.sub(r"<[^>]*>", " ", verdict).split())

    def keeps_saying(self, words: str) -> bool:
        """For some looks in a row, and not for the moment in which the gate learns."""
        for _ in range(LOOKS_IN_A_ROW):
            if words not in self.console():
                return False
            time.sleep(LOOK_EVERY_SECONDS)
        return True

    def press(self, address: str, **answers: str) -> None:
        """A button of the console, as the form behind it is sent."""
        request = urllib.request.Request(
            f"{self.installed.base_url}/admin/console/{address}",
            data=urllib.parse.urlencode(answers | {"csrfmiddlewaretoken": CSRF}).encode(),
            headers={"Cookie": f"sessionid={self.session}; csrftoken={CSRF}"},
        )
        urllib.request.urlopen(request, timeout=10).close()

    def fail(self, words: str) -> None:
        self.failures += 1
        self.say(f"WRONG: {words}")

    def wait(self, what: str, is_so: Callable[[], bool], at_most: float) -> bool:
        began = time.monotonic()
        while not (found := is_so()) and time.monotonic() - began < at_most:
            time.sleep(LOOK_EVERY_SECONDS)
        took = time.monotonic() - began
        if found:
            self.say(f"{what} after {took:.0f} s")
        else:
            self.fail(f"not within {at_most:.0f} s: {what}")
        return found

    def act(self, cause: Cause, rule: str, advice: Callable[[], str]) -> None:
        """The cause is there already; this is what must follow from it."""
        self.wait(
            f'the verdict says "{cause.is_named} …"',
            lambda: cause.is_named in self.console(),
            NAMED_WITHIN_SECONDS,
        )
        self.say(f"    {self.console()}")
        self.wait(
            f"{rule} fires", lambda: self.world.heard("firing", rule) > 0, TOLD_WITHIN_SECONDS
        )
        self.say(f"advice taken: {advice()}")
        self.wait(
            "all is well, and stays so",
            lambda: self.keeps_saying("All is well"),
            CALM_WITHIN_SECONDS,
        )
        self.say(f"    {self.console()}")
        if cause.lasts_until and time.monotonic() > cause.lasts_until:
            self.fail("it was over before all was well")
        still = max(0.0, cause.lasts_until - time.monotonic())
        self.wait(
            f"{rule} is resolved",
            lambda: self.world.heard("resolved", rule) > 0,
            still + CALM_WITHIN_SECONDS,
        )
        self.say("over\n")

    def load(
        self, per_second: float, seconds: float, addresses: range | None = None
    ) -> subprocess.Popen[str]:
        """From the client with a key, or from a crowd of addresses without."""
        kind = {"name": "of", "share": 1, "method": "POST", "path": "/api/v1/analyses"}
        crowd = {"keys": [], "addresses": [_address(number) for number in addresses or ()]}
        plan = {
            "port": self.installed.port,
            "kinds": [kind | (crowd if addresses else {"keys": [self.key]})],
            "rate": per_second,
            "seconds": seconds,
            "processor": None,
        }
        load = subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert load.stdin
        load.stdin.write(json.dumps(plan))
        load.stdin.close()
        return load


def _address(number: int) -> str:
    return f"127.0.{1 + number // 256}.{number % 256}"


def _answers(*loads: subprocess.Popen[str]) -> Counter[str]:
    """When they have ended."""
    found: Counter[str] = Counter()
    for load in loads:
        assert load.stdout
        found.update(json.loads(load.stdout.read())["of"]["statuses"])
        load.wait()
    return found


def _traffic_rises(rehearsal: Rehearsal) -> None:
    rehearsal.say(
        f"ACT 1: a crowd of {CROWD} addresses comes beside the Newsroom, each of which wants twice"
        " as much as it may; more come until some are turned away"
    )
    cause = Cause("Requests come", lasts_until=time.monotonic() + RUSH_SECONDS)
    newsroom = rehearsal.load(USUAL_PER_SECOND, RUSH_SECONDS)
    crowd = Crowd(rehearsal, cause.lasts_until)
    crowd.start()

    def advice() -> str:
        crowd.join()
        rehearsal.press("overload/profiles/spike", reason="a rehearsal", minutes="30")
        return "the spike profile is engaged; the rush goes on"

    rehearsal.act(cause, "TrafficSurge", advice)
    rehearsal.say(f"    the Newsroom was answered {dict(_answers(newsroom))}")
    rehearsal.say(f"    the crowd was answered {dict(_answers(*crowd.loads))}")
    rehearsal.press("overload/emergency/end")


class Crowd(threading.Thread):
    """Ends when there are so many that some are turned away all the time."""

    def __init__(self, rehearsal: Rehearsal, goes_at: float) -> None:
        super().__init__()
        self.loads: list[subprocess.Popen[str]] = []
        self._rehearsal, self._goes_at = rehearsal, goes_at

    def run(self) -> None:
        size = self._come(1, CROWD)
        while size < CROWD_AT_MOST and not self._rehearsal.keeps_saying("turned away"):
            size = self._come(size + 1, min(size + CROWD_GROWS_BY, CROWD_AT_MOST))
        self._rehearsal.say(
            f"    {size} addresses ask {size * WANTED_PER_SECOND:.0f} times a second"
        )

    def _come(self, first: int, last: int) -> int:
        addresses, seconds = range(first, last + 1), self._goes_at - time.monotonic()
        load = self._rehearsal.load(len(addresses) * WANTED_PER_SECOND, seconds, addresses)
        self.loads.append(load)
        time.sleep(LOOK_EVERY_SECONDS * LOOKS_IN_A_ROW)
        return last


def _pull_the_plug(worker: Process) -> None:
    """All at once: a cluster that outlives its supervisor would say good-bye."""
    family = psutil.Process(worker.pid).children(recursive=True)
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()
    worker.kill()


def _a_machine_dies(rehearsal: Rehearsal) -> None:
    rehearsal.say("ACT 2: the worker host anvil is killed")
    cause = Cause("Worker host anvil fell silent")
    _pull_the_plug(rehearsal.workers[0])

    def advice() -> str:
        rehearsal.start_worker("anvil")
        return "anvil is started again"

    rehearsal.act(cause, "WorkerStale", advice)


def _an_endpoint_hangs(rehearsal: Rehearsal) -> None:
    rehearsal.say("ACT 3: the Newsroom's webhook endpoint takes calls and never answers")
    cause = Cause("The webhook endpoint")
    rehearsal.world.hangs.set()
    load = rehearsal.load(1, 20)

    def advice() -> str:
        _answers(load)
        rehearsal.installed.manage("shell", "-c", DISABLE_ENDPOINTS)
        return "the endpoint is disabled by staff"

    rehearsal.act(cause, "WebhookEndpointFailing", advice)


def _a_web_process_dies(rehearsal: Rehearsal) -> None:
    rehearsal.say("ACT 4: one of the processes that answer requests is killed")
    before = _answering(rehearsal.web)
    load = rehearsal.load(USUAL_PER_SECOND, 20)
    before[0].kill()
    rehearsal.wait(
        "another one answers in its place",
        lambda: len(set(_answering(rehearsal.web)) - {before[0]}) == len(before),
        REPLACED_WITHIN_SECONDS,
    )
    answered = _answers(load)
    rehearsal.say(f"    the Newsroom was answered {dict(answered)}")
    rehearsal.wait(
        "all is well, and stays so",
        lambda: rehearsal.keeps_saying("All is well"),
        CALM_WITHIN_SECONDS,
    )
    rehearsal.say("over\n")


def _answering(web: Process) -> list[psutil.Process]:
    """Those that hold the door open, beside the one that looks after them."""
    found = []
    for one in psutil.Process(web.pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):  # it is being killed
            if one.net_connections("tcp"):
                found.append(one)
    return found


ACTS = {
    "traffic": _traffic_rises,
    "machine": _a_machine_dies,
    "endpoint": _an_endpoint_hangs,
    "replica": _a_web_process_dies,
}


def _judge_what_was_told(rehearsal: Rehearsal) -> None:
    world = rehearsal.world
    fired = {rule for _, occasion, rule in world.notices if occasion == "firing"}
    rehearsal.wait(
        "all that fired is resolved",
        lambda: all(world.heard("resolved", rule) for rule in fired),
        RESOLVED_WITHIN_SECONDS,
    )
    told = ", ".join(f"{rule} {occasion}" for _, occasion, rule in world.notices)
    rehearsal.say(f"everything that was told: {told}")
    for rule in sorted({rule for _, _, rule in world.notices}):
        _judge_a_rule(rehearsal, rule)


def _judge_a_rule(rehearsal: Rehearsal, rule: str) -> None:
    if rule not in {*EXPECTED, *TRUE_BESIDES}:
        rehearsal.fail(f"{rule} was told, and nothing of the kind was the matter")
    for occasion in ("firing", "resolved"):
        if (times := rehearsal.world.heard(occasion, rule)) != 1:
            rehearsal.fail(f"{rule} {occasion} was told {times} times")


@contextlib.contextmanager
def prepared(kind: str) -> Iterator[Rehearsal]:
    with (
        PairMaker() as pairs,
        outside() as (world, target),
        Installation.on(pairs.new(kind)) as installed,
    ):
        installed.manage("demo", "traffic", "--days", "2", "--rps", str(DEMO_PER_SECOND))
        said = installed.manage("shell", "-c", f"TARGET = {target!r}\n{PREPARE}").stdout
        key = said.partition("MADE")[2].strip()
        rehearsal = Rehearsal(installed, world, key, signed_in(installed))
        rehearsal.web = installed.start_web(**OUTWARD)
        rehearsal.workers = [rehearsal.start_worker(name) for name in ("anvil", "bellows")]
        rehearsal.wait("both hosts work", rehearsal.has_both_hosts, 60)
        rehearsal.wait("all is well", lambda: "All is well" in rehearsal.console(), 60)
        yield rehearsal


def main() -> int:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("acts", nargs="*", metavar="ACT", help=", ".join(ACTS))
    parser.add_argument("--embedded", action="store_true", help="SQLite, no Redis")
    words = parser.parse_args()
    if unknown := set(words.acts) - set(ACTS):
        parser.error(f"there is no act {', '.join(unknown)}; the acts are {', '.join(ACTS)}")
    # Whoever stops it by a signal finds nothing of it running afterwards.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    keeper = services.Keeper()
    try:
        os.environ[bed.POSTGRESQL] = keeper.services.postgresql_url
        os.environ[bed.REDIS] = keeper.services.redis_url
        with tempfile.TemporaryDirectory(prefix="contentcreate-bench-") as folder:
            os.environ[bed.SHARED_FOLDER] = folder
            with prepared("embedded" if words.embedded else "production") as rehearsal:
                for name in words.acts or ACTS:
                    ACTS[name](rehearsal)
                _judge_what_was_told(rehearsal)
                return int(rehearsal.failures > 0)
    finally:
        keeper.stop()


if __name__ == "__main__":
    sys.exit(main())
