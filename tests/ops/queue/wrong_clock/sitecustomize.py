"""How does Python see a machine whose clock is wrong? Python reads this file when it starts.

Everything that asks Python for the time of day hears CLOCK_IS_AHEAD_SECONDS more than it is; the
database's server and monotonic clocks go on as they were.
"""

import copyreg
import datetime
import os
import time

_AHEAD = float(os.environ["CLOCK_IS_AHEAD_SECONDS"])
_time, _time_ns, _datetime = time.time, time.time_ns, datetime.datetime

time.time = lambda: _time() + _AHEAD
time.time_ns = lambda: _time_ns() + int(_AHEAD * 1e9)


class _LooksLikeAnyOther(type):
    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, _datetime)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, _datetime)


class _WrongDatetime(_datetime, metaclass=_LooksLikeAnyOther):
    __slots__ = ()  # as large as C extensions expect

    def __new__(cls, *words, **named):
        return _datetime(*words, **named)

    @classmethod
    def now(cls, tz=None):
        return _datetime.now(tz) + datetime.timedelta(seconds=_AHEAD)

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.now()


def again(*words):
    return _datetime(*words)


datetime.datetime = _WrongDatetime
# Pickles name the class, and by that name they would not find the one they are of.
copyreg.pickle(_datetime, lambda moment: (again, moment.__reduce_ex__(2)[1]))
