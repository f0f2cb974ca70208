"""Where the embedded services live, who owns them, and who may reach them."""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import psutil

from distribution.launcher.guard import die_with_parent

SOCKET_PATH_LIMIT = 107
SERVICE_USER = "tributary"
LOCK_SECONDS = 90
PROJECT = Path(__file__).resolve().parents[2]


class EmbeddedServiceError(RuntimeError):
    """An embedded service cannot be started, or must not be."""


class FolderOwner(NamedTuple):
    """The system user that a service runs as and whose folders it uses."""

    user: int
    group: int


def data_folder() -> Path:
    """The folder that holds everything this installation keeps: `TRIBUTARY_DATA_DIR`, or `.data` in the project."""
    folder = Path(os.environ.get("TRIBUTARY_DATA_DIR") or PROJECT / ".data").absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedServiceError(
            f"The data folder {folder} cannot be made: {error.strerror}. Set TRIBUTARY_DATA_DIR to one that can."
        ) from error
    return folder


def private_folder(name: str) -> Path:
    """A folder inside the data folder that only this user enters, such as the one of mails with links."""
    folder = data_folder() / name
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)
    return folder


def close_data_folder() -> None:
    """Take from everybody else what an earlier release, or a generous umask, gave them of the data folder."""
    folder = data_folder()
    mode = stat.S_IMODE(folder.stat().st_mode)
    if folder.stat().st_uid == os.geteuid() and mode & 0o066:
        folder.chmod(mode & ~0o066)


def package_folder(package: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddedServiceError(
            f"The package {package} is not installed: run `make setup`, or set DATABASE_URL and REDIS_URL.",
        )
    return Path(spec.origin).parent


def owner_of(folder: Path) -> FolderOwner:
    """Who runs the service of `folder`: this user; for root, who refuses to be one, a system user of its own."""
    if os.geteuid() != 0:
        return FolderOwner(os.geteuid(), os.getegid())
    if folder.exists() and folder.stat().st_uid != 0:
        return FolderOwner(folder.stat().st_uid, folder.stat().st_gid)
    entry = _service_user()
    return FolderOwner(entry.pw_uid, entry.pw_gid)


def _service_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd:
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_USER]
        subprocess.run(command, check=False, capture_output=True)
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        return pwd.getpwnam("nobody")


def make_private(folder: Path, owner: FolderOwner) -> None:
    """Make `folder` one that only `owner` (and root) can enter; refuse one that somebody else laid there first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {owner.user, os.geteuid()}:
        raise EmbeddedServiceError(f"{folder} belongs to another user: remove it, or set TRIBUTARY_DATA_DIR.")
    if status.st_uid != owner.user:
        os.chown(folder, owner.user, owner.group, follow_symlinks=False)
    folder.chmod(0o700)


def let_through(folder: Path, owner: FolderOwner) -> None:
    """As root only: let the service's user, and nobody else, pass through the folders above `folder` (not list them).

    Raises EmbeddedServiceError where one of them belongs to somebody else, whose business that is.
    """
    if os.geteuid() == owner.user:
        return
    for parent in folder.parents:
        status = parent.stat()
        mode = stat.S_IMODE(status.st_mode)
        passes = mode & stat.S_IXOTH or (status.st_gid == owner.group and mode & stat.S_IXGRP)
        if passes:
            continue
        if status.st_uid != 0 or status.st_gid not in {0, owner.group}:
            raise EmbeddedServiceError(
                f"{parent} belongs to another user and lets nobody through, so that the database cannot run in {folder}: "
                "set TRIBUTARY_DATA_DIR to another folder, or do not run as root."
            )
        os.chown(parent, 0, owner.group)
        parent.chmod((mode & ~0o070) | stat.S_IXGRP)


def let_run(folder: Path, owner: FolderOwner) -> None:
    """As root only: let the service's user run the programs under `folder` where a strict umask hid them."""
    let_through(folder, owner)
    if os.geteuid() == owner.user or folder.stat().st_mode & stat.S_IROTH:
        return
    for path in [*folder.rglob("*"), folder]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o044 | (0o011 if mode & stat.S_IXUSR else 0))


def run_as(
    owner: FolderOwner, command: Sequence[str | Path], *, quiet: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a program as the service's user; `quiet` if it leaves a server behind, which would keep a pipe open."""
    root = os.geteuid() == 0
    output = subprocess.DEVNULL if quiet else subprocess.PIPE
    return subprocess.run(
        command,
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        text=True,
        user=owner.user if root else None,
        group=owner.group if root else None,
        extra_groups=[] if root else None,
        preexec_fn=die_with_parent,
    )


def socket_folder(folder: Path, socket_name: str) -> Path:
    """Where the socket of the service in `folder` lies: there, or in a private temporary folder if that is too deep."""
    if len(os.fsencode(folder / socket_name)) <= SOCKET_PATH_LIMIT:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tributary-{digest}"


def memory_folder(name: str) -> Path:
    """An empty folder in memory, private to this data folder: a full disk would kill whoever writes to a mapped file."""
    digest = hashlib.sha256(os.fsencode(data_folder())).hexdigest()[:16]
    memory = Path("/dev/shm")  # noqa: S108  private, and refused where somebody else laid it
    folder = memory / f"tributary-{digest}-{name}" if memory.is_dir() else data_folder() / name
    make_private(folder, FolderOwner(os.geteuid(), os.getegid()))
    for left in folder.iterdir():
        left.unlink()
    return folder


@contextmanager
def locked(folder: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Let one process at a time start or stop the service of `folder`; wait for it as long as a start may take."""
    deadline = time.monotonic() + seconds
    with folder.with_suffix(".lock").open("a") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise EmbeddedServiceError(f"{folder} is being started or stopped for too long.") from error
                time.sleep(0.05)
        yield


def processes_in(folder: Path) -> list[psutil.Process]:
    """The living processes whose working folder is `folder`: both services work inside their own."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(folder.resolve()):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


class Liveness(Enum):
    """What can be told of a service from outside."""

    DOWN = "down"
    """Nobody listens: it may be started."""
    BUSY = "busy"
    """It is there, but gives no answer now: it starts, recovers, hangs, or has no disk. It is left alone."""
    ANSWERS = "answers"


def listens(path: Path) -> bool:
    """Tell whether a process takes connections at the socket `path`, though it may be too slow to answer."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
        except (BlockingIOError, TimeoutError):
            return True  # its queue is full
        except OSError:
            return False
        return True


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a service's log, for the error that says why it did not start."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else "(no log)"
