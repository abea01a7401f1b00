"""What do all processes of an installation answer?"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable

ANSWERS_IN_A_ROW = 30  # so many, and every process has answered


def ask(installed, path="/", body=None, headers=None):
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(
        installed.base_url + path,
        data=data,
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def seconds_until_all_answer(installed, status, path="/"):
    """From now to the first of many answers in a row that are as wanted."""
    began, since, row = time.monotonic(), None, 0
    while row < ANSWERS_IN_A_ROW:
        asked = time.monotonic()
        assert asked - began < 20
        if ask(installed, path)[0] == status:
            since, row = (asked if since is None else since), row + 1
        else:
            since, row = None, 0
    return since - began


def until(is_so: Callable[[], bool], *, at_most_seconds: float = 15) -> None:
    """Processes look once a second; nobody tells a test that they did."""
    deadline = time.monotonic() + at_most_seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)
