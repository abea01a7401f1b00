"""What does a management command print, and with which code does it end?"""

from __future__ import annotations

from io import StringIO

from django.core.management import CommandError, call_command


def run(*words: str) -> tuple[str, int]:
    out, code = StringIO(), 0
    try:
        call_command(*words, stdout=out, stderr=StringIO(), no_color=True)
    except SystemExit as end:
        code = end.code
    except CommandError as error:
        code = error.returncode
    return out.getvalue(), code
