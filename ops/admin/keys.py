"""Which API keys exist? Made here, shown once, revoked here; never edited."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from ops import events, keys
from ops.admin.key_form import ApiKeyForm
from ops.console.marks import Tone, badge, moment
from ops.models import ApiKey

_DECIDED = ("scopes", "allowed_networks", "expires_at")


def state_badge(key: ApiKey, *, now: datetime) -> SafeString:
    if key.revoked_at is not None:
        return badge("revoked", Tone.BAD)
    if key.expires_at is not None and key.expires_at <= now:
        return badge("expired", Tone.WAIT)
    return badge("usable", Tone.GOOD)


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("usable", "usable"), ("expired", "expired"), ("revoked", "revoked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> QuerySet[ApiKey] | None:
        expired = {"revoked_at": None, "expires_at__lte": timezone.now()}
        match self.value():
            case "revoked":
                return queryset.exclude(revoked_at=None)
            case "expired":
                return queryset.filter(**expired)
            case "usable":
                return queryset.filter(revoked_at=None).exclude(**expired)
        return queryset


@admin.register(ApiKey)
class ApiKeyAdmin(ModelAdmin):
    form = ApiKeyForm
    list_display = ("__str__", "client", "state", "last_used", "expires_at", "created_at")
    list_select_related = ("client",)
    list_filter = (StateFilter, "client__tier")
    search_fields = ("prefix", "client__name")
    autocomplete_fields = ("client",)
    ordering = ("-id",)
    actions = ("revoke",)
    actions_submit_line = ("revoke_this",)

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("client", *_DECIDED)
        return ("client", "prefix", "state", *_DECIDED, "created_at", "last_used_at")

    def get_readonly_fields(
        self, request: HttpRequest, obj: ApiKey | None = None
    ) -> tuple[str, ...]:
        if obj is None:
            return ()
        return ("client", "prefix", "state", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Revoked keys stay, so that an old log line still finds its key."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            if fields := form.changed_data:
                actor = events.author(request.user)
                events.record("apikey.edited", actor=actor, fields=fields, **_facts(obj))
            return
        minted = keys.mint(
            obj.client,
            expires_at=obj.expires_at,
            scopes=obj.scopes,
            allowed_networks=obj.allowed_networks,
        )
        obj.pk, obj.prefix, obj.secret = minted.key.pk, minted.key.prefix, minted.secret
        events.record("apikey.made", actor=events.author(request.user), **_facts(obj))

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Shows the secret in this one answer: messages would keep it in a cookie."""
        context = {
            **self.admin_site.each_context(request),
            "title": "The new key",
            "opts": self.opts,
            "key": obj,
        }
        return TemplateResponse(request, "admin/ops/apikey/minted.html", context)

    @admin.action(description="Revoke the selected keys", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        revoked = [key for key in queryset.select_related("client") if self._revoke(request, key)]
        self.message_user(request, f"{len(revoked)} revoked.", messages.SUCCESS)

    @admin.action(description="Revoke this key", permissions=["change"])
    def revoke_this(self, request: HttpRequest, obj: ApiKey) -> None:
        self._revoke(request, obj)

    def _revoke(self, request: HttpRequest, key: ApiKey) -> bool:
        won = key.revoke(timezone.now())
        if won:
            self.log_change(request, key, f"Revoked {key} of {key.client}.")
            events.record("apikey.revoked", actor=events.author(request.user), **_facts(key))
        return won

    @admin.display(description="state")
    def state(self, key: ApiKey) -> SafeString:
        return state_badge(key, now=timezone.now())

    @admin.display(description="last used", ordering="last_used_at")
    def last_used(self, key: ApiKey) -> str:
        return moment(key.last_used_at, now=timezone.now())


def _facts(key: ApiKey) -> dict[str, Any]:
    return {"key": str(key), "client": key.client.name, "tier": key.client.tier}
