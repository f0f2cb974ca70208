"""The agreements of the demo company: one about to end and its renewal, one in grace, one in force, one draft."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.enums import Role
from accounts.models import Distributor, User
from catalogue.models import Brand
from channel.enums import ControlMode, ControlSubject, DataKind, Frequency, PriceRule, PurchaseBasis
from channel.models import Agreement
from channel.rules import ControlTerms, DataTerms, MinimumTerms, SubjectTerms
from channel.services.agreements import AgreementTerms, create_agreement, revise_agreement
from channel.services.calendar import move_agreements
from channel.services.steps import accept_agreement, put_in_force, send_agreement
from demo.company import Company

_GRACE_DAYS = 31


def build_agreements(company: Company) -> None:
    """Those of the distributor that can sign in: one about to end with its next revision sent, one in grace, one in force.

    Another distributor has a draft. The first brand is that distributor's alone.
    """
    director = User.objects.with_roles([Role.DIRECTOR]).get()
    brands = list(Brand.objects.order_by("code"))
    ordering = Distributor.objects.ordering().filter(territory__isnull=False).order_by("pk")
    first = Distributor.objects.get(pk=company.distributors[0])
    second = ordering.exclude(pk=first.pk)[0]
    starts_on = date(company.today.year - 1, 1, 1)
    ends = [
        company.today + timedelta(days=25),
        company.today - timedelta(days=10),
        date(company.today.year + 1, 12, 31),
    ]
    made = [
        _in_force(director, first, _terms(first, brand, starts_on, ends_on, is_exclusive=number == 1), number)
        for number, (brand, ends_on) in enumerate(zip(brands, ends, strict=False), 1)
    ]
    renewal = revise_agreement(
        agreement_id=made[0].pk,
        starts_on=ends[0] + timedelta(days=1),
        ends_on=ends[2],
        actor=director,
        expected_version=None,
    )
    send_agreement(agreement_id=renewal.pk, actor=director, expected_version=None)
    draft = _terms(second, brands[-1], company.today + timedelta(days=30), ends[2], is_exclusive=False)
    create_agreement(distributor_id=second.pk, terms=draft, actor=director)
    move_agreements(today=company.today)


def _in_force(director: User, distributor: Distributor, terms: AgreementTerms, number: int) -> Agreement:
    owner = User.objects.of_distributors([distributor.pk], {Role.OWNER}).get()
    agreement = create_agreement(distributor_id=distributor.pk, terms=terms, actor=director)
    sent = send_agreement(agreement_id=agreement.pk, actor=director, expected_version=None)
    accept_agreement(agreement_id=sent.pk, name=owner.display_name, actor=owner, expected_version=sent.version)
    return put_in_force(
        agreement_id=agreement.pk,
        actor=director,
        expected_version=None,
        signature_reference=f"E-SIGN {terms.starts_on.year}-{number:03d}",
    )


def _terms(
    distributor: Distributor, brand: Brand, starts_on: date, ends_on: date, *, is_exclusive: bool
) -> AgreementTerms:
    return AgreementTerms(
        starts_on=starts_on,
        ends_on=ends_on,
        grace_days=_GRACE_DAYS,
        currency=distributor.currency,
        channel_kinds=[distributor.channel_kind],
        territory_ids=[distributor.territory_id] if distributor.territory_id else [],
        subjects=[SubjectTerms(brand_id=brand.pk, is_exclusive=is_exclusive)],
        minimums=[MinimumTerms(amount_a_year=Decimal(1_200_000), basis=PurchaseBasis.INVOICED)],
        payment_days=30,
        payment_from_month_end=True,
        deposit_amount=Decimal(50_000),
        return_rate=Decimal("0.05"),
        control_rules=[
            ControlTerms(subject=ControlSubject.TERRITORY, mode=ControlMode.ORDERED),
            ControlTerms(subject=ControlSubject.DISPLAY, mode=ControlMode.AGREED),
            ControlTerms(
                subject=ControlSubject.RESALE_PRICE, mode=ControlMode.AGREED, price_rule=PriceRule.RECOMMENDED
            ),
        ],
        data_duties=[DataTerms(kind=DataKind.STOCK, frequency=Frequency.WEEKLY, days_after=2)],
    )
