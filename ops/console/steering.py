"""What can staff do to queue and workers? Named moves, each an event with its author."""

from enum import StrEnum

from ops import events
from ops.models import Pause, WorkerHost
from ops.queue import wake


class Move(StrEnum):
    QUIET = "quiet"  # finish what runs, claim nothing more
    WAKE = "wake"  # claim again
    STOP = "stop"  # finish what runs, then leave for good
    FORGET = "forget"  # it is gone: nobody need wonder where it is


_FLAGS = {
    Move.QUIET: {"quiet": True},
    Move.WAKE: {"quiet": False},
    Move.STOP: {"quiet": True, "stopping": True},
}


def pause(kind: str, *, actor: str, reason: str) -> bool:
    """An empty kind pauses everything; whether it was not paused before."""
    row, is_new = Pause.objects.get_or_create(kind=kind, defaults={"reason": reason})
    if is_new:
        tell_of_pause(row, actor=actor)
    return is_new


def tell_of_pause(row: Pause, *, actor: str) -> None:
    undo = {"resume": row.pk}
    events.record("queue.paused", actor=actor, reason=row.reason, undo=undo, kind=str(row))


def resume(row: Pause, *, actor: str) -> bool:
    deleted, _ = Pause.objects.filter(pk=row.pk).delete()
    if deleted:
        wake.ring_on_commit()
        events.record("queue.resumed", actor=actor, kind=str(row))
    return bool(deleted)


def steer(host: WorkerHost, move: Move, *, actor: str, reason: str) -> bool:
    """Whether there was anything to change; a host that is stopping cannot be called back."""
    if move is Move.FORGET:
        return forget(host, actor=actor, reason=reason)
    flags = _FLAGS[move]
    changed = WorkerHost.objects.filter(pk=host.pk, stopping=False).exclude(**flags).update(**flags)
    if changed:
        undo = {"wake": host.pk} if move is Move.QUIET else None
        events.record(f"workers.{move}", actor=actor, reason=reason, undo=undo, host=host.name)
    return bool(changed)


def forget(host: WorkerHost, *, actor: str, reason: str) -> bool:
    """Only one that is silent; its jobs go to others as soon as its lease ends."""
    deleted, _ = WorkerHost.objects.silent().filter(pk=host.pk).delete()
    if deleted:
        events.record("workers.forget", actor=actor, reason=reason, host=host.name)
    return bool(deleted)
