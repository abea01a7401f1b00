"""What does an nginx in front change, that lets each address ask only so often?

The edge is a machine of its own, so it stands on the processor of the load.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.overload.measuring import CLIENTS
from tests import services

CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
worker_cpu_affinity {processors};
events {{ worker_connections 2048; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  limit_req_zone $binary_remote_addr zone=addresses:1m rate={rate}r/m;
  limit_req_status 429;
  upstream web {{ server 127.0.0.1:{upstream}; keepalive 64; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      limit_req zone=addresses burst=2 nodelay;
      proxy_pass http://web; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Request-Start t=$msec;
    }}
  }}
}}
"""


def is_here() -> bool:
    return shutil.which("nginx") is not None


@contextlib.contextmanager
def before(upstream: int, *, per_minute: int) -> Iterator[int]:
    """Its port."""
    port = services.free_port()
    with tempfile.TemporaryDirectory(prefix="contentcreate-nginx-") as folder:
        file = Path(folder) / "nginx.conf"
        text = CONFIGURATION.format(
            folder=folder,
            rate=per_minute,
            upstream=upstream,
            port=port,
            processors=f"{1 << CLIENTS:b}",
        )
        file.write_text(text)
        running = subprocess.Popen(["nginx", "-c", str(file), "-e", f"{folder}/error.log"])
        try:
            _wait_for(port)
            yield port
        finally:
            running.terminate()
            running.wait(10)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=2).close()
        except OSError:
            assert time.monotonic() < deadline, "nginx does not answer"
            time.sleep(0.05)
        else:
            return
