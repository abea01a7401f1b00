"""What a quota would have done is told from a bounded record of what was asked."""

from __future__ import annotations

import pytest

from ops.limits.algorithms.heaviest import Heaviest, Use
from ops.limits.algorithms.rehearsal import Outcome, rehearse
from ops.limits.algorithms.sampling import EVERYBODY, SLOT_SECONDS, Asked, Sample, digest, merged

A_MINUTE = 60 // SLOT_SECONDS
MS = 60_000


def steady(per_slot, slots, cost=1):
    return Asked(dict.fromkeys(range(slots), (per_slot, per_slot * cost)))


@pytest.mark.parametrize(
    ("asked", "quota", "refused"),
    [
        (Asked({0: (15, 15)}), 10, 5),
        (Asked({0: (15, 15)}), 15, 0),
        (Asked({0: (15, 15)}), 0, 15),
        (Asked({0: (10, 10), 2 * A_MINUTE: (10, 10)}), 10, 0),
        (Asked({0: (10, 10), A_MINUTE // 2: (10, 10)}), 10, 10),
        (Asked({0: (4, 12)}), 9, 1),
        (Asked({0: (2, 40)}), 9, 1),
        (Asked({0: (1_000_000, 1_000_000)}), 10, 999_990),
        (Asked(), 10, 0),
    ],
)
def test_one_client_is_refused_as_it_would_have_been(asked, quota, refused):
    assert rehearse(asked, quota=quota, window_ms=MS).refused == refused


def test_whoever_asks_twice_the_quota_all_the_time_is_refused_half_of_it():
    outcome = rehearse(steady(5, slots=60 * A_MINUTE), quota=30, window_ms=MS)

    assert outcome.refused / outcome.asked == pytest.approx(0.5, abs=0.06)


def test_outcomes_of_clients_add_up():
    assert Outcome(10, 5, 1) + Outcome(3, 0, 0) == Outcome(13, 5, 1)


def test_a_sample_of_few_clients_is_complete():
    sample = Sample(most_slots=100)
    for client in range(50):
        sample.add(client, 0, cost=1)
        sample.add(client, 0, cost=2)

    assert sample.below == EVERYBODY
    assert sample.clients[7].slots == {0: (2, 3)}


def test_of_too_many_clients_the_same_ones_stay_whole_in_every_process():
    digests = [digest(f"client {n}", b"secret") for n in range(5000)]
    one, other = Sample(most_slots=100), Sample(most_slots=100)
    for slot in range(3):
        for client in digests:
            one.add(client, slot, cost=1)
        for client in reversed(digests):
            other.add(client, slot, cost=1)

    below, clients = merged([(one.below, one.clients), (other.below, other.clients)])

    assert set(clients) == {client for client in digests if client < below}
    assert 20 <= len(clients) <= 50
    assert {asked.slots[slot] for asked in clients.values() for slot in range(3)} == {(2, 2)}


def test_one_client_alone_is_always_in_the_sample():
    sample = Sample(most_slots=10)
    for slot in range(50):
        sample.add(1, slot, cost=1)

    assert len(sample.clients[1].slots) == 50


def test_the_heaviest_are_known_however_many_ask():
    heaviest = Heaviest(most=100)
    for number in range(20_000):
        for key in (f"once {number}", "often" if number % 2 else "less often"):
            heaviest.use(key, lambda key=key: Use(key)).cost += 3 if key == "often" else 1

    assert [use.label for use in heaviest.top(2)][:2] == ["often", "less often"]
    assert len(heaviest.uses) <= 100


def test_who_is_near_a_small_quota_is_told_beside_the_heaviest():
    heaviest = Heaviest(most=100)
    for number in range(50):
        heaviest.use(number, lambda number=number: Use(str(number))).cost = 1000 + number
    heaviest.use("near", lambda: Use("near", peak_permille=950))

    assert [use.label for use in heaviest.top(3)] == ["49", "48", "47", "near", "0", "1"]
