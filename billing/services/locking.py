"""The one way in which accounts are locked: their credit limits first, then they, each by id."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from billing.models import CreditLimit, TradeAccount
from billing.services.credit_sql import LOCK_ACCOUNTS
from core.actors import Actor
from core.errors import NotVisible
from core.locks import lock_row
from core.state import check_version


def lock_account(*, account_id: int, actor: Actor | None, expected_version: int | None = None) -> TradeAccount:
    """An account, and before it its limit. Before: inside a transaction. Raises NotVisible, StaleVersion."""
    rows: Any = TradeAccount.objects.all() if actor is None else TradeAccount.objects.visible_to(actor)
    with connection.cursor() as cursor:
        cursor.execute(LOCK_ACCOUNTS, {"accounts": [account_id]})
    account: TradeAccount | None = (
        rows.select_related("credit_limit", "company", "distributor").filter(pk=account_id).first()
    )
    if account is None:
        raise NotVisible
    check_version(account, expected_version)
    return account


def lock_limits(*, limit_ids: Collection[int], actor: Actor) -> Sequence[CreditLimit]:
    """Limits by id. Before: inside a transaction, with no account locked yet. Raises NotVisible."""
    wanted = set(limit_ids)
    seen = list(CreditLimit.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    found = list(CreditLimit.objects.filter(pk__in=seen).order_by("pk").select_for_update())
    if len(found) < len(wanted):
        raise NotVisible
    return found


def lock_limit(*, limit_id: int, actor: Actor, expected_version: int | None = None) -> CreditLimit:
    """A limit. Raises NotVisible, StaleVersion."""
    if not CreditLimit.objects.visible_to(actor).filter(pk=limit_id).exists():
        raise NotVisible
    found: CreditLimit = lock_row(CreditLimit.objects.all(), limit_id)
    check_version(found, expected_version)
    return found
