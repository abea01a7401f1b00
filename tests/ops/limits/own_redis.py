"""A Redis server of a test's own, to be stopped, frozen and started again."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import redis

from tests.services import _redis_program, free_port


class OwnRedis:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "dir": self._folder}
        words = [w for name, value in options.items() for w in (f"--{name}", str(value))]
        self._process = subprocess.Popen(
            [_redis_program(), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(200):
            try:
                with redis.Redis(port=self.port) as client:
                    client.ping()
                return
            except redis.RedisError:
                time.sleep(0.02)
        raise AssertionError("Redis does not start.")

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        self.thaw()
        self._process.terminate()
        self._process.wait(10)

    def flush(self) -> None:
        with redis.Redis(port=self.port) as client:
            client.flushall()
