"""What waits, runs, or failed, and why?"""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from ops import events, queue
from ops.admin.read_only import ReadOnlyAdmin
from ops.console.deeds.jobs import moves
from ops.console.job_story import story
from ops.console.links import client_link
from ops.console.marks import NOTHING, Tone, badge, duration, moment
from ops.console.rights import ActsByRight
from ops.models import Job
from ops.models.jobs import JobQuerySet

_TONES = {
    Job.State.WAITING: Tone.WAIT,
    Job.State.RUNNING: Tone.BUSY,
    Job.State.DONE: Tone.GOOD,
    Job.State.DEAD: Tone.BAD,
    Job.State.CANCELED: Tone.CALM,
}


@admin.register(Job)
class JobAdmin(ActsByRight, ReadOnlyAdmin):
    list_display = ("id", "kind", "state_badge", "priority", "attempts", "waited", "ran", "created")
    list_display_links = ("id", "kind")
    list_filter = ("state", "priority", "kind")
    actions = ("retry", "discard", "cancel")
    change_form_outer_before_template = "admin/console/queue/job.html"
    search_fields = ("=id", "key", "client_key", "host")
    search_help_text = "Number, key, client key or host of a job"
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("kind", "state_badge", "priority", "client", "key", "payload")}),
        ("When", {"fields": ("created_at", "available_at", "started_at", "finished_at")}),
        ("By whom", {"fields": ("host", "pid", "region", "lease_until", "attempts")}),
        ("How far", {"fields": ("progress", "error_code", "error_message")}),
    )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **options: Any
    ) -> HttpResponse:
        """Above its fields: how it came to this, and what can be done about it."""
        job = options.get("obj")
        if job is not None:
            context |= {
                "story": story(job, timezone.now()),
                "state_badge": self.state_badge(job),
                "moves": moves(job),
                "back": request.path,
            }
        return super().render_change_form(request, context, **options)

    @admin.action(description="Try again (failed jobs)", permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: JobQuerySet) -> None:
        self._tell(request, "queue.retried", queue.redrive(queryset))

    @admin.action(description="Give up (failed jobs)", permissions=["operate"])
    def discard(self, request: HttpRequest, queryset: JobQuerySet) -> None:
        self._tell(request, "queue.discarded", queue.discard(queryset))

    @admin.action(description="Cancel (waiting and running jobs)", permissions=["operate"])
    def cancel(self, request: HttpRequest, queryset: JobQuerySet) -> None:
        self._tell(request, "queue.canceled", sum(queue.cancel(job) for job in queryset))

    def _tell(self, request: HttpRequest, event: str, jobs: int) -> None:
        word = event.partition(".")[2]
        if jobs:
            events.record(event, actor=events.author(request.user), jobs=jobs)
            self.message_user(request, f"{jobs} {word}.", messages.SUCCESS)
        else:
            self.message_user(request, f"None of these could be {word}.", messages.WARNING)

    @admin.display(description="state", ordering="state")
    def state_badge(self, job: Job) -> SafeString:
        return badge(job.get_state_display(), _TONES[Job.State(job.state)])

    @admin.display(description="client")
    def client(self, job: Job) -> SafeString:
        return client_link(job.client_key)

    @admin.display(description="waited")
    def waited(self, job: Job) -> str:
        until = job.started_at or job.finished_at or timezone.now()
        return duration(max(until - job.created_at, timedelta(0)))

    @admin.display(description="ran")
    def ran(self, job: Job) -> str:
        if job.started_at is None:
            return duration(None)
        return duration((job.finished_at or timezone.now()) - job.started_at)

    @admin.display(description="progress")
    def progress(self, job: Job) -> str:
        if not job.progress_total:
            return NOTHING
        return f"{job.progress_done} of {job.progress_total} {job.progress_step}".strip()

    @admin.display(description="created", ordering="id")
    def created(self, job: Job) -> str:
        return moment(job.created_at, now=timezone.now())
