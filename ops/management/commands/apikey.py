"""How does an operator give a client its key, see the keys, and take one back?"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ops import events, keys
from ops.health.readiness import Level
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import operator
from ops.models import ApiKey, Client, Tier

_TIERS = [tier.value for tier in Tier if tier is not Tier.ANONYMOUS]


class Command(OpsCommand):
    help = "Create, list and revoke API keys. A key's secret is printed once, by create."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        create = actions.add_parser("create", help="make a key, and its client if it is new")
        create.add_argument("--name", required=True, help="the client's name")
        create.add_argument("--tier", choices=_TIERS, help="of a new client; default: free")
        listing = actions.add_parser("list", help="show keys without their secrets")
        listing.add_argument("--name", help="only those of this client")
        listing.add_argument("--tier", choices=_TIERS, help="only those of this tier")
        revoke = actions.add_parser("revoke", help="take a key back, at once and for good")
        revoke.add_argument("prefix", help="the eight characters after cc_, or the whole key")
        for action in (create, listing, revoke):
            json_option(action)

    def answer(self, **options: Any) -> Level:
        actions: dict[str, Callable[[dict[str, Any]], Level]] = {
            "create": self._create,
            "list": self._list,
            "revoke": self._revoke,
        }
        return actions[options["action"]](options)

    def _create(self, options: dict[str, Any]) -> Level:
        minted = keys.mint(_client(options["name"], options["tier"]))
        self._record("apikey.made", minted.key)
        if options["json"]:
            self.say_json(_facts(minted.key, timezone.now()) | {"secret": minted.secret})
        else:
            self.stderr.write(
                f"A {minted.key.client.tier} key for {minted.key.client}, shown once:"
            )
            self.stdout.write(minted.secret)
        return Level.OK

    def _list(self, options: dict[str, Any]) -> Level:
        wanted = {"client__name": options["name"], "client__tier": options["tier"]}
        chosen = {field: value for field, value in wanted.items() if value}
        found = ApiKey.objects.filter(**chosen).select_related("client").order_by("pk")
        facts = [_facts(key, timezone.now()) for key in found]
        if options["json"]:
            self.say_json(facts)
        elif facts:
            self.say("{prefix}  {state:<8} {tier:<8} {client}".format(**line) for line in facts)
        else:
            self.stderr.write("There are no such keys.")
        return Level.OK

    def _revoke(self, options: dict[str, Any]) -> Level:
        key = _key(options["prefix"])
        won = key.revoke(timezone.now())
        if won:
            self._record("apikey.revoked", key)
        key.refresh_from_db()
        if options["json"]:
            self.say_json(_facts(key, timezone.now()))
        else:
            self.stdout.write(f"{key} of {key.client} {'is' if won else 'was already'} revoked.")
        return Level.OK

    def _record(self, name: str, key: ApiKey) -> None:
        owner = key.client
        events.record(name, actor=operator(), key=str(key), client=owner.name, tier=owner.tier)


def _client(name: str, tier: str | None) -> Client:
    client, is_new = Client.objects.get_or_create(name=name, defaults={"tier": tier or Tier.FREE})
    if not is_new and tier and client.tier != tier:
        raise CommandError(
            f"{name} is a {client.tier} client. Leave --tier out, or change it in the console.",
            returncode=USAGE,
        )
    return client


def _key(given: str) -> ApiKey:
    prefix = given.removeprefix("cc_")[:8]
    key = ApiKey.objects.select_related("client").filter(prefix=prefix).first()
    if key is None:
        raise CommandError(f"There is no key cc_{prefix}_…", returncode=USAGE)
    return key


def _facts(key: ApiKey, now: datetime) -> dict[str, Any]:
    return {
        "prefix": f"cc_{key.prefix}",
        "client": key.client.name,
        "tier": key.client.tier,
        "state": _state(key, now),
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "revoked_at": key.revoked_at,
        "last_used_at": key.last_used_at,
    }


def _state(key: ApiKey, now: datetime) -> str:
    if key.revoked_at:
        return "revoked"
    return "expired" if key.expires_at and key.expires_at <= now else "usable"
