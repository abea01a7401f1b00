"""Does a claim stay as cheap when a million jobs wait? Run by `python -m bench.queue claims`."""

import json
import os
import statistics
import sys
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.queues.ours_settings"

import django

django.setup()

from django.db import connection

from ops.queue import claims, session
from ops.queue.picks import picks

FILL = """
INSERT INTO ops_job (kind, key, payload, client_key, priority, region, pinned, fair_tag, state,
  ready, available_at, attempts, token, host, progress_done, progress_total, progress_step,
  error_code, error_message, created_at)
SELECT 'mark', 'row-' || n, '{}', 'client:' || mod(n, 500), 10 * (1 + mod(n, 4)), '',
  false, n / 500,
  'waiting', true, now(), 0, 0, '', 0, 0, '', '', '', now()
FROM generate_series(%s, %s) n
"""


def main(most: int) -> None:
    filled = 0
    print("\nclaims, PostgreSQL")
    for rows in (size for size in (100, 10_000, 100_000, 1_000_000) if size <= most):
        with connection.cursor() as cursor:
            cursor.execute(FILL, [filled + 1, rows])
            cursor.execute("VACUUM ANALYZE ops_job")
        filled = rows
        print(f"  {rows:>9,} waiting: p50 {_p50_ms():.2f} ms on the server")
    _show_plan()


def _p50_ms() -> float:
    """As the server tells it: its work, not how busy this machine is. Workers plan it once."""
    took = []
    for _ in range(101):
        (told,) = _explain("FORMAT JSON")
        told = json.loads(told) if isinstance(told, str) else told
        took.append(told[0]["Execution Time"])
    return statistics.median(took)


def _show_plan() -> None:
    print(*(f"    {line}" for line in _explain("COSTS OFF")), sep="\n")


def _explain(how: str) -> list[Any]:
    """Claims one job, on a connection as workers have it, and tells how."""
    session.open_own()
    pick = next(picks(overdue_first=False))
    statement = claims.claim_statement(True, pick.where, pick.order)
    params = claims.claim_params(pick, "bench", 1)
    rows = session.current().ask(f"EXPLAIN (ANALYZE, {how}) {statement}", params)
    return [line for (line,) in rows]


if __name__ == "__main__":
    main(int(sys.argv[1]))
