"""What is to be done every so often? Some by each process, some by one of all.

The web processes do it too, so that it works without workers.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from ops.metrics.sampling import sample_process
from ops.metrics.turns import take_turn

logger = logging.getLogger("contentcreate.metrics")


def run() -> None:
    """Whatever is due and nobody else has taken. One that fails does not stop the others."""
    sample_process()
    for path, every in settings.OPS_ERRANDS.items():
        try:
            if take_turn(path, every):
                import_string(path)(timezone.now())
        except Exception:
            logger.exception("an errand failed", extra={"errand": path})
