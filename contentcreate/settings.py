"""What does this installation look like? The only place that reads the environment."""

import os
import socket
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.management.utils import get_random_secret_key
from django.urls import reverse_lazy
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry
from whitenoise.compress import Compressor

from contentcreate.console_theme import unfold_settings
from contentcreate.environment import Environment
from ops.logs import logging_settings
from ops.timetable import Schedule

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where and how it runs -----------------------------------------------------------------

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).expanduser().resolve()
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
PROCESS_ROLE = env.str("PROCESS_ROLE", default="command")
"""web (wsgi.py says so), or command: workers, migrations, shells."""

HOST = env.str("HOST", default="127.0.0.1")
PORT = env.str("PORT", default="8000")
"""Where `manage.py run` lets the web server answer."""

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# Everything served over plain HTTP is for one machine only; a public installation says so.
HTTPS = env.bool("HTTPS", default=False)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])


def _kept_secret_key() -> str:
    """The given one, else the one that the first start wrote."""
    if given := env.str("SECRET_KEY", default=""):
        return given
    kept = DATA_DIR / "secret_key"
    return kept.read_text().strip() if kept.is_file() else ""


SECRET_KEY = _kept_secret_key()
SECRET_KEY_IS_EPHEMERAL = not SECRET_KEY
SECRET_KEY = SECRET_KEY or get_random_secret_key()

TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
"""Networks of our own proxies (CIDR): only they are believed when they name a client's address."""
IPV6_CLIENT_PREFIX = 64
IPV6_SITE_PREFIX = 48

# --- Applications --------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_q",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "ops",  # after django_q: its admin registers other apps' tables again
    "analysis",
]

MIDDLEWARE = [
    "ops.middleware.request_ids.RequestIdMiddleware",
    "ops.middleware.health.HealthMiddleware",  # before whatever logs, redirects or refuses
    "ops.middleware.access_log.AccessLogMiddleware",
    "ops.middleware.request_metrics.RequestMetricsMiddleware",
    "ops.middleware.browser_policy.BrowserPolicyMiddleware",
    "ops.middleware.plain_addresses.PlainAddressMiddleware",
    "ops.middleware.limits.LimitsMiddleware",  # before sessions, keys and static files
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ops.middleware.api_shortcut.ApiShortcutMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "ops.middleware.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ops.middleware.api_shortcut.ApiShortcutEndMiddleware",
    "ops.middleware.maintenance.MaintenanceMiddleware",  # staff may come in
    "django.middleware.http.ConditionalGetMiddleware",
]

ROOT_URLCONF = "contentcreate.urls"
WSGI_APPLICATION = "contentcreate.wsgi.application"
# A URL either exists or does not; a redirect would drop the body of a POST.
APPEND_SLASH = True
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
LOGIN_URL = reverse_lazy("admin:login")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data ----------------------------------------------------------------------------------

