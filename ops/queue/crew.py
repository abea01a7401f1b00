"""What do the processes of one cluster share?

Its sentinel gathers the crew before it forks the others, so they all inherit the same name, the
same pipe that says "no more work" and the same board of pulses.
"""

from __future__ import annotations

import mmap
import os
import select
import struct
import time
import uuid
from typing import ClassVar

from django.conf import settings

_SLOT = struct.Struct("=qd")
_SLOTS = 1024


class Crew:
    here: ClassVar[Crew | None] = None
    supervisor_pid: ClassVar[int | None] = None
    """Set before the cluster is forked; without a supervisor nobody would start it again."""

    def __init__(self, cluster_id: str) -> None:
        # One boot of one host: a container that starts again under its old name and pids must
        # not be taken for the one whose jobs were lost.
        self.name = f"{settings.OPS_HOSTNAME}:{cluster_id[:8]}"
        self.cluster_id = cluster_id
        self.sentinel_pid = os.getpid()
        self.stop_fd, self._stop_writer = os.pipe()
        self._pulses = mmap.mmap(-1, _SLOTS * _SLOT.size)

    @classmethod
    def gathered(cls, cluster_id: str = "") -> Crew:
        if cls.here is None:
            cls.here = cls(cluster_id or uuid.uuid4().hex)
        return cls.here

    # --- No more work ---------------------------------------------------------------------

    def dismiss(self) -> None:
        """Nobody reads the byte, so everybody who looks finds it."""
        if not self.is_dismissed():
            os.write(self._stop_writer, b"!")

    def is_dismissed(self) -> bool:
        return bool(select.select([self.stop_fd], [], [], 0)[0])

    def is_orphaned(self) -> bool:
        return os.getpid() != self.sentinel_pid and os.getppid() != self.sentinel_pid

    # --- Pulses ---------------------------------------------------------------------------

    def pulse(self) -> None:
        """A worker says that it is on shift."""
        pid = os.getpid()
        _SLOT.pack_into(self._pulses, self._slot(pid), pid, time.monotonic())

    def seconds_since_pulse(self, pid: int) -> float | None:
        """None for a process that never came on shift."""
        owner, at = _SLOT.unpack_from(self._pulses, self._slot(pid))
        return time.monotonic() - at if owner == pid else None

    @staticmethod
    def _slot(pid: int) -> int:
        return pid % _SLOTS * _SLOT.size
