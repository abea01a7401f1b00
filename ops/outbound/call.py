"""How is somebody else called?"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

import httpcore

from ops.outbound.bodies import read_bounded
from ops.outbound.errors import DeadlineError, RefusedError, UnreachableError
from ops.outbound.network import Network
from ops.outbound.rules import Answer, Call, Rules
from ops.outbound.targets import Target, read
from ops.outbound.vetting import addresses_of
from ops.outbound.wire import Deadline, VettedBackend

_REDIRECTS = {301, 302, 303, 307, 308}
_FOLLOWING_METHODS = {"GET", "HEAD"}
_FOR_ONE_ORIGIN = {"authorization", "cookie", "x-api-key"}
_USUAL_HEADERS = {"User-Agent": "ContentCreate", "Accept": "*/*", "Accept-Encoding": "gzip"}


def send(call: Call, rules: Rules, network: Network | None = None) -> Answer:
    """Raises OutboundError; every status is an answer."""
    wire = _Wire(rules, network or Network())
    target, headers = read(call.url), {**_USUAL_HEADERS, **call.headers}
    for _ in range(rules.redirects + 1):
        answer = wire.exchange(call, target, headers)
        if not _leads_on(answer, call, rules):
            return answer
        following = target.joined(answer.header("Location"))
        if following.origin != target.origin:
            headers = _for_strangers(headers)
        target = following
    raise RefusedError("too_many_redirects", f"It leads on more than {rules.redirects} times.")


def _leads_on(answer: Answer, call: Call, rules: Rules) -> bool:
    is_redirect = answer.status in _REDIRECTS and bool(answer.header("Location"))
    return is_redirect and rules.redirects > 0 and call.method in _FOLLOWING_METHODS


def _for_strangers(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _FOR_ONE_ORIGIN}


class _Wire:
    """One call's way out: each exchange has a vetted connection of its own."""

    def __init__(self, rules: Rules, network: Network) -> None:
        self._rules = rules
        self._network = network
        self._deadline = Deadline(rules.deadline_seconds)

    def exchange(self, call: Call, target: Target, headers: Mapping[str, str]) -> Answer:
        with _in_our_words(), closing(self._connection(target)) as connection:
            response = connection.handle_request(_request(call, target, headers))
            named = tuple((_text(name), _text(value)) for name, value in response.headers)
            encoding = next((v for name, v in named if name.lower() == "content-encoding"), "")
            body, is_cut = read_bounded(_pieces(response), encoding, self._rules)
        seconds = self._deadline.spent_seconds
        return Answer(response.status, named, body, is_cut, target.url, seconds)

    def _connection(self, target: Target) -> httpcore.HTTPConnection:
        rules, deadline = self._rules, self._deadline
        seconds = deadline.left_seconds()
        found = addresses_of(target, rules, self._network, seconds=seconds)
        is_https = target.scheme == "https"
        return httpcore.HTTPConnection(
            origin=httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=self._network.trust() if is_https else None,
            network_backend=VettedBackend(
                found, connect_seconds=rules.connect_seconds, deadline=deadline
            ),
        )


def _request(call: Call, target: Target, headers: Mapping[str, str]) -> httpcore.Request:
    own = {"Host": target.authority, **headers, "Connection": "close"}
    if call.body or call.method in {"POST", "PUT", "PATCH"}:
        own["Content-Length"] = str(len(call.body))
    url = httpcore.URL(
        scheme=target.scheme.encode(),
        host=target.host.encode(),
        port=target.port,
        target=target.path.encode(),
    )
    named = [(name.encode(), value.encode()) for name, value in own.items()]
    return httpcore.Request(call.method, url, headers=named, content=call.body)


def _pieces(response: httpcore.Response) -> Iterator[bytes]:
    with _in_our_words():
        yield from response.iter_stream()


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise DeadlineError("It took too long.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        code = _code(error)
        raise UnreachableError(code, f"{_WORDS[code]}: {str(error)[:200]}") from error


_WORDS = {
    "tls": "The certificate or the encryption is not in order",
    "connection": "Nobody answers",
    "protocol": "The answer is not HTTP",
    "reset": "The connection broke off",
}


def _code(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "tls"
    if isinstance(error, httpcore.ConnectError):
        return "connection"
    return "protocol" if isinstance(error, httpcore.ProtocolError) else "reset"


def _text(raw: bytes) -> str:
    return raw.decode("latin-1")
