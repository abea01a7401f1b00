"""Real processes tell what they counted. On PostgreSQL: SQLite's tests have no database file."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from ops.models import MetricSlot

PROGRAM = """
import multiprocessing, django
django.setup()
from ops import metrics

def work():
    metrics.count("events", name="child")

metrics.count("events", name="parent")
child = multiprocessing.get_context("fork").Process(target=work)
child.start()
child.join()
assert child.exitcode == 0
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_tells_what_it_counted_when_it_ends():
    """A child of multiprocessing, as django-q2's workers and Granian's are, and a plain one."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = os.environ | {
        "METRICS_FLUSH_SECONDS": "60",
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
    }

    subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True, timeout=60)

    told = {slot.series.labels: slot.total for slot in MetricSlot.objects.filter(length_seconds=60)}
    assert told['{"name":"parent"}'] == 1
    assert told['{"name":"child"}'] == 1
