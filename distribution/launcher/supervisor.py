"""One process that keeps others running, and takes them along when it goes."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
SOUND_AFTER = 60.0
GRACE_SECONDS = 20.0
_PR_SET_PDEATHSIG = 1


@dataclass
class Program:
    """A program that should always run. When it ends, it is started again, each time after a longer pause."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = field(default=FIRST_PAUSE)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  this process has one thread
            )
        self.started_at = time.monotonic()

    def look_after(self, say: Callable[[str], None]) -> None:
        """Start the program again if it ended and its pause is over."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started_at
        if lived > SOUND_AFTER:
            self.pause = FIRST_PAUSE
        if lived >= self.pause:
            say(f"{self.name} ended with {self.process.returncode} and is started again; its log is {self.log}")
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            self.start()

    def tell(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs programs until it is stopped by SIGINT or SIGTERM, then stops them all."""

    def __init__(self, programs: Sequence[Program], *, say: Callable[[str], None]) -> None:
        self.programs = programs
        self.say = say
        self.stopping = False

    def run(self, *, on_start: Callable[[], None], every_second: Callable[[], None]) -> None:
        """Start everything, call `on_start`, and run until stopped, calling `every_second` meanwhile."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            for program in self.programs:
                program.start()
            on_start()
            while not self.stopping:
                for program in self.programs:
                    program.look_after(self.say)
                every_second()
                time.sleep(1)
        finally:
            self._end_all()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        """Ask everybody to finish, then end who has not."""
        for number, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            for program in self.programs:
                program.tell(number)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if not any(program.is_running for program in self.programs):
                    return
                time.sleep(0.05)


def _die_with_parent() -> None:
    """In the child: be ended when the supervisor is killed outright, so that nothing is left behind (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
