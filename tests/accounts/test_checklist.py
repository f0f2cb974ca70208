"""What a new distributor still needs stands on its own page until nothing is missing."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Distributor
from tests.factories.accounts import (
    AdministratorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.factories.company import CompanyFactory

pytestmark = pytest.mark.django_db


def test_a_new_distributor_says_what_is_missing_and_where_it_is_done(client: Client) -> None:
    """It would be created, and its first order refused for reasons nobody named."""
    CompanyFactory.create(currency="CNY", country="CN")
    DutyFactory.create()
    client.force_login(AdministratorFactory.create())
    form = client.get(reverse("accounts:distributor-new")).content.decode()
    assert 'value="CNY"' in form
    assert 'value="CN"' in form
    sent = {"code": "NEW", "name": "New", "channel_kind": "retail", "status": "active", "currency": "CNY"}
    reply = client.post(reverse("accounts:distributor-new"), {**sent, "language": "en"}, follow=True)
    page, new = reply.content.decode(), Distributor.objects.get(code="NEW")
    assert "Before it can order" in page
    for address in (
        f"{reverse('responsibility:assign')}?ids={new.pk}",
        f"{reverse('channel:agreement-new')}?distributor=NEW",
        reverse("catalogue:buying-rights", args=["NEW"]),
        reverse("inventory:supply-route", args=["NEW"]),
        f"{reverse('pricing:price-list-new')}?distributor=NEW",
        reverse("channel:address-new", args=["NEW"]),
        reverse("accounts:invite"),
    ):
        assert f'href="{address}' in page, address


def test_the_checklist_is_for_those_who_can_do_something_about_it(client: Client) -> None:
    """The distributor itself would read what its seller has not done yet."""
    row = ResponsibilityFactory.create(user=ManagerFactory.create())
    page = row.distributor.get_absolute_url()
    client.force_login(row.user)
    assert "Before it can order" in client.get(page).content.decode()
    client.force_login(OwnerFactory.create(distributor=row.distributor))
    assert "Before it can order" not in client.get(page).content.decode()
