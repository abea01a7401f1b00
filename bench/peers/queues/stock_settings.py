"""The installation's settings, with django-q2's own brokers and defaults."""

import os
from urllib.parse import urlsplit

from contentcreate.settings import *  # noqa: F403

Q_CLUSTER: dict = {
    "name": "stock",
    "workers": 2,
    "timeout": 60,
    "retry": 120,
    "orm": "default",  # also what registers its queue admin, which the console expects
}
if os.environ.get("BENCH_BROKER") == "redis":
    _redis = urlsplit(os.environ["BENCH_REDIS_URL"])
    Q_CLUSTER["broker_class"] = "django_q.brokers.redis_broker.Redis"
    Q_CLUSTER["redis"] = {"host": _redis.hostname, "port": _redis.port, "db": 3}
