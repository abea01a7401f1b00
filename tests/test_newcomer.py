import http.cookiejar
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import readme
from tests.newcomer import Copy

pytestmark = pytest.mark.xdist_group("newcomer")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy.at(tmp_path_factory.mktemp("newcomer"))


@pytest.fixture
def copy(tree: Copy) -> Iterator[Copy]:
    """Shared with other tests: it may have been started before."""
    yield tree
    assert tree.close() == []


@pytest.fixture
def fresh_copy(tmp_path: Path) -> Iterator[Copy]:
    copy = Copy.at(tmp_path)
    yield copy
    assert copy.close() == []


def test_the_first_start_lets_the_newcomer_in_and_the_second_keeps_everything(
    fresh_copy: Copy,
) -> None:
    copy = fresh_copy
    first = copy.make_run()
    shown = first.banner()
    assert readme.first_start_is(shown, f"http://127.0.0.1:{copy.port}"), shown
    password = re.search(r"Password +(\S+)", shown)
    assert password
    assert login_is_accepted(copy, password[1])
    keys = re.findall(r"key +(cc_\S+)", shown)
    assert len(set(keys)) == 2
    assert f"Bearer {keys[0]}" in shown
    assert pasted(shown)["status"] == "succeeded"
    assert first.ctrl_c() < 10
    secret = (copy.data / "secret_key").read_text()
    collected = (copy.data / "static" / "staticfiles.json").stat().st_mtime_ns
    assert (copy.data / "secret_key").stat().st_mode & 0o777 == 0o600

    second = copy.make_run()
    shown_again = second.banner()
    assert "cc_" not in shown_again
    assert "Password" not in shown_again
    assert "apikey create" in shown_again
    assert login_is_accepted(copy, password[1])
    assert pasted(shown_again)["status"] == "succeeded", "small texts need no key"
    second.ctrl_c()
    # All that takes long is done once: an idle machine starts again in less than two seconds.
    assert (copy.data / "static" / "staticfiles.json").stat().st_mtime_ns == collected
    assert (copy.data / "secret_key").read_text() == secret
    assert counted(copy, "ops_apikey") == 2
    assert counted(copy, "auth_user") == 1


def test_ctrl_c_ends_everything_within_ten_seconds(copy: Copy) -> None:
    start = copy.make_run()
    start.banner()
    assert len(copy.processes()) >= 6, "make, launcher, server and worker with their children"
    assert start.ctrl_c() < 10
    assert copy.processes_left(within_seconds=1) == []


def test_a_polite_end_of_make_ends_everything(copy: Copy) -> None:
    start = copy.make_run()
    start.banner()
    assert start.terminate() < 10
    assert copy.processes_left(within_seconds=1) == []


def test_a_killed_launcher_leaves_nobody(copy: Copy) -> None:
    start = copy.make_run()
    start.banner()
    start.kill()
    assert copy.processes_left(within_seconds=10) == []


def test_ctrl_c_while_it_still_starts_leaves_nobody(copy: Copy) -> None:
    start = copy.make_run()
    deadline = time.monotonic() + 30
    while len(copy.processes()) < 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert start.ctrl_c() < 10
    assert copy.processes_left(within_seconds=1) == []


def test_a_taken_port_is_refused_in_one_sentence(copy: Copy) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = copy.make_run(PORT=str(port))
        assert refused.refusal() == (
            f"Cannot answer on 127.0.0.1 port {port} (Address already in use): stop what uses"
            f" it, or choose another port: PORT={port + 1} make run.\n"
        )
    assert refused.popen.returncode


def test_a_port_that_is_none_is_refused(copy: Copy) -> None:
    refused = copy.make_run(PORT="web")
    assert refused.refusal() == "PORT=web is no port: choose a number from 1 to 65535.\n"
    assert refused.popen.returncode


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(
    copy: Copy, tmp_path: Path
) -> None:
    file = tmp_path / "a file"
    file.touch()
    refused = copy.make_run(DATA_DIR=str(file))
    assert refused.refusal() == (
        f"Cannot write to the data folder {file} (File exists):"
        " make it writable, or name another with DATA_DIR=/some/folder.\n"
    )
    assert refused.popen.returncode


def test_data_that_moved_is_found_where_it_is_said_to_be(copy: Copy, tmp_path: Path) -> None:
    if not copy.data.exists():
        first = copy.make_run()
        first.banner()
        first.ctrl_c()
    folder = tmp_path / "data of mine"
    shutil.copytree(copy.data, folder)
    (folder / "secret_key").unlink()
    start = copy.make_run(DATA_DIR=str(folder))
    assert f"DATA_DIR='{folder}' .venv/bin/python manage.py" in start.banner()
    start.ctrl_c()
    assert (folder / "secret_key").exists()


def test_a_machine_without_python_is_told_what_to_install(fresh_copy: Copy, tmp_path: Path) -> None:
    copy = fresh_copy
    (copy.home / ".venv").unlink()
    make = subprocess.run(
        ["/usr/bin/env", "make", "run"],
        cwd=copy.home,
        env={"PATH": str(only_make(tmp_path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert make.returncode
    assert make.stderr.startswith("ContentCreate needs Python 3.11 or later: install it first")


def test_a_python_without_venv_is_told_what_to_install(fresh_copy: Copy, tmp_path: Path) -> None:
    copy = fresh_copy
    (copy.home / ".venv").unlink()
    missing = tmp_path / "missing"
    missing.mkdir()
    (missing / "ensurepip.py").write_text("raise ImportError('apart from Python')")
    refused = copy.make_run(PYTHONPATH=str(missing), PATH=python_folder())
    assert "has no venv module here: install it first" in refused.refusal()
    assert refused.popen.returncode


def only_make(folder: Path) -> Path:
    programs = folder / "programs"
    programs.mkdir()
    (programs / "make").symlink_to(shutil.which("make") or "/usr/bin/make")
    return programs


def python_folder() -> str:
    return f"{Path(sys.base_prefix) / 'bin'}{os.pathsep}{os.defpath}"


def pasted(banner: str) -> dict[str, Any]:
    line = banner.splitlines()[-1]
    answer = subprocess.run(line, shell=True, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def login_is_accepted(copy: Copy, password: str) -> bool:
    url = f"http://127.0.0.1:{copy.port}/admin/login/"
    cookies = http.cookiejar.CookieJar()
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    visitor.open(url).read()
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    form = {"username": "admin", "password": password, "csrfmiddlewaretoken": token}
    with visitor.open(url, urllib.parse.urlencode(form).encode()) as answer:
        answer.read()
    return any(cookie.name == "sessionid" for cookie in cookies)


def counted(copy: Copy, table: str) -> int:
    with closing(sqlite3.connect(copy.data / "contentcreate.sqlite3")) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
