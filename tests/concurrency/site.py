"""The real programs on a data folder of their own, to be killed and started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from distribution.launcher.folders import processes_in
from tests.prepared import migrated

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
_CELERY = ["-m", "celery", "--app", "distribution"]
_WAITS = ["--pool", "threads", "--concurrency", "6"]


class Site:
    """The programs, each in a process group of its own so that it can be killed whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")} | {
            "TRIBUTARY_DATA_DIR": str(folder),
            "PORT": str(self.port),
            "WEB_WORKERS": "2",
            "STATIC_ROOT": str(folder / "static"),
            "PYTHONPATH": str(ROOT),
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    commands = {
        "web": ["-m", "gunicorn", "--config", "python:distribution.gunicorn_settings"],
        "worker": [*_CELERY, "worker", "--concurrency", "1"],
        "short": [*_CELERY, "worker", "--queues", "default", "--concurrency", "1", "--hostname", "short@%h"],
        "jobs": [*_CELERY, "worker", "--queues", "long", "--concurrency", "2", "--hostname", "jobs@%h"],
        "outgoing": [*_CELERY, "worker", "--queues", "outgoing", *_WAITS, "--hostname", "outgoing@%h"],
        "beat": [*_CELERY, "beat", "--pidfile", "", "--max-interval", "1"],
    }

    def start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *self.commands[name]],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """Signal 9 to the program and everything it started."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)

    def kill_redis(self) -> None:
        found = processes_in(self.folder / "redis")
        assert found, "there is no Redis to kill"
        for process in found:
            process.kill()

    @contextmanager
    def holding(self, *tables: str) -> Iterator[None]:
        """Nobody else writes to these tables meanwhile."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.crash_site", "hold", *tables],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
        )
        try:
            assert process.stdout is not None
            while b"held" not in process.stdout.readline():
                assert process.poll() is None
            yield
        finally:
            process.kill()
            process.wait(20)
            if process.stdout is not None:
                process.stdout.close()

    def ask(self, *arguments: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tests.concurrency.crash_site", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,  # the assertion shows what it printed
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def manage(self, *arguments: str) -> str:
        """What the command printed, errors too; it must end well."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=180,
            check=False,  # the assertion shows what it printed
        )
        assert done.returncode == 0, done.stdout[-3000:]
        return done.stdout

    def wait_for_web(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status_code == 200:
                    return
            time.sleep(0.2)
        pytest.fail((self.folder / "web.log").read_text()[-2000:])


@contextmanager
def running(
    folder: Path, names: Sequence[str] = ("web", "worker", "beat"), environment: Mapping[str, str] | None = None
) -> Iterator[Site]:
    """A site with an empty database and these of its programs, gone afterwards."""
    site = Site(folder)
    site.environment |= environment or {}
    migrated(site.folder)
    try:
        if "web" in names:
            site.manage("collectstatic", "--no-input", "--verbosity", "0")
        for name in names:
            site.start(name)
        yield site
    finally:
        for name in list(site.running):
            site.kill(name)
        site.manage("services", "stop")
