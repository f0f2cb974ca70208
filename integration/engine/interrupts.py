"""Ctrl-C while the database is at work: Python looks for it only between two statements, and one may take minutes."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg2
from django.db import OperationalError, connection

CANCELLED = "57014"
"""SQLSTATE: the statement was cancelled."""
AGAIN_SECONDS = 0.5


@contextmanager
def interruptible() -> Iterator[None]:
    """Within the block Ctrl-C ends the statement that is running, too. Raises KeyboardInterrupt then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    connection.ensure_connection()
    ear, mouth = socket.socketpair()
    mouth.setblocking(False)
    before = signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
    watcher = threading.Thread(target=_cancel_when_interrupted, args=(ear, connection.connection), daemon=True)
    watcher.start()
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == CANCELLED:
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.set_wakeup_fd(before)
        mouth.close()
        watcher.join()
        ear.close()


def _cancel_when_interrupted(ear: socket.socket, database: Any) -> None:
    """Read the numbers of signals as they come, until the other side is closed.

    Asked to cancel a moment before a statement begins, the server does nothing: it is asked until the block is over.
    """
    while True:
        try:
            numbers = ear.recv(64)
        except TimeoutError:
            _cancel(database)
            continue
        if not numbers:
            return
        if signal.SIGINT in numbers:
            _cancel(database)
            ear.settimeout(AGAIN_SECONDS)


def _cancel(database: Any) -> None:
    """A server too busy to be asked is asked again."""
    with suppress(psycopg2.Error):
        database.cancel()
