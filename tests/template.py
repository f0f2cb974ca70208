"""The test database as a copy of a template, which is made once for each state of the migrations.

Making the schema takes seconds for every worker of every run; copying it takes tenths. `--create-db` makes it anew.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

PREFIX = "tributary_template_"
# What else shapes the schema, or what is filled in with it.
PACKAGES = ("Django", "django-pgtrigger", "django-pghistory")
_LOCK = 7_203_115  # any number that nothing else on the test server locks


def key() -> str:
    """A hash of all migrations and of whatever else shapes the schema."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update(repr([version(name) for name in PACKAGES]).encode())
    digest.update(repr((settings.INSTALLED_APPS, settings.MIGRATION_MODULES)).encode())
    for config in apps.get_app_configs():
        for file in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(f"{config.label}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _server() -> Iterator[Any]:
    """A cursor on the server's maintenance database, held by one process at a time."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield cursor  # closing the connection releases the lock


def create(name: str, *, anew: bool = False) -> None:
    """Make the database `name` from the template, and the template where there is none of these migrations."""
    template = PREFIX + key()
    with _server() as server:
        server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        there = {row[0] for row in server.fetchall()}
        if anew or template not in there:
            for old in there:
                drop(old)
            _migrate(f"{template}_making")
            server.execute(f'ALTER DATABASE "{template}_making" RENAME TO "{template}"')
        drop(name)
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        # Nobody keeps what a test wrote: no commit waits for the disk. Programs that are killed have servers of their own.
        server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')


def drop(name: str) -> None:
    """Drop the database, whoever is still connected to it."""
    with connection._nodb_cursor() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def switch(name: str) -> None:
    """Let this process use the database `name` from now on."""
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _migrate(name: str) -> None:
    usual, wanted = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.settings_dict["TEST"]["NAME"] = wanted
        switch(usual)
