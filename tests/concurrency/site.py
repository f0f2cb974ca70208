"""The real programs on a data folder of their own, to be killed and started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg2
import pytest

from distribution.launcher import postgres, redis
from distribution.launcher.folders import processes_in
from tests.prepared import PREPARED, migrated

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
            "STATIC_ROOT": str(PREPARED.with_name("static")),  # the same for all
            "PYTHONPATH": str(ROOT),
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.asked: subprocess.Popen[str] | None = None
        self.asking = threading.Lock()
        self.http = httpx.Client(timeout=20, verify=False)  # noqa: S501 - no certificates are read for plain HTTP: 20 ms each

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

    def kill_service(self, name: str) -> None:
        """Signal 9 to all of Redis or PostgreSQL; whoever asks next for `services` starts it again."""
        found = processes_in(self.folder / name)
        assert found, f"there is no {name} to kill"
        for process in found:
            with suppress(psutil.NoSuchProcess):
                process.kill()

    @contextmanager
    def holding(self, *tables: str) -> Iterator[None]:
        """Nobody else writes to these tables meanwhile. The server runs already."""
        socket_folder = (self.folder / "postgres" / "postmaster.pid").read_text().splitlines()[4]
        connection = psycopg2.connect(host=socket_folder, user=postgres.NAME, dbname=postgres.NAME)
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
                yield
        finally:
            connection.close()

    def ask(self, *arguments: str) -> Any:
        """What `crash_site` answers: one program for all questions, whose start costs more than most of them."""
        with self.asking:
            if self.asked is None:
                self.asked = subprocess.Popen(
                    [sys.executable, "-m", "tests.concurrency.crash_site"],
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    bufsize=1,
                )
            assert self.asked.stdin
            assert self.asked.stdout
            self.asked.stdin.write(json.dumps(arguments) + "\n")
            found = json.loads(self.asked.stdout.readline() or '{"failed": "crash_site ended"}')
        assert "answer" in found, found["failed"]
        return found["answer"]

    def end_asking(self) -> None:
        if self.asked is not None:
            with self.asked:  # closes its input, upon which it ends
                self.asked.kill()

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
                if self.http.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status_code == 200:
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
            site.ask("collect")
        for name in names:
            site.start(name)
        yield site
    finally:
        for name in list(site.running):
            site.kill(name)
        site.end_asking()
        site.http.close()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TRIBUTARY_DATA_DIR", str(folder))
            postgres.stop()
            redis.stop()
