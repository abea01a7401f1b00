"""Is the gate awake before anybody has asked for anything?"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from tests.answers import ask, until
from tests.processes import Installation

AT_ONCE = 4


def gates(installed: Installation) -> int:
    """How many processes tell how full they are."""
    said = installed.manage("overload", "status", "--json", check=False).stdout
    return len(json.loads(said)["processes"])


def test_a_key_is_known_to_processes_that_were_never_asked(own_installation: Installation):
    words = ("apikey", "create", "--tier", "premium", "--name", "First", "--json")
    key = json.loads(own_installation.manage(*words).stdout)["secret"]
    own_installation.start_web(WEB_PROCESSES="1")
    until(lambda: gates(own_installation) > 0, at_most_seconds=20)

    def submit(_: int) -> int:
        shown = {"Authorization": f"Bearer {key}"}
        return ask(own_installation, "/api/v1/analyses", {"content": f"{uuid4()}"}, shown)[0]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert set(pool.map(submit, range(AT_ONCE))) == {202}
