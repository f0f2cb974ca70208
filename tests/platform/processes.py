"""Starting this project's commands as a user does: in processes of their own, in a data folder of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from distribution.launcher.folders import PROJECT

NOT_THEIRS = ("PYTEST", "DATABASE_", "REDIS_", "DJANGO_")  # of the tests themselves


def environment(data: Path, **extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_THEIRS)}
    return {**kept, "TRIBUTARY_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "distribution.settings", **extra}


def start(*arguments: str, data: Path, log: Path | None = None, **extra: str) -> subprocess.Popen[bytes]:
    """Start `python ARGUMENTS` in the project's folder; its output goes to `log`."""
    output = log.open("wb") if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=environment(data, **extra),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    finally:
        if log:
            output.close()


def manage(*arguments: str, data: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py ARGUMENTS` to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=environment(data, **extra),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def wait_until(
    condition: Callable[[], bool], *, seconds: float = 120, what: str = "the condition", log: Path | None = None
) -> None:
    """Fails with the end of the `log` where the condition does not come true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            end = log.read_text()[-3000:] if log else ""
            raise AssertionError(f"{what} did not come true within {seconds} s\n{end}")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
