"""Stands between `run` and one of its programs, and ends the program with all that it started once `run` is gone.

    python guard.py PIPE COMMAND ...

`run` holds the other end of PIPE; the system closes it however `run` ends. A file of its own with nothing but the
standard library: it is started by its path, costs a few megabytes, and is there before the program is.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time

GRACE_SECONDS = 5.0
_PR_SET_PDEATHSIG = 1
_FORWARDED = (signal.SIGTERM, signal.SIGQUIT, signal.SIGINT, signal.SIGHUP)
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """In a child before it runs its program: be killed when the parent is, whatever that parent was doing (Linux)."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main(pipe: int, command: list[str]) -> int:
    os.set_inheritable(pipe, False)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (*_FORWARDED, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    program = subprocess.Popen(command, preexec_fn=die_with_parent)  # noqa: PLW1509  run's command; one thread
    while program.poll() is None:
        readable, _, _ = select.select([pipe, woken], [], [])
        if pipe in readable:
            end_group(program)
        for came in os.read(woken, 64) if woken in readable else b"":
            if came in _FORWARDED and program.poll() is None:
                program.send_signal(came)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(0, signal.SIGTERM)  # what the program left behind; this process only notes it
    return program.returncode


def end_group(program: "subprocess.Popen[bytes]") -> None:
    """Ask the whole process group to finish, then kill it, this process included."""
    os.killpg(0, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and program.poll() is None:
        time.sleep(0.05)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    code = main(int(sys.argv[1]), sys.argv[2:])
    if code < 0:  # ended by a signal, and so is this
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        os.kill(os.getpid(), -code)
    sys.exit(code)
