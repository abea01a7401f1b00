"""Which limits and switches are in force here? Snapshots of the rows that staff edit.

    limits = config.register("limits", load=read_the_rows, default=Limits())
    limits.current()  # an attribute look-up: no query, no lock

Each process has one thread that asks twice a second for the number of the last edit, and loads
what is registered when it has changed. A request that asked instead would pay for the query, and
hang with a frozen database; the thread hangs alone, and the last known values stay in force.
Rows belong into a snapshot when they are `ops.models.config.StaffEdited`.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, transaction

logger = logging.getLogger("contentcreate.config")

POLL_SECONDS = 0.5
FIRST_LOAD_PATIENCE_SECONDS = 1.0
_FORK_PATIENCE_SECONDS = 1.0
_UNKNOWN = -1

T = TypeVar("T")


class Snapshot(Generic[T]):
    """What was last loaded; the default until then, as on a machine whose database is down."""

    def __init__(self, name: str, load: Callable[[], T], default: T) -> None:
        self.name = name
        self._load = load
        self._default = default
        self._value = default

    def current(self) -> T:
        if not _keeper.is_in_step:
            _keeper.catch_up()
        return self._value

    def load(self) -> None:
        self._value = self._load()

    def forget(self) -> None:
        self._value = self._default


class Keeper:
    """Keeps all snapshots of this process in step with the database."""

    def __init__(self) -> None:
        self._snapshots: dict[str, Snapshot[Any]] = {}
        self._in_background = True
        self._begin()

    def _begin(self) -> None:
        self.is_in_step = False
        self._is_wanted = True
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._renewing = threading.RLock()
        self._loaded = threading.Event()
        self._wanted = threading.Event()
        self._version = _UNKNOWN
        self._is_failing = False

    def add(self, snapshot: Snapshot[Any]) -> None:
        self._snapshots[snapshot.name] = snapshot
        self._ask_again()

    def catch_up(self) -> None:
        """The first reader of a process waits for the first load, but not for a dead database."""
        if not self._in_background:
            self._renew_quietly()
        else:
            self._start()
            self._loaded.wait(FIRST_LOAD_PATIENCE_SECONDS)
        self.is_in_step = True

    def renew(self) -> None:
        with self._renewing:
            # The number is read first: an edit during the loading is seen by the next look.
            version = _version()
            if version != self._version:
                for snapshot in tuple(self._snapshots.values()):
                    snapshot.load()
                self._version = version

    def edited(self) -> None:
        """Called inside the transaction of an edit."""
        if self._in_background:
            transaction.on_commit(self._renew_quietly)
        else:
            self._ask_again()

    def follow_callers(self, *, blindly: bool) -> None:
        """For tests: no thread; whoever asks after an edit loads, on its own connection."""
        self._in_background = False
        self._ask_again()
        for snapshot in self._snapshots.values():
            snapshot.forget()
        self.is_in_step = blindly

    def before_fork(self) -> None:
        # A child that is made in the middle of a query inherits locks that nobody will open.
        self._fork_may_go_on = self._renewing.acquire(timeout=_FORK_PATIENCE_SECONDS)

    def after_fork_in_parent(self) -> None:
        if self._fork_may_go_on:
            self._renewing.release()

    def after_fork_in_child(self) -> None:
        self._begin()

    def _ask_again(self) -> None:
        self._version = _UNKNOWN
        self._loaded.clear()
        self._wanted.set()
        self.is_in_step = False

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="config")
                self._thread.start()

    def stop(self) -> None:
        """Ends the thread, once it is done with what it is doing."""
        self._is_wanted = False
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
        self._begin()

    def _run(self) -> None:
        while self._is_wanted:
            self._wanted.clear()
            if self._renew_quietly():
                self._loaded.set()
            # With a pool this gives the connection back; without one it keeps a healthy one.
            connection.close_if_unusable_or_obsolete()
            self._wanted.wait(POLL_SECONDS)
        connection.close()

    def _renew_quietly(self) -> bool:
        try:
            self.renew()
        except Exception as error:  # noqa: BLE001 - a dead thread would freeze all limits here
            if not self._is_failing:
                logger.warning("config not renewed", extra={"error": type(error).__name__})
            self._is_failing = True
            return False
        self._is_failing = False
        return True


def _version() -> int:
    versions = apps.get_model("ops", "ConfigVersion")._default_manager
    return versions.values_list("number", flat=True).first() or 0


_keeper = Keeper()
os.register_at_fork(
    before=_keeper.before_fork,
    after_in_parent=_keeper.after_fork_in_parent,
    after_in_child=_keeper.after_fork_in_child,
)


def register(name: str, *, load: Callable[[], T], default: T) -> Snapshot[T]:
    snapshot = Snapshot(name, load, default)
    _keeper.add(snapshot)
    return snapshot


def catch_up() -> None:
    """Loads now what the first reader would load."""
    _keeper.catch_up()


def edited() -> None:
    """The rows have changed; called by `ops.models.config.edit`, inside its transaction."""
    _keeper.edited()


def follow_callers(*, blindly: bool = False) -> None:
    """For tests: snapshots follow the caller's own transaction; blindly, they are the defaults."""
    _keeper.follow_callers(blindly=blindly)
