"""What does a decision about three limits cost, and who keeps the quota? Side by side, one run.

    python -m bench.limits

Rivals that are not installed are left out; install them beside, never into the service:

    pip install --target PEERS limits==5.8.0 throttled-py==3.5.0 deprecated wrapt
    npm install --prefix PEERS rate-limiter-flexible@11 ioredis@5
    PYTHONPATH=PEERS NODE_PATH=PEERS/node_modules python -m bench.limits
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import limits_stack

ROUNDS = 3000
THREE = ((10**6, 1), (10**7, 60), (10**8, 86_400))
_names = itertools.count()


def fresh() -> str:
    return f"client-{next(_names)}"


def microseconds(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    for _ in range(rounds // 10):
        call()
    took = []
    for _ in range(rounds):
        started = time.perf_counter_ns()
        call()
        took.append(time.perf_counter_ns() - started)
    return statistics.median(took) / 1000


def admitted_of_400(make: Callable, url: str) -> int:
    decide, name = make(url, ((100, 60),)), fresh()
    with ThreadPoolExecutor(40) as threads:
        return sum(threads.map(lambda _: sum(decide(name) for _ in range(10)), range(40)))


def most_in_a_window(make: Callable, url: str, seconds: int = 2, quota: int = 50) -> int:
    """A client that asks at once and then without a pause, across the edge of a window."""
    decide, name = make(url, ((quota, seconds),)), fresh()
    time.sleep((seconds - 0.2 - time.time()) % seconds)  # shortly before the edge
    ends_at, times = time.time() + seconds + 0.3, []
    while time.time() < ends_at:
        asked_at = time.time()
        if decide(name):
            times.append(asked_at)
        time.sleep(0.001)
    return max(sum(1 for t in times if end - seconds < t <= end) for end in times)


def fresh_after_edit(make: Callable, url: str) -> int:
    """Spends 5 of 5; staff tighten to 3. What is let in now was handed out anew."""
    name = fresh()
    before = make(url, ((5, 60),))
    for _ in range(5):
        before(name)
    after = make(url, ((3, 60),))
    return sum(after(name) for _ in range(5))


def frozen(make: Callable, url: str, server: subprocess.Popen) -> str:
    decide, waits, failed = make(url, ((100, 60),)), [], 0
    decide(fresh())
    server.send_signal(signal.SIGSTOP)
    # Whatever they do must end: the longest known wait is 5 seconds for each call.
    waker = subprocess.Popen(["sh", "-c", f"sleep 6; kill -CONT {server.pid}"])
    for _ in range(5):
        started = time.perf_counter()
        try:
            decide(fresh())
        except Exception:  # noqa: BLE001  each has its own
            failed += 1
        waits.append(time.perf_counter() - started)
        if sum(waits) > 5:
            break
    server.send_signal(signal.SIGCONT)
    waker.wait()
    return f"{waits[0] * 1000:.0f}, then {waits[-1] * 1000:.2f}; {failed} errors"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        port = "63799"
        server = subprocess.Popen(
            ["redis-server", "--port", port, "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            run(f"redis://127.0.0.1:{port}/0", server, Path(folder))
            os.environ["REDIS_URL"] = f"redis://127.0.0.1:{port}/1"
            limits_stack.main()
        finally:
            server.send_signal(signal.SIGCONT)
            server.terminate()
            server.wait()


def run(url: str, server: subprocess.Popen, folder: Path) -> None:
    os.environ |= {
        "REDIS_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": "bench", "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "contentcreate.settings", "METRICS_FLUSH_SECONDS": "0",
    }  # fmt: skip
    import django
    from django.conf import settings

    # Stock packages count where projects let them: in the default cache of django-redis.
    settings.RATELIMIT_USE_CACHE = "stock"
    settings.CACHES["stock"] = settings.CACHES["default"] = {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
    }
    django.setup()
    time.sleep(0.5)
    compare(url, server)
    ours_elsewhere(url, folder)


def compare(url: str, server: subprocess.Popen) -> None:
    from django_redis import get_redis_connection

    from bench.peers.limits.contenders import available

    client = get_redis_connection("limits")
    ping = microseconds(client.ping)
    print(f"PING {ping:.0f} µs; a decision about three limits of one client, median:\n")
    print(f"{'':24}{'µs':>8}{'× PING':>8}{'of 400':>8}{'of 50':>8}{'fresh':>8}   frozen Redis, ms")
    for title, make in available(url).items():
        decide, name = make(url, THREE), fresh()
        took = microseconds(lambda decide=decide, name=name: decide(name), ROUNDS // 3)
        facts = (
            admitted_of_400(make, url),
            most_in_a_window(make, url),
            fresh_after_edit(make, url),
        )
        row = "".join(f"{fact:>8}" for fact in facts)
        print(
            f"{title:24}{took:8.0f}{took / ping:8.1f}{row}   {frozen(make, url, server)}",
            flush=True,
        )
        time.sleep(1)
    flexible(url, server)
    print(
        "\nof 400: admitted of 400 requests on 40 threads, quota 100 · of 50: most in any window of"
        " 2 s, quota 50\nfresh: let in after 5 of 5 were spent and the quota was tightened to 3\n"
    )


def flexible(url: str, server: subprocess.Popen) -> None:
    """rate-limiter-flexible asks from Node, which has a PING of its own."""
    program = Path(__file__).parent / "peers" / "limits" / "flexible.cjs"
    words = ["node", str(program), url, str(server.pid)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return
    facts = json.loads(done.stdout)
    row = "".join(f"{facts[name]:>8}" for name in ("of_400", "of_50", "fresh"))
    print(
        f"{'rate-limiter-flexible':24}{facts['took']:8.0f}{facts['took'] / facts['ping']:8.1f}{row}"
        f"   {facts['frozen_ms']} or never (Node, its own PING {facts['ping']:.0f} µs)",
        flush=True,
    )


def ours_elsewhere(url: str, folder: Path) -> None:
    import sqlite3

    from django_redis import get_redis_connection

    from bench.peers.limits.contenders import ours
    from ops.limits.stores.memory import MemoryStore
    from ops.limits.stores.redis import PREFIX
    from ops.limits.stores.sqlite import SqliteStore

    plain = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None)
    plain.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
        "CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER); INSERT INTO t VALUES ('a', 0);"
    )
    update = microseconds(lambda: plain.execute("UPDATE t SET n = n + 1 WHERE k = 'a'"))
    one = ours(SqliteStore(folder / "one.sqlite3"), THREE[:1])
    three = ours(SqliteStore(folder / "three.sqlite3"), THREE)
    memory = ours(MemoryStore(), THREE)
    took = [microseconds(lambda decide=decide: decide("a")) for decide in (one, three)]
    print(
        f"SQLite: one indexed UPDATE {update:.0f} µs, through Django {_update_by_django():.0f};"
        f" one limit {took[0]:.0f}, three {took[1]:.0f}"
    )
    print(f"memory: three limits {microseconds(lambda: memory('a')):.1f} µs")
    refused = ours(MemoryStore(), ((1, 3600),))
    refused("a")
    refused("a")
    print(f"whoever was refused, from memory: {microseconds(lambda: refused('a')):.1f} µs")
    client = get_redis_connection("limits")
    keys = list(client.scan_iter(PREFIX + "*client-*", count=1000))
    sizes = [client.memory_usage(key) for key in keys]
    print(f"Redis: {statistics.mean(sizes):.0f} bytes for each client and limit, most {max(sizes)}")


def _update_by_django() -> float:
    from django.core.management import call_command

    from ops.models import Client

    call_command("migrate", verbosity=0)
    rows = Client.objects.filter(pk=Client.objects.create(name="somebody").pk)
    return microseconds(lambda: rows.update(name="else"))


if __name__ == "__main__":
    main()