WEB_THREADS = env.int("WEB_THREADS", default=12)
"""How many requests a web process works on at once, at most; more stand at its gate."""
# Beside them: important ones in reserve, those that wait for a report, and own threads.
_POOLED = WEB_THREADS + 4 + max(1, WEB_THREADS // 2) + 3


def _sqlite() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "contentcreate.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            # Deferred transactions that turn into writers fail at once instead of waiting.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    database: dict[str, Any] = env.db_url_config(url)
    options = database.setdefault("OPTIONS", {})
    options["connect_timeout"] = 3
    if PROCESS_ROLE == "web":
        database["ENGINE"] = "ops.postgresql"
        options["pool"] = {
            "min_size": 1,
            "max_size": _POOLED,
            "timeout": 2,
            "max_waiting": 2 * _POOLED,
            "max_idle": 60,
            "max_lifetime": 1800,
        }
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database


REDIS_PATIENCE_SECONDS = env.float("REDIS_PATIENCE_SECONDS", default=0.05)
"""How long a request waits for Redis before it goes on without."""

DATABASES = {"default": _postgresql(DATABASE_URL) if DATABASE_URL else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _redis_cache(purpose: str) -> dict[str, Any]:
    # django-redis shares pools by URL alone, so each alias carries its timeouts in the URL.
    timeouts = urlencode(
        {
            "socket_timeout": REDIS_PATIENCE_SECONDS,
            "socket_connect_timeout": REDIS_PATIENCE_SECONDS,
            "client_name": purpose,
        }
    )
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": f"{REDIS_URL}{'&' if '?' in REDIS_URL else '?'}{timeouts}",
        "KEY_PREFIX": purpose,
        # What is cached can be computed again: a dead Redis is a miss, not an error.
        "OPTIONS": {
            "IGNORE_EXCEPTIONS": True,
            # Whoever can write to Redis must not be able to run code here, as pickle would.
            "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
        },
    }


def _limits_cache() -> dict[str, Any]:
    """Asked by each request: it fails at once, and never instead of saying so."""
    cache = _redis_cache("limits")
    cache["OPTIONS"] = {
        "IGNORE_EXCEPTIONS": False,
        "CONNECTION_POOL_KWARGS": {
            "max_connections": 16,
            # A server that closes idle connections has not failed; one that is silent has.
            "retry": Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
        },
    }
    return cache


def _default_cache() -> dict[str, Any]:
    """Asked by each request with a key: not while it is silent."""
    return _redis_cache("default") | {"BACKEND": "ops.overload.breakers.cache.GuardedCache"}


def _reports_cache() -> dict[str, Any]:
    """Its failures are heard: a breaker stands before it."""
    cache = _redis_cache("reports")
    cache["OPTIONS"]["IGNORE_EXCEPTIONS"] = False
    return cache


def _local_cache(purpose: str, entries: int) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": purpose,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }


CACHES = {
    "default": _default_cache() if REDIS_URL else _local_cache("default", 1000),
    "reports": _reports_cache() if REDIS_URL else _local_cache("reports", 500),
    "edge": {"BACKEND": "ops.limits.counter_cache.CounterCache"},
}
if REDIS_URL:
    CACHES["limits"] = _limits_cache()

DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

# --- The queue -----------------------------------------------------------------------------

WORKERS = env.int("WORKERS", default=2)
OPS_WORKERS_AT_MOST = env.int("WORKERS_AT_MOST", default=max(WORKERS, os.cpu_count() or 1))
"""How many a host may have while an emergency calls for all of them."""
OPS_WORKER_NICE = env.int("WORKER_NICE", default=10)
"""How far workers stand back for web processes on the same processors, as `nice` counts."""
Q_CLUSTER = {
    "name": "contentcreate",
    "broker_class": "ops.queue.broker.ShiftBroker",
    "orm": "default",  # registers django-q2's queue admin
    "workers": WORKERS,
    "queue_limit": 1,
    "bulk": 1,
    "save_limit": 250,  # of ordinary tasks; shifts are never saved
    "recycle": 50,
    "timeout": 3600,
    "retry": 3700,
    "max_attempts": 0,
    "ack_failures": True,
    "guard_cycle": 0.5,  # keep a power of two: the guard compares floats for equality
    "catch_up": False,
    "label": "Task queue",
}
OPS_JOBS = {
    "alert": "ops.alerts.delivery.attempt",
    "analysis": "analysis.tasks.run_analysis",
    "webhook": "ops.webhooks.rounds.deliver",
    "fetch": "analysis.fetching.run_fetch",
    "remote": "analysis.remote.run_remote",
}
"""Which function does jobs of which kind: kind to dotted path."""
OPS_JOB_RULES: dict[str, dict[str, Any]] = {
    # Ordinary tasks of django-q2 keep its own timeout.
    "task": {"soft_timeout_seconds": 0.0, "hard_timeout_seconds": 3700.0},
    "fetch": {
        "attempts": 3,
        "backoff_base_seconds": 5.0,
        "backoff_cap_seconds": 120.0,
        "soft_timeout_seconds": 30.0,
        "hard_timeout_seconds": 45.0,
    },
    "remote": {"attempts": 3, "soft_timeout_seconds": 30.0, "hard_timeout_seconds": 40.0},
    "default": {
        "attempts": 5,
        "backoff_base_seconds": 2.0,
        "backoff_cap_seconds": 600.0,
        "soft_timeout_seconds": 60.0,
        "hard_timeout_seconds": 75.0,
    },
    # A job is an attempt: what failed out there is tried again by a job of its own.
    "webhook": {"attempts": 3, "soft_timeout_seconds": 40.0, "hard_timeout_seconds": 50.0},
}
"""How patient the queue is with each kind of job; what a kind does not say is the default's."""
OPS_QUEUE_BELL = env.str("QUEUE_BELL", default="")
"""Dotted path of the way to wake idle workers; empty: the database's own (ops.queue.wake)."""
OPS_HOSTNAME = env.str("WORKER_HOSTNAME", default=socket.gethostname())
OPS_REGION = env.str("REGION", default="")
OPS_LEASE = timedelta(seconds=env.float("LEASE_SECONDS", default=15))
"""How long a silent host keeps its jobs before others may claim them."""
OPS_AGEING = timedelta(minutes=10)
"""A job that waited longer than this gets one claim in four, whatever its priority."""
OPS_SPILL_OVER = timedelta(seconds=env.float("SPILL_OVER_SECONDS", default=30))
"""How long a job waits for its own region before others may take it."""
OPS_METRICS_SAMPLE = timedelta(seconds=env.float("METRICS_SAMPLE_SECONDS", default=15))
"""How often figures of the whole installation are taken, and the rules of alerts looked at."""
OPS_SCHEDULES = {
    "sample": Schedule("ops.metrics.sampling.sample_installation", OPS_METRICS_SAMPLE),
    "alerts": Schedule("ops.alerts.evaluation.evaluate", OPS_METRICS_SAMPLE),
    "roll up metrics": Schedule("ops.metrics.rollup.roll_up", timedelta(minutes=1)),
    "prune metrics": Schedule("ops.metrics.rollup.prune", timedelta(hours=1)),
    "prune alerts": Schedule("ops.alerts.retention.prune", timedelta(hours=1)),
    "status page": Schedule("ops.status_page.current.refresh", timedelta(minutes=1)),
    "prune limits": Schedule("ops.limits.watching.prune", timedelta(hours=1)),
    "announce analyses": Schedule("analysis.announcing.sweep", timedelta(seconds=5)),
    "announce batches": Schedule("analysis.announcing.sweep_batches", timedelta(seconds=5)),
    "resume webhooks": Schedule("ops.webhooks.upkeep.resume", timedelta(seconds=15)),
    "prune webhooks": Schedule("ops.webhooks.upkeep.prune", timedelta(hours=1)),
    "prune jobs": Schedule("ops.queue.retention.prune", timedelta(minutes=10), is_job=True),
    "forget answers": Schedule(
        "analysis.housekeeping.forget_answers", timedelta(hours=1), is_job=True
    ),
    "expire contents": Schedule(
        "analysis.housekeeping.expire_contents", timedelta(hours=1), is_job=True
    ),
    "forget usage": Schedule("analysis.housekeeping.forget_usage", timedelta(days=1), is_job=True),
}
"""What is done every so often, once for all hosts, whatever the number of processes."""
OPS_KEEP_ENDED_JOBS = timedelta(days=1)
OPS_KEEP_DEAD_JOBS = timedelta(days=30)
OPS_GRACE = timedelta(seconds=env.float("GRACE_SECONDS", default=8))
"""How long a stopping worker may take; what is not finished by then is given back."""
OPS_CANCEL_GRACE = timedelta(seconds=5)
"""How long a canceled job may take to end by itself before its worker is killed."""
OPS_STUCK = timedelta(seconds=12)
"""Workers give a sign every second, without a database every few; a silent one is replaced."""
OPS_BLIND = timedelta(seconds=30)
"""Without a database for so long, a cluster ends to be started anew: it costs nothing then."""
OPS_ALIVE_THRESHOLD = timedelta(seconds=10)  # five missed heartbeats

OPS_FIRST_REQUEST = (
    "/api/v1/analyses",
    {
        "content": "# Hello\n\nThe report was written by the committee, and it is very, very long.",
        "format": "markdown",
    },
)
"""What a newcomer sends first: a path and a JSON body."""

# --- Maintenance and overload --------------------------------------------------------------

OPS_MAINTENANCE = env.bool("MAINTENANCE", default=False)
"""Closes what is started with it, whatever the rows say."""
OPS_MAINTENANCE_ADDRESSES = env.list("MAINTENANCE_ADDRESSES", default=[])
"""Networks that are let in nevertheless."""
OPS_GATE = env.bool("GATE", default=True)
"""Whether requests pass a gate in front of Django; without it all are taken and wait somewhere."""
_WAIT_PROMISE = env.float("WAIT_PROMISE_SECONDS", default=60.0)
OPS_WAIT_PROMISE = {
    "premium": 2 * _WAIT_PROMISE,
    "free": _WAIT_PROMISE,
    "anonymous": _WAIT_PROMISE / 2,
    "batch": 60 * _WAIT_PROMISE,
}
"""Seconds within which work of each priority is to be started; beyond them it is refused."""

# --- Limits --------------------------------------------------------------------------------

RATE_LIMIT_REQUESTS = env.int("RATE_LIMIT_REQUESTS", default=10)
RATE_LIMIT_WINDOW_SECONDS = env.int("RATE_LIMIT_WINDOW_SECONDS", default=60)
"""What an anonymous client may submit, as long as staff set nothing else."""
RATE_LIMIT_FACTOR = env.float("RATE_LIMIT_FACTOR", default=1)
"""Multiplies all quotas: for load tests, or an installation among friends."""
WEB_PROCESSES = env.int("WEB_PROCESSES", default=2)
"""Who share the quotas while the shared store is away."""
RATELIMIT_USE_CACHE = "edge"

# --- Health and logs -----------------------------------------------------------------------

NO_COLOR = bool(env.str("NO_COLOR", default=""))
"""The wish of whoever reads in a terminal (no-color.org)."""
OPS_DISK_LOW_BYTES = 512 * 2**20
LOGGING = logging_settings(
    as_json=env.str("LOG_FORMAT", default="text" if DEBUG or sys.stderr.isatty() else "json")
    == "json",
    level=env.str("LOG_LEVEL", default="INFO"),
    colors=sys.stderr.isatty() and not NO_COLOR,
)

# --- Metrics -------------------------------------------------------------------------------

OPS_METRICS_STRICT = env.bool("METRICS_STRICT", default=DEBUG)
"""Counting what ops/metrics/register.py does not declare raises; otherwise it is dropped."""
OPS_METRICS_FLUSH_SECONDS = env.float("METRICS_FLUSH_SECONDS", default=5)
"""How often a process stores what it counted; 0: never."""
OPS_METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
OPS_METRICS_ALLOWED = env.list("METRICS_ALLOWED", default=[])
"""Addresses or networks (10.0.0.0/8) that may read /metrics without the token."""
OPS_METRICS_STORE = "ops.metrics.store.save"
OPS_METRICS_BEAT = "ops.metrics.beat.beat"
# Where alerts leave by e-mail: smtp+tls://user:password@mail.example.com:587
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="contentcreate@localhost")
OPS_ALERT_NETWORKS = env.list("ALERT_NETWORKS", default=[])
"""Private networks (10.0.0.0/8) to which notifications may be posted all the same."""

