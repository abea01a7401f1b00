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

    def ask(self, command: bytes, script: Script) -> bytes:
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


def evalsha(sha: str, keys: Sequence[str], argument: bytes) -> bytes:
    """The script with these keys and one argument, as the protocol has it."""
    words = [b"EVALSHA", sha.encode(), b"%d" % len(keys), *(key.encode() for key in keys), argument]
    return b"*%d\r\n" % len(words) + b"".join([b"$%d\r\n%b\r\n" % (len(w), w) for w in words])


def _answer(connection: Any, command: bytes, script: Script) -> bytes:
    try:
        return _asked(connection, command)
    except NoScriptError:
        connection.send_command("SCRIPT LOAD", script.script)
        connection.read_response()
        return _asked(connection, command)


def _asked(connection: Any, command: bytes) -> bytes:
    connection.send_packed_command((command,), check_health=False)
    answer: bytes = connection.read_response(disable_decoding=True)
    return answer
