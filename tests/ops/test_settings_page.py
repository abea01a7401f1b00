import pytest
from django.conf import settings
from django.urls import reverse

from contentcreate.environment import Environment
from ops.console.pages.settings import shown


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "abc", "•••••• (hidden)"),
        ("METRICS_TOKEN", "abc", "•••••• (hidden)"),
        ("REMOTE_ANALYZER_KEY", "abc", "•••••• (hidden)"),
        ("METRICS_TOKEN", "", "(empty)"),
        (
            "DATABASE_URL",
            "postgres://ada:pw@db.example:5432/cc?sslkey=k",
            "postgres://…@db.example:5432/cc?…",
        ),
        ("REDIS_URL", "redis://:pw@cache.example/1", "redis://…@cache.example/1"),
        ("EMAIL_URL", "smtp://[broken", "•••••• (hidden)"),
        ("ALLOWED_HOSTS", ["a.example", "b.example"], "a.example, b.example"),
        ("WORKERS", 2, "2"),
    ],
)
def test_a_setting_is_shown_without_what_must_stay_secret(name, value, said):
    assert shown(name, value) == said


def test_what_the_environment_said_is_told_from_what_is_usual(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    environment = Environment()

    environment.str("PORT", default="8000")
    environment.int("WORKERS_THAT_NOBODY_SET", default=2)

    given, usual = environment.read["PORT"], environment.read["WORKERS_THAT_NOBODY_SET"]
    assert (given.value, given.usual, given.is_given) == ("8123", "8000", True)
    assert (usual.value, usual.is_given) == (2, False)


@pytest.mark.django_db
def test_no_secret_stands_in_the_page(admin_client):
    page = admin_client.get(reverse("console-settings")).text

    assert "SECRET_KEY" in page
    assert settings.SECRET_KEY not in page
