"""Barcodes that a scanner will read, and those that nobody can have printed."""

import pytest
from django.db import connection

from catalogue.gtin import check_digit, gtin_sql, is_gtin

RIGHT = ("96385074", "012345678905", "4006381333931", "6901234567892", "16901234567899")
WRONG = (
    "96385075",
    "4006381333932",
    "690123456789",
    "69012345678",
    "4006381333931 ",
    "400638133393X",
    "",
    "4００6381333931",
)


def test_the_last_digit_checks_the_others() -> None:
    """A mistyped barcode would be found at the first scan in the warehouse, not when it is entered."""
    assert [code for code in RIGHT if not is_gtin(code)] == []
    assert [code for code in WRONG if is_gtin(code)] == []
    assert check_digit("629104150021") == 3


@pytest.mark.django_db
def test_the_database_counts_alike() -> None:
    """An import would take what the page refuses."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT code, {gtin_sql('code')} FROM unnest(%s::text[]) AS given (code)", [[*RIGHT, *WRONG]])  # noqa: S608 - put together from constants only
        assert dict(cursor.fetchall()) == {code: is_gtin(code) for code in (*RIGHT, *WRONG)}
