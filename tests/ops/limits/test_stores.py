from __future__ import annotations

import pytest

from ops.limits.algorithms.spending import Charge, price_of

MINUTE = 60_000


def charge(key="a", quota=10, window_ms=MINUTE, cost=1, is_enforced=True):
    return Charge(key, quota, window_ms, price_of(cost, quota), is_enforced)


def admitted(store, charges, tries):
    return sum(store.spend(charges).allowed for _ in range(tries))


def test_exactly_the_quota_passes(store):
    assert admitted(store, [charge()], tries=25) == 10


@pytest.mark.parametrize("into_the_bucket_ms", [0, 1, 3_000, 5_999])
def test_nothing_returns_before_the_window_is_over(store, clock, into_the_bucket_ms):
    clock.pass_ms(into_the_bucket_ms)
    admitted(store, [charge()], tries=10)

    clock.pass_ms(MINUTE - 1)

    assert admitted(store, [charge()], tries=5) == 0


def test_a_refusal_consumes_nothing_on_any_policy(store):
    wide, narrow = charge("wide", quota=10), charge("narrow", quota=1)

    assert admitted(store, [wide, narrow], tries=6) == 1

    assert store.spend([wide], commit=False).readings[0].used == 1


def test_a_client_that_waits_as_long_as_it_was_told_succeeds(store, clock):
    admitted(store, [charge()], tries=10)
    clock.pass_ms(17_123)
    refused = store.spend([charge()])

    clock.pass_ms(refused.readings[0].wait_ms)

    assert store.spend([charge()]).allowed


def test_the_wait_is_no_longer_than_it_must_be(store, clock):
    admitted(store, [charge()], tries=10)
    clock.pass_ms(17_123)
    refused = store.spend([charge()])

    clock.pass_ms(refused.readings[0].wait_ms - 1)

    assert not store.spend([charge()]).allowed


def test_a_wait_is_told_for_the_whole_cost(store, clock):
    store.spend([charge(cost=2)])
    clock.pass_ms(30_000)
    store.spend([charge(cost=8)])
    clock.pass_ms(10_000)

    for_two = store.spend([charge(cost=2)]).readings[0].wait_ms
    for_three = store.spend([charge(cost=3)]).readings[0].wait_ms

    assert 20_000 <= for_two <= 26_000
    assert 50_000 <= for_three <= 56_000


def test_what_was_spent_returns_at_most_a_tenth_of_the_window_late(store, clock):
    admitted(store, [charge()], tries=10)

    clock.pass_ms(66_000)

    assert admitted(store, [charge()], tries=20) == 10


def test_tightening_gives_nobody_a_fresh_quota(store):
    admitted(store, [charge(quota=5)], tries=5)

    assert admitted(store, [charge(quota=3)], tries=5) == 0


def test_loosening_gives_only_the_difference(store):
    admitted(store, [charge(quota=5)], tries=5)

    assert admitted(store, [charge(quota=8)], tries=20) == 3


@pytest.mark.parametrize("window_ms", [6_000, 30_000, 90_000, 600_000])
def test_another_window_keeps_what_was_just_spent(store, window_ms):
    admitted(store, [charge(quota=5)], tries=5)

    assert admitted(store, [charge(quota=8, window_ms=window_ms)], tries=20) == 3


def test_looking_spends_nothing(store):
    for _ in range(20):
        assert store.spend([charge()], commit=False).allowed

    assert admitted(store, [charge()], tries=20) == 10


def test_a_policy_in_the_shadow_refuses_nobody_and_says_whom_it_would_have_refused(store):
    shadow = charge("shadow", quota=2, is_enforced=False)

    answers = [store.spend([charge(), shadow]) for _ in range(5)]

    assert all(answer.allowed for answer in answers)
    assert [answer.readings[1].fits for answer in answers] == [True, True, False, False, False]


def test_a_request_that_another_policy_refuses_is_not_counted_in_the_shadow(store):
    shadow = charge("shadow", is_enforced=False)

    admitted(store, [charge(quota=2), shadow], tries=9)

    assert store.spend([shadow], commit=False).readings[0].used == 2


def test_what_was_given_back_can_be_spent_again(store):
    spent = [store.spend([charge()]) for _ in range(10)]

    store.give_back([charge()], spent_at_ms=spent[0].now_ms)

    assert admitted(store, [charge()], tries=5) == 1


def test_what_is_given_back_late_does_not_free_what_was_spent_later(store, clock):
    early = store.spend([charge()])
    clock.pass_ms(70_000)
    admitted(store, [charge()], tries=10)

    store.give_back([charge()], spent_at_ms=early.now_ms)

    assert admitted(store, [charge()], tries=5) == 0


def test_a_cost_above_the_quota_is_paid_with_the_whole_quota(store):
    assert store.spend([charge(quota=5, cost=9)]).allowed
    assert not store.spend([charge(quota=5)]).allowed


def test_a_quota_of_nothing_refuses_everybody(store):
    answer = store.spend([charge(quota=0)])

    assert not answer.allowed
    assert answer.readings[0].wait_ms == MINUTE


def test_places_are_taken_and_given_back(store):
    def lease(holder):
        return store.lease("p", holder, places=2, lasts_ms=1000)[0]

    assert [lease("one"), lease("two"), lease("three")] == [True, True, False]

    store.release("p", "one")

    assert lease("three")
    assert store.leases("p") == 2


def test_a_place_that_nobody_gives_back_is_free_again_after_its_time(store, clock):
    store.lease("p", "one", places=1, lasts_ms=1000)

    clock.pass_ms(1001)

    assert store.lease("p", "two", places=1, lasts_ms=1000)[0]


def test_each_ban_is_twice_as_long_as_the_one_before(store, clock):
    terms = {"first_ms": 1000, "longest_ms": 5000, "memory_ms": 60_000}

    lengths = [store.ban("somebody", **terms) for _ in range(4)]

    assert lengths == [1000, 2000, 4000, 5000]
    answer = store.spend([charge()], ban_key="somebody")
    assert (answer.allowed, answer.banned_ms) == (False, 5000)
    clock.pass_ms(5000)
    assert store.spend([charge()], ban_key="somebody").allowed


def test_what_is_forgotten_has_never_been(store):
    admitted(store, [charge()], tries=10)
    store.ban("somebody", first_ms=1000, longest_ms=1000, memory_ms=1000)

    store.forget(["a", "somebody"])

    assert store.spend([charge()], ban_key="somebody").allowed
    assert store.ban("somebody", first_ms=1000, longest_ms=9000, memory_ms=1000) == 1000


def test_a_clock_that_goes_back_gives_nobody_more(store, clock):
    admitted(store, [charge()], tries=10)

    clock.pass_ms(-120_000)

    assert not store.spend([charge()]).allowed
