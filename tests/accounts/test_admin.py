"""The administration of the ground and of accounts. What does not open here can only be corrected in the database."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import Absence, Distributor, Grant, Membership, Responsibility, User
from core.models import Event
from tests.factories import accounts, core
from tests.factories.accounts import (
    AbsenceFactory,
    AdministratorFactory,
    DistributorFactory,
    DutyFactory,
    GrantFactory,
    ManagerFactory,
    ResponsibilityFactory,
)

pytestmark = pytest.mark.django_db
MODELS = [model for app in ("core", "accounts") for model in apps.get_app_config(app).get_models()]
FACTORIES = {
    factory._meta.model: factory
    for module in (core, accounts)
    for name, factory in vars(module).items()
    if name.endswith("Factory") and isinstance(factory, type)
}


@pytest.fixture
def administrator(client: Client) -> User:
    """By role alone: nobody has to tick "superuser"."""
    person: User = AdministratorFactory.create(is_superuser=False)
    client.force_login(person)
    return person


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_and_every_row_opens(model: Any, client: Client) -> None:
    ResponsibilityFactory()
    AbsenceFactory()
    GrantFactory(permission="orders.place")
    row = FACTORIES[model]() if model in FACTORIES else model._default_manager.first()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    for query in ("", "?q=x1", "?q=1"):
        assert client.get(reverse(f"{name}_changelist") + query, follow=True).status_code == 200
    assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    allowed = admin.site._registry[model].has_add_permission(client.get("/").wsgi_request)
    assert client.get(reverse(f"{name}_add")).status_code == (200 if allowed else 403)


@pytest.mark.usefixtures("administrator")
def test_absences_are_written_by_the_services(client: Client) -> None:
    person = ManagerFactory()
    address = reverse("admin:accounts_absence_add")
    assert client.post(address, {"person": person.pk, "starts_on": "2026-01-01"}).status_code == 302
    absence = Absence.objects.get()
    change = reverse("admin:accounts_absence_change", args=[absence.pk])
    assert client.post(change, {"starts_on": "2026-01-02", "note": "Leave"}).status_code == 302
    assert client.post(reverse("admin:accounts_absence_delete", args=[absence.pk]), {"post": "yes"}).status_code == 302
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["absence.recorded", "absence.changed", "absence.cancelled"]


@pytest.mark.usefixtures("administrator")
def test_a_distributor_is_changed_by_the_service(client: Client) -> None:
    row = DistributorFactory()
    address = reverse("admin:accounts_distributor_change", args=[row.pk])
    form = client.get(address).context["adminform"].form
    values = {name: value for name, value in form.initial.items() if value is not None} | {"name_zh": "北京华联"}
    assert client.post(address, values).status_code == 302
    row.refresh_from_db()
    assert row.pinyin == "bjhl"
    assert Event.objects.get().data["changes"]["name_zh"][1] == "北京华联"
    assert "北京华联" in client.get(address).content.decode()
    below = DistributorFactory(parent=row)
    refused = client.post(address, values | {"parent": below.pk}, follow=True)
    assert "descendant of itself" in refused.content.decode()
    assert Distributor.objects.get(pk=row.pk).parent is None


@pytest.mark.usefixtures("administrator")
def test_people_are_made_and_given_a_password(client: Client) -> None:
    values = {"email": "anna@example.test", "full_name": "Anna", "role": "manager", "language": "en"}
    assert client.post(reverse("admin:accounts_user_add"), values).status_code == 302
    anna = User.objects.get(email="anna@example.test")
    page = reverse("admin:auth_user_password_change", args=[anna.pk])
    words = {"password1": "correct-horse-9", "password2": "correct-horse-9", "usable_password": "true"}
    assert client.post(page, words).status_code == 302
    assert User.objects.get(pk=anna.pk).check_password("correct-horse-9")
    change = reverse("admin:accounts_user_change", args=[anna.pk])
    assert client.post(change, {"full_name": "Anna B", "language": "en"}).status_code == 302
    anna.refresh_from_db()
    assert (anna.full_name, anna.role, anna.is_active) == ("Anna B", "manager", False)


@pytest.mark.usefixtures("administrator")
def test_memberships_are_granted_and_ended(client: Client) -> None:
    person = ManagerFactory()
    address = reverse("admin:accounts_membership_add")
    values = {"person": person.pk, "role": "finance", "starts_on": "2026-01-01"}
    assert client.post(address, values).status_code == 302
    membership = Membership.objects.get(role="finance")
    change = reverse("admin:accounts_membership_change", args=[membership.pk])
    assert client.post(change, {"ends_on": "2026-01-31"}).status_code == 302
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["membership.granted", "membership.ended"]


@pytest.mark.usefixtures("administrator")
def test_a_duty_that_is_taken_is_refused_in_words(client: Client) -> None:
    responsibility = ResponsibilityFactory()
    values = {
        "distributor": responsibility.distributor_id,
        "duty": DutyFactory().pk,
        "user": ManagerFactory().pk,
        "starts_on": date(2026, 1, 1),
    }
    address = reverse("admin:accounts_responsibility_add")
    made = client.post(address, values)
    assert made.status_code == 302, made.context["errors"]
    assert Responsibility.objects.count() == 2
    refused = client.post(address, values | {"duty": responsibility.duty_id}, follow=True).content.decode()
    assert "duty" in refused
    assert Responsibility.objects.count() == 2


@pytest.mark.usefixtures("administrator")
def test_grants_are_made_and_ended(client: Client) -> None:
    address = reverse("admin:accounts_grant_add")
    values = {"permission": "orders.decide", "role": "warehouse", "is_allowed": "on", "starts_on": "2026-01-01"}
    assert "accounts.administer" not in client.get(address).content.decode()
    assert client.post(address, values).status_code == 302
    change = reverse("admin:accounts_grant_change", args=[Grant.objects.get().pk])
    assert client.post(change, {"ends_on": "2026-01-31"}).status_code == 302
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["grant.created", "grant.ended"]
