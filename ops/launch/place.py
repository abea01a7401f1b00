"""May the service live here? A folder to write to, a port to answer on, a secret of its own."""

import os
import socket
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from ops.launch.refusal import LaunchRefusedError


def open_folder(folder: Path) -> None:
    """Private from the start: it will hold a database and a secret key."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise LaunchRefusedError(
            f"Cannot write to the data folder {folder} ({error.strerror}):"
            " make it writable, or name another with DATA_DIR=/some/folder."
        ) from error


def number_of(port: str) -> int:
    if port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return int(port)
    raise LaunchRefusedError(f"PORT={port} is no port: choose a number from 1 to 65535.")


def claim(host: str, port: int) -> None:
    """Two servers that share a port share its visitors: so the port must be nobody's."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], address[1]) as probe:
            # What a server that just ended left behind is no reason to refuse.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except OSError as error:
        raise LaunchRefusedError(
            f"Cannot answer on {host} port {port} ({error.strerror}):"
            f" stop what uses it, or choose another port: PORT={port + 1} make run."
        ) from error


def write_secret_key(folder: Path) -> None:
    """Written once: a new key would end every session."""
    try:
        descriptor = os.open(folder / "secret_key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(get_random_secret_key())
