"""May this request come in? Asked in front of Django, where a refusal costs microseconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from ops.limits.doorstep import known_refusal
from ops.overload.arrivals import Arrival, arrival_of
from ops.overload.gate import Shed, Ticket
from ops.overload.refusal_log import Sent
from ops.overload.refusals import StartResponse, refuse, refuse_address, request_id
from ops.overload.watch import Watch, watch

Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

_inside = threading.local()


class Door:
    """A WSGI application around another one."""

    def __init__(self, application: Application, watch: Watch = watch) -> None:
        self._application = application
        self._watch = watch

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        arrival = arrival_of(environ)
        if arrival is None:
            return self._application(environ, start_response)
        shed = self._watch.refuses(arrival)
        if shed is None and arrival.is_api and (problem := known_refusal(environ)) is not None:
            name = self._note(environ, arrival, problem.status_code, "limits")
            return refuse_address(environ, start_response, problem, name=name)
        answer = shed or self._watch.admit(arrival)
        if isinstance(answer, Shed):
            name, share = self._note(environ, arrival, 503, answer.reason), self._share
            return refuse(environ, start_response, arrival, share=share, name=name)
        _inside.ticket = answer
        began = time.thread_time()
        try:
            return self._application(environ, start_response)
        finally:
            _inside.ticket = None
            self._watch.gate.leave(answer, computing_seconds=time.thread_time() - began)

    @property
    def _share(self) -> float:
        return self._watch.gate.shedder.share

    def _note(self, environ: dict[str, Any], arrival: Arrival, status: int, reason: str) -> str:
        """The name under which the request is told of."""
        name = request_id(environ)
        facts = Sent(environ["REQUEST_METHOD"], status, arrival.importance.word, reason)
        self._watch.refusals.note(facts, name=name)
        return name


def wasted() -> None:
    """What this request did was for nothing: it is refused further inside."""
    if ticket := _ticket():
        ticket.is_wasted = True


@contextmanager
def waiting() -> Iterator[None]:
    """While a request waits for something else, it takes nobody's room."""
    ticket = _ticket()
    if ticket is None:
        yield
        return
    watch.gate.step_aside(ticket)
    try:
        yield
    finally:
        watch.gate.step_back()


def _ticket() -> Ticket | None:
    return getattr(_inside, "ticket", None)
