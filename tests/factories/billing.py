"""Trade accounts and credit limits for tests."""

from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from billing.enums import EntryKind
from billing.models import AccountEntry, CreditLimit, CreditReservation, TradeAccount
from tests.factories.company import CompanyFactory


class CreditLimitFactory(DjangoModelFactory[CreditLimit]):
    """Of a group that nobody has joined yet."""

    class Meta:
        model = CreditLimit

    company = factory.SubFactory(CompanyFactory)
    name = factory.Sequence(lambda number: f"Group {number}")
    currency = factory.SelfAttribute("company.currency")
    amount = Decimal(100_000)


class TradeAccountFactory(DjangoModelFactory[TradeAccount]):
    """Without a limit, and nothing on it."""

    class Meta:
        model = TradeAccount

    company = factory.SubFactory(CompanyFactory)
    distributor = factory.SubFactory("tests.factories.accounts.DistributorFactory")
    currency = factory.SelfAttribute("distributor.currency")
    opened_on = factory.LazyFunction(timezone.localdate)


class AccountEntryFactory(DjangoModelFactory[AccountEntry]):
    """Only the row: the balance of its account does not follow."""

    class Meta:
        model = AccountEntry

    account = factory.SubFactory(TradeAccountFactory)
    kind = EntryKind.INVOICE
    currency = factory.SelfAttribute("account.currency")
    amount = Decimal(100)
    posted_on = factory.LazyFunction(timezone.localdate)
    recorded_at = factory.LazyFunction(timezone.now)


class CreditReservationFactory(DjangoModelFactory[CreditReservation]):
    """Only the row: what is used of its account does not follow."""

    class Meta:
        model = CreditReservation

    account = factory.SubFactory(TradeAccountFactory)
    source_type = "order"
    source_id = factory.Sequence(lambda number: number + 1)
    ordered_amount = Decimal(100)
    shipped_amount = Decimal(0)
