"""What do the queue's tests have done? Small handlers that leave a trace in the database."""

from __future__ import annotations

import os
import signal
import time

from django.contrib.auth.models import Group

from ops.queue import NotYet, PermanentError, RetryLater

RAN = "ran: "
NOTED: list[object] = []


def note_at(moment: object) -> None:
    """In this process, for what is done at once."""
    NOTED.append(moment)


def note(name: str) -> None:
    """A row per run: what ran twice left two. Groups, as a table that other tests leave alone."""
    Group.objects.create(name=f"{RAN}{name} {time.time_ns()} {os.getpid()}")


def note_slowly(name: str, seconds: float) -> None:
    time.sleep(seconds)
    note(name)


def raise_error(words: str = "boom") -> None:
    raise ValueError(words)


def raise_permanent() -> None:
    raise PermanentError("There are no words in it.")


def ask_for_patience(seconds: float) -> None:
    raise RetryLater(seconds)


def wait_for_others() -> None:
    raise NotYet


def sleep_through_everything(seconds: float) -> None:
    """Neither the alarm nor an interrupt reaches it, as if it sat in a C library."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGUSR1, signal.SIGTERM})
    time.sleep(seconds)


def kill_the_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def return_what_cannot_be_saved() -> object:
    return lambda: None
