"""Who is limited now, who asks for most, which limits hold, and what can be done about it?"""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_network

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from ops.console import foreseen
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Card, Figure, Figures, Table, TableRow
from ops.console.links import link
from ops.console.marks import NOTHING, Tone, ago, badge, countdown, moment
from ops.console.moves import REASON, Ask, Move, minutes, to
from ops.console.numbers import number, percent, quota
from ops.console.periods import window_of
from ops.console.shared import SharedByKey
from ops.limits import seeing
from ops.limits.in_force import in_force
from ops.limits.policies import Mode, Unit
from ops.limits.seeing import Consumer, Limited
from ops.metrics import reading
from ops.metrics.windows import Window
from ops.models import Admission, LimitOverride, LimitPolicy, Right, StrictMode, Tier

STRICT = {Tier.ANONYMOUS: 20, Tier.FREE: 50, Tier.PREMIUM: 100}
"""Percent of its quota that each tier keeps, unless staff say otherwise."""
_MODES = {Mode.ENFORCED: Tone.GOOD, Mode.SHADOW: Tone.WAIT, Mode.OFF: Tone.CALM}


def _look(period: str) -> tuple[Block, ...]:
    now = timezone.now()
    window = window_of(period, now)
    policies = list(LimitPolicy.objects.all())
    counted = _counted(window)
    return (
        _figures(counted, now),
        _strictness(now),
        limited_table(now),
        consumers_table(now),
        _policies(policies, counted),
        _exceptions(now),
    )


Counted = dict[str, dict[str, float]]


def _counted(window: Window) -> Counted:
    """Decisions, by policy and outcome."""

    def group(labels: reading.Labels) -> str:
        return f"{labels.get('policy', '')} {labels.get('outcome', '')}"

    found: Counted = {}
    for name, times in reading.totals("limit_decisions", window, group).items():
        policy, _, outcome = name.rpartition(" ")
        found.setdefault(policy, {})[outcome] = times
    return found


def _figures(counted: Counted, now: datetime) -> Figures:
    counts = seeing.counts(now)
    whole = sum(sum(outcomes.values()) for outcomes in counted.values())
    refused = sum(outcomes.get("refused", 0.0) for outcomes in counted.values())
    strict = in_force().strict
    return Figures(
        "figures",
        (
            Figure("limited", "Limited now", number(counts.limited), "clients and addresses"),
            Figure("near", "Near a limit", number(counts.near), "80 % of a quota or more"),
            Figure(
                "banned",
                "Banned",
                number(counts.banned),
                "addresses that did not stop",
                Tone.WAIT if counts.banned else Tone.CALM,
            ),
            Figure(
                "refused",
                "Refused",
                percent(refused / whole if whole else None),
                "of all decisions",
            ),
            Figure(
                "strict",
                "Strict period",
                "on" if strict else "off",
                strict.reason if strict else "everybody has the usual quota",
                Tone.WAIT if strict else Tone.CALM,
            ),
        ),
    )


def _strictness(now: datetime) -> Card:
    running = StrictMode.objects.filter(starts_at__lte=now, ends_at__gt=now)
    return Card(
        name="strict",
        title="Everybody has less for a while",
        sentences=tuple(_strict_sentence(row, now) for row in running),
        empty="No strict period is running.",
        moves=(be_strict_move(), *_strict_end(bool(running))),
        link=reverse("admin:ops_strictmode_changelist"),
        link_text="Planned periods",
    )


def _strict_sentence(row: StrictMode, now: datetime) -> str:
    shares = f"anonymous {row.anonymous:.0%}, free {row.free:.0%}, premium {row.premium:.0%}"
    return f"{row.reason}: {shares} of the usual quota, ends {ago(now - row.ends_at)}."


def be_strict_move() -> Move:
    factors = {str(tier): share / 100 for tier, share in STRICT.items()}
    shares = ", ".join(f"{tier} {share} %" for tier, share in STRICT.items())
    return Move(
        "Be strict",
        to("strict-begin"),
        Right.EMERGENCY,
        f"Everybody keeps a part of the usual quota. With {shares}: "
        + foreseen.sentence(foreseen.by_tier(factors)),
        (
            *(Ask(f"{tier}", f"{tier.label} keeps, percent", "number", str(share), highest=100)
              for tier, share in STRICT.items()),
            REASON,
            minutes(60),
        ),
        is_danger=True,
    )  # fmt: skip


