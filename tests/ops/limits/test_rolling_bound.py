"""In no window of the length w, wherever it starts, does a client spend more than its quota."""

from __future__ import annotations

import itertools
import pathlib
import tempfile
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ops.limits.algorithms.spending import Charge, price_of
from tests.ops.limits import clocks


@cache
def _redis():
    return clocks.redis(pathlib.Path())


NUMBERS = itertools.count()
QUOTAS = st.integers(1, 30)
WINDOWS = st.integers(0, 5)


class OneClient(RuleBasedStateMachine):
    """Spends, waits and gives back at random, while staff change the quota."""

    windows_ms = (7, 100, 999, 1000, 60_000, 86_400_000)
    make_store = staticmethod(clocks.memory)

    @initialize(quota=QUOTAS, window=WINDOWS)
    def begin(self, quota, window):
        self.folder = tempfile.TemporaryDirectory()
        self.store, self.clock = self.make_store(pathlib.Path(self.folder.name))
        self.clock.pass_ms(clocks.START_MS - self.clock.now_ms)
        self.quota, self.window_ms = quota, self.windows_ms[window % len(self.windows_ms)]
        self.key = f"client {next(NUMBERS)}"
        self.spent: list[tuple[int, int]] = []
        self.told_to_wait = None

    @rule(tenths=st.floats(0, 13))
    def wait(self, tenths):
        self.clock.pass_ms(int(tenths * self.window_ms / 10))
        self.told_to_wait = None

    @rule()
    def wait_nearly_a_window(self):
        self.clock.pass_ms(self.window_ms - 1)
        self.told_to_wait = None

    @rule(cost=st.integers(1, 12))
    def spend(self, cost):
        charge = self.charge(cost)
        answer = self.store.spend([charge])
        if answer.allowed:
            self.spent.append((answer.now_ms, charge.price))
            assert self.in_window() <= self.quota
        self.told_to_wait = None if answer.allowed else (answer.readings[0].wait_ms, cost)

    @precondition(lambda self: self.told_to_wait)
    @rule()
    def wait_as_told(self):
        wait_ms, cost = self.told_to_wait
        assert wait_ms <= 1.1 * self.window_ms + 11
        self.clock.pass_ms(wait_ms)
        assert self.store.spend([self.charge(cost)], commit=False).allowed
        self.told_to_wait = None

    @precondition(lambda self: self.spent)
    @rule(which=st.integers(0, 5))
    def give_back(self, which):
        spent_at_ms, price = self.spent.pop(-1 - which % len(self.spent))
        self.store.give_back(
            [Charge(self.key, 1_000, self.window_ms, price)], spent_at_ms=spent_at_ms
        )
        self.told_to_wait = None

    @rule(quota=QUOTAS)
    def edit_quota(self, quota):
        self.quota = quota
        self.told_to_wait = None

    @invariant()
    def the_store_never_forgets_what_is_in_the_window(self):
        if hasattr(self, "store"):
            used = self.store.spend([self.charge(1)], commit=False).readings[0].used
            assert used >= self.in_window()

    def charge(self, cost):
        return Charge(self.key, self.quota, self.window_ms, price_of(cost, self.quota))

    def in_window(self):
        begin = self.clock.now_ms - self.window_ms
        return sum(cost for at, cost in self.spent if at > begin)

    def teardown(self):
        if hasattr(self, "folder"):
            self.folder.cleanup()


class EditedWindows(OneClient):
    """As above, and staff also change the window: what was spent in the new one still counts."""

    @rule(window=WINDOWS)
    def edit_window(self, window):
        window_ms = self.windows_ms[window % len(self.windows_ms)]
        # What the shorter window had forgotten, nobody can count again.
        self.spent = [s for s in self.spent if self.clock.now_ms - s[0] < self.window_ms]
        self.window_ms = window_ms
        self.told_to_wait = None


CALM = settings(
    max_examples=80, stateful_step_count=40, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


class OneClientInSqlite(EditedWindows):
    make_store = staticmethod(clocks.sqlite)

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
        super().teardown()


class OneClientInRedis(EditedWindows):
    """Redis forgets keys by its own clock, which no test moves: only long windows here."""

    windows_ms = (60_000, 600_000, 86_400_000)

    make_store = staticmethod(lambda _: _redis())


TestInMemory = OneClient.TestCase
TestInMemory.settings = CALM
TestEditedWindows = EditedWindows.TestCase
TestEditedWindows.settings = CALM
TestInSqlite = OneClientInSqlite.TestCase
TestInSqlite.settings = settings(CALM, max_examples=25)
TestInRedis = OneClientInRedis.TestCase
TestInRedis.settings = settings(CALM, max_examples=25)
