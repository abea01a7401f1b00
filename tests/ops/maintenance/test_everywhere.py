"""Switches in real processes: known to all of them within a second, also without the stores."""

import json

from tests.answers import ask, seconds_until_all_answer

OBEYED_WITHIN_SECONDS = 1.0


def test_every_process_obeys_within_a_second(installation):
    seconds_until_all_answer(installation, 200)

    installation.manage("maintenance", "on", "--message", "We move.", "--until", "5m")
    try:
        closed_after = seconds_until_all_answer(installation, 503)
        status, page = ask(installation)
        api = ask(installation, "/api/v1/analyses", {"content": "A text."})
        health = ask(installation, "/livez")[0]
    finally:
        installation.manage("maintenance", "off")
    opened_after = seconds_until_all_answer(installation, 200)

    assert (status, "We move." in page) == (503, True)
    assert json.loads(api[1])["code"] == "maintenance"
    assert health == 200
    assert max(closed_after, opened_after) < OBEYED_WITHIN_SECONDS


def test_a_window_that_ends_opens_by_itself(installation):
    installation.manage("maintenance", "on", "--feature", "playground", "--until", "3s")
    try:
        assert seconds_until_all_answer(installation, 200) < 4
    finally:
        installation.manage("maintenance", "off")


def test_an_emergency_is_obeyed_by_the_door_and_ends(installation):
    body = {"content": "A text for an emergency."}
    installation.manage("emergency", "engage", "lockdown", "--reason", "tests", "--for", "5m")
    try:
        time_taken = seconds_until_all_answer(installation, 503)
        status, problem = ask(installation, "/api/v1/analyses", body)
        console = ask(installation, "/admin/login/")[0]
    finally:
        installation.manage("emergency", "end")
    seconds_until_all_answer(installation, 200)

    assert time_taken < OBEYED_WITHIN_SECONDS
    assert (status, json.loads(problem)["code"]) == (503, "load_shed")
    assert console == 200
    assert ask(installation, "/api/v1/analyses", body)[0] == 202


def test_without_database_and_redis_a_file_closes_this_machine(own_installation):
    dead = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    own_installation.start_web(**dead)
    assert ask(own_installation, "/docs")[0] == 200

    (own_installation.data_dir / "maintenance.json").touch()
    closed_after = seconds_until_all_answer(own_installation, 503, "/docs")
    problem = ask(own_installation, "/api/v1/analyses", {"content": "A text."})
    (own_installation.data_dir / "maintenance.json").unlink()
    opened_after = seconds_until_all_answer(own_installation, 200, "/docs")

    assert json.loads(problem[1])["code"] == "maintenance"
    assert max(closed_after, opened_after) < OBEYED_WITHIN_SECONDS


def test_the_environment_closes_what_is_started_with_it(own_installation):
    own_installation.start_web(MAINTENANCE="1")

    assert ask(own_installation)[0] == 503
    assert ask(own_installation, "/livez")[0] == 200
