from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from tests.ops.queue.clusters import Cluster, Clusters


@pytest.fixture
def clusters(transactional_db: None, tmp_path: Path) -> Iterator[Clusters]:
    """Real clusters on this test's database; killed before its tables are emptied."""
    # Named here, this file is read before Django knows its settings.
    from tests.ops.queue.clusters import Clusters

    started = Clusters(tmp_path)
    yield started
    started.kill()


@pytest.fixture(scope="module")
def lasting(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Clusters]:
    from tests.ops.queue.clusters import Clusters, forget_hosts

    started = Clusters(tmp_path_factory.mktemp("clusters"))
    yield started
    with django_db_blocker.unblock():
        started.kill()
        forget_hosts()


@pytest.fixture
def cluster(lasting: Clusters, django_db_blocker: DjangoDbBlocker) -> Iterator[Cluster]:
    """One for all tests of a file, which must be able to bear each other's jobs and kills.

    A file that has it starts no other clusters, which would do its jobs. And its tests ask for no
    database of their own: its tables would be emptied under the hands of a cluster that works.
    """
    from tests.ops.queue.clusters import forget_jobs

    with django_db_blocker.unblock():
        yield lasting.running[0] if lasting.running else lasting.start_ready()
        forget_jobs()
