"""What an agreement covers is written when it comes in force and shortened when it ends."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from channel.models import AgreementCoverage
from channel.models.cells import insert_cells

_INSERT = insert_cells("SELECT unnest(%(agreements)s::bigint[])")


def write_coverage(agreement_ids: Collection[int]) -> None:
    """Write what agreements cover. Raises IntegrityError where another one was quicker. Before: in their transaction.

    Where a tree changes later, the database writes it anew (`channel.models.leaves`).
    """
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, {"agreements": list(agreement_ids)})


def end_coverage(agreement_id: int, *, last_on: date) -> None:
    """Shorten what an agreement covers to a last day; what would begin later goes. Before: as `write_coverage`."""
    rows = AgreementCoverage.objects.filter(agreement=agreement_id)
    rows.filter(starts_on__gt=last_on).delete()
    rows.filter(ends_on__isnull=True).update(ends_on=last_on)
    rows.filter(ends_on__gt=last_on).update(ends_on=last_on)
