"""A distributor against its plan has one colour, whichever page shows it."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.enums import Colour
from distribution.home.selectors.month import current_period
from planning.models import SalesPlanPeriod
from tests.factories.accounts import DistributorFactory, OwnerFactory
from tests.factories.planning import SalesActualFactory, SalesPlanFactory, calendar_year

pytestmark = pytest.mark.django_db
BAR = re.compile(r'class="plot plot-bullet state-(\w+)"')


@pytest.mark.parametrize(("share", "colour"), [("1", Colour.DONE), ("0.95", Colour.WARNING), ("0.5", Colour.DANGER)])
def test_the_first_page_and_the_plan_show_the_same_colour(share: str, colour: Colour) -> None:
    """The same distributor would be green on one page and amber on the other, and nobody knew whom to call.

    All of the plan and of the sales lie in this month, so that month and year are equally far. Last year's season
    promises a good end, which must not make it better than it is today.
    """
    today = timezone.localdate()
    calendar_year(today.year - 1)
    year = calendar_year(today.year)
    distributor = DistributorFactory.create()
    period: Any = current_period(today)
    plan = SalesPlanFactory.create(year=year, distributor=distributor, amount=Decimal(0))
    SalesPlanPeriod.objects.filter(plan=plan, period=period).update(amount=Decimal(31000))
    type(plan).objects.filter(pk=plan.pk).update(amount=Decimal(31000))
    days = (period.ends_on - period.starts_on).days + 1
    to_date = Decimal(31000) * ((today - period.starts_on).days + 1) / days
    sold = {"distributor": distributor, "gross_amount": to_date, "net_amount": to_date * Decimal(share)}
    SalesActualFactory.create(month=period.starts_on, period=period, **sold)
    before = period.starts_on.replace(year=today.year - 1)
    SalesActualFactory.create(distributor=distributor, month=before)
    december = before.replace(month=12)
    SalesActualFactory.create(
        distributor=distributor, month=december, net_amount=Decimal(9000), gross_amount=Decimal(9000)
    )
    client = Client()
    client.force_login(OwnerFactory.create(distributor=distributor))
    addresses = ["/", reverse("planning:distributor-attainment", args=[distributor.code])]
    assert [BAR.findall(client.get(address).content.decode()) for address in addresses] == [[colour], [colour]]
