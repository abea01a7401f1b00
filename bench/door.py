"""What does it cost to be sent away at the door, and what by the emptiest Django view?

    python -m bench.door

Both are called as a server would, in turns, in one thread: in a loop, and after the caches of the
processor were used for something else, as workers use them between two requests. Needs nothing.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from statistics import median

ROUNDS = 7
LOOP = 2000
COLD = 200
SOMETHING_ELSE = bytes(24 * 2**20)
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "contentcreate.settings",
    "LOG_LEVEL": "CRITICAL",
    "METRICS_FLUSH_SECONDS": "0",
}
KEY = "cc_" + "x" * 47
ENVIRON = {
    "REQUEST_METHOD": "POST",
    "PATH_INFO": "/api/v1/analyses",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "REMOTE_ADDR": "127.0.0.1",
    "CONTENT_TYPE": "application/json",
    "CONTENT_LENGTH": "2000",
    "HTTP_AUTHORIZATION": f"Bearer {KEY}",
    "wsgi.input": io.BytesIO(),
    "wsgi.url_scheme": "http",
}
urlpatterns: list = []
"""Of the emptiest application."""

Application = Callable[[dict, Callable], Iterable[bytes]]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="contentcreate-bench-") as folder:
        os.environ |= SETTINGS | {"DATA_DIR": folder}
        applications = {"refused at the door": door(), "the emptiest Django view": empty()}
        found = {(name, how): [] for name in applications for how in ("in a loop", "cold")}
        for _ in range(ROUNDS):
            for name, application in applications.items():
                found[name, "in a loop"].append(in_a_loop(application))
                found[name, "cold"].append(cold(application))
    ours, theirs = applications
    for how in ("in a loop", "cold"):
        one, other = median(found[ours, how]), median(found[theirs, how])
        print(f"{how:10} {ours} {one:5.1f} us, {theirs} {other:5.1f} us: {one / other:.2f} times")


def door() -> Application:
    """Of a process that lets nobody in."""
    import django

    django.setup()
    from ops.models import Tier
    from ops.overload import known_keys
    from ops.overload.concurrency import GradientLimit
    from ops.overload.door import Door
    from ops.overload.gate import Gate
    from ops.overload.watch import Watch

    watch = Watch(Gate(GradientLimit(), clock=time.monotonic))
    watch._started = True  # nothing looks and nothing ticks
    watch.gate.shedder.border.rank = 0
    known_keys.learn(KEY, Tier.FREE)
    return Door(lambda environ, start_response: [], watch)


def empty() -> Application:
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpResponse
    from django.test.utils import override_settings
    from django.urls import path

    urlpatterns.append(path("api/v1/analyses", lambda request: HttpResponse(b"Fine.")))
    override_settings(MIDDLEWARE=[], ROOT_URLCONF=__name__).enable()
    return WSGIHandler()


def in_a_loop(application: Application) -> float:
    began = time.process_time()
    for _ in range(LOOP):
        ask(application)
    return (time.process_time() - began) / LOOP * 1e6


def cold(application: Application) -> float:
    took = []
    for _ in range(COLD):
        SOMETHING_ELSE.count(b"else")
        began = time.perf_counter()
        ask(application)
        took.append((time.perf_counter() - began) * 1e6)
    return median(took)


def ask(application: Application) -> None:
    told: list[str] = []
    b"".join(application(dict(ENVIRON), lambda status, headers: told.append(status)))
    assert told[0][:3] in ("200", "503"), told


if __name__ == "__main__":
    main()
