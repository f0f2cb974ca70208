"""The company: made once, in one currency for good."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from company.errors import NoCompany
from company.models import Company, TaxCode
from company.selectors import company_currency, default_company
from company.services.company import change_company, ensure_company
from core.errors import NotAllowed, StaleVersion
from tests.factories.accounts import AdministratorFactory, DirectorFactory
from tests.factories.company import CompanyFactory, TaxCodeFactory

pytestmark = pytest.mark.django_db


def test_the_company_is_made_once() -> None:
    """A second start would make a second company, and split the figures between them."""
    first = ensure_company(currency="CNY", name="Brand")
    assert ensure_company(currency="USD") == first
    assert (company_currency(), default_company()) == ("CNY", first)


def test_without_a_company_it_is_said() -> None:
    """The first person of a new installation would see an error page."""
    assert company_currency() == ""
    with pytest.raises(NoCompany):
        default_company()


def test_the_command_makes_the_company_and_shows_it() -> None:
    """An installation on servers of its own never runs `make run`."""
    out = StringIO()
    call_command("company", currency="EUR", name="Maison", stdout=out)
    call_command("company", stdout=out)
    assert out.getvalue().splitlines() == ["MAIN Maison (EUR)"] * 2


def test_the_currency_of_a_company_never_changes() -> None:
    """Every stored figure would mean something else from one moment to the next."""
    company = CompanyFactory.create()
    with pytest.raises(DatabaseError, match="company_currency_frozen"), transaction.atomic():
        Company.objects.filter(pk=company.pk).update(currency="EUR")
    Company.objects.filter(pk=company.pk).update(address="Elsewhere")


def test_an_administrator_changes_the_company_and_nobody_else() -> None:
    """The address on every document could be changed by anybody who sees it."""
    company = CompanyFactory.create()
    with pytest.raises(NotAllowed):
        change_company(actor=DirectorFactory.create(), company_id=company.pk, address="x")
    actor = AdministratorFactory.create()
    changed = change_company(actor=actor, company_id=company.pk, expected_version=1, address="1 Main Street")
    assert changed.address == "1 Main Street"
    with pytest.raises(StaleVersion):
        change_company(actor=actor, company_id=company.pk, expected_version=1, address="2 Main Street")


def test_the_admin_writes_through_the_services(client: Any) -> None:
    """What an administrator changes would leave no event behind."""
    company, code = CompanyFactory.create(), TaxCodeFactory.create()
    client.force_login(AdministratorFactory.create(), backend="sign_in.backends.PasswordBackend")
    saved = client.post(
        f"/admin/company/company/{company.pk}/change/",
        {
            "name": "New",
            "name_zh": "",
            "country": "US",
            "address": "",
            "tax_number": "X1",
            "claim_days": 5,
            "credit_hold_days": 4,
        },
    )
    assert saved.status_code == 302
    company.refresh_from_db()
    assert (company.name, company.tax_number, company.currency, company.claim_days) == ("New", "X1", "USD", 5)
    client.post(f"/admin/company/taxcode/{code.pk}/change/", {"name": "Renamed", "name_zh": "", "ends_on": ""})
    added = {"code": "V6", "name": "Six", "name_zh": "", "rate": "0.06", "country": "CN", "starts_on": "2026-01-01"}
    client.post("/admin/company/taxcode/add/", {**added, "ends_on": ""})
    assert sorted(TaxCode.objects.values_list("name", flat=True)) == ["Renamed", "Six"]
    rate = {"from_currency": "EUR", "to_currency": "USD", "valid_on": "2026-01-01", "rate": "1.1"}
    assert client.post("/admin/company/exchangerate/add/", rate).status_code == 302
