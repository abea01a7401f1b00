"""How is Redis asked in as little time as possible? One write, one read, on a connection kept.

redis-py's own way to run a script takes as long as the server and the network together: it packs
each argument, takes a connection out of its pool, asks whether it is still good, and puts it back.
Here the command comes ready, and a connection is found bad when it fails.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from redis import Redis
from redis.commands.core import Script
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError


class Line:
    def __init__(self, client: Redis) -> None:
        self._pool = client.connection_pool
        self._idle: deque[Any] = deque()

    def ask(self, command: bytes, script: Script | None = None) -> Any:
        """`script`: which one the command calls, should the server have forgotten it."""
        connection = self._connection()
        try:
            return _answer(connection, command, script)
        except RedisConnectionError:
            # The server has closed an idle connection, or was started again.
            connection.disconnect()
            return _answer(connection, command, script)
        finally:
            self._idle.append(connection)

    def _connection(self) -> Any:
        try:
            return self._idle.pop()
        except IndexError:
            return self._pool.get_connection()


def evalsha(sha: str, keys: Sequence[str], *arguments: bytes) -> bytes:
    named = [key.encode() for key in keys]
    return command_of(b"EVALSHA", sha.encode(), b"%d" % len(keys), *named, *arguments)


def command_of(*words: bytes) -> bytes:
    """As the protocol has it."""
    return b"*%d\r\n" % len(words) + b"".join([b"$%d\r\n%b\r\n" % (len(w), w) for w in words])


def _answer(connection: Any, command: bytes, script: Script | None) -> Any:
    try:
        return _asked(connection, command)
    except NoScriptError:
        if script is None:
            raise
        connection.send_command("SCRIPT LOAD", script.script)
        connection.read_response()
        return _asked(connection, command)


def _asked(connection: Any, command: bytes) -> Any:
    connection.send_packed_command((command,), check_health=False)
    return connection.read_response(disable_decoding=True)
