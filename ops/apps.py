"""How does Django load this application?"""

from django.apps import AppConfig
from django.core.cache import close_caches
from django.core.signals import request_finished
from django.db.models.signals import post_migrate, pre_migrate


class OpsConfig(AppConfig):
    name = "ops"
    verbose_name = "Operations"

    def ready(self) -> None:
        from ops import checks  # noqa: F401 - importing registers them
        from ops.alerts import defaults
        from ops.console import groups
        from ops.limits import checks as limits_checks  # noqa: F401

        # After each request Django asks every cache to close. Ours keep their connections, and
        # asking takes longer than recognising a client.
        request_finished.disconnect(close_caches)
        post_migrate.connect(defaults.install, sender=self)
        pre_migrate.connect(groups.remember, sender=self)
        post_migrate.connect(groups.install, sender=self)
