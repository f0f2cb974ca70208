"""Keeps the embedded services there while a program runs. A service that is slow, or cannot start, ends nothing."""

import threading
import time
from collections.abc import Callable, Mapping

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


class Watch(threading.Thread):
    """Looks after each service every second; after a failure, which is said once, with a growing pause."""

    def __init__(self, services: Mapping[str, Callable[[], object]], *, say: Callable[[str], None]) -> None:
        super().__init__(name="services", daemon=True)
        self._services = services
        self._say = say
        self._stop_asked = threading.Event()
        self._pauses: dict[str, float] = {}
        self._next: dict[str, float] = dict.fromkeys(services, 0.0)

    def run(self) -> None:
        while not self._stop_asked.wait(1):
            for name, keep in self._services.items():
                if time.monotonic() >= self._next[name]:
                    self._look_after(name, keep)

    def stop(self) -> None:
        """Look no more. A start that is under way is waited for, so that nothing is started behind what stops it all."""
        self._stop_asked.set()
        if self.is_alive():
            self.join()

    def _look_after(self, name: str, keep: Callable[[], object]) -> None:
        try:
            keep()
        except Exception as error:  # noqa: BLE001  whatever it is, those who are served must not end by it
            pause = min(self._pauses.get(name, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
            if name not in self._pauses:
                self._say(f"{name} cannot be started again for now, and is tried further: {error}")
            self._pauses[name] = pause
            self._next[name] = time.monotonic() + pause
        else:
            if self._pauses.pop(name, None):
                self._say(f"{name} is there again")
            self._next[name] = 0.0
