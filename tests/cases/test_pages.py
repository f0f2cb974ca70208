"""The pages of complaints."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import DistributorFactory, OwnerFactory
from tests.factories.evaluation import ComplaintFactory

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"cases:{name}", args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


def test_complaints_are_listed_and_opened(client: Client) -> None:
    """A complaint would be in the database and nowhere else."""
    complaint = ComplaintFactory.create(subject="Cartons arrived wet")
    client.force_login(OwnerFactory.create(distributor=complaint.distributor))
    assert "Cartons arrived wet" in page(client, "complaints")
    assert "Cartons arrived wet" in page(client, "complaint", complaint.code)
    client.force_login(OwnerFactory.create(distributor=DistributorFactory.create()))
    assert client.get(reverse("cases:complaint", args=[complaint.code])).status_code == 404
