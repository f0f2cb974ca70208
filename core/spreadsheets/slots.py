"""Few files of users are read at once on a machine, however many processes and threads serve them."""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from core.spreadsheets.options import UnreadableFile

_PATIENCE = 0.4
"""Seconds; whoever waits keeps a web worker from everybody else."""
_PAUSE = 0.05


@contextmanager
def reading_slot(patience: float = _PATIENCE) -> Iterator[None]:
    """Take one of FILES_READ_AT_ONCE slots for as long as the block lasts; it is free at once when its process dies.

    Raises UnreadableFile where none became free in time.
    """
    until = time.monotonic() + patience
    while (taken := _take()) is None:
        if time.monotonic() >= until:
            raise UnreadableFile(_("Other files are being read just now. Try again in a moment."))
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        os.close(taken)


def _take() -> int | None:
    for number in range(settings.FILES_READ_AT_ONCE):
        descriptor = os.open(_folder() / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"tributary-reading-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
