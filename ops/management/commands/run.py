"""How does the whole service start? Prepares an installation, starts it, ends it on Ctrl-C."""

import os
import shlex
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections

from ops.launch import ending, first_start, place, stores
from ops.launch.banner import Banner
from ops.launch.processes import Crew
from ops.launch.refusal import LaunchRefusedError

PATIENCE_SECONDS = 30
WATCH_SECONDS = 0.5


class Command(BaseCommand):
    help = "Prepare the data folder, then run web server and worker until Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        ending.listen()
        try:
            self._run()
        except LaunchRefusedError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _run(self) -> None:
        port = _prepare()
        logs = settings.DATA_DIR / "logs"
        with Crew(settings.BASE_DIR, _environment(), logs) as crew:
            crew.start()
            crew.wait_until_it_answers(_reachable(), port, patience_seconds=PATIENCE_SECONDS)
            self._welcome(port, logs)
            while True:
                crew.check()
                time.sleep(WATCH_SECONDS)

    def _welcome(self, port: int, logs: Path) -> None:
        path, body = settings.OPS_FIRST_REQUEST
        banner = Banner(
            base_url=f"http://{_reachable()}:{port}",
            logs=logs,
            manage=_manage(),
            first_path=path,
            first_body=body,
            # Only now: secrets made before a start that fails would never be seen.
            secrets=first_start.let_in(),
        )
        connections.close_all()
        self.stdout.write(str(banner))
        self.stdout.flush()


def _prepare() -> int:
    port = place.number_of(settings.PORT)
    place.open_folder(settings.DATA_DIR)
    place.claim(settings.HOST, port)
    place.write_secret_key(settings.DATA_DIR)
    stores.migrate()
    stores.collect_static(Path(settings.STATIC_ROOT))
    connections.close_all()
    return port


def _environment() -> dict[str, str]:
    """As we were given it, with the programs of our own environment first."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return os.environ | {"PATH": programs, "PYTHONUNBUFFERED": "1"}


def _manage() -> str:
    """Another shell does not know which data folder this one named."""
    command = ".venv/bin/python manage.py"
    if settings.DATA_DIR == settings.BASE_DIR / ".data":
        return command
    return f"DATA_DIR={shlex.quote(str(settings.DATA_DIR))} {command}"


def _reachable() -> str:
    return "127.0.0.1" if settings.HOST == "0.0.0.0" else str(settings.HOST)  # noqa: S104
