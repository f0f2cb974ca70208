"""A code means one thing in any spelling, at every entrance, and nobody makes a second one beside it."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Distributor, Territory, Tier
from catalogue.models import Brand, Category
from core.codes import ids_by_code, plain_code
from core.errors import InvalidInput
from pricing.models import PriceList
from responsibility.forms.coverage import CoverageForm
from tests.factories.accounts import (
    AdministratorFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    TerritoryFactory,
    TierFactory,
    WarehouseUserFactory,
)
from tests.factories.inventory import BrandFactory, CategoryFactory, StockFactory, WarehouseFactory
from tests.factories.orders import CarrierFactory, OrderTypeFactory
from tests.factories.outlets import OutletFactory
from tests.factories.planning import PriceListFactory
from tests.integration.conftest import Run, run, wrong  # noqa: F401 - a fixture
from tests.orders.test_api_orders import caller

pytestmark = pytest.mark.django_db

SPELLINGS = ("LC003", "lc003", "ＬＣ００３", " LC003 ", "Lc\u200b003\ufeff", "lc\u3000003")
SAID = "The code “LC003” exists already."
WISH = {"name": "New", "channel_kind": "retail", "currency": "CNY"}
PROFILE = """
[files.f]
path = "f.csv"
[[import]]
entity = "{entity}"
file = "f"
fields = {{ {fields} }}
"""


def profile(entity: str, **fields: str) -> str:
    return PROFILE.format(entity=entity, fields=", ".join(f'{name} = "{head}"' for name, head in fields.items()))


@pytest.mark.parametrize("written", SPELLINGS)
@pytest.mark.parametrize(
    "made_by",
    [
        DistributorFactory, TerritoryFactory, TierFactory, DutyFactory, BrandFactory, CategoryFactory, WarehouseFactory,
        CarrierFactory, PriceListFactory, OutletFactory,
    ],
)  # fmt: skip
def test_a_row_is_found_and_is_there_once(made_by: Any, written: str) -> None:
    """Two rows would answer to one code; and what one person typed, another would not find."""
    row = made_by.create(code="LC003")
    model: Any = type(row)
    for asked in ({"code": written}, {"code__in": [written, "other"]}, {"code__iexact": written}):
        assert model.objects.get(**asked) == row
    assert model.objects.filter(code__in=model.objects.filter(code=written).values("code")).get() == row
    assert not model.objects.exclude(code=written).filter(pk=row.pk).exists()
    with pytest.raises(IntegrityError, match="code_once"), transaction.atomic():
        made_by.create(code=written)


def test_a_code_is_kept_as_it_was_written_but_for_what_nobody_sees() -> None:
    """Labels and papers would show capitals where a company writes small letters, or a blank that no scanner reads."""
    made = BrandFactory.create(code=" Ｌc-００3\u200b ")
    assert made.code == Brand.objects.values_list("code", flat=True).get() == "Lc-003"
    assert plain_code("CASE 9") == "CASE 9"
    with pytest.raises(InvalidInput):
        BrandFactory.create(code="\u200b ")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("ISTANBUL", "ıstanbul", True), ("İSTANBUL", "istanbul", True), ("STRASSE", "straße", True),
        ("STRAẞE", "strasse", True), ("ΟΔΟΣ", "οδος", True), ("ΟΔΟΣ", "οδοσ", True), ("É1", "é1", True), ("E1", "É1", False),
        ("A-1", "A1", False), ("O0", "00", False),
    ],
)  # fmt: skip
def test_letters_that_change_with_their_case(one: str, other: str, alike: bool) -> None:  # noqa: FBT001 - a table
    """A Turkish, German or Greek company would have two codes of what it writes in capitals and in small letters."""
    BrandFactory.create(code=one)
    assert Brand.objects.filter(code=other).exists() is alike


def test_many_codes_are_found_at_once() -> None:
    """A list pasted from a spreadsheet would cost a question to the database for each row, or name rows as unknown."""
    first, second = DistributorFactory.create(code="LC003"), DistributorFactory.create(code="lc-4")
    assert ids_by_code(Distributor.objects.all(), ["ｌc003", "LC003", "LC-4", "x"]) == {
        "ｌc003": first.pk,
        "LC003": first.pk,
        "LC-4": second.pk,
    }


def test_the_index_is_used() -> None:
    """Each look-up would read all ten thousand distributors."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "distributor_code_once" in Distributor.objects.order_by().filter(code="lc003").explain()


