"""What lies at distributors on pages and over the API, as keepers report it and managers read it."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from rest_framework.test import APIClient

from inventory.models import Stock, StockMove
from tests.factories.accounts import (
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    KeeperFactory,
    ManagerFactory,
    ResponsibilityFactory,
)
from tests.factories.inventory import BuyingRightFactory, DistributorWarehouseFactory, StockFactory

pytestmark = pytest.mark.django_db
LIST, REPORT, API = "channel_stock:channel-stock", "channel_stock:report-stock", "/api/v1/channel-stock/"


@pytest.fixture
def keeper() -> Any:
    return KeeperFactory.create()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def api_of(user: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def at(distributor: Any, *, on_hand: int = 100, sold_in: int | None = 91) -> Stock:
    place = distributor.warehouses.first() or DistributorWarehouseFactory.create(distributor=distributor)
    stock = StockFactory.create(warehouse=place, on_hand=on_hand, sold_in=sold_in)
    BuyingRightFactory.create(distributor=distributor, brand=stock.product.brand)
    return stock


def shelf() -> dict[str, int]:
    return dict(Stock.objects.values_list("product__code", "on_hand"))


def test_pasted_counts_are_booked(keeper: Any) -> None:
    """The keeper's list from the own system would have to be typed again."""
    tea, rice = at(keeper.distributor), at(keeper.distributor)
    lines = f"Code\tName\tQuantity\n{tea.product.code}\tGreen tea\t0\n\n{rice.product.code.lower()}\tRice\t1,200\n"
    page = client_of(keeper).post(reverse(REPORT), {"lines": lines}, follow=True)
    assert shelf() == {tea.product.code: 0, rice.product.code: 1200}
    assert "2 products counted, 2 differed." in page.content.decode()


def test_a_workbook_is_booked(keeper: Any) -> None:
    """A distributor without a system of its own keeps a spreadsheet."""
    tea = at(keeper.distributor)
    book, kept = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for row in [("条码", "数量"), (tea.product.code, 7)]:
        sheet.append(row)
    book.save(kept)
    upload = SimpleUploadedFile("count.xlsx", kept.getvalue())
    assert client_of(keeper).post(reverse(REPORT), {"file": upload}).status_code == 302
    assert shelf() == {tea.product.code: 7}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("{code}\tseven", "Line 1: “seven” is not a whole number."),
        ("{code}\t3\n{code}", "Line 2: Enter a quantity."),
        ("{code} 3\nnone 4", "Line 2: Unknown product none."),
        ("{code} 3\n{code} 4", "Line 2: {code} is entered twice."),
        ("{code} 10000001", "Line 1: The quantity must be between 0 and 10,000,000."),
        ("", "Enter at least one product, or choose a file."),
    ],
)
def test_a_wrong_line_is_told_and_nothing_is_lost(keeper: Any, lines: str, told: str) -> None:
    """The keeper would type two hundred lines again, or never learn which one was wrong."""
    code = at(keeper.distributor).product.code
    typed = lines.format(code=code)
    page = client_of(keeper).post(reverse(REPORT), {"lines": typed})
    assert page.status_code == 400
    text = page.content.decode()
    assert told.format(code=code) in text
    assert typed.split("\n")[0] in text
    assert shelf() == {code: 100}


def test_a_file_that_is_no_table_is_told(keeper: Any) -> None:
    """A picture sent by mistake would pass for an empty count."""
    upload = SimpleUploadedFile("count.xlsx", b"PK\x03\x04 no workbook")
    page = client_of(keeper).post(reverse(REPORT), {"file": upload})
    assert page.status_code == 400


def test_the_list_is_the_readers_own_and_filters_by_cover() -> None:
    """A manager could not find who has too much, and would see what is not theirs."""
    mine, other = DistributorFactory.create(), DistributorFactory.create()
    short, over, brand = at(mine, on_hand=3), at(mine, on_hand=500), StockFactory.create()
    strange = at(other)
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(user=manager, distributor=mine)
    url = reverse(LIST)
    text = client_of(manager).get(url).content.decode()
    assert short.product.name in text
    assert strange.product.code not in text
    assert brand.product.code not in text
    text = client_of(manager).get(url, {"cover": "overstocked", "sort": "-days_of_cover"}).content.decode()
    assert over.product.code in text
    assert short.product.code not in text
    assert client_of(DirectorFactory.create()).get(url, {"distributor": other.code}).status_code == 200


