"""Agreements for tests: rows as they are stored, and whole ones by the services as people make them."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import ChannelKind
from channel.enums import (
    AddressKind,
    AgreementStatus,
    CarveOutEffect,
    ContactKind,
    ControlMode,
    ControlSubject,
    DataKind,
    Frequency,
    PurchaseBasis,
)
from channel.models import (
    Address,
    AddressClearance,
    Agreement,
    AgreementCarveOut,
    AgreementCoverage,
    AgreementShop,
    AgreementSubject,
    AgreementTerritory,
    BankAccount,
    Contact,
    ControlDeparture,
    ControlRule,
    DataDuty,
    InvoiceTitle,
    KindTerms,
    MinimumPurchase,
    PaymentInstalment,
)
from channel.rules import SubjectTerms
from channel.services.agreements import AgreementTerms, create_agreement
from channel.services.steps import accept_agreement, put_in_force, send_agreement
from tests.factories.accounts import SINCE, DirectorFactory, OwnerFactory
from tests.factories.company import CompanyFactory

DISTRIBUTOR = "tests.factories.accounts.DistributorFactory"


class AgreementFactory(DjangoModelFactory[Agreement]):
    """A draft; `status=SENT` and number for one on its way. What is in force is made by `agreement_in_force`."""

    class Meta:
        model = Agreement

    company = factory.SubFactory(CompanyFactory)
    distributor = factory.SubFactory(DISTRIBUTOR)
    number = factory.Maybe(
        factory.LazyAttribute(lambda row: row.status != AgreementStatus.DRAFT),
        factory.Sequence(lambda number: f"DA{900000 + number}"),
        None,
    )
    status = AgreementStatus.DRAFT
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    channel_kinds = factory.LazyFunction(lambda: [ChannelKind.WHOLESALE.value])
    currency = "USD"


class AgreementSubjectFactory(DjangoModelFactory[AgreementSubject]):
    class Meta:
        model = AgreementSubject

    agreement = factory.SubFactory(AgreementFactory)
    brand = factory.SubFactory("tests.factories.inventory.BrandFactory")


class KindTermsFactory(DjangoModelFactory[KindTerms]):
    class Meta:
        model = KindTerms

    agreement = factory.SubFactory(AgreementFactory)
    kind = ChannelKind.DIRECT_MARKETING
    programme = "Mail order of gift boxes."


class AgreementShopFactory(DjangoModelFactory[AgreementShop]):
    class Meta:
        model = AgreementShop

    agreement = factory.SubFactory(AgreementFactory)
    platform = "Tmall"
    name = factory.Sequence(lambda number: f"Shop {number}")


class AgreementTerritoryFactory(DjangoModelFactory[AgreementTerritory]):
    class Meta:
        model = AgreementTerritory

    agreement = factory.SubFactory(AgreementFactory)
    territory = factory.SubFactory("tests.factories.accounts.TerritoryFactory")


class AgreementCarveOutFactory(DjangoModelFactory[AgreementCarveOut]):
    class Meta:
        model = AgreementCarveOut

    agreement = factory.SubFactory(AgreementFactory)
    other = factory.SubFactory(DISTRIBUTOR)
    effect = CarveOutEffect.BOTH


class AgreementCoverageFactory(DjangoModelFactory[AgreementCoverage]):
    """A row that is not exclusive, as the service would write it."""

    class Meta:
        model = AgreementCoverage

    agreement = factory.SubFactory(AgreementFactory)
    distributor = factory.LazyAttribute(lambda row: row.agreement.distributor)
    brand = factory.SubFactory("tests.factories.inventory.BrandFactory")
    territory = factory.SubFactory("tests.factories.accounts.TerritoryFactory")
    channel_kind = ChannelKind.WHOLESALE
    starts_on = date(2026, 1, 1)
    parties = factory.LazyAttribute(lambda row: f"{{[{row.distributor.pk * 1000},{row.distributor.pk * 1000}]}}")


class MinimumPurchaseFactory(DjangoModelFactory[MinimumPurchase]):
    class Meta:
        model = MinimumPurchase

    agreement = factory.SubFactory(AgreementFactory)
    amount_a_year = Decimal("1200000.0000")
    basis = PurchaseBasis.INVOICED


class PaymentInstalmentFactory(DjangoModelFactory[PaymentInstalment]):
    class Meta:
        model = PaymentInstalment

    agreement = factory.SubFactory(AgreementFactory)
    position = factory.Sequence(lambda number: number % 30_000 + 1)
    share = Decimal(1)
    days = 30


class ControlRuleFactory(DjangoModelFactory[ControlRule]):
    class Meta:
        model = ControlRule

    agreement = factory.SubFactory(AgreementFactory)
    subject = ControlSubject.DISPLAY
    mode = ControlMode.AGREED


class ControlDepartureFactory(DjangoModelFactory[ControlDeparture]):
    class Meta:
        model = ControlDeparture

    agreement = factory.SubFactory(AgreementFactory)
    subject = ControlSubject.DISPLAY
    noticed_on = date(2026, 6, 1)
    text = "The shelf was empty."
    recorded_by = factory.SubFactory(DirectorFactory)
    recorded_at = factory.LazyFunction(timezone.now)


class DataDutyFactory(DjangoModelFactory[DataDuty]):
    class Meta:
        model = DataDuty

    agreement = factory.SubFactory(AgreementFactory)
    kind = DataKind.STOCK
    frequency = Frequency.WEEKLY


def terms(*, brand: Any, territory: Any, is_exclusive: bool = False, **changes: Any) -> AgreementTerms:
    """A year of one brand in one territory, wholesale, with 31 days of grace unless the test says otherwise."""
    values: dict[str, Any] = {
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "grace_days": 31,
        "currency": "USD",
        "channel_kinds": [ChannelKind.WHOLESALE.value],
        "subjects": [SubjectTerms(brand_id=brand.pk, is_exclusive=is_exclusive)],
        "territory_ids": [territory.pk],
    }
    return AgreementTerms(**{**values, **changes})


def accepted_agreement(distributor: Any, what: AgreementTerms) -> Agreement:
    """Written, sent and accepted by the distributor's owner."""
    CompanyFactory.create()
    director, owner = DirectorFactory.create(), OwnerFactory.create(distributor=distributor)
    agreement = create_agreement(distributor_id=distributor.pk, terms=what, actor=director)
    sent = send_agreement(agreement_id=agreement.pk, actor=director, expected_version=None)
    return accept_agreement(agreement_id=sent.pk, name="Li Ming", actor=owner, expected_version=sent.version)


