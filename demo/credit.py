"""Trade accounts of the demo company: limits with something left, one that is exceeded, and a group that shares one."""

from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language

from accounts.enums import Role
from accounts.models import Distributor, User
from billing.enums import EntryKind, SubAccount
from billing.models import TradeAccount
from billing.services.entries import post_entry
from billing.services.limits import LimitTerms, join_group, open_account, save_group_limit, set_account_limit
from core.periods import month_start
from demo.company import Company
from orders.models import Order

_ACCOUNTS: Final = 12
_STEP: Final = Decimal(1000)
_DEPOSIT: Final = Decimal(20_000)


def build_credit(company: Company) -> None:
    """The distributors with most on order have accounts since the first of the month; the last of them is over its limit."""
    finance = User.objects.with_roles([Role.FINANCE]).order_by("pk").first()
    if finance is None:
        return
    now = timezone.now()
    chosen = _with_open_orders()
    accounts = [
        open_account(distributor_id=pk, actor=finance, now=now, opened_on=month_start(company.today)) for pk in chosen
    ]
    for number, account in enumerate(accounts):
        _post(account, finance, number)
        account.refresh_from_db()
    if not accounts:
        return
    _limit(accounts[-1], finance, Decimal("0.8"))
    for account in accounts[2:-1]:
        _limit(account, finance, Decimal("1.4"))
    first, second = accounts[0], accounts[min(1, len(accounts) - 1)]
    if first != second and second != accounts[-1] and first.currency == second.currency:
        amount = _round(first.exposure_amount + second.exposure_amount, Decimal("1.2"))
        name = "华东联营集团" if str(get_language()).startswith("zh") else "East Coast Group"
        group = save_group_limit(
            name=name, terms=LimitTerms(amount=amount), currency=first.currency, actor=finance, now=now
        )
        for account in (first, second):
            join_group(account_id=account.pk, limit_id=group.pk, actor=finance, now=now)


def _with_open_orders() -> list[int]:
    """The distributors of the brand owner that have most open orders now."""
    numbers: dict[int, int] = {}
    rows = Order.objects.open().filter(seller_company__isnull=False, uses_credit=True)
    for distributor in rows.order_by("pk").values_list("distributor_id", flat=True):
        numbers[distributor] = numbers.get(distributor, 0) + 1
    known = set(Distributor.objects.ordering().values_list("pk", flat=True))
    found = sorted((pk for pk in numbers if pk in known), key=lambda pk: (-numbers[pk], pk))
    return found[:_ACCOUNTS]


def _post(account: TradeAccount, finance: User, number: int) -> None:
    """What was owed when the account was opened, what was paid since, and a deposit of every third."""
    now = timezone.now()
    owed = _round(account.exposure_amount, Decimal("0.5")) + _STEP
    entries = [
        (EntryKind.OPENING, owed, SubAccount.GOODS),
        (EntryKind.PAYMENT, -_round(owed, Decimal("0.3")), SubAccount.GOODS),
    ]
    if number % 3 == 0:
        entries.append((EntryKind.PAYMENT, -_DEPOSIT, SubAccount.DEPOSIT))
    for kind, amount, sub_account in entries:
        if amount:
            post_entry(
                account_id=account.pk,
                kind=kind,
                amount=amount,
                sub_account=sub_account,
                posted_on=account.opened_on,
                actor=finance,
                now=now,
            )


def _limit(account: TradeAccount, finance: User, share: Decimal) -> None:
    terms = LimitTerms(amount=max(_round(account.exposure_amount, share), _STEP))
    set_account_limit(account_id=account.pk, terms=terms, actor=finance, now=timezone.now())


def _round(amount: Decimal, share: Decimal) -> Decimal:
    return (amount * share / _STEP).quantize(Decimal(1)) * _STEP
