"""DRF and django-q2 as their documentation starts them: no gate, no limits, the orm broker."""

import os

import environ

SECRET_KEY = "only-for-measurements"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bench.peers.stock.urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "rest_framework",
    "django_q",
    "bench.peers.stock",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
DATABASES = {"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
}
Q_CLUSTER = {"name": "stock", "workers": 1, "orm": "default", "timeout": 60, "retry": 120}
USE_TZ = True