@pytest.mark.parametrize("written", SPELLINGS)
def test_every_entrance_of_the_api(written: str) -> None:
    """An ERP that writes small letters would get 404 for what a page shows."""
    known = DistributorFactory.create(code="LC003", territory=TerritoryFactory.create(code="North"))
    call = caller(DirectorFactory.create())
    assert call("get", f"distributors/{written.strip()}/").json()["code"] == "LC003"
    assert [row["code"] for row in call("get", f"distributors/?parent={written}").json().get("results", [])] == []
    assert [row["code"] for row in call("get", "distributors/?territory=ｎorth").json()["results"]] == ["LC003"]
    assert call("get", f"orders/?distributor={written}").status_code == 200
    taken = call("post", "distributors/", WISH | {"code": written})
    assert taken.status_code == 409
    assert [(one["attr"], one["detail"][:31]) for one in taken.json()["errors"]] == [("code", SAID[:31])]
    made = call("post", "distributors/", WISH | {"code": "N1", "parent": written})
    assert (made.status_code, made.json()["parent"]) == (201, "LC003")
    other = call("post", "distributors/", WISH | {"code": "N2"})
    changed = call("patch", f"distributors/{other.json()['code'].lower()}/", {"parent": written, "territory": "NORTH"})
    assert (changed.json()["parent"], changed.json()["territory"]) == ("LC003", "North")
    assert known.children.count() == 2


@pytest.mark.parametrize("written", SPELLINGS)
def test_every_entrance_of_the_pages(client: Client, written: str) -> None:
    """A person would be told that the code is free, and have made a second distributor."""
    DistributorFactory.create(code="LC003")
    client.force_login(DirectorFactory.create())
    values = WISH | {"status": "active", "language": "en"}
    refused = client.post(reverse("accounts:distributor-new"), values | {"code": written})
    assert (refused.status_code, SAID in refused.content.decode()) == (409, True)
    made = client.post(reverse("accounts:distributor-new"), values | {"code": "N1", "parent": written})
    assert made.status_code == 302, made.context["form"].errors
    assert Distributor.objects.get(code="N1").parent == Distributor.objects.get(code="LC003")
    assert client.get(reverse("accounts:distributor", args=[written.strip()])).status_code == 200
    shown = client.get(reverse("accounts:distributors"), {"q": written}).content.decode()
    assert "LC003" in shown


@pytest.mark.parametrize("written", SPELLINGS[1:])
def test_the_admin_says_which_one_is_there(client: Client, written: str) -> None:
    """An administrator would see a failure of the program, or make the second one."""
    TierFactory.create(code="LC003")
    client.force_login(AdministratorFactory.create())
    page = client.post(reverse("admin:accounts_tier_add"), {"code": written, "name": "x", "rank": 99})
    assert page.status_code == 200
    assert SAID in page.content.decode()
    assert Tier.objects.count() == 1


def test_a_known_row_in_another_spelling_is_that_row(run: Run) -> None:  # noqa: F811 - the fixture
    """A second brand, territory and price list would be made of all that another program writes in small letters."""
    for made_by, entity, model in (
        (BrandFactory, "brand", Brand), (TerritoryFactory, "territory", Territory),
        (CategoryFactory, "category", Category), (PriceListFactory, "price_list", PriceList),
    ):  # fmt: skip
        known: Any = made_by.create(code="LC003")
        before = model.objects.count()
        outcome = run(profile(entity, code="C", name="N"), {"f.csv": "C,N\nｌｃ003,Other name\n"})
        assert wrong(outcome) == [], entity
        known.refresh_from_db()
        assert (known.code, known.name, model.objects.count()) == ("LC003", "Other name", before), entity


def test_two_spellings_in_one_file_are_named(run: Run) -> None:  # noqa: F811 - the fixture
    """Of two rows that mean one thing, either could win and nobody would know."""
    outcome = run(profile("brand", code="C", name="N"), {"f.csv": "C,N\nLC003,A\nlc003,B\nＬc 003,C\nX,D\n"})
    assert [(row, column) for _file, row, column, _reason in wrong(outcome)] == [(3, "C"), (4, "C")]
    assert "written differently" in wrong(outcome)[0][3]
    assert outcome.counts["brand"].created == 2


