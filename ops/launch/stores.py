"""Are the database and the static files those of this version?"""

import hashlib
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError

from ops.launch.refusal import LaunchRefusedError


def migrate() -> None:
    try:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise LaunchRefusedError(f"The database cannot be used: {reason}.") from error


def collect_static(root: Path) -> None:
    """Hashing and compressing takes seconds, so it happens only when a file changed."""
    stamp = root.with_name(f"{root.name}.collected")
    wanted = _fingerprint()
    if root.is_dir() and stamp.is_file() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    stamp.write_text(wanted)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
