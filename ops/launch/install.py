"""Is everything installed that the pins ask for? Makes `.venv` and fills it, once.

The Makefile runs this file with whatever Python the machine has, so it uses nothing else.
"""

import hashlib
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = HOME / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"


class InstallError(Exception):
    """Says in one sentence what is missing and how to get it."""


def main(requirements: str) -> int:
    try:
        bring(HOME / requirements)
    except InstallError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def bring(requirements: Path) -> None:
    """Installs exactly these pins, unless that was done before: then it needs no network."""
    name = requirements.relative_to(HOME).as_posix().replace("/", ".")
    stamp = ENVIRONMENT / f"installed.{name}"
    wanted = _fingerprint(requirements)
    if _runs(PYTHON) and stamp.is_file() and stamp.read_text() == wanted:
        return
    try:
        _install(requirements)
        stamp.write_text(wanted)
    except PermissionError as error:
        raise InstallError(f"Cannot write to {error.filename}: make it yours first.") from error


def _install(requirements: Path) -> None:
    if not _is_ours():
        _make_environment()
    sys.stdout.write("Installing what ContentCreate needs (once, about a minute) …\n")
    sys.stdout.flush()
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "-qq"]
    done = subprocess.run(  # noqa: S603  our own environment's pip, our own file
        [*pip, "--disable-pip-version-check", "--requirement", str(requirements)], check=False
    )
    if done.returncode:
        raise InstallError("The packages could not be installed: pip says above why.")


def _make_environment() -> None:
    try:
        import ensurepip  # noqa: F401  Debian ships it apart from Python
    except ImportError:
        raise InstallError(
            f"Python {sys.version_info.major}.{sys.version_info.minor} has no venv module here:"
            " install it first (on Debian and Ubuntu: apt install python3-venv)."
        ) from None
    try:
        venv.create(ENVIRONMENT, clear=not ENVIRONMENT.is_symlink(), with_pip=True)
    except subprocess.CalledProcessError as error:
        raise InstallError(f"The environment {ENVIRONMENT} could not be made: {error}") from error


def _is_ours() -> bool:
    """Made here with pip in it, not moved here: its programs begin with the path of its Python."""
    pip = ENVIRONMENT / "bin" / "pip"
    if not _runs(PYTHON) or not pip.is_file():
        return False
    return str(ENVIRONMENT.resolve()) in pip.read_text(errors="replace")


def _runs(python: Path) -> bool:
    """False when the Python it was made with is gone."""
    return python.exists()


def _fingerprint(requirements: Path) -> str:
    digest = hashlib.sha256(str(ENVIRONMENT.resolve()).encode())
    for file in _with_included(requirements):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _with_included(requirements: Path) -> Iterator[Path]:
    yield requirements
    for line in requirements.read_text().splitlines():
        if line.startswith("-r "):
            yield from _with_included(requirements.parent / line.removeprefix("-r ").strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
