"""What does a worker do all day? One task of django-q2 is a work shift.

Within it the worker claims the best job the moment it is free, does it, and waits when there is
none. So nothing is fetched ahead, and idle workers do not stand in django-q2's own queue, whose
lock would die with them. Between shifts django-q2 may renew the worker.
"""

from __future__ import annotations

import os
import signal
import time

from django.db import InterfaceError, OperationalError

from ops.queue import guard, wake
from ops.queue.claims import take
from ops.queue.crew import Crew
from ops.queue.interrupts import INTERRUPT
from ops.queue.perform import perform, rest_without_database

SHIFT_SECONDS = 60.0
# Whatever happens to a wake-up call, no job waits longer than this for an idle worker.
LOOK_AGAIN_SECONDS = 1.0

# One claim in so many goes to the oldest job that has waited longer than the ageing time, however
# unimportant: with n older ones before it, it starts within 4 (n + 1) claims of one worker.
OVERDUE_EVERY = 4


def run_shift() -> None:
    Shift(Crew.gathered(), seconds=SHIFT_SECONDS).work()


class Shift:
    def __init__(self, crew: Crew, *, seconds: float) -> None:
        self.crew = crew
        self.pid = os.getpid()
        self.ends_at = time.monotonic() + seconds
        self.bell = wake.bell()
        self.claims = 0

    def work(self) -> None:
        signal.signal(INTERRUPT, signal.SIG_IGN)
        settled = False
        while self.goes_on():
            try:
                settled = settled or self._settle()
                self._work_or_wait()
            except (OperationalError, InterfaceError) as error:
                rest_without_database(error)

    def goes_on(self) -> bool:
        return self.may_work() and time.monotonic() < self.ends_at

    def may_work(self) -> bool:
        self.crew.pulse()
        return not (self.crew.is_dismissed() or self.crew.is_orphaned())

    def _settle(self) -> bool:
        guard.give_up_leftovers(self.crew, self.pid)
        return True

    def _work_or_wait(self) -> None:
        self.claims += 1
        overdue_first = self.claims % OVERDUE_EVERY == 0
        if claim := take(self.crew.name, self.pid, overdue_first=overdue_first):
            perform(claim, may_go_on=self.may_work)
        else:
            self.bell.wait(stop_fd=self.crew.stop_fd, seconds=LOOK_AGAIN_SECONDS)
