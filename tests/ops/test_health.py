import threading
import time

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from ops.health.probes import Finding, Part, migrations
from ops.health.readiness import Level, Watch
from tests.factories import WorkerHostFactory


def well():
    return Finding(True, "fine")


def broken():
    raise ConnectionRefusedError("10.0.0.7 refused user postgres")


def test_livez_asks_no_database_and_is_never_stored(client, django_assert_num_queries):
    response = client.get("/livez")

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_probes_may_come_by_any_host_name_and_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/livez", headers={"host": "10.1.2.3:8000"}).status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/healthz"])
def test_probes_only_read(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_readiness_names_every_part(fresh_readiness, client):
    answer = client.get("/readyz").json()

    assert {"database", "migrations", "disk", "workers"} <= set(answer["checks"])
    assert answer["checks"]["database"]["status"] == "ok"
    assert answer["checks"]["migrations"]["status"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_migrations_that_were_applied_once_are_not_asked_for_again():
    assert migrations().well
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("ops")
    table = MigrationRecorder(connection)
    table.record_unapplied(*newest)

    found = migrations()

    table.record_applied(*newest)
    assert found.well


@pytest.mark.django_db(transaction=True)
def test_no_worker_alive_degrades_but_still_serves(fresh_readiness, client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["workers"]["status"] == "degraded"


@pytest.mark.django_db(transaction=True)
def test_a_worker_heard_from_makes_it_well(fresh_readiness, client):
    WorkerHostFactory()

    assert client.get("/healthz").json()["checks"]["workers"]["status"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_a_silent_worker_does_not_count(fresh_readiness, client):
    WorkerHostFactory(silent=True)

    assert client.get("/readyz").json()["checks"]["workers"]["status"] == "degraded"


@pytest.mark.django_db(transaction=True)
def test_verbose_is_text_for_people(fresh_readiness, client):
    response = client.get("/readyz?verbose")

    assert response["Content-Type"].startswith("text/plain")
    assert "[+] database:" in response.text


def test_a_vital_part_takes_the_service_down():
    found = Watch(lambda: [Part("database", broken, vital=True)]).readiness()

    assert found.level is Level.DOWN


def test_another_part_only_degrades_it():
    found = Watch(lambda: [Part("database", well, vital=True), Part("redis", broken)]).readiness()

    assert found.level is Level.DEGRADED


def test_what_is_published_names_no_host_or_user():
    (part,) = Watch(lambda: [Part("redis", broken)]).readiness().parts

    assert part.detail == "ConnectionRefusedError"


def test_a_frozen_part_costs_a_second_once_and_one_thread():
    thaw = threading.Event()

    def frozen():
        thaw.wait()
        return well()

    watch = Watch(lambda: [Part("redis", frozen), Part("database", well, vital=True)])
    started = time.perf_counter()
    first = watch.readiness()
    again = watch.readiness()
    seconds = time.perf_counter() - started
    asking = [thread for thread in threading.enumerate() if thread.name == "ask-redis"]
    thaw.set()

    assert 0.9 < seconds < 1.5
    assert [part.level for part in first.parts] == [Level.DEGRADED, Level.OK]
    assert again is first
    assert len(asking) == 1


def test_a_part_that_thaws_is_well_again():
    thaw = threading.Event()

    def frozen():
        thaw.wait()
        return well()

    watch = Watch(lambda: [Part("redis", frozen)])
    watch.readiness()
    thaw.set()
    watch.asking["redis"].thread.join()
    watch.fresh_until = 0.0

    assert watch.readiness().level is Level.OK


def test_many_askers_at_once_ask_the_parts_once():
    asked = []

    def counted():
        asked.append(1)
        return well()

    watch = Watch(lambda: [Part("database", counted, vital=True)])
    askers = [threading.Thread(target=watch.readiness) for _ in range(20)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(asked) == 1
