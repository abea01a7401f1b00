"""More hands without anything else: who has nothing against the load may still want them."""

from django.db import migrations

PROFILE = {"name": "workers", "title": "All workers: as many as each host may have", "all_workers": True}


def add(apps, _schema):
    profiles = apps.get_model("ops", "EmergencyProfile")
    profiles.objects.get_or_create(name=PROFILE["name"], defaults=PROFILE)


def remove(apps, _schema):
    apps.get_model("ops", "EmergencyProfile").objects.filter(name=PROFILE["name"]).delete()


class Migration(migrations.Migration):
    dependencies = [("ops", "0020_let_slots_be_taken_over")]
    operations = [migrations.RunPython(add, remove)]
