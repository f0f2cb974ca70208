"""Two imports at once: the second is refused, and says so."""

import threading

import pytest
from django.db import connection, transaction

from core.idempotency import lock_number
from integration.errors import ImportRuns
from tests.integration.conftest import Run

BRAND = "[[import]]\nentity='brand'\nrows=[{code='A', name='A'}]"


@pytest.mark.django_db(transaction=True)
def test_second_import_is_refused(run: Run) -> None:
    """Two people who import the same files at once must not both win half of them."""
    holding, finished = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number("import")])
            holding.set()
            finished.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert holding.wait(10)
        with pytest.raises(ImportRuns):
            run(BRAND)
    finally:
        finished.set()
        other.join()
    assert run(BRAND).written