def test_a_code_is_kept_plain_by_a_file(run: Run) -> None:  # noqa: F811 - the fixture
    """What a Chinese keyboard typed would stand in full width on every label."""
    assert wrong(run(profile("brand", code="C", name="N"), {"f.csv": "C,N\nＬc－3,A\n"})) == []
    assert Brand.objects.get().code == "Lc-3"


def test_references_of_files(run: Run) -> None:  # noqa: F811 - the fixture
    """Rows would be refused as unknown that name a warehouse, a tier or the distributor above in small letters."""
    place = WarehouseFactory.create(code="WH-1")
    stock = StockFactory.create()
    text = f"W,P,Q\nｗh-1,{stock.product.code.lower()},5\n"
    assert wrong(run(profile("stock", warehouse="W", product="P", on_hand="Q"), {"f.csv": text})) == []
    assert place.stock.get().on_hand == 5
    above = DistributorFactory.create(code="LC003", currency="EUR")
    fields = {"code": "C", "name": "N", "channel_kind": "K", "parent": "P", "currency": "M", "tier": "T"}
    rows = [
        "C,N,K,P,M,T",
        "A1,A,retail,ｌｃ003,EUR,",
        "A2,B,retail,a1,EUR,",
        f"A3,C,retail,,EUR,{above.tier.code.lower()}",
    ]
    assert wrong(run(profile("distributor", **fields), {"f.csv": "\n".join([*rows, ""])})) == []
    found = dict(Distributor.objects.values_list("code", "parent__code"))
    assert (found["A1"], found["A2"]) == ("LC003", "A1")
    assert Distributor.objects.get(code="a3").tier == above.tier


def test_many_rows_over_the_api(client: Client) -> None:
    """A warehouse program would have each of its rows refused for the case of a code."""
    WarehouseFactory.create(code="WH-1")
    brand, category = BrandFactory.create(code="Tea"), CategoryFactory.create(code="Green")
    call = caller(AdministratorFactory.create())
    body = {"rows": [{"code": "p-1", "name": "P", "brand": "TEA", "category": "ｇreen"}]}
    reply = call("put", "products/bulk/", body)
    if reply.status_code in {404, 405}:
        reply = call("post", "products/bulk/", body)
    assert reply.status_code == 200, reply.content
    assert reply.json()[0]["result"] == "created", reply.json()
    assert brand.products.get() == category.products.get()


def test_people_are_one_by_their_external_code(run: Run) -> None:  # noqa: F811 - the fixture
    """A responsibility of a file would be refused, or a person be there twice."""
    ManagerFactory.create(external_code="Ann-1")
    with pytest.raises(IntegrityError, match="user_external_code_once"), transaction.atomic():
        WarehouseUserFactory.create(external_code="ann-1")


@pytest.mark.parametrize(
    ("made_by", "path"),
    [
        (BrandFactory, "brands"), (CategoryFactory, "categories"), (TerritoryFactory, "territories"), (TierFactory, "tiers"),
        (DutyFactory, "duties"), (WarehouseFactory, "warehouses"), (CarrierFactory, "carriers"),
        (PriceListFactory, "price-lists"), (OrderTypeFactory, "order-types"), (OutletFactory, "outlets"),
    ],
)  # fmt: skip
def test_every_address_of_the_api_takes_every_spelling(made_by: Any, path: str) -> None:
    """A program would be told that there is no such row, of one that it has just been shown."""
    made_by.create(code="LC003")
    call = caller(DirectorFactory.create())
    for written in SPELLINGS:
        reply = call("get", f"{path}/{quote(written)}/")
        assert (reply.status_code, reply.json().get("code")) == (200, "LC003"), (path, written)


def test_several_codes_of_a_form() -> None:
    """Whoever keeps the address of a calendar would get it for all duties after one letter changed its case."""
    DutyFactory.create(code="Orders")
    days = {"first": "2026-01-01", "last": "2026-02-01"}
    form = CoverageForm({**days, "duty": ["ORDERS", "ｏrders"]}, viewer=DirectorFactory.create())
    assert form.is_valid(), form.errors
    assert [duty.code for duty in form.cleaned_data["duty"]] == ["Orders"]
    assert not CoverageForm({**days, "duty": ["nothing"]}, viewer=DirectorFactory.create()).is_valid()
