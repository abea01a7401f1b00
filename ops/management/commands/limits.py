"""How much may clients do, and who is refused? Looks, and changes, from a terminal."""

from __future__ import annotations

import getpass
import json
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ops import events
from ops.limits import seeing, staff
from ops.limits.headers import seconds
from ops.limits.in_force import in_force
from ops.limits.policies import Asker, Policy, Route, Unit
from ops.limits.this_process import limiter
from ops.models import Client, LimitOverride, LimitPolicy, Refusals, Tier

_SETTABLE = ("quota", "window_seconds", "mode", "when_blind", "ban_after")


class Command(BaseCommand):
    help = "Show and change limits; every process obeys within a second."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        for name, (_, describe) in _WORDS.items():
            describe(words.add_parser(name, help=_HELP[name]))
        for word in words.choices.values():
            word.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = _WORDS[options["word"]][0](options)
        except (staff.UnknownSubjectError, ValidationError) as error:
            raise CommandError(_text(error)) from error
        finally:
            events.flush()
        if options["json"]:
            self.stdout.write(json.dumps(answer, default=str))
        else:
            for line in _lines(answer):
                self.stdout.write(line)


def _list(options: dict[str, Any]) -> Any:
    """All limits as they are in force now, and who was refused lately."""
    limits = in_force()
    rows = LimitPolicy.objects.all()
    refused = Refusals.objects.all()[:20]
    return {
        "strict": limits.strict and f"{limits.strict.reason}, until {limits.strict.ends_at}",
        "limits": [_row(row) for row in rows],
        "refused": [
            {"who": r.label, "by": r.policy, "times": r.count, "since": r.since, "last": r.last_at}
            | ({"banned_until": r.banned_until} if r.banned_until else {})
            for r in refused
        ],
    }


def _show(options: dict[str, Any]) -> Any:
    name, subjects = staff.subjects_of(options["who"])
    client = Client.objects.filter(name=name).first()
    tier = str(client.tier) if client else str(Tier.ANONYMOUS)
    asker = Asker(client.key if client else subjects[-1], tier, subjects[0], subjects[-1])
    policies = [
        policy
        for route in (Route.EDGE, Route.SUBMIT, Route.READ)
        for policy in in_force().policies(tier, route, asker.client)
        if policy.unit != Unit.PLACES
    ]
    if not client:
        asker = Asker(subjects[1], tier, subjects[0], subjects[-1])
    decision = limiter().look(policies, asker)
    return {
        "who": name,
        "tier": tier,
        "limits": [_standing(s.policy, s.used, s.wait_ms) for s in decision.standings],
    }


def _limited(options: dict[str, Any]) -> Any:
    now = timezone.now()
    return {
        **asdict(seeing.counts(now)),
        "refused": [asdict(one) for one in seeing.limited_now(now)],
        "nearly": [asdict(one) for one in seeing.near_limit(now)],
    }


def _top(options: dict[str, Any]) -> Any:
    policy = options["policy"] and _policy(options["policy"]).name
    last = timedelta(minutes=options["minutes"])
    found = seeing.top_consumers(timezone.now(), last=last, policy=policy)
    return {"top": [asdict(one) for one in found]}


def _preview(options: dict[str, Any]) -> Any:
    policy = _policy(options["policy"])
    quota = policy.quota if options["quota"] is None else options["quota"]
    window = options["window_seconds"] or policy.window_seconds
    if not seeing.is_previewed(policy):
        raise staff.UnknownSubjectError("Requests at the same time cannot be tried afterwards.")
    found = seeing.preview(policy, quota, window, timezone.now())
    return {"preview": str(found), **asdict(found)}


def _set(options: dict[str, Any]) -> Any:
    policy = _policy(options["policy"])
    before = staff.values_of(policy)
    for name in _SETTABLE:
        if options[name] is not None:
            setattr(policy, name, options[name])
    policy.full_clean()
    policy.save()
    staff.record_edit(policy, before, actor=_actor())
    return _row(policy)


def _override(options: dict[str, Any]) -> Any:
    name, _ = staff.subjects_of(options["client"])
    client = Client.objects.filter(name=name).first()
    if client is None:
        raise staff.UnknownSubjectError(f"'{options['client']}' is no client.")
    policy, hours = _policy(options["policy"]), options["hours"]
    override = LimitOverride.objects.filter(client=client, policy=policy).first()
    before = staff.values_of(override) if override else None
    override = override or LimitOverride(client=client, policy=policy)
    override.quota, override.reason = options["quota"], options["reason"]
    override.expires_at = timezone.now() + timedelta(hours=hours) if hours else None
    override.full_clean()
    override.save()
    staff.record_edit(override, before, actor=_actor())
    return {"client": client.name, "policy": policy.name, "quota": override.quota}


def _reset(options: dict[str, Any]) -> Any:
    return {"reset": staff.reset(options["who"], actor=_actor())}


