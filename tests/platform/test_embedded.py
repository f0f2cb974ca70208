"""The services that come along: nobody may lose data or be locked out by how a program was started or ended."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest
import redis as redis_client

from distribution.launcher import folders, postgres, redis
from tests.platform.processes import environment, free_port, manage, start, wait_until
from tests.prepared import migrated

pytestmark = pytest.mark.processes
ENSURE = "from distribution.launcher import postgres, redis; print(postgres.ensure()); print(redis.ensure())"


@pytest.fixture
def empty_data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of this test's own; its services are stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tributary-test-"))
    monkeypatch.setenv("TRIBUTARY_DATA_DIR", str(folder))
    yield folder
    postgres.stop()
    redis.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def data(empty_data: Path) -> Path:
    """With a server that was set up before."""
    migrated(empty_data)
    return empty_data


def _postmasters() -> set[int]:
    children = {}
    for process in folders.processes_in(postgres.folder()):
        with suppress(psutil.NoSuchProcess):  # one that served a single connection has gone meanwhile
            children[process.pid] = process.ppid()
    return {pid for pid, parent in children.items() if parent not in children}


def _execute(statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(host=str(postgres.address()), user=postgres.NAME, dbname=postgres.NAME)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def test_three_processes_at_once_get_one_server(empty_data: Path) -> None:
    """Web, worker and beat start together; two servers on one folder would destroy it."""
    data = empty_data
    running = [start("-c", ENSURE, data=data, log=data / f"{number}.txt") for number in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len({(data / f"{number}.txt").read_text() for number in range(3)}) == 1
    assert len(_postmasters()) == 1
    assert len(folders.processes_in(redis.folder())) == 1


def test_data_is_kept_between_starts(data: Path) -> None:
    """What a user entered yesterday is there today."""
    postgres.ensure()
    redis.ensure()
    _execute("CREATE TABLE kept AS SELECT 42 AS answer")
    redis_client.Redis(unix_socket_path=str(redis.address())).set("kept", "yes")
    postgres.stop()
    redis.stop()
    assert not postgres.is_running()
    assert not redis.is_running()
    postgres.ensure()
    redis.ensure()
    assert _execute("SELECT answer FROM kept") == [(42,)]
    with redis_client.Redis(unix_socket_path=str(redis.address())) as client:
        assert client.get("kept") == b"yes"


def test_kill_9_of_everything_is_recovered_by_the_next_start(data: Path) -> None:
    """A power cut or an impatient user must not cost what was committed, nor a second try to start."""
    for _round in range(2):
        postgres.ensure()
        redis.ensure()
        _execute("CREATE TABLE IF NOT EXISTS committed (n int)")
        _execute("INSERT INTO committed VALUES (1)")
        for process in [*folders.processes_in(postgres.folder()), *folders.processes_in(redis.folder())]:
            process.send_signal(signal.SIGKILL)
    postgres.ensure()
    redis.ensure()
    assert _execute("SELECT count(*) FROM committed") == [(2,)]


def test_kill_9_of_the_postmaster_alone_is_recovered(data: Path) -> None:
    """Its children outlive it for a moment and hold the memory that a new server refuses to share."""
    postgres.ensure()
    for pid in _postmasters():
        os.kill(pid, signal.SIGKILL)
    postgres.ensure()
    assert len(_postmasters()) == 1


@pytest.mark.parametrize("name", ["postmaster.pid", f"{postgres.SOCKET_NAME}.lock"])
def test_a_process_number_taken_by_another_does_not_lock_the_owner_out(data: Path, name: str) -> None:
    """After a reboot the number in the lock file may belong to anything, and PostgreSQL would wait for it for ever."""
    postgres.ensure()
    folder = (
        postgres.folder()
        if name == "postmaster.pid"
        else folders.socket_folder(postgres.folder(), postgres.SOCKET_NAME)
    )
    lock = folder / name
    lines = lock.read_text().splitlines()
    postgres.stop()
    owner = folders.owner_of(postgres.folder())
    identity: dict[str, Any] = (
        {"user": owner.user, "group": owner.group, "extra_groups": []} if os.geteuid() == 0 else {}
    )
    stranger = subprocess.Popen(["/bin/sleep", "120"], cwd="/", **identity)
    try:
        lock.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        postgres.ensure()
        assert postgres.is_running()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_no_tcp_port_is_opened(data: Path) -> None:
    """Other users of the machine, and its network, have no business with these servers."""
    postgres.ensure()
    redis.ensure()
    processes = [*folders.processes_in(postgres.folder()), *folders.processes_in(redis.folder())]
    assert processes
    listening = [found for process in processes for found in process.net_connections(kind="inet")]
    assert listening == []


def test_only_the_owner_reaches_the_sockets(data: Path) -> None:
    """The servers ask for no password: the folder is the door."""
    postgres.ensure()
    redis.ensure()
    for folder in (postgres.address(), redis.address().parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user to try")
def test_another_user_of_the_machine_is_refused(data: Path) -> None:
    """Tried, not just read from the permissions."""
    postgres.ensure()
    redis.ensure()
    for path in (postgres.address() / postgres.SOCKET_NAME, redis.address()):
        script = f"import socket; socket.socket(socket.AF_UNIX).connect({str(path)!r})"
        tried = subprocess.run(
            ["/usr/bin/env", "python3", "-c", script]
            if shutil.which("python3", path="/usr/bin")
            else [sys.executable, "-c", script],
            user=65534,
            group=65534,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "/usr/bin:/bin"},
        )
        assert "PermissionError" in tried.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as another user")
def test_folders_above_are_opened_to_the_servers_user_alone(tmp_path: Path) -> None:
    """As root, /root and everything below it became passable for every user of the machine."""
    owner = folders.owner_of(tmp_path / "none")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for _again in range(2):
        closed.chmod(0o700)
        folders.let_through(closed / "data", owner)
        assert (stat.S_IMODE(closed.stat().st_mode), closed.stat().st_gid) == (0o710, owner.group)
    os.chown(closed, 65533, 65533)
    closed.chmod(0o700)
    with pytest.raises(folders.EmbeddedServiceError, match="belongs to another user"):
        folders.let_through(closed / "data", owner)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_mails_and_logs_are_their_owners_alone(data: Path) -> None:
    """Anybody on the machine read the links that set passwords."""
    for name in ("mail", "log"):
        assert stat.S_IMODE(folders.private_folder(name).stat().st_mode) == 0o700
    data.chmod(0o755)
    folders.close_data_folder()
    assert stat.S_IMODE(data.stat().st_mode) & 0o066 == 0


def test_a_data_folder_that_cannot_be_is_said_in_one_sentence() -> None:
    """A traceback tells nobody what to do."""
    done = manage("services", "status", data=Path("/proc/none"))
    assert (done.returncode, "cannot be made" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_a_deep_folder_moves_the_sockets_to_a_private_place(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout in a long path must work, and its sockets must not be open to others in the temporary folder."""
    deep = data / ("deep" * 20) / ("folder" * 10)
    monkeypatch.setenv("TRIBUTARY_DATA_DIR", str(deep))
    for service in (postgres, redis):
        service.ensure()
        place = service.address() if service is postgres else service.address().parent
        try:
            assert deep not in place.parents
            assert stat.S_IMODE(place.stat().st_mode) == 0o700
        finally:
            service.stop()
            shutil.rmtree(place)


