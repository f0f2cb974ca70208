"""Whose orders an account or a limit concerns."""

from billing.enums import CREDIT_LIMIT, TRADE_ACCOUNT
from billing.models import TradeAccount


def distributors_sharing(*, subject_type: str, subject_id: int) -> list[int]:
    """The distributors of an account and of those that share its limit, or of all accounts of a limit. Two queries at most."""
    accounts = TradeAccount.objects.all()
    if subject_type == CREDIT_LIMIT:
        return list(accounts.filter(credit_limit=subject_id).values_list("distributor_id", flat=True))
    if subject_type != TRADE_ACCOUNT:
        return []
    row = accounts.filter(pk=subject_id).values_list("distributor_id", "credit_limit_id").first()
    if row is None:
        return []
    distributor, limit = row
    if limit is None:
        return [distributor]
    return list(accounts.filter(credit_limit=limit).values_list("distributor_id", flat=True))
