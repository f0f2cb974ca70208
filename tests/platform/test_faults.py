"""A service that hangs, a disk that is full, a run that is killed: readers are served, and everything comes back."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil
import pytest

from distribution.launcher import folders, postgres, redis
from tests.platform.processes import free_port, start, wait_until
from tests.prepared import migrated

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.timeout(500)]


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder of this test's own; its services are stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tributary-test-"))
    monkeypatch.setenv("TRIBUTARY_DATA_DIR", str(folder))
    yield folder
    postgres.stop()
    redis.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def migrated_data(data: Path) -> Path:
    """With a server that was set up before: not the first start is what these tests are about."""
    migrated(data)
    return data


@contextmanager
def running(data: Path, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`manage.py run` once it is ready, and its address; stopped as by Ctrl-C."""
    port = free_port()
    run = start("manage.py", "run", "--no-demo", "--port", str(port), data=data, log=log)
    try:
        wait_until(lambda: "Ready:" in log.read_text(), what="the Ready line", seconds=200, log=log)
        yield run, f"http://127.0.0.1:{port}"
    finally:
        if run.poll() is None:
            run.send_signal(signal.SIGINT)
            assert run.wait(90) == 0


def opens(address: str) -> bool:
    """The page to sign in, which asks the database and the cache."""
    with suppress(httpx.HTTPError):
        return httpx.get(f"{address}/accounts/login/", timeout=10).status_code == 200
    return False


def is_whole(address: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(f"{address}/readyz?full", timeout=10).status_code == 200
    return False


def test_a_redis_that_hangs_for_a_minute_ends_nothing(migrated_data: Path, tmp_path: Path) -> None:
    """It took web, workers and PostgreSQL along, and nothing came back."""
    with running(migrated_data, tmp_path / "run.txt") as (run, address):
        wait_until(lambda: is_whole(address), what="the first heartbeat")
        hung = folders.processes_in(redis.folder())
        assert hung
        for process in hung:
            process.suspend()
        until = time.monotonic() + 60
        slowest = 0.0
        while time.monotonic() < until:
            began = time.monotonic()
            assert opens(address)
            slowest = max(slowest, time.monotonic() - began)
            assert run.poll() is None
            time.sleep(1)
        assert slowest < 3
        for process in hung:
            process.resume()
        wait_until(lambda: is_whole(address), seconds=90, what="everything again")
        assert folders.processes_in(redis.folder()) == hung, "the same server: it was never down"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_ends_nothing(data: Path, tmp_path: Path) -> None:
    """Whoever makes room again must find the program there, with all it had."""
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=500m", "tmpfs", data], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        migrated(data)
        with running(data, tmp_path / "run.txt") as (run, address):
            wait_until(lambda: is_whole(address), what="the first heartbeat")
            ballast = data / "ballast"
            with suppress(OSError), ballast.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(1_000_000))
            with suppress(OSError), ballast.open("ab", buffering=0) as file:
                while True:
                    file.write(bytes(512))
            assert shutil.disk_usage(data).free == 0
            until = time.monotonic() + 60
            while time.monotonic() < until:
                assert httpx.get(f"{address}/healthz", timeout=10).status_code == 200
                assert run.poll() is None
                time.sleep(1)
            ballast.unlink()
            wait_until(lambda: opens(address), seconds=60, what="the page to sign in")
            wait_until(lambda: is_whole(address), seconds=120, what="everything again")
        postgres.stop()
        redis.stop()
    finally:
        subprocess.run(["/bin/umount", "--lazy", data], check=False)


@pytest.mark.parametrize("after", [0.3, 1.0, 2.0, 3.5, 6.0, 10.0])
def test_no_process_of_a_killed_run_outlives_it(data: Path, tmp_path: Path, after: float) -> None:
    """An orphan of half a start would hold the port of the next one, or run old code."""
    log, port = tmp_path / "run.txt", free_port()
    if after > 3:
        migrated(data)
    run = start("manage.py", "run", "--no-demo", "--port", str(port), data=data, log=log)
    family: dict[int, psutil.Process] = {}
    if after > 3:
        wait_until(lambda: "Starting web" in log.read_text(), what="the start of the programs")
    until = time.monotonic() + after
    while time.monotonic() < until:
        family |= {process.pid: process for process in psutil.Process(run.pid).children(recursive=True)}
        time.sleep(0.1)  # each look reads all processes of the machine
    family |= {process.pid: process for process in psutil.Process(run.pid).children(recursive=True)}
    sessions = {os.getsid(pid) for pid in family if psutil.pid_exists(pid)}
    run.kill()
    run.wait(10)
    time.sleep(10)
    servers = {*folders.processes_in(postgres.folder()), *folders.processes_in(redis.folder())}
    left = {process for process in family.values() if process.is_running()}
    left |= {process for process in psutil.process_iter() if _session(process) in sessions - {os.getsid(0)}}
    assert [process.cmdline() for process in left - servers] == [], "the servers alone belong to the data folder"


def _session(process: psutil.Process) -> int | None:
    with suppress(OSError):
        return os.getsid(process.pid)
    return None
