"""Who uses the API, and with which keys?"""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from ops.admin.keys import state_badge
from ops.admin.read_only import ReadOnlyInline
from ops.admin.told import ToldAdmin
from ops.console.links import link
from ops.console.marks import Tone, badge, moment
from ops.models import ApiKey, Client, Tier

_TONES = {Tier.PREMIUM: Tone.GOOD, Tier.STAFF: Tone.BUSY, Tier.FREE: Tone.CALM}


class KeyInline(ReadOnlyInline):
    """Keys are made and revoked on their own page, where their secret can be shown."""

    model = ApiKey
    fields = readonly_fields = ("prefix", "state", "created_at", "expires_at", "last_used_at")
    ordering = ("-id",)
    show_change_link = True

    @admin.display(description="state")
    def state(self, key: ApiKey) -> SafeString:
        return state_badge(key, now=timezone.now())


@admin.register(Client)
class ClientAdmin(ToldAdmin):
    list_display = ("name", "tier_badge", "usable_keys", "last_seen", "created_at")
    list_filter = ("tier",)
    search_fields = ("name", "keys__prefix")
    ordering = ("name",)
    fields = ("name", "tier", "new_key")
    readonly_fields = ("new_key",)
    inlines = (KeyInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        """Keys are revoked and stay, so that old log lines find them; they name their client."""
        is_named = obj is not None and obj.pk and obj.keys.exists()
        return not is_named and super().has_delete_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Client]:
        now = timezone.now()
        usable = Q(keys__revoked_at=None) & (Q(keys__expires_at=None) | Q(keys__expires_at__gt=now))
        return (
            super()
            .get_queryset(request)
            .annotate(usable_key_count=Count("keys", filter=usable))
            .annotate(last_seen_at=Max("keys__last_used_at"))
        )

    @admin.display(description="tier", ordering="tier")
    def tier_badge(self, client: Client) -> SafeString:
        return badge(client.get_tier_display(), _TONES.get(Tier(client.tier), Tone.CALM))

    @admin.display(description="usable keys", ordering="usable_key_count")
    def usable_keys(self, client: Any) -> int:
        return int(client.usable_key_count)

    @admin.display(description="last seen", ordering="last_seen_at")
    def last_seen(self, client: Any) -> str:
        return moment(client.last_seen_at, now=timezone.now())

    @admin.display(description="new key")
    def new_key(self, client: Client) -> str | SafeString:
        if client.pk is None:
            return "Save the client first, then make its key here."
        page = reverse("admin:ops_apikey_add", query={"client": client.pk})
        return link(page, "Make an API key")
