"""What an agreement covers is written when it comes in force and shortened when it ends."""

from datetime import date

from django.db import connection

from channel.models import AgreementCoverage
from channel.selectors.overlaps import CELLS

_INSERT = f"""
{CELLS}
INSERT INTO channel_agreementcoverage
    (agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties)
SELECT agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties
FROM covered
"""  # noqa: S608 - likewise


def write_coverage(agreement_id: int) -> None:
    """Write what an agreement covers. Raises IntegrityError where another one was quicker. Before: in its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, {"agreement": agreement_id})


def end_coverage(agreement_id: int, *, last_on: date) -> None:
    """Shorten what an agreement covers to a last day; what would begin later goes. Before: as `write_coverage`."""
    rows = AgreementCoverage.objects.filter(agreement=agreement_id)
    rows.filter(starts_on__gt=last_on).delete()
    rows.filter(ends_on__isnull=True).update(ends_on=last_on)
    rows.filter(ends_on__gt=last_on).update(ends_on=last_on)
