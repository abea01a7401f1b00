"""What are customers told, and what is said about single parts of the service?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextareaWidget

from ops.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from ops.console.marks import Tone, badge, moment
from ops.console.rights import ActsByRight
from ops.events import author
from ops.models import Incident, IncidentUpdate, PartStatement
from ops.status_page import telling
from ops.status_page.current import showing
from ops.status_page.parts import PART_NAMES, Condition

_TONES = {
    Incident.State.INVESTIGATING: Tone.BAD,
    Incident.State.IDENTIFIED: Tone.WAIT,
    Incident.State.MONITORING: Tone.BUSY,
    Incident.State.RESOLVED: Tone.GOOD,
}


class IncidentForm(forms.ModelForm):
    """Saving it tells customers what stands in `body`."""

    parts = forms.MultipleChoiceField(
        choices=list(PART_NAMES.items()),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="They are shown as impaired for as long as the incident is open.",
    )
    body = forms.CharField(
        label="What to tell now", max_length=2000, widget=UnfoldAdminTextareaWidget, required=False
    )

    class Meta:
        model = Incident
        fields = ("title", "impact", "parts", "state")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("body") and ({"state"} & set(self.changed_data) or not self.instance.pk):
            self.add_error("body", "Say what customers should know.")
        return cleaned


class UpdateInline(ReadOnlyInline):
    verbose_name_plural = "what customers were told"
    model = IncidentUpdate
    fields = readonly_fields = ("at", "state", "body", "actor")


@admin.register(Incident)
class IncidentAdmin(ModelAdmin):
    form = IncidentForm
    inlines = (UpdateInline,)
    list_display = ("title", "standing", "impact", "began", "resolved")
    list_filter = ("state", "impact")
    search_fields = ("title",)
    fields = ("title", "impact", "parts", "state", "body")

    def has_change_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """What is resolved stays as it was told."""
        is_over = obj is not None and obj.resolved_at is not None
        return not is_over and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Incident, form: Any, change: bool) -> None:
        actor, body = author(request.user), form.cleaned_data["body"]
        state = Incident.State(obj.state)
        if not change:
            obj.actor = actor
            super().save_model(request, obj, form, change)
            telling.opened(obj, body)
        else:
            Incident.objects.filter(pk=obj.pk).update(
                title=obj.title, impact=obj.impact, parts=obj.parts
            )
            if body and not telling.update(obj, state, body, actor=actor):
                self.message_user(request, "It was resolved meanwhile.", messages.WARNING)
        showing.forget()

    @admin.display(description="state", ordering="state")
    def standing(self, incident: Incident) -> SafeString:
        return badge(incident.get_state_display(), _TONES[Incident.State(incident.state)])

    @admin.display(description="began", ordering="began_at")
    def began(self, incident: Incident) -> str:
        return moment(incident.began_at, now=timezone.now())

    @admin.display(description="resolved", ordering="resolved_at")
    def resolved(self, incident: Incident) -> str:
        return moment(incident.resolved_at, now=timezone.now())


@admin.register(PartStatement)
class PartStatementAdmin(ActsByRight, ReadOnlyAdmin):
    """To say something else of a part is to add a row; nobody edits what was said."""

    list_display = ("part", "said", "message", "state", "ends", "actor")
    fields = ("part", "condition", "message", "ends_at")
    actions = ("end_now",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ops.add_partstatement")

    def save_model(self, request: HttpRequest, obj: PartStatement, form: Any, change: bool) -> None:
        obj.actor = author(request.user)
        super().save_model(request, obj, form, change)
        telling.stated(obj)
        showing.forget()

    @admin.action(description="Let the figures speak again", permissions=["operate"])
    def end_now(self, request: HttpRequest, queryset: QuerySet[PartStatement]) -> None:
        ended = telling.end_statements(queryset, actor=author(request.user))
        showing.forget()
        self.message_user(request, f"{ended} ended.", messages.SUCCESS)

    @admin.display(description="said", ordering="condition")
    def said(self, row: PartStatement) -> str:
        return Condition(row.condition).title

    @admin.display(description="state")
    def state(self, row: PartStatement) -> SafeString:
        is_over = row.ended_at or (row.ends_at and row.ends_at <= timezone.now())
        return badge("over", Tone.CALM) if is_over else badge("holds", Tone.WAIT)

    @admin.display(description="ends", ordering="ends_at")
    def ends(self, row: PartStatement) -> str:
        return moment(row.ended_at or row.ends_at, now=timezone.now())
