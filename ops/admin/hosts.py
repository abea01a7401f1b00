"""Which worker hosts were heard from?"""

from django.conf import settings
from django.contrib import admin
from django.utils import timezone
from django.utils.safestring import SafeString

from ops.admin.read_only import ReadOnlyAdmin
from ops.console.marks import Tone, badge, moment
from ops.models import WorkerHost


@admin.register(WorkerHost)
class WorkerHostAdmin(ReadOnlyAdmin):
    list_display = ("hostname", "life", "workers", "status", "last_beat", "started")
    search_fields = ("hostname", "name")
    ordering = ("-beat_at",)
    fieldsets = (
        (None, {"fields": ("hostname", "region", "name", "pid", "started_at", "beat_at")}),
        ("What it does", {"fields": ("life", "status", "quiet", "stopping", "worker_pids")}),
    )

    @admin.display(description="life", ordering="beat_at")
    def life(self, host: WorkerHost) -> SafeString:
        alive = host.beat_at >= timezone.now() - settings.OPS_ALIVE_THRESHOLD
        return badge("alive", Tone.GOOD) if alive else badge("silent", Tone.BAD)

    @admin.display(description="workers")
    def workers(self, host: WorkerHost) -> int:
        return len(host.worker_pids)

    @admin.display(description="last beat", ordering="beat_at")
    def last_beat(self, host: WorkerHost) -> str:
        return moment(host.beat_at, now=timezone.now())

    @admin.display(description="started", ordering="started_at")
    def started(self, host: WorkerHost) -> str:
        return moment(host.started_at, now=timezone.now())
