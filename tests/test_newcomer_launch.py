import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from ops.launch import processes
from ops.launch.banner import Banner
from ops.launch.first_start import let_in
from ops.launch.processes import Crew, read_procfile
from ops.launch.refusal import LaunchRefusedError
from ops.models import ApiKey, Tier

ROOT = Path(__file__).parent.parent
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from ops.launch import ending
from ops.launch.processes import Crew

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

ending.listen()
os.register_at_fork(after_in_parent=interrupt, after_in_child=interrupt)
folder = Path(sys.argv[1])
try:
    with Crew(folder, dict(os.environ), folder / "logs") as crew:
        crew.start()
except KeyboardInterrupt:
    print("interrupted")
"""
POLICY = 'trap "" TERM; echo listening; while :; do sleep 0.05; done'


def crew_of(folder: Path, *lines: str, stop_seconds: float = 5) -> Crew:
    (folder / "Procfile").write_text("# a comment: none of these\n" + "\n".join(lines))
    return Crew(folder, dict(os.environ), folder / "logs", stop_seconds=stop_seconds)


def wait_for(log: Path, word: str) -> None:
    deadline = time.monotonic() + 10
    while word not in (log.read_text() if log.exists() else ""):
        assert time.monotonic() < deadline, f"{log.name} never said {word!r}"
        time.sleep(0.01)


def test_a_process_that_ends_is_reported_with_its_last_words(tmp_path: Path) -> None:
    with crew_of(tmp_path, "good: sleep 60", "bad: sh -c 'echo no such table; exit 3'") as crew:
        crew.start()
        wait_for(tmp_path / "logs" / "bad.log", "no such table")
        with pytest.raises(LaunchRefusedError, match=r"`bad` ended with exit code 3(?s:.*)no such"):
            check_until_something_ends(crew)


def check_until_something_ends(crew: Crew) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        crew.check()


def test_a_process_that_does_not_want_to_end_is_killed_in_time(tmp_path: Path) -> None:
    (tmp_path / "stubborn.sh").write_text(POLICY)
    with crew_of(tmp_path, "stubborn: sh stubborn.sh", stop_seconds=0.3) as crew:
        crew.start()
        wait_for(tmp_path / "logs" / "stubborn.log", "listening")
        begun = time.monotonic()
    assert time.monotonic() - begun < 3


def test_ctrl_c_in_the_moment_in_which_a_process_is_born_leaves_nobody(tmp_path: Path) -> None:
    (tmp_path / "Procfile").write_text("one: sleep 61\ntwo: sleep 62")

    told = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert (told.stdout, told.returncode) == ("interrupted\n", 0), told.stderr
    left = [process for process in psutil.process_iter() if _works_in(tmp_path, process)]
    assert left == []


def _works_in(folder: Path, process: psutil.Process) -> bool:
    try:
        return process.cwd() == str(folder)
    except psutil.Error:
        return False


def test_a_log_that_grew_too_long_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "LOG_LIMIT_BYTES", 100)
    log = tmp_path / "logs" / "loud.log"
    with crew_of(tmp_path, f"loud: sh -c 'echo {'x' * 200}; exec sleep 60'") as crew:
        crew.start()
        wait_for(log, "xxx\n")
        crew.check()
    assert log.read_text() == ""
    assert len((tmp_path / "logs" / "loud.log.1").read_text()) == 201


def test_a_service_that_never_answers_is_not_waited_for_forever(tmp_path: Path) -> None:
    with crew_of(tmp_path, "silent: sleep 60") as crew:
        crew.start()
        with pytest.raises(LaunchRefusedError, match="does not answer"):
            crew.wait_until_it_answers("127.0.0.1", 9, patience_seconds=0.1)


def test_the_procfile_names_web_and_worker() -> None:
    commands = read_procfile(ROOT / "Procfile")
    assert list(commands) == ["web", "worker"]


@pytest.mark.storage
@pytest.mark.django_db
def test_only_an_empty_installation_lets_somebody_in() -> None:
    let = let_in()
    assert let
    assert {key.client.tier for key in ApiKey.objects.all()} == {Tier.FREE, Tier.PREMIUM}
    assert let.free_key != let.premium_key
    assert let_in() is None


def test_the_printed_curl_survives_a_quote_in_the_text() -> None:
    banner = Banner(
        base_url="http://127.0.0.1:8000",
        logs=Path(".data/logs"),
        manage="manage.py",
        first_path="/api/v1/analyses",
        first_body={"content": "It's here."},
        secrets=None,
    )
    assert banner.curl().endswith("""-d '{"content": "It'"'"'s here."}'""")