def _ban(options: dict[str, Any]) -> Any:
    terms = {"seconds": options["seconds"], "reason": options["reason"]}
    return {"banned": staff.ban(options["address"], **terms, actor=_actor()), **terms}


def _unban(options: dict[str, Any]) -> Any:
    return {"unbanned": staff.unban(options["address"], actor=_actor())}


def _strict(options: dict[str, Any]) -> Any:
    if options["off"]:
        return {"ended": staff.end_strictness(timezone.now(), actor=_actor())}
    factors = {tier: options[tier] for tier in Tier.values if options[tier] is not None}
    lasts = timedelta(minutes=options["minutes"])
    strict = staff.be_strict(factors, lasts=lasts, reason=options["reason"], actor=_actor())
    return {"reason": strict.reason, "until": strict.ends_at, **staff.values_of(strict)}


def _policy(name: str) -> LimitPolicy:
    policy = LimitPolicy.objects.filter(name=name).first()
    if policy is None:
        known = ", ".join(LimitPolicy.objects.values_list("name", flat=True))
        raise staff.UnknownSubjectError(f"No limit is called '{name}'. Known: {known}.")
    return policy


def _row(row: LimitPolicy) -> dict[str, Any]:
    return {"name": row.name, **{k: v for k, v in staff.values_of(row).items() if k != "name"}}


def _standing(policy: Policy, used: int, wait_ms: int) -> dict[str, Any]:
    return {
        "name": policy.name,
        "quota": policy.quota,
        "window_seconds": policy.window_seconds,
        "used": used,
        "resets_in": seconds(wait_ms),
    }


def _actor() -> str:
    return f"{getpass.getuser()} (command)"


def _text(error: Exception) -> str:
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _lines(answer: Any) -> list[str]:
    lines = []
    for name, value in answer.items():
        if isinstance(value, list):
            lines.append(f"{name}:")
            lines += ["  " + "  ".join(f"{k}={v}" for k, v in one.items()) for one in value]
        elif value is not None:
            lines.append(f"{name}: {value}")
    return lines


def _describe_set(parser: ArgumentParser) -> None:
    parser.add_argument("policy")
    for name in ("quota", "window-seconds", "ban-after"):
        parser.add_argument(f"--{name}", type=int)
    for name in ("mode", "when-blind"):
        parser.add_argument(f"--{name}")


def _describe_override(parser: ArgumentParser) -> None:
    parser.add_argument("client")
    parser.add_argument("policy")
    parser.add_argument("quota", type=int)
    parser.add_argument("--reason", required=True)
    parser.add_argument("--hours", type=float, help="until it ends; without it, never")


def _describe_ban(parser: ArgumentParser) -> None:
    parser.add_argument("address")
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--reason", required=True)


def _describe_strict(parser: ArgumentParser) -> None:
    parser.add_argument("--off", action="store_true", help="end what is running")
    parser.add_argument("--reason", default="strict mode by command")
    parser.add_argument("--minutes", type=float, default=60)
    for tier in Tier.values:
        parser.add_argument(f"--{tier}", type=Decimal, help="share of the usual quota, 0 to 1")


def _describe_who(parser: ArgumentParser) -> None:
    parser.add_argument("who", help="a client's name, client:7, or an address")


def _describe_address(parser: ArgumentParser) -> None:
    parser.add_argument("address")


def _describe_top(parser: ArgumentParser) -> None:
    parser.add_argument("--policy", default="", help="of this limit only")
    parser.add_argument("--minutes", type=float, default=60)


def _describe_preview(parser: ArgumentParser) -> None:
    parser.add_argument("policy")
    for name in ("quota", "window-seconds"):
        parser.add_argument(f"--{name}", type=int)


def _describe_nothing(parser: ArgumentParser) -> None:
    pass


_WORDS: dict[str, tuple[Callable[[dict[str, Any]], Any], Callable[[ArgumentParser], None]]] = {
    "list": (_list, _describe_nothing),
    "show": (_show, _describe_who),
    "limited": (_limited, _describe_nothing),
    "top": (_top, _describe_top),
    "preview": (_preview, _describe_preview),
    "set": (_set, _describe_set),
    "override": (_override, _describe_override),
    "reset": (_reset, _describe_who),
    "ban": (_ban, _describe_ban),
    "unban": (_unban, _describe_address),
    "strict": (_strict, _describe_strict),
}
_HELP = {
    "list": "all limits, and who was refused lately",
    "show": "how one client or address stands",
    "limited": "who is refused now, who is banned, who is near a limit",
    "top": "who asks for most",
    "preview": "what another quota would have refused of the last hour",
    "set": "change a limit",
    "override": "another quota for one client",
    "reset": "forget what a client or an address has spent",
    "ban": "shut an address out for a while",
    "unban": "let it in again",
    "strict": "give every tier a share of its usual quotas for a while",
}
