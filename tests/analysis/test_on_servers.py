"""Real web servers and workers: one batch, sent by many at once, worked off and fetched."""

import gzip
import json
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

PATIENCE_SECONDS = 60


def test_a_batch_that_many_send_at_once_is_made_once_and_worked_off(installation, key):
    name = str(uuid4())
    items = [{"custom_id": f"i{n}", "content": f"{name} was item {n}."} for n in range(20)]

    def send(_: int) -> tuple[int, dict]:
        body = {"items": items, "metadata": {"run": name}}
        headers = {"Idempotency-Key": name}
        return ask(f"{installation.base_url}/api/v1/batches", key, body, **headers)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))

    codes = {body.get("code", "taken") for _, body in answers}
    # A busy machine sheds batches first, which is no answer to keep either.
    assert "taken" in codes
    assert codes <= {"taken", "idempotency_in_progress", "load_shed"}
    assert len({body["id"] for status, body in answers if status == 202}) == 1
    batch = ended(next(body for status, body in answers if status == 202), key)
    assert batch["request_counts"]["succeeded"] == 20
    assert batches_made(installation, key, name) == 1
    results = urlopen(request(batch["urls"]["results"], key, **{"Accept-Encoding": "gzip"}))
    lines = [json.loads(line) for line in gzip.decompress(results.read()).splitlines()]
    assert {line["custom_id"] for line in lines} == {item["custom_id"] for item in items}
    assert all(line["result"]["analysis"]["results"]["complete"] for line in lines)


def ended(batch: dict, key: str) -> dict:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while batch["processing_status"] != "ended" and time.monotonic() < deadline:
        time.sleep(0.2)  # a client polls
        _, batch = ask(batch["urls"]["self"], key)
    return batch


def batches_made(installation, key: str, name: str) -> int:
    """However many requests asked for it."""
    _, page = ask(f"{installation.base_url}/api/v1/batches?limit=100", key)
    return sum(batch["metadata"].get("run") == name for batch in page["data"])


def ask(url: str, key: str, body: dict | None = None, **headers: str) -> tuple[int, dict]:
    try:
        with urlopen(request(url, key, body, **headers), timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def request(url: str, key: str, body: dict | None = None, **headers: str) -> Request:
    data = None if body is None else json.dumps(body).encode()
    fields = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **headers}
    return Request(url, data, fields)
