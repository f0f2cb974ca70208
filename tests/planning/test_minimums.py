"""Figure A3: what an agreement wants bought, pro rata, against the sales that were posted on the basis it says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Distributor
from channel.enums import PurchaseBasis
from channel.models import MinimumPurchase
from channel.rules import MinimumTerms, SubjectTerms
from planning.enums import MinimumState, SalesBasis
from planning.selectors.minimums import MinimumProgress, read_minimums
from planning.services.actuals import post_actual_sales
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory, OwnerFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.inventory import BrandFactory, CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)

_SOLD = """(
    SELECT %(distributor)s::bigint AS distributor_id, NULL::bigint AS manager_id, %(category)s::bigint AS category_id,
           %(day)s::date AS day, NULL::bigint AS period_id, %(currency)s AS currency, %(basis)s AS basis,
           1 AS units, 1 AS lines, %(amount)s::numeric AS gross_amount, 0 AS discount_amount,
           %(amount)s::numeric AS net_amount, 0 AS cost_amount_company
)"""


class Scene:
    """A distributor, a brand that has a category of its own, and what is agreed about it."""

    def __init__(self) -> None:
        self.distributor, self.territory = DistributorFactory.create(currency="USD"), TerritoryFactory.create()
        self.brand = BrandFactory.create()
        self.category = ProductFactory.create(brand=self.brand).category

    def post(self, day: date, amount: str, *, basis: str = SalesBasis.INVOICED, **more: Any) -> None:
        values = {"distributor": self.distributor.pk, "category": self.category.pk, "currency": "USD", **more}
        post_actual_sales(sold=_SOLD, parameters={"day": day, "amount": amount, "basis": basis, **values})

    def agree(self, **changes: Any) -> None:
        """From March to December, 1,200,000.00 a year on what is invoiced, unless the test says otherwise."""
        minimum = {"amount_a_year": Decimal(1_200_000), "basis": PurchaseBasis.INVOICED, **changes.pop("minimum", {})}
        what = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 12, 31), **changes}
        agreement_in_force(
            self.distributor,
            terms(brand=self.brand, territory=self.territory, minimums=[MinimumTerms(**minimum)], **what),
        )

    def progress(self, today: date = TODAY) -> MinimumProgress:
        (found,) = read_minimums([MinimumPurchase.objects.get().pk], today=today)
        return found


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a3(scene: Scene) -> None:
    """Invoiced 860,000.00, credits 35,000.00 and 5,000.00: 82.0 % of 1,000,000.00, and 180,000.00 are missing."""
    scene.agree()
    for month, amount in ((3, "500000.00"), (7, "360000.00"), (8, "-35000.00"), (9, "-5000.00")):
        scene.post(date(2026, month, 15), amount)
    found = scene.progress()
    assert (found.amount, found.bought, found.share) == (1_000_000, 820_000, Decimal("0.82"))
    assert found.missing == 180_000
    assert found.due_by_now == 800_000  # eight months of ten
    assert found.state == MinimumState.ON_TRACK
    assert scene.progress(date(2026, 12, 31)).state == MinimumState.BEHIND
    assert scene.progress(date(2027, 1, 1)).state == MinimumState.MISSED


@pytest.mark.parametrize(
    ("posted", "bought"),
    [
        ({}, 100),
        ({"basis": SalesBasis.ORDERED}, 0),
        ({"basis": SalesBasis.SHIPPED}, 0),
        ({"currency": "CNY"}, 0),
        ({"day": date(2026, 2, 28)}, 0),
        ({"day": date(2026, 12, 31)}, 100),
        ({"day": date(2027, 1, 1)}, 0),
    ],
)
def test_what_counts_is_posted_on_the_basis_in_the_currency_within_the_term(
    scene: Scene, posted: dict[str, Any], bought: int
) -> None:
    """An order that was never invoiced would make a distributor look as if it had kept its word."""
    scene.agree()
    scene.post(**{"day": date(2026, 3, 1), "amount": "100.00", **posted})
    assert scene.progress().bought == bought


@pytest.mark.parametrize(
    ("minimum", "reason"),
    [
        ({"with_tax": True}, "Sales are kept without tax."),
        ({"net_of_returns": False}, "Sales are kept net of returns."),
        ({"gifts_count": True}, "Sales are kept without gifts."),
    ],
)
def test_what_cannot_be_told_is_not_guessed(scene: Scene, minimum: dict[str, Any], reason: str) -> None:
    """A figure without tax beside a minimum with tax would call an honest distributor behind."""
    scene.agree(minimum=minimum)
    scene.post(date(2026, 3, 1), "100.00")
    found = scene.progress()
    assert (found.not_measured, found.bought, found.share, found.state) == (
        reason, None, None, MinimumState.NOT_MEASURED,
    )  # fmt: skip


def test_only_what_the_agreement_is_about_counts(scene: Scene) -> None:
    """Another brand's sales do not fill this one's minimum; a category of both brands cannot be told apart."""
    scene.agree()
    other = ProductFactory.create()
    scene.post(date(2026, 3, 1), "100.00")
    scene.post(date(2026, 3, 1), "7.00", category=other.category_id)
    assert scene.progress().bought == 100
    ProductFactory.create(brand=other.brand, category=scene.category)
    assert scene.progress().state == MinimumState.NOT_MEASURED


def test_a_category_counts_with_all_below_it(scene: Scene) -> None:
    tea = CategoryFactory.create()
    green = CategoryFactory.create(parent=tea)
    scene.agree(subjects=[SubjectTerms(category_id=tea.pk)])
    scene.post(date(2026, 3, 1), "100.00", category=green.pk)
    scene.post(date(2026, 3, 1), "7.00")
    assert scene.progress().bought == 100


def test_an_open_agreement_is_measured_by_its_year(scene: Scene) -> None:
    """Ten good years would otherwise hide a bad one."""
    scene.agree(starts_on=date(2024, 6, 10), ends_on=None, grace_days=0)
    scene.post(date(2026, 5, 31), "1200000.00")
    scene.post(date(2026, 6, 1), "300000.00")
    found = scene.progress()
    assert (found.stated.starts_on, found.stated.ends_on) == (date(2026, 6, 1), date(2027, 5, 31))
    assert (found.amount, found.bought, found.due_by_now) == (1_200_000, 300_000, 500_000)
    assert found.state == MinimumState.BEHIND


def api(client: Client, **query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = client.get(reverse("api:minimum-purchases-list"), query).json()["results"]
    return rows


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_each_side_reads_it_and_nobody_else(scene: Scene) -> None:
    """A distributor knows in time what is missing; its neighbour does not know it at all."""
    scene.agree()
    scene.post(date(2026, 3, 1), "820000.00")
    director, owner = client_of(DirectorFactory.create()), client_of(OwnerFactory.create(distributor=scene.distributor))
    (row,) = api(owner)
    assert (row["amount"], row["bought"], row["missing"]) == ("1000000.0000", "820000.0000", "180000.0000")
    assert row["state"] == "on_track"
    page = director.get(reverse("planning:minimums")).content.decode()
    assert "82.0" in page
    assert api(director, state="behind") == []
    assert len(api(director, state="on_track")) == 1
    agreement = MinimumPurchase.objects.get().agreement
    for client in (director, owner):
        assert "180,000.00 missing" in client.get(agreement.get_absolute_url()).content.decode()
    head = director.get(reverse("accounts:distributor", args=[scene.distributor.code])).content.decode()
    assert "Minimum purchase" in head
    assert reverse("planning:minimums") in head
    for stranger in (OwnerFactory.create(), ManagerFactory.create()):
        assert api(client_of(stranger)) == []
        detail = reverse("api:minimum-purchases-detail", args=[row["id"]])
        assert client_of(stranger).get(detail).status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_as_much_for_many_as_for_few(scene: Scene, size: int, django_assert_max_num_queries: Any) -> None:
    for distributor in [scene.distributor, *DistributorFactory.create_batch(size - 1)]:
        scene.distributor = distributor
        scene.agree()
    client = client_of(DirectorFactory.create())
    client.get(reverse("planning:minimums"))
    assert Distributor.objects.count() >= size
    with django_assert_max_num_queries(18):
        client.get(reverse("planning:minimums"))
