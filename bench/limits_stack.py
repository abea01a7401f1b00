"""What does a whole request cost: a refused one, a cached one, one behind all our doors?

    REDIS_URL=redis://127.0.0.1:6379/5 python -m bench.limits_stack

Requests go through the WSGI application in one thread of one process, so that processor time is
theirs alone. Needs a Redis of its own; `python -m bench.limits` starts one and ends with this.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

SETTINGS = {
    "theirs": "bench.peers.limits.stack_settings",
    "a new project's": "bench.peers.limits.new_project",
    "ours": "contentcreate.settings",
}
TEXT = (
    "The harbour was quiet while boats came home. People on the quay counted crates of fish "
    "before evening, because prices had risen again and nobody knew why it should be different. "
) * 15


@dataclass(frozen=True)
class Cost:
    """Of one request, in microseconds."""

    cpu: float
    wall: float


class Caller:
    """Calls the application as a server would."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self._application = get_wsgi_application()

    def status(self, method: str, path: str, body: bytes = b"", **fields: str) -> int:
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
            **fields,
        }  # fmt: skip
        told: list[str] = []
        answer = self._application(environ, lambda status, headers: told.append(status))
        b"".join(answer)
        answer.close()
        return int(told[0][:3])


def cost(call: Callable[[], int], expected: int, rounds: int) -> Cost:
    for _ in range(max(3, rounds // 20)):
        assert call() == expected, call()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(rounds):
        call()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Cost(1e6 * cpu / rounds, 1e6 * wall / rounds)


def theirs() -> dict[str, Cost]:
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from rest_framework.authtoken.models import Token

    call_command("migrate", run_syncdb=True, verbosity=0)
    token = Token.objects.create(user=User.objects.create(username="somebody"))
    caller, shown = Caller(), {"HTTP_AUTHORIZATION": f"Token {token.key}"}
    return {
        "a DRF view and nothing else": cost(lambda: caller.status("GET", "/bare"), 200, 2000),
        "django-ratelimit, two DRF throttles, token": cost(
            lambda: caller.status("GET", "/usual", **shown), 200, 1500
        ),
    }


def a_new_projects() -> dict[str, Cost]:
    caller = Caller()
    return {"a bare DRF view": cost(lambda: caller.status("GET", "/bare"), 200, 2000)}


def ours() -> dict[str, Cost]:
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "bench.peers.limits.our_urls"
    call_command("migrate", verbosity=0)
    caller, shown, calm = Caller(), _key("premium"), _key("free")
    numbers = iter(range(10**6))

    def submit(text: str, key: dict[str, str]) -> int:
        return caller.status(
            "POST", "/api/v1/analyses", json.dumps({"content": text}).encode(), **key
        )

    def analysed() -> int:
        status = submit(f"{TEXT} Number {next(numbers)}.", shown)
        _work()
        return status

    uncached = cost(analysed, 202, 60)
    submit(TEXT, shown)
    _work()
    found = {
        "a bare view behind all our doors": cost(
            lambda: caller.status("GET", "/api/v1/bare", **shown), 200, 2000
        ),
        "an uncached analysis": uncached,
        "a cached answer": cost(lambda: submit(TEXT, shown), 200, 400),
    }
    _tighten()
    submit(TEXT, calm)
    found["refused: the client's limit"] = cost(lambda: submit(TEXT, calm), 429, 1000)
    caller.status("GET", "/", REMOTE_ADDR="192.0.2.7")
    found["refused: the address' limit"] = cost(
        lambda: caller.status("GET", "/api/v1/bare", REMOTE_ADDR="192.0.2.7"), 429, 1000
    )
    return found


def _key(tier: str) -> dict[str, str]:
    from ops import keys
    from ops.models import Client

    client = Client.objects.create(name=tier, tier=tier)
    return {"HTTP_AUTHORIZATION": f"Bearer {keys.mint(client).secret}"}


def _work() -> None:
    from analysis.tasks import run_analysis
    from ops.models import Job

    for job in Job.objects.waiting():
        run_analysis(**job.payload)
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)


def _tighten() -> None:
    """Without the settings' factor, which lets the measured ones through."""
    from django.conf import settings

    from ops.limits.in_force import in_force
    from ops.models import LimitPolicy

    settings.RATE_LIMIT_FACTOR = 1
    LimitPolicy.objects.filter(name__in=["address", "free-submit"]).update(quota=1)
    assert in_force()


def measure(whose: str) -> None:
    import django

    django.setup()
    found = {"ours": ours, "theirs": theirs, "a new project's": a_new_projects}[whose]()
    print(json.dumps({name: [one.cpu, one.wall] for name, one in found.items()}))


def main() -> None:
    costs: dict[str, Cost] = {}
    for whose, settings in SETTINGS.items():
        with tempfile.TemporaryDirectory() as folder:
            costs |= _measured_elsewhere(whose, settings, folder)
    print(f"\n{'a whole request, µs':46}{'CPU':>8}{'wall':>8}")
    for name, one in costs.items():
        print(f"{name:46}{one.cpu:8.0f}{one.wall:8.0f}")
    _ratios({name: one.cpu for name, one in costs.items()})


def _measured_elsewhere(whose: str, settings: str, folder: str) -> dict[str, Cost]:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": settings, "DATA_DIR": folder, "DATABASE_URL": "",
        "SECRET_KEY": "bench", "METRICS_FLUSH_SECONDS": "0", "RATE_LIMIT_FACTOR": "100000",
        "LOG_LEVEL": "INFO", "GATE": "0",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bench.limits_stack", whose],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: Cost(*figures) for name, figures in found.items()}


def _ratios(cpu: dict[str, float]) -> None:
    refused = cpu["refused: the client's limit"]
    behind, bare = cpu["a bare view behind all our doors"], cpu["a bare DRF view"]
    alone = cpu["a DRF view and nothing else"]
    print(
        f"\nrefused / uncached analysis 1/{cpu['an uncached analysis'] / refused:.0f} · refused /"
        f" cached answer 1/{cpu['a cached answer'] / refused:.1f} · behind our doors"
        f" {bare / behind:.2f} of the bare view's requests per second ({alone / behind:.2f} of the"
        " view's that has nothing else), the usual combination"
        f" {bare / cpu['django-ratelimit, two DRF throttles, token']:.2f}"
    )


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
