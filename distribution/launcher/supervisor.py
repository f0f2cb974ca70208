"""One process that keeps others running, and takes them along when it goes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
SOUND_AFTER = 60.0
GRACE_SECONDS = 20.0
GUARD = Path(__file__).with_name("guard.py")


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

    def start(self, pipe: int) -> None:
        """Start the program under its guard, which ends it when the other end of `pipe` is closed."""
        self.started_at = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", GUARD, str(pipe), *self.command],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[pipe],
            )

    def look_after(self, pipe: int, say: Callable[[str], None]) -> None:
        """Start the program again if it ended and its pause is over."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started_at
        if lived > SOUND_AFTER:
            self.pause = FIRST_PAUSE
        if lived >= self.pause:
            say(f"{self.name} ended with {self.process.returncode} and is started again; its log is {self.log}")
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            try:
                self.start(pipe)
            except OSError as error:  # no memory, no process, no disk: for now
                say(f"{self.name} cannot be started now: {error}")

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program; SIGKILL to all that it started."""
        if self.process is None or self.process.poll() is not None:
            return
        if number == signal.SIGKILL:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
        else:
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

    def run(self, *, on_start: Callable[[], None]) -> None:
        """Start everything, call `on_start`, and stay until told to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        watched, held = os.pipe()
        try:
            for program in self.programs:
                program.start(watched)
            on_start()
            while not self.stopping:
                for program in self.programs:
                    program.look_after(watched, self.say)
                time.sleep(1)
        finally:
            self._end_all()
            os.close(held)
            os.close(watched)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        """Ask everybody to finish, then end who has not."""
        for number, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            for program in self.programs:
                program.send(number)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if not any(program.is_running for program in self.programs):
                    return
                time.sleep(0.05)
