"""How such a process is started, and that it ends."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import IO

_ROOT = Path(__file__).resolve().parents[1]
_SLOWER = 4
"""So many times its processor seconds a process may take by the clock, on a machine that has other things to do."""


@contextmanager
def confined_process(
    module: str, *arguments: str, seconds: int, stdin: int | IO[bytes] = subprocess.DEVNULL
) -> "Iterator[subprocess.Popen[bytes]]":
    """`python -m module arguments` without our environment: it shall know nothing. It does not outlive the block."""
    child = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=1 << 20,
    )
    timer = Timer(seconds * _SLOWER, child.kill)
    timer.start()
    try:
        yield child
    finally:
        timer.cancel()
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()
        child.wait()
