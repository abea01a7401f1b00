"""Does it come together in real processes? Web, worker, database, `/metrics`, alerts."""

import json
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

PATIENCE_SECONDS = 40
QUICK = {
    "METRICS_FLUSH_SECONDS": "0.5",
    "METRICS_SAMPLE_SECONDS": "0.5",
    "METRICS_TOKEN": "let-me-read",
    "WEB_STOP_SECONDS": "10",  # SQLite may be busy when the last counts are to be told
}


def get(installed, path, **headers):
    try:
        with urlopen(Request(installed.base_url + path, headers=headers), timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def metrics_of(installed):
    status, text = get(installed, "/metrics", Authorization="Bearer let-me-read")
    assert status == 200
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def eventually(find):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := find()):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return found


def wait_for_none(missing):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while still := missing():
        assert time.monotonic() < deadline, still
        time.sleep(0.2)


def total(read, beginning, *parts):
    return sum(
        value
        for name, value in read.items()
        if name.startswith(f"contentcreate_{beginning}") and all(part in name for part in parts)
    )


def test_counts_of_all_processes_meet_in_one_place(own_installation):
    web = own_installation.start_web(**QUICK)
    own_installation.start_worker(**QUICK)
    body = json.dumps({"content": "The cat sat on the mat. It was warm.", "format": "text"})
    for _ in range(20):
        assert get(own_installation, "/errors")[0] == 200
    wish = Request(
        own_installation.base_url + "/api/v1/analyses",
        body.encode(),
        {"Content-Type": "application/json"},
    )
    with urlopen(wish, timeout=20) as answer:
        assert answer.status == 202

    def missing():
        read = metrics_of(own_installation)
        figures = {
            "requests": total(read, "http_requests_total", 'route="/errors"') == 20,
            "times": total(read, "http_request_duration_seconds_count", 'route="/errors"') == 20,
            "jobs": total(read, "jobs_total", 'kind="analysis",state="done"') == 1,
            "engine": total(read, "engine_seconds_count", 'analyzer="parse"') == 1,
            "workers": total(read, "workers_alive") >= 1,
            "memory": total(read, "process_memory_bytes", 'role="web"') > 1e7,
        }
        return [name for name, there in figures.items() if not there]

    wait_for_none(missing)
    # What was counted in the last half second is told when the process ends.
    before = total(metrics_of(own_installation), "http_requests_total", 'route="/errors"')
    get(own_installation, "/errors")
    web.popen.terminate()
    web.popen.wait(20)
    shown = own_installation.manage("metrics", "show", "--json", check=False)
    routes = {route["route"]: route for route in json.loads(shown.stdout)["slowest"]}
    assert routes["/errors"]["requests"] == before + 1


def test_a_service_without_workers_says_so_by_itself(own_installation):
    own_installation.manage(
        "shell", "-c",
        "from ops.models import AlertRule, AlertChannel;"
        "AlertRule.objects.filter(name='NoWorkers').update(for_seconds=0);"
        "AlertChannel.objects.create(name='inside', kind='slack', target='http://10.0.0.1/')",
    )  # fmt: skip
    own_installation.start_web(**QUICK)

    def listed():
        found = own_installation.manage("alerts", "list", "--json", check=False)
        return found if "NoWorkers" in found.stdout else None

    found = eventually(listed)
    assert found.returncode == 2
    state = "from ops.models import AlertDelivery as D; print(*D.objects.values_list('error'))"
    # Nobody but the web process was there to try.
    assert eventually(
        lambda: "address_not_public" in own_installation.manage("shell", "-c", state).stdout
    )
