"""Few such processes run at once on a machine, however many processes and threads ask for them."""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05


class NoSlotError(Exception):
    """None became free in time."""


@contextmanager
def slot(name: str, *, count: int, patience: float) -> Iterator[None]:
    """Take one of `count` slots of a kind of work for as long as the block lasts; it is free at once when its process dies.

    Raises NoSlotError where none became free within `patience` seconds.
    """
    until = time.monotonic() + patience
    while (taken := _take(_folder(name), count)) is None:
        if time.monotonic() >= until:
            raise NoSlotError
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        os.close(taken)


def _take(folder: Path, count: int) -> int | None:
    for number in range(count):
        descriptor = os.open(folder / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _folder(name: str) -> Path:
    folder = Path(tempfile.gettempdir()) / f"tributary-{name}-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