def agreement_in_force(distributor: Any, what: AgreementTerms) -> Agreement:
    """Accepted, and put in force with a reference to its signature."""
    agreement = accepted_agreement(distributor, what)
    return put_in_force(
        agreement_id=agreement.pk, actor=DirectorFactory.create(), expected_version=None, signature_reference="E-SIGN 1"
    )


class AddressFactory(DjangoModelFactory[Address]):
    """A delivery address since 2020, in the distributor's territory; not the default one."""

    class Meta:
        model = Address

    distributor = factory.SubFactory(DISTRIBUTOR)
    kind = AddressKind.DELIVERY
    name = factory.Sequence(lambda number: f"Store {number}")
    address = factory.Sequence(lambda number: f"{number} Harbour Road")
    city = "Springfield"
    territory = factory.SelfAttribute("distributor.territory")
    starts_on = SINCE


class AddressClearanceFactory(DjangoModelFactory[AddressClearance]):
    class Meta:
        model = AddressClearance

    agreement = factory.SubFactory(AgreementFactory)
    address = factory.SubFactory(AddressFactory)
    place = factory.LazyAttribute(lambda row: row.address.line)
    reason = "A new store"
    cleared_by = factory.SubFactory(DirectorFactory)
    cleared_at = factory.LazyFunction(timezone.now)


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    distributor = factory.SubFactory(DISTRIBUTOR)
    kind = ContactKind.PURCHASING
    name = factory.Sequence(lambda number: f"Contact N{number}")
    phone = "+1 555 0100"
    starts_on = SINCE


class InvoiceTitleFactory(DjangoModelFactory[InvoiceTitle]):
    class Meta:
        model = InvoiceTitle

    distributor = factory.SubFactory(DISTRIBUTOR)
    name = factory.Sequence(lambda number: f"Title {number}")
    tax_number = factory.Sequence(lambda number: f"9131{number:014d}")
    starts_on = SINCE


class BankAccountFactory(DjangoModelFactory[BankAccount]):
    class Meta:
        model = BankAccount

    distributor = factory.SubFactory(DISTRIBUTOR)
    name = factory.Sequence(lambda number: f"Holder {number}")
    bank_name = "Bank of Springfield"
    account_number = factory.Sequence(lambda number: f"6222{number:012d}")
    currency = "USD"
    starts_on = SINCE
