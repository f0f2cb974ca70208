"""A distributor with credit, for tests: goods at 10.00 and at 0.01, so that every amount can be ordered."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from billing.enums import EntryKind, SubAccount
from billing.models import CreditLimit, TradeAccount
from billing.selectors.invariants import INVARIANTS as ACCOUNTS
from billing.services.entries import post_entry
from billing.services.limits import LimitTerms, join_group, open_account, save_group_limit, set_account_limit
from orders.models import Order
from orders.ordering.services.placing import PlacedOrder, place_order
from orders.ordering.services.quote import LineInput
from orders.pages.selectors.credit_invariants import INVARIANTS as ORDERS
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from pricing.models import Price
from tests.factories.accounts import DirectorFactory, FinanceFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows

PIECE = Decimal("10.00")
CENT = Decimal("0.01")


@dataclass(kw_only=True)
class Credited:
    """A stage with an account. `director` may release what is over the limit, `finance` posts and sets limits."""

    people: Stage
    account: TradeAccount
    finance: User
    director: User

    def place(self, amount: str, *, now: datetime = NOW, **options: Any) -> PlacedOrder:
        """Place an order of exactly so much."""
        whole, rest = divmod(Decimal(amount), PIECE)
        pieces, cents = self.people.shop.products
        lines = [LineInput(pieces.pk, int(whole))] if whole else []
        lines += [LineInput(cents.pk, int(rest / CENT))] if rest else []
        return place_order(
            distributor_id=self.account.distributor_id, actor=self.people.buyer, lines=lines, now=now, **options
        )

    def post(self, kind: EntryKind, amount: str, sub_account: SubAccount = SubAccount.GOODS) -> None:
        post_entry(
            account_id=self.account.pk,
            kind=kind,
            amount=Decimal(amount),
            sub_account=sub_account,
            actor=self.finance,
            now=NOW,
        )

    def limit(self, amount: str | None, until: date | None = None, temporary: str | None = None) -> None:
        terms = None
        if amount is not None:
            terms = LimitTerms(
                amount=Decimal(amount),
                temporary_amount=None if temporary is None else Decimal(temporary),
                temporary_until=until,
            )
        self.account = set_account_limit(account_id=self.account.pk, terms=terms, actor=self.finance, now=NOW)

    @property
    def used(self) -> Decimal:
        self.account.refresh_from_db()
        used: Decimal = self.account.exposure_amount
        return used


def credited(limit: str | None = "100000", *, opened_on: date | None = None) -> Credited:
    people = stage(products=2, on_hand=100_000)
    Price.objects.filter(product=people.shop.products[1]).update(amount=CENT)
    finance = FinanceFactory.create()
    account = open_account(distributor_id=people.shop.distributor.pk, actor=finance, now=NOW, opened_on=opened_on)
    made = Credited(people=people, account=account, finance=finance, director=DirectorFactory.create())
    if limit is not None:
        made.limit(limit)
    return made


def grouped(limit: str, *members: Credited, sub_limits: tuple[str | None, ...] = ()) -> CreditLimit:
    """Let accounts share one limit."""
    finance = members[0].finance
    group = save_group_limit(
        name="Group",
        terms=LimitTerms(amount=Decimal(limit)),
        currency=members[0].account.currency,
        actor=finance,
        now=NOW,
    )
    for member, sub_limit in zip(members, sub_limits or [None] * len(members), strict=True):
        member.account = join_group(
            account_id=member.account.pk,
            limit_id=group.pk,
            sub_limit=None if sub_limit is None else Decimal(sub_limit),
            actor=finance,
            now=NOW,
        )
    return group


def order_of(placed: PlacedOrder | Order) -> Order:
    order: Order = Order.objects.get(pk=placed.id)
    return order


def sound() -> None:
    """Every counter is what it is made of."""
    assert offending_rows((*ACCOUNTS, *ORDERS, *ORDER_CHECKS)) == {}
