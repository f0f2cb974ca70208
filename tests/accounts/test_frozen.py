"""What gives stored numbers their meaning stays, and nobody leaves duties behind unseen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.errors import StillResponsible
from accounts.models import Distributor
from accounts.services.distributors import change_distributor
from accounts.services.people import change_user
from catalogue.services.products import product_input_of, save_product
from core.errors import Conflict
from responsibility.selectors.radar_summary import radar_summary
from tests.factories.accounts import (
    AdministratorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    ResponsibilityFactory,
)
from tests.factories.inventory import ProductFactory, StockFactory
from tests.factories.orders import OrderFactory
from tests.factories.planning import PriceListFactory, SalesActualFactory, SalesPlanFactory
from tests.orders.people import stage
from tests.orders.test_api_orders import caller

pytestmark = pytest.mark.django_db


def test_the_currency_of_a_distributor_stays_while_anything_counts_in_it() -> None:
    """Five thousand yuan of open orders became five thousand francs."""
    people = stage()
    people.placed()
    administrator = AdministratorFactory.create()
    with pytest.raises(Conflict, match="orders") as refused:
        change_distributor(actor=administrator, distributor_id=people.shop.distributor.pk, currency="XOF")
    assert (refused.value.problems[0].code, refused.value.problems[0].field) == ("counted_in", "currency")
    free = DistributorFactory.create()
    assert change_distributor(actor=administrator, distributor_id=free.pk, currency="XOF").currency == "XOF"


def test_the_unit_of_a_product_stays_while_anything_counts_in_it() -> None:
    """Forty pieces in stock became forty boxes."""
    people = stage()
    product, administrator = people.shop.products[0], AdministratorFactory.create()
    boxed = replace(product_input_of(product), unit="box12")
    with pytest.raises(Conflict, match="stay"):
        save_product(product_id=product.pk, values=boxed, actor=administrator)
    free = ProductFactory.create()
    values = replace(product_input_of(free), unit="box12")
    assert save_product(product_id=free.pk, values=values, actor=administrator).unit == "box12"


@pytest.mark.parametrize(
    "counting",
    [
        pytest.param(lambda shop: SalesPlanFactory.create(distributor=shop, currency="CNY"), id="plan"),
        pytest.param(lambda shop: PriceListFactory.create(distributor=shop, currency="CNY"), id="prices"),
        pytest.param(lambda shop: SalesActualFactory.create(distributor=shop, currency="CNY"), id="sales"),
        pytest.param(lambda shop: OrderFactory.create(distributor=shop, currency="CNY"), id="order"),
    ],
)
def test_an_erp_changes_no_currency_in_which_anything_counts(counting: Callable[[Distributor], object]) -> None:
    """One PATCH, and the plan of a year, its prices or its open orders are in francs."""
    shop = DistributorFactory.create(currency="CNY")
    call, change = caller(AdministratorFactory.create()), f"distributors/{shop.code}/"
    counting(shop)
    reply = call("patch", change, {"currency": "XOF"})
    assert (reply.status_code, reply.json()["errors"][0]["attr"]) == (409, "currency"), reply.content
    shop.refresh_from_db()
    assert shop.currency == "CNY"
    free = DistributorFactory.create(currency="CNY")
    assert call("patch", f"distributors/{free.code}/", {"currency": "XOF"}).status_code == 200


def test_an_erp_changes_no_unit_of_what_is_in_stock() -> None:
    """The same by the other address: forty pieces in stock became forty boxes."""
    product = StockFactory.create(on_hand=40).product
    call = caller(AdministratorFactory.create())
    reply = call("patch", f"products/{product.code}/", {"unit": "box12"})
    assert (reply.status_code, reply.json()["errors"][0]["attr"]) == (409, "unit"), reply.content
    product.refresh_from_db()
    assert product.unit != "box12"


def test_who_is_responsible_for_duties_is_not_closed_before_they_are_handed_over(client: Client) -> None:
    """Home said two gaps, the radar sixty-one, and notifications went to a closed account."""
    today, administrator = timezone.localdate(), AdministratorFactory.create()
    manager = ManagerFactory.create()
    row = ResponsibilityFactory.create(user=manager, starts_on=today - timedelta(days=9))
    with pytest.raises(StillResponsible, match="1 duty"):
        change_user(actor=administrator, user_id=manager.pk, is_active=False)
    client.force_login(administrator, backend="sign_in.backends.PasswordBackend")
    reply: Any = client.post(f"/people/{manager.pk}/change/", {"full_name": manager.full_name, "language": "en"})
    assert (reply.status_code, reply.url) == (302, f"/responsibilities/hand-over/?from={manager.pk}")
    manager.refresh_from_db()
    assert manager.is_active
    type(row).objects.filter(pk=row.pk).update(ends_on=today - timedelta(days=1))
    assert not change_user(actor=administrator, user_id=manager.pk, is_active=False).is_active


def test_a_coming_duty_counts_as_well() -> None:
    """On its first day nobody would be there."""
    later = timezone.localdate() + timedelta(days=5)
    row = ResponsibilityFactory.create(user=ManagerFactory.create(), starts_on=later)
    with pytest.raises(StillResponsible):
        change_user(actor=AdministratorFactory.create(), user_id=row.user_id, is_active=False)


def test_gaps_are_the_same_everywhere() -> None:
    """Two numbers of one thing on two pages: nobody believes either."""
    today, director = timezone.localdate(), AdministratorFactory.create()
    duties = [DutyFactory.create() for _ in range(3)]
    distributor = DistributorFactory.create()
    gone = ManagerFactory.create(is_active=False)
    people = [gone, ManagerFactory.create(), ManagerFactory.create(is_active=False)]
    for duty, person, stand_in in zip(duties, people, (None, None, ManagerFactory.create()), strict=True):
        ResponsibilityFactory.create(distributor=distributor, duty=duty, user=person, stand_in=stand_in)
    per_distributor = Distributor.objects.with_gaps(today).get(pk=distributor.pk).gaps
    assert radar_summary(director, on=today).gaps == per_distributor == 1
