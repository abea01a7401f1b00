from django.db import migrations

DAY = 86_400

USUAL = [
    # Before anybody is recognised.
    {"name": "address", "route": "edge", "scope": "address", "quota": 1200, "window_seconds": 60, "ban_after": 2400},
    {"name": "site", "route": "edge", "scope": "network", "quota": 12_000, "window_seconds": 60},
    {"name": "login", "route": "login", "scope": "address", "quota": 10, "window_seconds": 300},
    {"name": "failed-keys", "route": "failed_key", "scope": "address", "quota": 30, "window_seconds": 60, "ban_after": 1},
    # Anonymous: quota and window of the submissions are the installation's settings.
    {"name": "anonymous-submit", "tier": "anonymous", "route": "submit"},
    {"name": "anonymous-daily", "tier": "anonymous", "route": "submit", "unit": "cost", "quota": 1000, "window_seconds": DAY},
    {"name": "anonymous-read", "tier": "anonymous", "route": "read", "quota": 600, "window_seconds": 60},
    # With a key.
    {"name": "free-submit", "tier": "free", "route": "submit", "quota": 60, "window_seconds": 60},
    {"name": "free-daily", "tier": "free", "route": "submit", "unit": "cost", "quota": 5000, "window_seconds": DAY},
    {"name": "free-read", "tier": "free", "route": "read", "quota": 1200, "window_seconds": 60},
    {"name": "free-places", "tier": "free", "route": "submit", "unit": "places", "quota": 20, "window_seconds": 60},
    {"name": "premium-burst", "tier": "premium", "route": "submit", "quota": 60, "window_seconds": 1},
    {"name": "premium-submit", "tier": "premium", "route": "submit", "quota": 1200, "window_seconds": 60},
    {"name": "premium-daily", "tier": "premium", "route": "submit", "unit": "cost", "quota": 200_000, "window_seconds": DAY},
    {"name": "premium-read", "tier": "premium", "route": "read", "quota": 6000, "window_seconds": 60},
    {"name": "premium-places", "tier": "premium", "route": "submit", "unit": "places", "quota": 100, "window_seconds": 60},
    {"name": "staff-submit", "tier": "staff", "route": "submit", "quota": 6000, "window_seconds": 60},
    {"name": "staff-read", "tier": "staff", "route": "read", "quota": 12_000, "window_seconds": 60},
]


def add(apps, schema_editor):
    policies = apps.get_model("ops", "LimitPolicy").objects
    for values in USUAL:
        policies.get_or_create(name=values["name"], defaults=values)


class Migration(migrations.Migration):

    dependencies = [
        ('ops', '0013_limits'),
    ]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
