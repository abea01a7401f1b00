from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
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
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clusters]:
    from tests.ops.queue.clusters import Clusters

    started = Clusters(tmp_path_factory.mktemp("clusters"))
    yield started
    for cluster in started.running:
        cluster.kill()


@pytest.fixture
def cluster(lasting: Clusters, transactional_db: None) -> Cluster:
    """One for all tests of a file, which must be able to bear each other's jobs and kills.

    A file that has it starts no other clusters: this one would do their jobs.
    """
    return lasting.running[0] if lasting.running else lasting.start_ready()
