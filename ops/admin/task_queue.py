"""What does django-q2 keep? Its own pages, which without the theme's class show no inputs."""

from django.contrib import admin
from django_q.admin import FailAdmin, QueueAdmin, ScheduleAdmin, TaskAdmin
from django_q.models import Failure, OrmQ, Schedule, Success

from ops.admin.told import ToldAdmin

for _model in (Failure, OrmQ, Schedule, Success):
    admin.site.unregister(_model)


@admin.register(Schedule)
class ThemedScheduleAdmin(ToldAdmin, ScheduleAdmin):
    pass


@admin.register(Success)
class ThemedSuccessAdmin(ToldAdmin, TaskAdmin):
    pass


@admin.register(Failure)
class ThemedFailureAdmin(ToldAdmin, FailAdmin):
    pass


@admin.register(OrmQ)
class ThemedQueueAdmin(ToldAdmin, QueueAdmin):
    pass
