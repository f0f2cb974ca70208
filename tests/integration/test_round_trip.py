"""What a list exports goes in again without a change: for every entity that has both, in each language and format."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from channel.rules import (
    CarveOutTerms,
    ControlTerms,
    DataTerms,
    InstalmentTerms,
    KindTerms,
    MinimumTerms,
    ShopTerms,
    SubjectTerms,
)
from company.models import Company
from company.services.business_years import open_calendar_year
from core.importing import importers
from core.models import Job
from core.ui.lists import ScopedListView
from integration.starter.kinds import KINDS
from integration.starter.recognise import recognised
from tests.access.routes import _patterns
from tests.factories.accounts import (
    AdministratorFactory,
    DistributorFactory,
    DutyFactory,
    TerritoryFactory,
    TierFactory,
    UserFactory,
)
from tests.factories.channel import AgreementFactory, agreement_in_force, terms
from tests.factories.evaluation import ComplaintFactory
from tests.factories.inventory import (
    BrandFactory,
    CategoryFactory,
    DistributorWarehouseFactory,
    ExpectedReceiptFactory,
    ProductAttributeFactory,
    ProductCodeFactory,
    ProductFactory,
    ProductFamilyFactory,
    ProductUnitFactory,
    StockFactory,
)
from tests.factories.outlets import OutletFactory, OutletLinkFactory
from tests.factories.planning import PriceFactory, PriceListFactory, SalesPlanFactory
from tests.integration.conftest import Run
from tests.integration.test_starter import choose, send, taken

pytestmark = pytest.mark.django_db
HOSTILE = "=1+1|x"


def a_distributor() -> Any:
    return DistributorFactory.create(
        code="0007",
        name="Harbour Trading",
        name_zh="港湾商贸",
        legal_name=HOSTILE,
        phone="+86 571 1234",
        email="d@example.com",
        city="Hangzhou",
        country="CN",
        started_on=date(2024, 1, 31),
        tier=TierFactory.create(),
        territory=TerritoryFactory.create(),
        channel_kind="retail",
    )


def products() -> None:
    ProductFactory.create(code="00012", name="@Green tea", name_zh="绿茶", barcode="6901234567892", pack_size=12)
    ProductFactory.create(minimum_quantity=6, order_multiple=6, status="paused")


def prices() -> None:
    PriceFactory.create(
        amount=Decimal("12.3456"), from_quantity=10, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31)
    )
    PriceFactory.create(amount=Decimal("9.90"))


def plans() -> None:
    year = open_calendar_year(timezone.localdate().year)
    SalesPlanFactory.create(year=year, distributor=a_distributor(), amount=Decimal("1200.36"))


def people() -> None:
    supervisor = UserFactory.create(role=Role.DIRECTOR, external_code="E0", full_name="Boss")
    manager = UserFactory.create(role=Role.MANAGER, external_code="E1", full_name="Lin Wei", full_name_zh="林伟")
    User.objects.filter(pk=manager.pk).update(supervisor=supervisor, leaves_on=date(2027, 1, 1))
    UserFactory.create(role=Role.BUYER, external_code="E2", distributor=a_distributor(), is_active=False)


def price_lists() -> None:
    PriceListFactory.create(code="A", name="A", name_zh="甲", distributor=a_distributor(), priority=3)
    PriceListFactory.create(code="B", channel_kind="retail", is_active=False)


def agreements() -> None:
    distributor, other, brand = a_distributor(), DistributorFactory.create(), BrandFactory.create()
    category, place = CategoryFactory.create(), TerritoryFactory.create()
    rows: dict[str, Any] = {
        "subjects": [
            SubjectTerms(brand_id=brand.pk, is_exclusive=True),
            SubjectTerms(brand_id=BrandFactory.create().pk, category_id=category.pk),
        ],
        "territory_ids": [place.pk, TerritoryFactory.create().pk],
        "channel_kinds": [
            "retail",
            "wholesale",
            "agent",
            "chain",
            "franchise",
            "direct_marketing",
            "international",
            "e_commerce",
        ],
        "kind_terms": [
            KindTerms(kind="agent", commission_rate=Decimal("0.055"), commission_basis="invoiced"),
            KindTerms(kind="chain", head_office="Head, office", sites=12, billing="one"),
            KindTerms(kind="franchise", head_office="Another", sites=3, billing="each"),
            KindTerms(kind="direct_marketing", programme="one; two\nthree"),
            KindTerms(
                kind="international",
                incoterm="CIF",
                incoterm_place="Rotterdam",
                export_papers=["packing_list", "commercial_invoice"],
            ),
        ],
        "shops": [
            ShopTerms(platform="Tmall", name="Flagship", url="https://shop.example/1"),
            ShopTerms(platform="JD", name="Second"),
        ],
        "carve_outs": [
            CarveOutTerms(other_id=other.pk, effect="both"),
            CarveOutTerms(other_id=other.pk, effect="both", brand_id=brand.pk, channel_kind="retail"),
        ],
        "minimums": [
            MinimumTerms(amount_a_year=Decimal(1200000), basis="invoiced"),
            MinimumTerms(amount_a_year=Decimal("300000.5"), basis="shipped", brand_id=brand.pk, with_tax=True),
        ],
        "instalments": [InstalmentTerms(share=Decimal("0.3"), days=0), InstalmentTerms(share=Decimal("0.7"), days=60)],
        "control_rules": [
            ControlTerms(subject="display", mode="agreed"),
            ControlTerms(subject="resale_price", mode="ordered", price_rule="maximum"),
        ],
        "data_duties": [DataTerms(kind="stock", frequency="monthly", days_after=5)],
    }
    more: dict[str, Any] = {
        "discount_rate": Decimal("0.05"),
        "freight_terms": "seller_from",
        "order_minimum_weight": Decimal("500.5"),
        "order_minimum_pallets": 4,
        "full_truck_weight": Decimal(12000),
        "full_truck_pallets": 24,
        "below_minimum": "surcharge",
        "freight_surcharge": Decimal(200),
        "freight_free_from": Decimal("99.5"),
        "payment_from_month_end": True,
        "clauses": "one\ntwo",
    }
    agreement_in_force(distributor, terms(brand=brand, territory=place, **rows, **more))
    agreement_in_force(other, terms(brand=BrandFactory.create(), territory=place, ends_on=None))
    AgreementFactory.create(company=Company.objects.get(is_default=True), status="sent")
    AgreementFactory.create()


def outlets() -> None:
    head = OutletFactory.create(code="H0", name=HOSTILE, name_zh="总店", kind="chain_store")
    OutletFactory.create(
        code="00012", head_office=head, contact="-Ada", country="CN", territory=TerritoryFactory.create()
    )
    OutletFactory.create(status="closed", closed_on=date(2026, 3, 31), close_reason="Moved, gone")


def outlet_links() -> None:
    OutletLinkFactory.create(brand=BrandFactory.create(), ends_on=date(2026, 12, 31))
    OutletLinkFactory.create()


def families() -> None:
    tea = CategoryFactory.create()
    values = [{"code": "S", "name": "Small", "name_zh": "小"}, {"code": "250g", "name": "250g", "name_zh": ""}]
    ProductAttributeFactory.create(category=tea, code="size", position=1, choices=values)
    ProductAttributeFactory.create(category=tea, code="colour", position=2)
    family = ProductFamilyFactory.create(category=tea)
    for size, colour in (("S", "=green"), ("250g", "white")):
        ProductFactory.create(category=tea, family=family, variant={"size": size, "colour": colour})


def duties() -> None:
    DutyFactory.create(covers="one\ntwo", cadence=2, cadence_unit="week", done_by=["order.approved", "order.rejected"])
    DutyFactory.create(is_active=False)


def own_codes() -> None:
    """Two distributors call different things the same, one of them a case."""
    for number, distributor in enumerate(DistributorFactory.create_batch(2)):
        product = ProductFactory.create()
        unit = ProductUnitFactory.create(product=product, code="case", pieces=6) if number else None
        ProductCodeFactory.create(product=product, distributor=distributor, kind="own", code="WH 0001", unit=unit)


ROUTES: dict[str, tuple[str, str, Callable[[], Any]]] = {
    "accounts:distributors": ("distributors", "distributor", a_distributor),
    "inventory:products": ("products", "product", products),
    "pricing:prices": ("prices", "price", prices),
    "pricing:price-lists": ("price_lists", "price_list", price_lists),
    "inventory:stock": ("stock", "stock", lambda: [StockFactory.create(on_hand=number) for number in (0, 12)]),
    "orders:places": ("places", "stock_place", lambda: StockFactory.create(on_hand=3, zone="A", place="A-01")),
    "inventory:expected-receipts": (
        "expected_receipts",
        "expected_receipt",
        lambda: [ExpectedReceiptFactory.create(note="by sea"), ExpectedReceiptFactory.create()],
    ),
    "channel_stock:channel-stock": (
        "stock",
        "stock",
        lambda: StockFactory.create(warehouse=DistributorWarehouseFactory.create(), on_hand=7),
    ),
    "accounts:people": ("people", "user", people),
    "outlets:outlets": ("outlets", "outlet", outlets),
    "outlets:links": ("outlet_links", "outlet_link", outlet_links),
    "cases:complaints": (
        "complaints",
        "complaint",
        lambda: ComplaintFactory.create(text="one\ntwo", amount=Decimal("12.50"), subject="-broken"),
    ),
    "planning:plans": ("plans", "plan", plans),
    "orders:list": ("orders", "order", lambda: None),
    "channel:agreements": ("agreements", "agreement", agreements),
    "catalogue:families": ("variants", "product_variant", families),
    "catalogue:attributes": ("attributes", "product_attribute", families),
    "catalogue:distributor-codes": ("own_codes", "product_code", own_codes),
    "responsibility:duties": ("duties", "duty", duties),
}
NOT_EXPORTED = {
    "products": {"product-unit_cost"},
    "orders": {"order_line-discount_rate"},
    "plans": {"plan-date"},
}
"""A cost not everybody may see; what net amount and period say already."""
LINES = {"planning:plans", "orders:list", "catalogue:families"}


def lists() -> Iterator[str]:
    for name, pattern in _patterns(get_resolver().url_patterns, ""):
        view: Any = getattr(pattern.callback, "view_class", None)
        if view is not None and issubclass(view, ScopedListView) and not pattern.pattern.converters:
            yield name


def test_every_list_of_what_can_be_imported_is_tried() -> None:
    """The next list that is exported would come back changed, and nobody had tried it."""
    shown = {importer.page for importer in importers() if importer.page}
    assert shown & set(lists()) - set(ROUTES) == set()
    assert {kind for kind, _entity, _make in ROUTES.values()} == set(KINDS)


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(AdministratorFactory.create())
    return client


def exported(client: Client, route: str, kind: str) -> bytes:
    answer: Any = client.get(reverse(route), {"export": kind})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("route", ROUTES)
def test_what_is_exported_goes_in_unchanged(admin: Client, run: Run, route: str, form: str, language: str) -> None:
    """Whoever corrects one row of an export would change a hundred others by sending it back."""
    kind, entity, make = ROUTES[route]
    if route == "orders:list":
        import_orders(run)
    else:
        make()
    person = User.objects.get(pk=admin.session["_auth_user_id"])
    User.objects.filter(pk=person.pk).update(language=language)
    wanted = "lines" if form == "csv" and route in LINES else form
    file = exported(admin, route, wanted)
    address = choose(admin, f"file.{form}", file)
    page = admin.get(address)
    assert page.context["kind"].name == kind, "\n".join(page.context["looked"].columns)
    found = recognised(KINDS[kind], page.context["looked"].columns)
    assert {column.key for column in KINDS[kind].columns} - set(found) == NOT_EXPORTED.get(kind, set())
    assert send(admin, address, currency="CNY").status_code == 302
    counts = taken().result["counts"]
    touched = {name: (count["created"], count["changed"]) for name, count in counts.items()}
    assert touched == dict.fromkeys(counts, (0, 0)), Job.objects.get().result
    assert counts[entity]["unchanged"] >= 1


ORDERS = """
[profile]
currency = "CNY"
[[import]]
entity = "order"
rows = [{number='SO-1', distributor='D1', ordered_at='2026-01-15 10:30:00', purchase_order_number='PO-77', note='=now'}]
[[import]]
entity = "order_line"
rows = [
    {order='SO-1', position='1', product='00012', ordered='12', unit_price='23.9051', net_amount='272.46'},
    {order='SO-1', position='2', product='T2', ordered='1', unit_price='5'},
]
"""


def import_orders(run: Run) -> None:
    DistributorFactory.create(code="D1", currency="CNY")
    for code in ("00012", "T2"):
        ProductFactory.create(code=code)
    assert run(ORDERS).written


def test_lines_are_a_second_sheet_with_numbers_and_dates(admin: Client, run: Run) -> None:
    """A sum over a column of texts is zero, and what was ordered was in no file at all."""
    import_orders(run)
    book = openpyxl.load_workbook(io.BytesIO(exported(admin, "orders:list", "xlsx")))
    orders, lines = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    head = dict(zip(orders[0], orders[1], strict=True))
    assert head["Ordered on"] == datetime(2026, 1, 15)  # noqa: DTZ001 - a cell has no zone
    first = dict(zip(lines[0], lines[1], strict=True))
    assert len(lines) == 3
    assert (first["Order number"], first["Product code"], first["Quantity"]) == ("SO-1", "00012", 12)
    assert (first["Unit price"], first["Net amount"], first["Currency"]) == (23.9051, 272.46, "CNY")
    assert first["Note"] == "=now"
    assert book.worksheets[1]["A2"].data_type != "f"
    rows = list(csv.reader(io.StringIO(exported(admin, "orders:list", "lines").decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Order number", "SO-1", "SO-1"]
    assert rows[1][-1] == "'=now"


def test_a_plan_of_a_year_is_not_spread_by_its_own_overview(admin: Client) -> None:
    """The list has one amount a year: taken back, it would level the months."""
    plans()
    address = choose(admin, "plans.csv", exported(admin, "planning:plans", "csv")) + "?kind=plans"
    assert "map-plan-amount" in send(admin, address, currency="CNY").context["form"].errors


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_overview_of_orders_is_no_list_of_distributors(admin: Client, run: Run, language: str) -> None:
    """It has a distributor and its code in each row, by which the distributor would get another name."""
    import_orders(run)
    User.objects.filter(pk=admin.session["_auth_user_id"]).update(language=language)
    page = admin.get(choose(admin, "orders.csv", exported(admin, "orders:list", "csv")))
    assert page.context["kind"].name == "orders"
