"""Suspending or ending a distributor shows what is open first."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import DistributorStatus
from accounts.errors import StillOpen
from accounts.models import Distributor
from accounts.services.distributors import change_distributor
from orders.entry.lines import save_draft
from tests.factories.accounts import AdministratorFactory
from tests.factories.planning import SalesPlanFactory
from tests.orders.clock import NOW
from tests.orders.people import stage
from tests.orders.test_api_orders import caller

pytestmark = pytest.mark.django_db


def test_what_is_open_is_listed_and_said_yes_to() -> None:
    """A distributor was ended while its orders, drafts and plans stayed with nobody to go on with them."""
    people, admin = stage(), AdministratorFactory.create()
    distributor = people.shop.distributor
    first, second = people.placed(1), people.placed(1)
    save_draft(distributor_id=distributor.pk, actor=people.buyer, lines=people.shop.wishes(1), now=NOW)
    SalesPlanFactory.create(distributor=distributor)

    with pytest.raises(StillOpen) as refusal:
        change_distributor(actor=admin, distributor_id=distributor.pk, status=DistributorStatus.SUSPENDED)

    orders, drafts, plans = [str(problem.message) for problem in refusal.value.problems]
    assert orders == f"2 open orders: {first.number}, {second.number}"
    assert drafts == "1 draft of an order"
    assert plans.startswith("Sales plans: ")
    assert Distributor.objects.get(pk=distributor.pk).status == DistributorStatus.ACTIVE
    change_distributor(
        actor=admin, distributor_id=distributor.pk, status=DistributorStatus.SUSPENDED, confirm_open=True
    )
    # What may not order already can be ended without a question, and so can one with nothing open.
    change_distributor(actor=admin, distributor_id=distributor.pk, status=DistributorStatus.TERMINATED)


def test_the_page_and_the_api_ask_before_it_is_done(client: Client) -> None:
    """Whoever suspends a distributor by a form or from the ERP would not know what they leave behind."""
    people, admin = stage(), AdministratorFactory.create()
    distributor = people.shop.distributor
    number = people.placed(1).number
    client.force_login(admin)
    page = client.get(reverse("accounts:distributor-change", args=[distributor.code]))
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"status": "suspended"}
    address = reverse("accounts:distributor-change", args=[distributor.code])

    asked = client.post(address, sent)
    assert asked.status_code == 409
    assert f"1 open order: {number}" in asked.content.decode()
    assert 'name="confirm_open"' in asked.content.decode()
    assert Distributor.objects.get(pk=distributor.pk).status == DistributorStatus.ACTIVE
    assert client.post(address, sent | {"confirm_open": "on"}).status_code == 302
    assert Distributor.objects.get(pk=distributor.pk).status == DistributorStatus.SUSPENDED

    call = caller(admin)
    call("patch", f"distributors/{distributor.code}/", {"status": "active"})
    refused = call("patch", f"distributors/{distributor.code}/", {"status": "terminated"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "still_open")
    assert (
        call("patch", f"distributors/{distributor.code}/", {"status": "terminated", "confirm_open": True}).status_code
        == 200
    )