def _strict_end(is_running: bool) -> tuple[Move, ...]:
    return (Move("End it", to("strict-end"), Right.EMERGENCY),) if is_running else ()


def limited_table(now: datetime, *, most: int = 20, is_half: bool = False) -> Table:
    return Table(
        name="limited",
        title="Who is limited now",
        columns=("Who", "By", "Times#", "Since", "Last", "Ban ends"),
        rows=[_limited(one, now) for one in seeing.limited_now(now, most=most)],
        empty="Nobody was refused in the last two minutes, and nobody is banned.",
        link=reverse("admin:ops_refusals_changelist"),
        link_text="Everybody of the last day",
        moves=(_ban(),),
        is_half=is_half,
    )


def _limited(one: Limited, now: datetime) -> TableRow:
    who = (("who", one.subject),)
    moves = [
        Move(
            "Reset",
            to("limit-reset"),
            Right.OPERATE,
            "Forgets what they have spent: they may ask at once, up to their whole quota.",
            hidden=who,
        )
    ]
    if one.banned_until:
        moves.append(Move("Lift the ban", to("limit-unban"), Right.OPERATE, hidden=who))
    cells = (
        one.who,
        one.policy,
        number(one.count),
        moment(one.since, now=now),
        moment(one.last_at, now=now),
        countdown(one.banned_until, now=now) if one.banned_until else NOTHING,
    )
    return TableRow(cells, tuple(moves), key=one.who)


def _ban() -> Move:
    return Move(
        "Ban an address",
        to("limit-ban"),
        Right.OPERATE,
        "Every request of this address is refused until then, before anything else sees it.",
        (Ask("who", "Address"), REASON, minutes(30)),
        is_danger=True,
    )


def consumers_table(now: datetime, *, most: int = 12, is_half: bool = False) -> Table:
    # A client is counted by up to four limits.
    found = seeing.top_consumers(now, most=4 * most)
    return Table(
        name="consumers",
        title="Who asks for most",
        hint="Of the last hour, by cost; the limit is the one that they fill most.",
        columns=("Who", "Limit", "Requests#", "Cost#", "Refused#", "Fullest#"),
        rows=[_consumer(counted) for counted in _by_who(found)[:most]],
        empty="Nobody asked for anything in the last hour.",
        is_half=is_half,
    )


def _by_who(consumers: list[Consumer]) -> list[list[Consumer]]:
    """One list for each who asks, of all limits that count them; the greatest first."""
    found: dict[str, list[Consumer]] = {}
    for one in consumers:
        found.setdefault(one.who, []).append(one)
    return list(found.values())


def _consumer(counted: list[Consumer]) -> TableRow:
    greatest, fullest = counted[0], max(counted, key=lambda one: one.peak_percent)
    who = greatest.who
    quota = () if _is_address(who) else (_other_quota(who, counted, fullest),)
    figures = (greatest.requests, greatest.cost, sum(one.refused for one in counted))
    cells = (who, fullest.policy, *map(number, figures), f"{fullest.peak_percent} %")
    return TableRow(cells, (*quota, _keep_out(who)), key=who)


def _is_address(who: str) -> bool:
    try:
        ip_network(who, strict=False)
    except ValueError:
        return False
    return True


def _other_quota(who: str, counted: list[Consumer], fullest: Consumer) -> Move:
    return Move(
        "Other quota",
        to("quota-give"),
        Right.OPERATE,
        f"For {who} alone, instead of what the limit says, until then.",
        (
            Ask("policy", "Limit", choices=tuple((one.policy, one.policy) for one in counted),
                value=fullest.policy),
            Ask("quota", "Quota", "number", highest=1_000_000_000),
            REASON,
            minutes(60),
        ),
        (("who", who),),
    )  # fmt: skip


