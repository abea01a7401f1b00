"""How is an ordinary `async_task` of django-q2 done?

As django-q2's own worker and monitor do it, signals, results, hooks and chains included, but
inside one leased job. Its arguments are a signed pickle, as django-q2 made it.
"""

from __future__ import annotations

import pydoc
import traceback
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.exceptions import TimeoutException
from django_q.models import Task
from django_q.monitor import save_cached, save_task
from django_q.signals import post_execute, post_execute_in_worker, pre_execute
from django_q.signing import SignedPackage
from django_q.timeout import TimeoutHandler

from ops.queue.errors import PermanentError


class PlainTaskFailedError(Exception):
    """Told to the queue so that the job is tried again; the task's own error is its result."""


def run(pack: str) -> None:
    task: dict[str, Any] = SignedPackage.loads(pack)
    task["cluster"] = Conf.CLUSTER_NAME
    timeout = task.pop("timeout", Conf.TIMEOUT)
    function: Any = task["func"] if callable(task["func"]) else pydoc.locate(task["func"])
    pre_execute.send(sender="django_q", func=function, task=task)
    task["result"], task["success"] = _result(function, task, timeout)
    task["stopped"] = timezone.now()
    post_execute_in_worker.send(sender="django_q", func=function, task=task)
    _save(task)
    post_execute.send(sender="django_q", task=task)
    if not task["success"]:
        raise _failure(task)


def _result(
    function: Callable[..., object] | None, task: dict[str, Any], timeout: int | None
) -> tuple[object, bool]:
    try:
        if function is None:
            raise ValueError(f"Function {task['func']} is not defined")
        with TimeoutHandler(-1 if timeout is None else timeout):
            return function(*task["args"], **task["kwargs"]), True
    except (Exception, TimeoutException) as error:  # noqa: BLE001 - the boundary around a job
        return f"{error} : {traceback.format_exc()}", False


def _save(task: dict[str, Any]) -> None:
    if task.get("cached", False):
        save_cached(task, get_broker())
        return
    save_task(task, get_broker())
    is_kept = task.get("save", Conf.SAVE_LIMIT >= 0) or not task["success"]
    # django-q2 logs what it cannot save and goes on; the caller would wait for it for ever.
    if is_kept and not Task.objects.filter(id=task["id"]).exists():
        raise PermanentError("The task's result cannot be saved.")


def _failure(task: dict[str, Any]) -> Exception:
    """django-q2's `ack_failure` says that a failed task is done with."""
    first_line = str(task["result"]).partition("\n")[0]
    return (
        PermanentError(first_line) if task.get("ack_failure") else PlainTaskFailedError(first_line)
    )
