import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import OperationalError

from ops.health.readiness import Level
from ops.management.watching import watch
from tests.factories import WorkerHostFactory

SHOWN = [
    ("status",),
    ("doctor",),
    ("queue", "status"),
    ("workers", "list"),
    ("alerts", "list"),
    ("incident", "list"),
    ("metrics", "show"),
]


class Terminal(StringIO):
    def isatty(self):
        return True


def looks(number):
    """A pause that is interrupted after so many looks."""
    left = iter(range(number - 1))

    def pause(_seconds):
        if next(left, None) is None:
            raise KeyboardInterrupt

    return pause


def test_a_terminal_shows_each_look_in_the_place_of_the_last():
    screen, words = Terminal(), iter(["one\ntwo", "three"])
    out = OutputWrapper(screen)

    def look():
        out.write(next(words))
        return Level.DEGRADED

    level = watch(out, look, 2.0, pause=looks(2))

    first, second = screen.getvalue().split("\x1b[H")[1:]
    assert first.startswith("one\x1b[K\ntwo\x1b[K\n")
    assert second.startswith("three\x1b[K\n")
    assert second.endswith("Ctrl-C ends it\x1b[K\n\x1b[J")
    assert level is Level.DEGRADED


def test_elsewhere_one_look_follows_the_other():
    screen = StringIO()
    out = OutputWrapper(screen)

    def look():
        out.write("seen")
        return Level.OK

    watch(out, look, 2.0, pause=looks(3))

    assert screen.getvalue() == "seen\n" * 3


@pytest.mark.parametrize("error", [OperationalError("gone"), CommandError("nothing stored")])
def test_a_look_that_fails_is_shown_and_the_next_one_follows(error):
    screen, failures = StringIO(), iter([error])
    out = OutputWrapper(screen)

    def look():
        if trouble := next(failures, None):
            raise trouble
        out.write("well again")
        return Level.OK

    level = watch(out, look, 2.0, pause=looks(2))

    assert str(error) in screen.getvalue()
    assert screen.getvalue().endswith("well again\n")
    assert level is Level.OK


@pytest.mark.django_db
@pytest.mark.usefixtures("fresh_readiness")
@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_every_command_that_shows_can_be_watched_and_speaks_json(words, monkeypatch):
    WorkerHostFactory()
    monkeypatch.setattr("ops.management.watching.time.sleep", looks(1))
    alone, watched = StringIO(), StringIO()
    codes = []

    for out, more in ((alone, ()), (watched, ("--watch", "5"))):
        try:
            call_command(*words, "--json", *more, stdout=out, stderr=StringIO())
            codes.append(0)
        except SystemExit as end:
            codes.append(end.code)
        except CommandError as error:
            codes.append(error.returncode)

    json.loads(alone.getvalue())
    assert watched.getvalue()
    assert set(codes) <= {0, 1, 2, 3}


@pytest.mark.parametrize("seconds", ["0", "-1", "soon"])
def test_nonsense_is_wrong_usage(seconds):
    with pytest.raises(CommandError) as refused:
        call_command("workers", "list", "--watch", seconds, stderr=StringIO())

    assert refused.value.returncode == 64
