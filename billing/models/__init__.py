from billing.models.account import TradeAccount
from billing.models.credit_limit import CreditLimit
from billing.models.entry import AccountEntry
from billing.models.reservation import CreditReservation

__all__ = ["AccountEntry", "CreditLimit", "CreditReservation", "TradeAccount"]
