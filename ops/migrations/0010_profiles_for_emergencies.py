"""What an emergency means before staff say otherwise."""

from django.db import migrations

PROFILES = (
    {
        "name": "spike",
        "title": "Spike: strict limits, no waiting, all workers",
        "level_at_least": 1,
        "limits_percent": 50,
        "all_workers": True,
    },
    {"name": "read-only", "title": "Read-only: nothing new is taken", "closes": "read_only"},
    {
        "name": "lockdown",
        "title": "Lockdown: premium clients, staff and own results only",
        "level_at_least": 4,
        "limits_percent": 50,
        "all_workers": True,
    },
    {"name": "normal", "title": "Normal: nothing is left out"},
)


def add(apps, _schema):
    profiles = apps.get_model("ops", "EmergencyProfile")
    for profile in PROFILES:
        profiles.objects.get_or_create(name=profile["name"], defaults=profile)


def remove(apps, _schema):
    profiles = apps.get_model("ops", "EmergencyProfile")
    profiles.objects.filter(name__in=[profile["name"] for profile in PROFILES]).delete()


class Migration(migrations.Migration):
    dependencies = [("ops", "0009_overload")]
    operations = [migrations.RunPython(add, remove)]
