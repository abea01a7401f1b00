import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "HTTPS": "1",
    "SECRET_KEY": "k3-" + "9fXq_Zw7LmT2vB8cRy4" * 4,
    "ALLOWED_HOSTS": "content.example.org",
    "TRUSTED_PROXIES": "127.0.0.1",
    "DATABASE_URL": "postgres://service:word@db.internal:5432/contentcreate",
    "REDIS_URL": "redis://cache.internal:6379/0",
}


@pytest.fixture
def found(settings):
    """Which of our checks complain about these settings?"""

    def check(**changes):
        for name, value in changes.items():
            setattr(settings, name, value)
        messages = run_checks(tags=["ops"])
        assert all(message.hint for message in messages)
        return {message.id for message in messages}

    return check


def test_settings_as_shipped_are_calm(found):
    assert found(DATABASE_URL="", REDIS_URL="") == set()


@pytest.mark.parametrize("danger", [{"HTTPS": True}, {"ALLOWED_HOSTS": ["content.example.org"]}])
def test_debug_is_refused_where_others_can_see_it(found, danger):
    assert "ops.E001" in found(DEBUG=True, **danger)


def test_debug_is_fine_at_home(found):
    assert "ops.E001" not in found(DEBUG=True, HTTPS=False, ALLOWED_HOSTS=["localhost"])


@pytest.mark.parametrize(("seconds", "wrong"), [(0.3, True), (0, True), (0.5, False), (1, False)])
def test_the_guard_counts_in_powers_of_two(found, settings, seconds, wrong):
    cluster = settings.Q_CLUSTER | {"guard_cycle": seconds}

    assert ("ops.E003" in found(Q_CLUSTER=cluster)) is wrong


def test_calls_into_private_networks_are_for_development(found):
    assert found(OPS_OUTBOUND_ALLOWED_NETWORKS=["10.0.0.0/8"]) == set()
    assert "ops.W005" in found(HTTPS=True)
    assert "ops.E007" in found(OPS_OUTBOUND_ALLOWED_NETWORKS=["localhost"])


@pytest.mark.parametrize(("seconds", "wrong"), [(10, False), (25, False), (26, True), (0, True)])
def test_a_delivery_ends_before_its_job_is_stopped(found, seconds, wrong):
    assert ("ops.E008" in found(OPS_WEBHOOK_DEADLINE_SECONDS=seconds)) is wrong


@pytest.mark.parametrize(("timeout", "retry"), [(60, 60), (60, 30), (None, 60)])
def test_work_is_not_retried_while_it_runs(found, settings, timeout, retry):
    cluster = settings.Q_CLUSTER | {"timeout": timeout, "retry": retry}

    assert "ops.E004" in found(Q_CLUSTER=cluster)


def test_a_made_up_secret_is_refused_in_production(found):
    assert "ops.E005" in found(DATABASE_URL="postgres://x", SECRET_KEY_IS_EPHEMERAL=True)
    assert "ops.E005" not in found(DATABASE_URL="", SECRET_KEY_IS_EPHEMERAL=True)


def test_a_short_secret_is_named(found):
    assert "ops.W001" in found(DATABASE_URL="postgres://x", SECRET_KEY="short")


def test_a_folder_that_is_a_file_is_named(found, tmp_path):
    (tmp_path / "data").write_text("")

    assert "ops.E006" in found(DATA_DIR=tmp_path / "data")


def test_a_folder_that_is_not_there_yet_is_fine(found, tmp_path):
    assert "ops.E006" not in found(DATA_DIR=tmp_path / "not" / "yet")


def test_postgresql_without_redis_is_named(found):
    assert "ops.W002" in found(DATABASE_URL="postgres://x", REDIS_URL="")


def test_public_hosts_want_names_and_https(found):
    assert {"ops.W003", "ops.W004"} <= found(ALLOWED_HOSTS=["*"], HTTPS=False)
    assert not {"ops.W003", "ops.W004"} & found(ALLOWED_HOSTS=["example.org"], HTTPS=True)


def manage(folder, *words, **changes):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder)} | PRODUCTION | changes
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def check_deploy(folder, **changes):
    return manage(folder, "check", "--deploy", "--fail-level", "WARNING", **changes)


def test_production_settings_pass_every_deployment_check(tmp_path):
    """Neither server is there: checks must not need them."""
    done = check_deploy(tmp_path)

    assert done.returncode == 0, done.stderr


def test_a_deployment_without_a_secret_does_not_pass(tmp_path):
    done = check_deploy(tmp_path, SECRET_KEY="")

    assert done.returncode != 0
    assert "ops.E005" in done.stderr


def test_a_worker_that_takes_itself_for_a_web_process_does_not_start(tmp_path):
    done = manage(tmp_path, "qcluster", PROCESS_ROLE="web")

    assert done.returncode != 0
    assert "ops.E002" in done.stderr
