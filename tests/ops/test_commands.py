import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ops.keys import opens
from ops.models import ApiKey, Client
from tests.commands import run
from tests.factories import ApiKeyFactory, ClientFactory, JobFactory, WorkerHostFactory

ROOT = Path(__file__).resolve().parents[2]


def run_for_real(tmp_path, *words, **changes):
    """In a process of its own, on a database that refuses."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "k3-" + "9fXq_Zw7LmT2vB8cRy4" * 4,
        "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment | changes,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# --- apikey --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_created_key_opens_its_client_and_is_all_that_is_printed():
    out, code = run("apikey", "create", "--name", "Newsroom", "--tier", "premium")

    key = ApiKey.objects.get()
    assert code == 0
    assert opens(key, out.strip())
    assert (key.client.name, key.client.tier) == ("Newsroom", "premium")


@pytest.mark.django_db
def test_a_second_key_belongs_to_the_same_client():
    owner = ClientFactory(name="Newsroom", tier="premium")

    out, _ = run("apikey", "create", "--name", "Newsroom", "--json")

    assert ApiKey.objects.get().client == owner
    assert json.loads(out)["secret"].startswith(json.loads(out)["prefix"])


@pytest.mark.django_db
def test_a_tier_is_never_changed_by_the_way():
    ClientFactory(name="Newsroom", tier="free")

    _, code = run("apikey", "create", "--name", "Newsroom", "--tier", "premium")

    assert code == 64
    assert Client.objects.get().tier == "free"


@pytest.mark.django_db
def test_keys_are_listed_without_secrets():
    ApiKeyFactory(client=ClientFactory(name="A", tier="premium"))
    ApiKeyFactory(client=ClientFactory(name="B"))

    out, _ = run("apikey", "list", "--tier", "premium", "--json")

    (facts,) = json.loads(out)
    assert facts["client"] == "A"
    assert facts["state"] == "usable"
    assert "digest" not in out


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["{0}", "cc_{0}", "cc_{0}_restofthekey"])
def test_a_key_is_revoked_by_whatever_part_is_known(form):
    key = ApiKeyFactory()

    _, code = run("apikey", "revoke", form.format(key.prefix))

    key.refresh_from_db()
    assert code == 0
    assert key.revoked_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [["revoke", "nosuchky"], ["create"], ["list", "--tier", "royal"], ["dance"], []],
)
def test_what_makes_no_sense_ends_with_64(words):
    assert run("apikey", *words)[1] == 64


# --- status --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_status_is_fine_when_workers_live_and_nobody_waits():
    WorkerHostFactory()
    JobFactory(dead=True)

    out, code = run("status", "--json")

    found = json.loads(out)
    assert (found["status"], code) == ("ok", 0)
    assert found["queue"]["workers_alive"] == 2
    assert found["queue"]["dead"] == 1


@pytest.mark.django_db(transaction=True)
def test_status_without_workers_is_degraded_and_says_why():
    out, code = run("status")

    assert code == 1
    assert "No worker is alive" in out


def test_status_with_the_database_down_says_so_and_ends_with_2(tmp_path):
    done = run_for_real(tmp_path, "status")

    assert done.returncode == 2
    assert "The database does not answer." in done.stdout
    assert "lacks migrations" not in done.stdout
    assert "Traceback" not in done.stderr


def test_status_as_json_is_nothing_but_json(tmp_path):
    done = run_for_real(tmp_path, "status", "--json")

    assert json.loads(done.stdout)["status"] == "down"


def test_a_command_that_needs_the_database_ends_with_2_and_one_sentence(tmp_path):
    done = run_for_real(tmp_path, "apikey", "list")

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [["status", "--bogus"], ["apikey"], ["apikey", "create"]])
def test_usage_errors_end_with_64(tmp_path, words):
    assert run_for_real(tmp_path, *words).returncode == 64


def test_colors_are_left_out_for_whoever_asks(tmp_path):
    done = run_for_real(tmp_path, "status", NO_COLOR="1", DJANGO_COLORS="light")

    assert "\x1b[" not in done.stdout


# --- doctor --------------------------------------------------------------------------------


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_the_doctor_finds_what_is_missing_and_says_what_helps():
    out, code = run("doctor", "--json")

    results = {result["name"]: result for result in json.loads(out)["results"]}
    assert code == 1
    assert results["database"]["level"] == "ok"
    assert results["migrations"]["level"] == "ok"
    assert results["workers"]["remedy"] == "Run: manage.py worker"
    assert results["static files"]["remedy"] == "Run: manage.py collectstatic --noinput"
    assert results["clock"]["level"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_the_doctor_knows_the_versions_of_both_servers():
    out, _ = run("doctor")

    assert "✓ PostgreSQL version" in out
    assert "✓ Redis version" in out


def test_the_doctor_works_on_an_installation_where_nothing_does(tmp_path):
    done = run_for_real(tmp_path, "doctor", SECRET_KEY="short")

    assert done.returncode == 2
    assert "✗ database" in done.stdout
    assert "! redis" in done.stdout
    assert "! ops.W001" in done.stdout
    assert "Traceback" not in done.stderr
