"""What does a worker do all day? One task of django-q2 is a work shift.

Within it the worker claims the best job the moment it is free, does it, and waits when there is
none. So nothing is fetched ahead, and idle workers do not stand in django-q2's own queue, whose
lock would die with them. Between shifts django-q2 may renew the worker.
"""

from __future__ import annotations

import os
import signal
import time
from functools import partial

from django.db import InterfaceError, OperationalError

from ops.queue import guard, outcomes, session, wake
from ops.queue.claims import Claim, take
from ops.queue.crew import Crew
from ops.queue.interrupts import INTERRUPT
from ops.queue.perform import Outcome, attempt, rest_without_database, tell

SHIFT_SECONDS = 60.0
# Whatever happens to a wake-up call, no job waits longer than this for an idle worker.
LOOK_AGAIN_SECONDS = 1.0

# One claim in so many goes to the oldest job that has waited longer than the ageing time, however
# unimportant: with n older ones before it, it starts within 4 (n + 1) claims of one worker.
OVERDUE_EVERY = 4


def run_shift() -> None:
    session.open_own(through_a_pooler=wake.bell().bears_a_pooler)
    Shift(Crew.gathered(), seconds=SHIFT_SECONDS).work()


class Shift:
    def __init__(self, crew: Crew, *, seconds: float) -> None:
        self.crew = crew
        self.pid = os.getpid()
        self.ends_at = time.monotonic() + seconds
        self.bell = wake.bell()
        self.claims = 0
        self._done: Claim | None = None
        """Finished, and to be told together with the question for the next job."""

    def work(self) -> None:
        signal.signal(INTERRUPT, signal.SIG_IGN)
        self._until_heard(self._settle)
        while self.goes_on():
            try:
                claim = self._next_or_wait()
            except (OperationalError, InterfaceError) as error:
                rest_without_database(error)
                self._recover()
                continue
            if claim:
                self._do(claim)
        self._hand_in()

    def goes_on(self) -> bool:
        return self.may_work() and time.monotonic() < self.ends_at

    def may_work(self) -> bool:
        self.crew.pulse()
        return not (self.crew.is_dismissed() or self.crew.is_orphaned())

    def _next_or_wait(self) -> Claim | None:
        self.claims += 1
        claim = self._next(overdue_first=self.claims % OVERDUE_EVERY == 0)
        self._done = None
        if claim is None:
            self.bell.wait(stop_fd=self.crew.stop_fd, seconds=LOOK_AGAIN_SECONDS)
        return claim

    def _next(self, *, overdue_first: bool) -> Claim | None:
        if self._done:
            return outcomes.finish_and_take(self._done, overdue_first=overdue_first)
        return take(self.crew.name, self.pid, overdue_first=overdue_first)

    def _do(self, claim: Claim) -> None:
        if outcome := attempt(claim):
            self._until_heard(outcome)
        else:
            self._done = claim

    def _hand_in(self) -> None:
        if self._done:
            self._until_heard(partial(outcomes.finish, self._done))
            self._done = None

    def _recover(self) -> None:
        """The answer may have been lost after the claim was made: then this job runs nowhere."""
        self._hand_in()
        self._until_heard(partial(guard.give_back_unheard, self.crew, self.pid))

    def _settle(self) -> bool:
        guard.give_up_leftovers(self.crew, self.pid)
        return True

    def _until_heard(self, outcome: Outcome) -> None:
        tell(outcome, self.may_work)
