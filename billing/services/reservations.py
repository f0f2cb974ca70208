"""Credit is reserved for documents like stock: what they need, no more, and each value in one place only."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from billing.services.credit_sql import lock_accounts_of, settle
from billing.services.sources import credit_sources


def settle_credit(
    *, source_type: str, documents: str, parameters: Mapping[str, Any], on: date, ask: bool = False
) -> dict[int, Decimal]:
    """Make documents reserve what they need of the credit of their accounts. One statement, two where they have accounts.

    `documents` is the text of a relation as `credit_sql.settle` takes it, with `parameters`; amounts are with tax, in the
    currency of the account. With `ask`, of one document, more is reserved only where it fits under the limit of the day `on`:
    else it keeps what it has, and how much it would be over is returned by its id. Before: inside a transaction that has
    locked the documents, and no stock yet.
    """
    values = {**parameters, "source_type": source_type, "on": on, "ask": ask}
    with connection.cursor() as cursor:
        cursor.execute(lock_accounts_of(documents), values)
        if not cursor.fetchall():
            return {}
        cursor.execute(settle(documents), values)
        return dict(cursor.fetchall())


def settle_distributors(distributor_ids: Collection[int], *, on: date) -> None:
    """Reserve again what all open documents of distributors need: an account was opened, or documents came in an import."""
    for source in credit_sources:
        settle_credit(
            source_type=source.source_type,
            documents=source.documents,
            parameters={**source.parameters, "distributors": list(distributor_ids)},
            on=on,
        )
