from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ops.queue.clusters import Clusters


@pytest.fixture
def clusters(transactional_db: None, tmp_path: Path) -> Iterator[Clusters]:
    """Real clusters on this test's database; killed before its tables are emptied."""
    # Named here, this file is read before Django knows its settings.
    from tests.ops.queue.clusters import Clusters

    started = Clusters(tmp_path)
    yield started
    started.kill()