# --- Status page -----------------------------------------------------------------------------

OPS_STATUS_PAGE_FRESH_SECONDS = 10.0

# --- Console -------------------------------------------------------------------------------

ENVIRONMENT = env.str("ENVIRONMENT", default="production" if HTTPS else "local")
UNFOLD = unfold_settings(ENVIRONMENT)
OPS_CONSOLE_PANELS = [
    "analysis.admin.recent.panel",
]
"""What the overview lists: dotted paths of functions that return a Panel."""
OPS_CONSOLE_FRESH_SECONDS = 5.0
"""All viewers of an installation share one look at the database for so long."""
OPS_WAIT_TARGET = timedelta(minutes=1)

# --- Calls to others -----------------------------------------------------------------------

OPS_OUTBOUND_PORTS = env.list("OUTBOUND_PORTS", cast=int, default=[80, 443, 8080, 8443])
"""What may be called of addresses that clients name."""
OPS_OUTBOUND_ALLOWED_NETWORKS = env.list("OUTBOUND_ALLOWED_NETWORKS", default=[])
"""Private networks (10.0.0.0/8) that may be called all the same, on every port: development."""
OPS_OUTBOUND_REFUSED_NETWORKS = env.list("OUTBOUND_REFUSED_NETWORKS", default=[])
"""Public networks of our own that others must not reach through us."""
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")
"""Under which clients know us, for links in what we send; empty: as they called us."""
OPS_WEBHOOK_HTTPS_ONLY = env.bool("WEBHOOK_HTTPS_ONLY", default=HTTPS)
OPS_WEBHOOK_DEADLINE_SECONDS = env.float("WEBHOOK_DEADLINE_SECONDS", default=10)
OPS_WEBHOOK_SLOTS = max(1, env.int("WEBHOOK_SLOTS", default=1))
"""How many workers deliver webhooks at once, each to many endpoints."""
OPS_WEBHOOK_ENDPOINTS_AT_MOST = 20
"""Of one client; once more so many origins that its submissions name."""
OPS_WEBHOOK_DISABLED_AFTER = timedelta(days=5)
"""An endpoint that took nothing for so long is called no more."""
OPS_WEBHOOK_OVERLAP = timedelta(days=1)
"""How long the old secret goes on signing beside a new one."""
OPS_KEEP_WEBHOOKS = timedelta(days=30)