def test_a_folder_that_somebody_laid_in_wait_is_refused(data: Path) -> None:
    """In the shared temporary folder another user could lay a folder, or a link, where ours will be."""
    place = data / "place"
    place.symlink_to(data)
    with pytest.raises(folders.EmbeddedServiceError, match="belongs to another user"):
        folders.make_private(place, folders.owner_of(place))


def test_a_service_that_cannot_start_says_why(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without the log would have nothing to go by."""
    postgres.ensure()
    postgres.stop()
    (postgres.folder() / "postgresql.conf").write_text("no_such_setting = 1\n")
    monkeypatch.setattr(postgres, "START_SECONDS", 1)
    with pytest.raises(folders.EmbeddedServiceError, match="no_such_setting"):
        postgres.ensure()


def test_commands_that_need_no_database_start_none(empty_data: Path) -> None:
    """`collectstatic` in an image build, or `--help`, must not bring up servers."""
    done = start("manage.py", "check", data=empty_data)
    assert done.wait(60) == 0
    assert not (empty_data / "postgres").exists()
    assert not (empty_data / "redis").exists()


def _run(data: Path, log: Path, port: int) -> subprocess.Popen[bytes]:
    return start("manage.py", "run", "--no-demo", "--port", str(port), data=data, log=log)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_run_starts_everything_once_repairs_it_and_stops_it_all(data: Path) -> None:
    """`make run`: a second one at the same time says so; a crashed part comes back; Ctrl-C leaves nothing behind."""
    log, port = data / "run.txt", free_port()
    first = _run(data, log, port)
    try:
        wait_until(lambda: f"Ready: http://127.0.0.1:{port}" in log.read_text(), what="the Ready line")
        second = subprocess.run(
            [sys.executable, "manage.py", "run", "--port", str(free_port())],
            env=environment(data),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert second.returncode == 1
        assert f"already runs here: http://127.0.0.1:{port}" in second.stderr

        parts = psutil.Process(first.pid).children()
        assert len(parts) == 5
        beat = next(part for part in parts if "beat" in part.cmdline())
        beat.kill()
        for process in [*folders.processes_in(redis.folder()), *folders.processes_in(postgres.folder())]:
            with suppress(psutil.NoSuchProcess):  # those of the database end with the first of them
                process.kill()
        wait_until(lambda: "beat ended with -9" in log.read_text(), what="the restart of beat")
        wait_until(lambda: postgres.is_running() and redis.is_running(), what="the restart of the services")
        wait_until(lambda: len(psutil.Process(first.pid).children()) == 5, what="all parts again")
        family = psutil.Process(first.pid).children(recursive=True)
    finally:
        started = time.monotonic()
        first.send_signal(signal.SIGINT)
        assert first.wait(60) == 0
    assert time.monotonic() - started < 60
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert not postgres.is_running()
    assert not redis.is_running()


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_kill_9_of_run_leaves_nothing_that_blocks_the_next_one(data: Path) -> None:
    """An orphaned web server would hold the port, an orphaned worker would run old code."""
    log, port = data / "run.txt", free_port()
    first = _run(data, log, port)
    wait_until(lambda: "Ready:" in log.read_text(), what="the Ready line")
    family = psutil.Process(first.pid).children(recursive=True)
    first.kill()
    first.wait(10)
    assert psutil.wait_procs(family, timeout=30)[1] == []
    again = _run(data, log, port)
    try:
        started = time.monotonic()
        wait_until(lambda: "Ready:" in log.read_text(), what="the Ready line again")
        assert time.monotonic() - started < 30
    finally:
        again.send_signal(signal.SIGTERM)
        assert again.wait(60) == 0
