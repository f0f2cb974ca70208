"""From which warehouse a distributor is supplied, set on a page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import InvalidInput, NotAllowed
from core.models import Event
from inventory.models import SupplyRoute
from inventory.services.supply_routes import open_supply_route
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory, ResponsibilityFactory
from tests.factories.inventory import DistributorWarehouseFactory, WarehouseFactory

pytestmark = pytest.mark.django_db


def test_the_next_route_ends_the_one_before() -> None:
    """A distributor that moves to the new warehouse would be supplied from two, or from neither for a day."""
    distributor, director = DistributorFactory.create(), DirectorFactory.create()
    first, second = WarehouseFactory.create(), WarehouseFactory.create()
    for warehouse, day in ((first, date(2026, 1, 1)), (second, date(2026, 6, 1))):
        open_supply_route(
            distributor_id=distributor.pk, warehouse_id=warehouse.pk, lead_days=3, starts_on=day, actor=director
        )
    rows = SupplyRoute.objects.order_by("starts_on").values_list("warehouse", "starts_on", "ends_on")
    assert list(rows) == [
        (first.pk, date(2026, 1, 1), date(2026, 5, 31)),
        (second.pk, date(2026, 6, 1), None),
    ]
    assert Event.objects.filter(kind="supply_route.opened", distributor_id=distributor.pk).count() == 2


def test_only_a_warehouse_of_the_brand_supplies_and_only_leads_say_which() -> None:
    """Orders would be taken from a shelf that is not the seller's."""
    row = ResponsibilityFactory.create(user=ManagerFactory.create())
    wish = {"distributor_id": row.distributor.pk, "lead_days": 3, "starts_on": timezone.localdate()}
    theirs = DistributorWarehouseFactory.create()
    with pytest.raises(InvalidInput):
        open_supply_route(**wish, warehouse_id=theirs.pk, actor=DirectorFactory.create())
    with pytest.raises(NotAllowed):
        open_supply_route(**wish, warehouse_id=WarehouseFactory.create().pk, actor=row.user)


def test_the_page_leads_back_to_the_distributor(client: Client) -> None:
    """Whoever makes a distributor ready would be lost after each step."""
    distributor, warehouse = DistributorFactory.create(), WarehouseFactory.create(name="Main")
    client.force_login(DirectorFactory.create())
    address = reverse("inventory:supply-route", args=[distributor.code])
    assert "it cannot order" in client.get(address).content.decode()
    sent = {"warehouse": warehouse.pk, "lead_days": 2, "priority": 1, "starts_on": "2026-01-01"}
    reply = client.post(address, sent)
    assert (reply.status_code, reply.headers["Location"]) == (302, distributor.get_absolute_url())
    assert "Main" in client.get(address).content.decode()
