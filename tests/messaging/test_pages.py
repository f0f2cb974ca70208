"""Notifications on their pages, in the API and in the administration."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.enums import TokenScope
from messaging.models import Notification, Preference
from tests.factories.accounts import (
    AdministratorFactory,
    ApiTokenFactory,
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
)
from tests.factories.messaging import NotificationFactory, PreferenceFactory

pytestmark = pytest.mark.django_db
API = "/api/v1"


def holder(person: object) -> APIClient:
    client = APIClient(raise_request_exception=False)
    secret = ApiTokenFactory.create(user=person, scope=TokenScope.ORDER).secret
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client


def test_notifications_are_opened_and_read(client: Client) -> None:
    director, shop = DirectorFactory.create(), DistributorFactory.create()
    row = NotificationFactory.create(recipient=director, distributor=shop)
    client.force_login(director)
    assert "You are responsible for" in client.get(reverse("messaging:notifications")).content.decode()
    opened = client.post(reverse("messaging:notification-open", args=[row.pk]))
    assert opened.headers["Location"] == shop.get_absolute_url()
    assert Notification.objects.get().read_at is not None


def test_what_leads_nowhere_any_more_leads_back_to_the_list(client: Client) -> None:
    row = NotificationFactory.create(recipient=ManagerFactory.create())
    client.force_login(row.recipient)
    opened = client.post(reverse("messaging:notification-open", args=[row.pk]))
    assert opened.headers["Location"] == reverse("messaging:notifications")
    NotificationFactory.create(recipient=row.recipient)
    client.post(reverse("messaging:notifications"))
    assert not Notification.objects.unread().exists()


@pytest.mark.parametrize("path", ["page", "api"])
def test_a_list_costs_the_same_at_every_size(path: str, client: Client) -> None:
    director, costs = DirectorFactory.create(), []
    client.force_login(director)
    caller, address = (
        (client, reverse("messaging:notifications")) if path == "page" else (holder(director), f"{API}/notifications/")
    )
    for size in (1, 29):
        for _ in range(size):
            NotificationFactory.create(recipient=director)
        caller.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert caller.get(address).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 20


def test_notifications_are_read_through_the_api() -> None:
    row = NotificationFactory.create(recipient=DirectorFactory.create())
    client = holder(row.recipient)
    found = client.get(f"{API}/notifications/?unread=true").json()["results"][0]
    assert (found["id"], found["subject_type"], found["read_at"]) == (row.pk, "distributor", None)
    assert found["link"].startswith("/distributors/")
    assert client.post(f"{API}/notifications/read/", {"ids": [row.pk]}).json() == {"marked": 1}
    assert client.get(f"{API}/notifications/?unread=true").json()["results"] == []
    assert client.post(f"{API}/notifications/acknowledge/", {"ids": [row.pk]}).json() == {"marked": 1}


def test_preferences_are_set_through_the_api() -> None:
    person = ManagerFactory.create()
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {ApiTokenFactory.create(user=person).secret}")
    wish = {"group": "order", "channel": "mail", "is_on": True}
    assert client.post(f"{API}/notification-preferences/", wish).json() == wish
    assert client.get(f"{API}/notification-preferences/").json()["results"] == [wish]
    assert client.post(f"{API}/notification-preferences/", {**wish, "group": "x"}).status_code == 400
    assert Preference.objects.count() == 1


def test_the_administration_shows_them(client: Client) -> None:
    client.force_login(AdministratorFactory.create())
    for row in (NotificationFactory.create(), PreferenceFactory.create()):
        name = f"admin:messaging_{row._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist") + "?q=x").status_code == 200
        assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