def test_the_distributors_page_shows_its_cover() -> None:
    """The manager would have to reckon in their head while the distributor is on the telephone."""
    distributor = DistributorFactory.create()
    stock = at(distributor, on_hand=34)
    page = client_of(DirectorFactory.create()).get(distributor.get_absolute_url())
    assert "34 days" in page.content.decode()
    tab = client_of(DirectorFactory.create()).get(distributor.get_absolute_url(), {"tab": "stock"})
    assert stock.product.code in tab.content.decode()
    unknown = reverse("accounts:distributor", args=[DistributorFactory.create().code])
    text = client_of(DirectorFactory.create()).get(unknown, {"tab": "stock"}).content.decode()
    assert "This distributor has not reported its stock yet." in text


def test_somebody_new_is_told_what_to_do(keeper: Any) -> None:
    """An empty list would look broken to the keeper, and a buyer would find a button that refuses."""
    text = client_of(keeper).get(reverse(LIST)).content.decode()
    assert reverse(REPORT) in text
    text = client_of(BuyerFactory.create(distributor=keeper.distributor)).get(reverse(LIST)).content.decode()
    assert reverse(REPORT) not in text


def test_an_erp_reports_once_and_reads_its_cover(keeper: Any) -> None:
    """A report sent twice after a broken line would be two counts, and the ERP could not read what it means."""
    tea = at(keeper.distributor, on_hand=5, sold_in=91)
    client = api_of(keeper)
    body = {"reference": "C-1", "lines": [{"product": tea.product.code, "quantity": 30}]}
    for _twice in range(2):
        made = client.post(f"{API}reports/", body, format="json", headers={"Idempotency-Key": "count-1"})
        assert (made.status_code, made.json()) == (201, {"products": 1, "changed": 1, "difference": 25})
    assert StockMove.objects.filter(kind="count").get().reference == "C-1"
    (row,) = client.get(API).json()["results"]
    assert (row["distributor"], row["on_hand"], row["days_of_cover"]) == (keeper.distributor.code, 30, 30.0)
    assert (row["cover"], row["daily_sell_in"]) == ("fine", 1.0)
    assert client.get(f"{API}{row['id']}/").json() == row
    assert client.get(API, {"cover": "empty"}).json()["results"] == []
    assert api_of(KeeperFactory.create()).get(f"{API}{row['id']}/").status_code == 404
    wrong = client.post(f"{API}reports/", {"lines": [{"product": "none", "quantity": 1}]}, format="json")
    assert wrong.json()["errors"][0]["attr"] == "lines.0.product"


@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_at_any_size(count: int, django_assert_max_num_queries: Any) -> None:
    """A channel of thousands opens as slowly as it is large."""
    distributors = DistributorFactory.create_batch(count)
    for distributor in distributors:
        at(distributor)
    manager = ManagerFactory.create()
    for distributor in distributors:
        ResponsibilityFactory.create(user=manager, distributor=distributor)
    client = client_of(manager)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(LIST)).status_code == 200
    with django_assert_max_num_queries(2):
        assert len(api_of(manager).get(API).json()["results"]) == count
    page = reverse("accounts:distributor", args=[distributors[0].code])
    with django_assert_max_num_queries(28):
        assert client.get(page, {"tab": "stock"}).status_code == 200


def test_all_wrong_lines_are_told_at_once(keeper: Any) -> None:
    """One mistake at a time, the keeper would report the same count again and again."""
    code = at(keeper.distributor).product.code
    page = client_of(keeper).post(reverse(REPORT), {"lines": f"{code}\t3\nZZ1\t4\n{code}x\tmany"})
    assert [str(error)[:7] for error in page.context["form"].errors["lines"]] == ["Line 2:", "Line 3:"]
    upload = SimpleUploadedFile("count.csv", b"ZZ2,4\n")
    page = client_of(keeper).post(reverse(REPORT), {"lines": "ZZ1\t4", "file": upload})
    assert set(page.context["form"].errors) == {"lines", "file"}
