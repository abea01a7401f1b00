"""What does django-q2 keep? Its own pages, which without the theme's class show no inputs."""

from django.contrib import admin
from django_q.admin import FailAdmin, QueueAdmin, ScheduleAdmin, TaskAdmin
from django_q.models import Failure, OrmQ, Schedule, Success
from unfold.admin import ModelAdmin

for _model in (Failure, OrmQ, Schedule, Success):
    admin.site.unregister(_model)


@admin.register(Schedule)
class ThemedScheduleAdmin(ModelAdmin, ScheduleAdmin):
    pass


@admin.register(Success)
class ThemedSuccessAdmin(ModelAdmin, TaskAdmin):
    pass


@admin.register(Failure)
class ThemedFailureAdmin(ModelAdmin, FailAdmin):
    pass


@admin.register(OrmQ)
class ThemedQueueAdmin(ModelAdmin, QueueAdmin):
    pass
