"""How does the console look, and where do its links lead? Settings of django-unfold."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy

Lazily = Callable[[HttpRequest], Any]


def unfold_settings(environment: str) -> dict[str, Any]:
    return {
        "SITE_TITLE": "ContentCreate",
        "SITE_HEADER": "ContentCreate",
        "SITE_SUBHEADER": "Console",
        "SITE_ICON": _file("site/logo.svg"),
        "SITE_FAVICONS": [
            {"rel": "icon", "type": "image/svg+xml", "href": _file("site/logo.svg")},
        ],
        "ENVIRONMENT": lambda _request: [environment, _TONES.get(environment, "info")],
        "ENVIRONMENT_TITLE_PREFIX": lambda _request: _PREFIXES.get(environment, ""),
        "DASHBOARD_CALLBACK": "ops.console.views.dashboard",
        "STYLES": [_file("ops/console.css")],
        "SCRIPTS": [_file("ops/dusk.js"), _file("ops/names.js")],
        "BORDER_RADIUS": "8px",
        "COLORS": {"primary": _INDIGO},
        "ACCOUNT": {"navigation": [_page("Second factor", "passkey", "second-factor-setup")]},
        "SIDEBAR": {"show_search": True, "navigation": _NAVIGATION},
    }


_TONES = {"production": "danger", "staging": "warning"}
_PREFIXES = {"production": "●", "staging": "○"}
_INDIGO = {
    "50": "#f2f4fd",
    "100": "#e9edfc",
    "200": "#cfd8f8",
    "300": "#a3b4ff",
    "400": "#8b9ff7",
    "500": "#7387ee",
    "600": "#2b45c9",
    "700": "#1f349f",
    "800": "#1a2c82",
    "900": "#18276a",
    "950": "#11162e",
}


def _file(path: str) -> Lazily:
    return lambda _request: static(path)


def _page(title: str, icon: str, address: str, permission: str = "") -> dict[str, Any]:
    page: dict[str, Any] = {"title": title, "icon": icon, "link": reverse_lazy(address)}
    if permission:
        page["permission"] = lambda request: request.user.has_perm(permission)
    return page


def _rows(title: str, icon: str, table: str) -> dict[str, Any]:
    """The list of a table, for those who may see it."""
    app, model = table.split(".")
    return _page(title, icon, f"admin:{app}_{model}_changelist", f"{app}.view_{model}")


_LOOK = "ops.view_console"
_NAVIGATION = [
    {
        "title": "Is all well?",
        "items": [
            _page("Overview", "monitor_heart", "admin:index"),
            _page("Traffic", "show_chart", "console-traffic", _LOOK),
            _page("Alerts", "notifications", "console-alerts", _LOOK),
            _page("Events", "history", "console-events", _LOOK),
        ],
    },
    {
        "title": "What is being done?",
        "items": [
            _page("Queue", "stacks", "console-queue", _LOOK),
            _page("Workers", "memory", "console-workers", _LOOK),
            _page("Schedules", "schedule", "console-schedules", _LOOK),
            _rows("Jobs", "list_alt", "ops.job"),
        ],
    },
    {
        "title": "Are we open, and for whom?",
        "items": [
            _page("Overload and maintenance", "emergency_home", "console-overload", _LOOK),
            _page("Limits", "speed", "console-limits", _LOOK),
            _page("Breakers", "electrical_services", "console-breakers", _LOOK),
        ],
    },
    {
        "title": "What do customers see?",
        "items": [
            _rows("Incidents", "campaign", "ops.incident"),
            _rows("Parts by hand", "toggle_on", "ops.partstatement"),
            _page("Status page", "public", "ops:status"),
        ],
    },
    {
        "title": "What carries it?",
        "items": [
            _page("Cache", "bolt", "console-cache", _LOOK),
            _page("Database", "database", "console-database", _LOOK),
            _page("Settings in force", "settings", "console-settings", _LOOK),
        ],
    },
    {
        "title": "What was asked, what found?",
        "items": [
            _rows("Analyses", "quick_reference_all", "analysis.analysis"),
            _rows("Reports", "description", "analysis.report"),
            _rows("Contents", "article", "analysis.content"),
            _rows("Batches", "stacks", "analysis.batch"),
        ],
    },
    {
        "title": "Who asks?",
        "items": [
            _rows("Clients", "group", "ops.client"),
            _rows("API keys", "key", "ops.apikey"),
            _rows("Usage by day", "data_usage", "analysis.usageday"),
            _rows("Named requests", "replay", "analysis.idempotencyrecord"),
        ],
    },
    {
        "title": "Who is told?",
        "items": [
            _rows("Webhook endpoints", "webhook", "ops.webhookendpoint"),
            _rows("Webhook deliveries", "outgoing_mail", "ops.webhookdelivery"),
        ],
    },
    {
        "title": "How much may they?",
        "collapsible": True,
        "items": [
            _rows("Limits by name", "speed", "ops.limitpolicy"),
            _rows("Limits of single clients", "tune", "ops.limitoverride"),
            _rows("Allowed and denied", "rule", "ops.admission"),
            _rows("Strict periods", "shield", "ops.strictmode"),
            _rows("Who is refused", "block", "ops.refusals"),
        ],
    },
    {
        "title": "Who may come in?",
        "items": [
            _rows("People", "badge", "auth.user"),
            _rows("Groups", "groups", "auth.group"),
        ],
    },
    {
        "title": "Under the bonnet",
        "collapsible": True,
        "items": [
            _rows("Maintenance", "construction", "ops.maintenance"),
            _rows("Emergencies", "emergency_home", "ops.emergency"),
            _rows("Emergency profiles", "tune", "ops.emergencyprofile"),
            _rows("Levels by hand", "stairs", "ops.leveloverride"),
            _rows("Gates", "door_front", "ops.gatereport"),
            _rows("Breakers by hand", "electrical_services", "ops.breakerswitch"),
            _rows("Alert rules", "rule", "ops.alertrule"),
            _rows("Alert channels", "campaign", "ops.alertchannel"),
            _rows("All events", "history", "ops.event"),
            _rows("Scheduled tasks", "schedule", "django_q.schedule"),
            _rows("Finished tasks", "task_alt", "django_q.success"),
            _rows("Failed tasks", "error", "django_q.failure"),
            _rows("Queued tasks", "hourglass_empty", "django_q.ormq"),
        ],
    },
]
