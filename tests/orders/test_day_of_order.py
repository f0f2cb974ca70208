"""The day of orders that come with a file or the demo."""

import pytest
from django.db import connection
from django.test import override_settings

from orders.bulk.services.orders import day_of_order


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Shanghai", "2026-12-01"), ("UTC", "2026-11-30"), ("America/New_York", "2026-11-30")]
)
def test_it_is_the_day_of_the_company(zone: str, day: str) -> None:
    """An order of the first morning of a month would count for the month before."""
    with override_settings(TIME_ZONE=zone), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {day_of_order()}::text "  # noqa: S608 - an expression of ours
            f"FROM (SELECT timestamptz '2026-11-30 23:30+00' AS ordered_at) AS s"
        )
        assert cursor.fetchone() == (day,)
