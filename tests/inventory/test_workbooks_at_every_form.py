"""Every form that takes a workbook reads it as the imports do: to its end, its first visible sheet, no cell guessed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from inventory.models import StockMove
from orders.models import OrderLine
from stocktaking.models import ScrapLine, StockCountLine
from stocktaking.services.counts import open_count
from tests.core.workbooks import cell, row, sheet, workbook
from tests.factories.accounts import WarehouseUserFactory
from tests.factories.inventory import DistributorWarehouseFactory, StockFactory, WarehouseFactory
from tests.orders.people import Stage, stage
from transfers.models import TransferLine

pytestmark = pytest.mark.django_db

HEAD = row(1, "code", "quantity")


@dataclass(kw_only=True)
class Form:
    """Where it is, who sends it, what goes with the file, and the codes that it took."""

    url: str
    user: User
    fields: dict[str, Any]
    taken: Callable[[], list[str]]

    def send(self, content: bytes) -> Any:
        client = Client()
        client.force_login(self.user)
        file = SimpleUploadedFile("list.xlsx", content)
        return client.post(self.url, {**self.fields, "file": file}, follow=True)


def _order(scene: Stage) -> Form:
    return Form(
        url=reverse("orders:entry-take-upload"),
        user=scene.buyer,
        fields={},
        taken=lambda: list(OrderLine.objects.values_list("product__code", flat=True)),
    )


def _stock_report(scene: Stage) -> Form:
    place = DistributorWarehouseFactory.create(distributor=scene.shop.distributor)
    for product in scene.shop.products:
        StockFactory.create(warehouse=place, product=product, on_hand=0)
    return Form(
        url=reverse("channel_stock:report-stock"),
        user=scene.keeper,
        fields={},
        taken=lambda: list(
            StockMove.objects.filter(warehouse=place, quantity__gt=0).values_list("product__code", flat=True)
        ),
    )


def _receipt(scene: Stage) -> Form:
    return Form(
        url=reverse("inventory:receive"),
        user=scene.warehouse,
        fields={"warehouse": scene.shop.warehouse.pk, "reference": "GR-7"},
        taken=lambda: list(StockMove.objects.filter(reference="GR-7").values_list("product__code", flat=True)),
    )


def _transfer(scene: Stage) -> Form:
    fields = {"source": scene.shop.warehouse.pk, "destination": WarehouseFactory.create().pk}
    return Form(
        url=reverse("transfers:transfer-new"),
        user=scene.warehouse,
        fields={**fields, "expected_on": timezone.localdate()},
        taken=lambda: list(TransferLine.objects.values_list("product__code", flat=True)),
    )


def _scrap(scene: Stage) -> Form:
    return Form(
        url=reverse("stocktaking:scrap-new"),
        user=scene.warehouse,
        fields={"warehouse": scene.shop.warehouse.pk, "reason": "broken"},
        taken=lambda: list(ScrapLine.objects.values_list("product__code", flat=True)),
    )


def _count(scene: Stage) -> Form:
    now = timezone.now()
    count = open_count(warehouse_id=scene.shop.warehouse.pk, actor=WarehouseUserFactory.create(), now=now)
    return Form(
        url=reverse("stocktaking:count-paste", args=[count.pk]),
        user=scene.warehouse,
        fields={},
        taken=lambda: list(StockCountLine.objects.filter(entries__gt=0).values_list("product__code", flat=True)),
    )


FORMS: Sequence[Callable[[Stage], Form]] = (_order, _stock_report, _receipt, _transfer, _scrap, _count)


@pytest.fixture
def scene() -> Stage:
    return stage(products=5)


@pytest.mark.parametrize("form_of", FORMS)
def test_a_wrong_extent_and_a_hidden_sheet_at_every_form(scene: Stage, form_of: Callable[[Stage], Form]) -> None:
    """WPS writes an extent of one cell: four of five products were lost; a hidden sheet's stale rows were taken."""
    codes = sorted(product.code for product in scene.shop.products)
    form = form_of(scene)
    stale = sheet([HEAD, row(2, "OLD1", "9")])
    right = sheet([HEAD, *(row(number, code, "3") for number, code in enumerate(codes, 2))], dimension="A1")
    reply = form.send(workbook({"_cfg": stale, "Products": right}, hidden=["_cfg"]))
    assert reply.redirect_chain, reply.context["form"].errors
    assert sorted(form.taken()) == codes
    assert "5 rows read from the sheet “Products”." in reply.content.decode()


@pytest.mark.parametrize("form_of", FORMS)
def test_a_workbook_without_a_row_is_refused_at_every_form(scene: Stage, form_of: Callable[[Stage], Form]) -> None:
    """An export that went wrong would look as if all of it had been taken."""
    form = form_of(scene)
    for rows in ([], [HEAD]):
        reply = form.send(workbook({"S": sheet(rows)}))
        assert (reply.status_code, reply.redirect_chain) == (400, [])
        assert "row" in str(reply.context["form"].errors["file"])
    assert form.taken() == []


CELLS = {
    "error": (cell("A3", "#N/A", kind="e"), "#N/A"),
    "formula": (cell("A3", "", kind="n", formula="A2"), "no stored value"),
    "shortened": (cell("A3", "6.90123E+12"), "shortened"),
    "digits": (cell("A3", "6.901234567892123e+16", kind="n"), "15 digits"),
}


@pytest.mark.parametrize("content", CELLS)
@pytest.mark.parametrize("form_of", FORMS)
def test_a_cell_that_is_no_code_is_said_at_every_form(
    scene: Stage, form_of: Callable[[Stage], Form], content: str
) -> None:
    """Other goods would be ordered, counted or moved than those that were meant."""
    form = form_of(scene)
    wrong, reason = CELLS[content]
    rows = [HEAD, row(2, scene.shop.products[0].code, "3"), f'<row r="3">{wrong}{cell("B3", "3")}</row>']
    page = form.send(workbook({"S": sheet(rows)})).content.decode()
    assert reason in page
    # An order keeps the wrong row beside the others to be mended; elsewhere nothing is done before all is right.
    assert form.taken() == ([scene.shop.products[0].code] if form_of is _order else [])