# --- HTTP ----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["ops.authentication.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["ops.permissions.KeyHasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["ops.throttling.PolicyThrottle"],
    "NUM_PROXIES": 0,  # ops.limits.identity knows whom to believe
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "ops.http_json.FirstRendererNegotiation",
    "DEFAULT_PARSER_CLASSES": ["ops.http_json.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["ops.http_json.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "ops.problems.translation.exception_handler",
    "UNAUTHENTICATED_USER": None,
}

# A text of 2 MB may come as JSON escapes of up to three times its size.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6_500_000

SPECTACULAR_SETTINGS = {
    "TITLE": "ContentCreate",
    "DESCRIPTION": "Content analysis that stays fast, fair and honest while traffic spikes.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "AUTHENTICATION_WHITELIST": [],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "POSTPROCESSING_HOOKS": ["analysis.openapi.complete"],
}

# --- Content analysis ----------------------------------------------------------------------

ANALYSIS_KEEP_DAYS = env.int("ANALYSIS_KEEP_DAYS", default=0)
"""How long texts and reports are kept; 0: until their client erases them."""
ANALYSIS_ANONYMOUS_MAX_CHARS = env.int("ANALYSIS_ANONYMOUS_MAX_CHARS", default=10_000)
URL_FETCH_AT_ONCE = max(1, env.int("URL_FETCH_AT_ONCE", default=WORKERS // 2))
"""How many workers of the installation may wait for pages of others at the same time."""
REMOTE_ANALYZER_URL = env.str("REMOTE_ANALYZER_URL", default="")
"""Where an OpenAI-compatible API begins (http://127.0.0.1:11434/v1); empty: none is asked."""
REMOTE_ANALYZER_MODEL = env.str("REMOTE_ANALYZER_MODEL", default="")
REMOTE_ANALYZER_KEY = env.str("REMOTE_ANALYZER_KEY", default="")
REMOTE_ANALYZER_AT_ONCE = max(1, env.int("REMOTE_ANALYZER_AT_ONCE", default=1))
"""How many workers of the installation may wait for it at the same time."""

# --- Security ------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
if HTTPS and TRUSTED_PROXIES:
    # The proxy speaks plain HTTP to us: without its word each answer would be a redirect.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'self'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
SECURE_CSP_BY_PREFIX = {
    # django-unfold's Alpine evaluates attributes, and its pages set colours inline.
    "/admin/": SECURE_CSP
    | {
        "script-src": ["'self'", "'unsafe-eval'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
    },
    # Swagger UI draws its icons from data URLs.
    "/docs": SECURE_CSP | {"img-src": ["'self'", "data:"]},
}
OPS_SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
"""Whether the console asks everybody for one; whoever set one up is asked in any case."""
OTP_TOTP_ISSUER = f"ContentCreate ({ENVIRONMENT})"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Language, time, static files ----------------------------------------------------------

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "contentcreate.formats"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "contentcreate" / "static"]
# Nobody but a developer's tool reads source maps, and they are half of all there is to compress.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "contentcreate.static_storage.SiteStorage"},
}

# --- What was read -------------------------------------------------------------------------

SETTINGS_READ = env.read
"""Each variable of the environment that was asked for above, for the console's page of settings."""
