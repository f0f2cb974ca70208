"""A data folder with a migrated PostgreSQL in it, copied from one that is made once for each state of the migrations."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

from distribution.launcher.folders import PROJECT
from tests import template
from tests.platform.processes import environment

PREPARED = PROJECT / ".data" / "test" / "prepared"


def migrated(data: Path) -> None:
    """Make `data`, which holds no server yet, as `manage.py migrate` leaves it; nothing runs in it."""
    source = PREPARED / template.key()
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not source.exists():
            for old in PREPARED.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            _make(source.with_suffix(".making"))
            source.with_suffix(".making").rename(source)
    data.mkdir(exist_ok=True)
    subprocess.run(["/bin/cp", "--archive", f"{source}/.", str(data)], check=True)  # owners too: a server is not root's


def _make(folder: Path) -> None:
    for command in (["migrate", "--verbosity", "0"], ["services", "stop"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=PROJECT, env=environment(folder), capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
