"""The AdventureWorks reseller files, imported once into a database of their own, so that no other test sees them."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import Distributor, User
from integration.engine.outcome import Outcome
from integration.engine.profile import load_profile
from integration.engine.run import import_folder
from integration.profiles import shipped_profiles
from tests import template
from tests.factories.accounts import DirectorFactory

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("TRIBUTARY_REALDATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session", autouse=True)
def the_files() -> Path:
    """Without the files nothing here can be said; that must not look like success."""
    folder = DATA / "adventureworks"
    if not (folder / "FactResellerSales.csv.gz").is_file():
        pytest.skip(
            f"THE REAL DATA IS MISSING: {folder}. Set TRIBUTARY_REALDATA to the folder that holds adventureworks/."
        )
    return folder


@pytest.fixture(scope="session")
def real_name(the_files: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A migrated database of our own, beside that of the other tests."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_realdata"
        template.create(name)
    yield name
    with django_db_blocker.unblock():
        template.drop(name)


@pytest.fixture(scope="session")
def first_import(the_files: Path, real_name: str, django_db_blocker: Any) -> Outcome:
    with django_db_blocker.unblock(), _database(real_name):
        return run_import(the_files)


@pytest.fixture(autouse=True)
def real_database(first_import: Outcome, real_name: str, django_db_blocker: Any) -> Iterator[None]:
    """Each test works in the imported database, and leaves nothing in it."""
    with django_db_blocker.unblock(), _database(real_name), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _database(name: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    template.switch(name)
    try:
        yield
    finally:
        template.switch(usual)


def run_import(folder: Path) -> Outcome:
    profile = load_profile(shipped_profiles()["adventureworks"])
    return import_folder(profile=profile, folder=folder, actor_id=None)


@pytest.fixture
def director() -> User:
    """Somebody who sees the whole channel."""
    director: User = DirectorFactory.create()
    return director


@pytest.fixture
def codes() -> dict[int, str]:
    """ResellerKey to the code of the distributor, and by that to its number here."""
    return {int(row["ResellerKey"]): row["ResellerAlternateKey"] for row in source("DimReseller")}


@pytest.fixture
def numbers(codes: dict[int, str]) -> dict[int, int]:
    """ResellerKey to the distributor's number here."""
    known = dict(Distributor.objects.values_list("code", "pk"))
    return {key: known[code] for key, code in codes.items()}


def source(name: str) -> list[dict[str, str]]:
    with (DATA / "adventureworks" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def reference(name: str) -> list[dict[str, str]]:
    with (DATA / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def amount(text: str) -> Decimal:
    """A figure of the reference, which drops trailing zeros."""
    return Decimal(text).quantize(Decimal("0.0001"))
