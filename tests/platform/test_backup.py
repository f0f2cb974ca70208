"""A backup is worth what comes back of it."""

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from distribution.launcher import postgres, redis
from tests.platform.processes import PROJECT, environment, manage
from tests.prepared import migrated

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.timeout(600)]
SMALL = ["--distributors", "12", "--orders", "300", "--products", "40"]
"""A row in every table; more of them come back in the same way."""
_COUNT = (
    "import django; django.setup(); from orders.models import Order; from accounts.models import User; "
    "from core.models import Event; import json; "
    "print(json.dumps([Order.objects.count(), User.objects.count(), Event.objects.count()]))"
)


def counts(data: Path, **settings: str) -> list[int]:
    command = [sys.executable, "-c", _COUNT]
    done = subprocess.run(
        command, cwd=PROJECT, env=environment(data, **settings), capture_output=True, text=True, check=True
    )
    found: list[int] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("TRIBUTARY_DATA_DIR", str(folder))
    yield folder
    postgres.stop()
    redis.stop()


def lose_everything() -> None:
    """As by a wrong command on the database."""
    connection = psycopg2.connect(host=str(postgres.address()), user=postgres.NAME, dbname=postgres.NAME)
    with connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE core_event CASCADE; DELETE FROM django_migrations")
    connection.close()


def own_servers(data: Path) -> dict[str, str]:
    """The same servers, told of by URL as an operator's own are."""
    return {
        "DATABASE_URL": f"postgres://{postgres.NAME}@/{postgres.NAME}?host={postgres.ensure()}",
        "REDIS_URL": f"unix://{redis.ensure()}?db=0",
        "SECRET_KEY": "of this test " * 5,
        "ALLOWED_HOSTS": "127.0.0.1",
        "MEDIA_ROOT": str(data / "media"),
    }


@pytest.mark.parametrize("kind", ["embedded", "own"])
def test_what_was_backed_up_comes_back_whole(data: Path, tmp_path: Path, kind: str) -> None:
    """A disk that died, or a wrong import, must cost no more than the time since the last backup."""
    migrated(data)
    settings = own_servers(data) if kind == "own" else {}
    archive = tmp_path / "backup.tar"
    done = manage("demo", *SMALL, data=data, **settings)
    assert done.returncode == 0, done.stderr[-2000:]
    (data / "media").mkdir(exist_ok=True)
    (data / "media" / "kept.txt").write_text("file")
    before = counts(data, **settings)
    assert min(before) > 0
    done = manage("backup", str(archive), data=data, **settings)
    assert done.returncode == 0, done.stderr
    assert archive.stat().st_mode & 0o777 == 0o600
    assert "already" in manage("backup", str(archive), data=data, **settings).stderr

    assert "not empty" in manage("restore", str(archive), data=data, **settings).stderr
    assert counts(data, **settings) == before, "refused, and nothing changed"
    (data / "media" / "kept.txt").unlink()
    lose_everything()
    done = manage("restore", str(archive), "--replace", data=data, **settings)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "no difference" in done.stdout
    assert counts(data, **settings) == before
    assert (data / "media" / "kept.txt").read_text() == "file"


def test_a_damaged_archive_changes_nothing(data: Path, tmp_path: Path) -> None:
    """Half a backup must not take the place of what is still there."""
    migrated(data)
    archive, broken = tmp_path / "backup.tar", tmp_path / "broken.tar"
    assert manage("backup", str(archive), data=data).returncode == 0
    with tarfile.open(archive) as whole, tarfile.open(broken, "w") as half:
        whole.extractall(tmp_path / "out", filter="data")
        dump = tmp_path / "out" / "database.dump"
        dump.write_bytes(dump.read_bytes()[:-100])
        for name in ("manifest.json", "database.dump"):
            half.add(tmp_path / "out" / name, name)
    for path, sentence in ((broken, "damaged"), (Path(__file__), "no backup")):
        done = manage("restore", str(path), "--replace", data=data)
        assert (done.returncode, sentence in done.stderr) == (1, True), done.stderr
    assert manage("verify", data=data).returncode == 0
