"""What does django-q2 keep? Its own pages, which without the theme's class show no inputs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django_q.admin import FailAdmin, QueueAdmin, ScheduleAdmin, TaskAdmin
from django_q.models import Failure, OrmQ, Schedule, Success

from ops.admin.told import ToldAdmin

for _model in (Failure, OrmQ, Schedule, Success):
    admin.site.unregister(_model)


@admin.register(Schedule)
class ThemedScheduleAdmin(ToldAdmin, ScheduleAdmin):
    pass


class WrittenAdmin(ToldAdmin):
    """Rows that django-q2 writes: seen, deleted, and tasks done again, but never edited."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Success)
class ThemedSuccessAdmin(WrittenAdmin, TaskAdmin):
    pass


@admin.register(Failure)
class ThemedFailureAdmin(WrittenAdmin, FailAdmin):
    pass


@admin.register(OrmQ)
class ThemedQueueAdmin(WrittenAdmin, QueueAdmin):
    pass