def _keep_out(who: str) -> Move:
    return Move(
        "Keep out",
        to("exception-deny"),
        Right.OPERATE,
        f"Every request of {who} is refused until then.",
        (REASON, minutes(60)),
        (("who", who),),
        is_danger=True,
    )


def _policies(policies: list[LimitPolicy], counted: Counted) -> Table:
    return Table(
        name="policies",
        title="Which limits hold",
        columns=("Limit", "Mode", "For", "Allows", "Allowed#", "Near#", "Refused#"),
        rows=[_policy(policy, counted.get(policy.name, {})) for policy in policies],
        empty="No limit is set: everybody may ask as much as they want.",
        hint="Decisions of the chosen period. The form of a limit shows what another quota would "
        "have refused, and can undo the last edit.",
        link=reverse("admin:ops_limitpolicy_changelist"),
        link_text="Edit limits",
    )


def _policy(policy: LimitPolicy, outcomes: dict[str, float]) -> TableRow:
    refused = outcomes.get("refused", 0.0) + outcomes.get("shadow", 0.0)
    near = outcomes.get("near", 0.0)
    cells = (
        link(reverse("admin:ops_limitpolicy_change", args=[policy.pk]), policy.name),
        badge(policy.mode, _MODES[Mode(policy.mode)]),
        f"{policy.tier or 'everybody'}, {policy.get_route_display()}",
        _allows(policy),
        number(outcomes.get("allowed", 0.0) + near),
        number(near),
        _refused(refused, policy),
    )
    return TableRow(cells, key=policy.name)


def _refused(refused: float, policy: LimitPolicy) -> str | SafeString:
    if policy.mode == Mode.SHADOW and refused:
        return f"{number(refused)} would be"
    return number(refused)


def _allows(policy: LimitPolicy) -> str:
    """As it is now, with strict periods and emergencies."""
    tier = policy.tier or Tier.ANONYMOUS
    now_in_force = {one.id: one for one in in_force().policies(tier, policy.route)}
    found = now_in_force.get(policy.pk)
    if found is None:
        return NOTHING
    usual = f" (usually {found.usual_quota:,})" if found.is_reduced else ""
    if policy.unit == Unit.PLACES:
        return f"{found.quota:,} at the same time{usual}"
    return f"{quota(found.quota, policy.unit, found.window_seconds)}{usual}"


def _exceptions(now: datetime) -> Table:
    valid = Q(expires_at=None) | Q(expires_at__gt=now)
    admissions = Admission.objects.filter(valid).select_related("client")[:30]
    quotas = LimitOverride.objects.filter(valid).select_related("client", "policy")[:30]
    return Table(
        name="exceptions",
        title="Who is treated otherwise",
        columns=("Who", "", "How", "Why", "Ends"),
        rows=[
            *(_admission(row, now) for row in admissions),
            *(_quota(row, now) for row in quotas),
        ],
        empty="Nobody: all clients of a tier have the same limits.",
        link=reverse("admin:ops_admission_changelist"),
        link_text="Allowed and denied",
    )


def _admission(row: Admission, now: datetime) -> TableRow:
    is_out = row.verdict == Admission.Verdict.DENY
    cells = (
        str(row.client or row.network),
        badge(row.verdict, Tone.BAD if is_out else Tone.GOOD),
        row.get_verdict_display(),
        row.reason,
        countdown(row.expires_at, now=now),
    )
    move = Move("End", to("exception-end", row.pk), Right.OPERATE)
    return TableRow(cells, (move,), key=f"admission-{row.pk}")


def _quota(row: LimitOverride, now: datetime) -> TableRow:
    cells = (
        row.client.name,
        badge("quota", Tone.BUSY),
        f"{row.policy}: {row.quota:,}",
        row.reason,
        countdown(row.expires_at, now=now),
    )
    move = Move("End", to("quota-end", row.pk), Right.OPERATE)
    return TableRow(cells, (move,), key=f"override-{row.pk}")


class LimitsPage(BlockPage):
    slug = "limits"
    title = "Limits"
    looks = SharedByKey(_look)
    has_periods = True
