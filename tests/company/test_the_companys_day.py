"""The day of every rule is the company's: between its midnight and that of UTC nothing changes hands too early or late."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Distributor, User
from catalogue.models import BuyingRight
from orders.models import Order
from tests.factories.accounts import DistributorFactory, DutyFactory, ManagerFactory, ResponsibilityFactory
from tests.orders.people import stage
from tests.orders.test_api_orders import body_of, caller

pytestmark = pytest.mark.django_db

# In Shanghai the 26th began four hours ago, in Pago Pago the 25th has nine hours to go; in UTC it is the 25th, 20:00.
MOMENT = "2026-11-25T20:00:00+00:00"
ZONES = [("Asia/Shanghai", date(2026, 11, 26)), ("Pacific/Pago_Pago", date(2026, 11, 25))]
ALSO_BEHIND = "2026-11-26T04:00:00+00:00"  # the 26th by UTC, still the 25th in Pago Pago


def _of(manager: User) -> set[int]:
    return set(Distributor.objects.visible_to(manager).values_list("pk", flat=True))


@pytest.mark.parametrize(("zone", "today"), ZONES)
@pytest.mark.parametrize("moment", [MOMENT, ALSO_BEHIND])
def test_who_sees_a_distributor_changes_at_the_companys_midnight(zone: str, today: date, moment: str) -> None:
    """From midnight to eight the old manager still saw and approved, and the new one saw nothing."""
    old, new = ManagerFactory.create(), ManagerFactory.create()
    distributor, duty = DistributorFactory.create(), DutyFactory.create()
    changes_on = date(2026, 11, 26)
    ResponsibilityFactory.create(
        distributor=distributor, duty=duty, user=old, starts_on=date(2026, 1, 1), ends_on=date(2026, 11, 25)
    )
    ResponsibilityFactory.create(distributor=distributor, duty=duty, user=new, starts_on=changes_on, ends_on=None)
    with override_settings(TIME_ZONE=zone), time_machine.travel(datetime.fromisoformat(moment), tick=False):
        assert timezone.localdate() == today
        assert (distributor.pk in _of(old), distributor.pk in _of(new)) == (today < changes_on, today >= changes_on)


@pytest.mark.parametrize(("zone", "today"), ZONES)
@pytest.mark.parametrize("days", [-1, 0])
def test_a_right_holds_on_its_last_day_everywhere_alike(zone: str, today: date, days: int) -> None:
    """On the last day of a right the catalogue said that there is no such product, while the order was taken."""
    people = stage(products=1)
    code = people.shop.products[0].code
    last = today.replace(day=today.day + days)
    BuyingRight.objects.update(starts_on=date(2020, 1, 1), ends_on=last)
    with override_settings(TIME_ZONE=zone), time_machine.travel(datetime.fromisoformat(MOMENT), tick=False):
        call, client = caller(people.buyer), Client()
        client.force_login(people.buyer, backend="sign_in.backends.PasswordBackend")
        shown = code in client.get(reverse("orders:entry-catalogue")).content.decode()
        api = call("get", f"products/{code}/").status_code
        placed = call("post", "orders/", body_of(people.shop, quantity=1), Idempotency_Key="once").status_code
    assert (shown, api, placed) == ((True, 200, 201) if days == 0 else (False, 404, 400))
    assert Order.objects.count() == days + 1
