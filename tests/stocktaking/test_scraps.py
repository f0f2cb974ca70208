"""Scrap: goods leave the stock once somebody else agrees, and come back by a counter document."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.errors import Conflict, DomainError, NotAllowed
from inventory.models import BackOrder, Stock, StockBlock, StockMove
from inventory.selectors.document_lines import DocumentLine
from inventory.selectors.invariants import INVARIANTS as STOCK_INVARIANTS
from inventory.services.blocks import block_stock
from stocktaking.models import Scrap
from stocktaking.selectors.invariants import INVARIANTS
from stocktaking.services.scraps import (
    approve_scrap,
    cancel_scrap,
    return_scrap,
    save_scrap,
    submit_scrap,
    undo_scrap,
)
from tests.factories.accounts import AdministratorFactory, DirectorFactory, GrantFactory, WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import ProductUnitFactory, StockFactory
from tests.inventory.test_api import client_of
from tests.inventory.test_expected_receipts import wait
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def consistent() -> None:
    assert offending_rows((*STOCK_INVARIANTS, *INVARIANTS)) == {}


class Shelf:
    """Goods, who scraps them, and who approves."""

    def __init__(self, on_hand: int = 100) -> None:
        CompanyFactory.create()
        self.keeper, self.boss, self.now = WarehouseUserFactory.create(), DirectorFactory.create(), timezone.now()
        self.stock = StockFactory.create(on_hand=on_hand, product__unit_cost=Decimal(3))

    def prepare(self, quantity: int, pieces: int = 1, **options: Any) -> Scrap:
        line = DocumentLine(
            product_id=self.stock.product_id, quantity=quantity, unit="case" if pieces > 1 else "", unit_pieces=pieces
        )
        given = {"actor": self.keeper, "reason": "broken", "warehouse_id": self.stock.warehouse_id, **options}
        return save_scrap(lines=[line], now=self.now, **given)

    def submit(self, scrap: Scrap, actor: Any = None) -> Scrap:
        return submit_scrap(scrap_id=scrap.pk, actor=actor or self.keeper, now=self.now)

    def approve(self, scrap: Scrap, actor: Any = None) -> Scrap:
        return approve_scrap(scrap_id=scrap.pk, actor=actor or self.boss, now=self.now)

    def on_hand(self) -> int:
        return Stock.objects.get(pk=self.stock.pk).on_hand


def test_scrap_from_the_draft_to_its_undoing() -> None:
    """Goods would vanish by one person's word, or stay gone though they were found again."""
    shelf = Shelf()
    scrap = shelf.prepare(2, 24)
    assert (scrap.number, scrap.status, shelf.on_hand()) == (None, "draft", 100)
    scrap = shelf.submit(scrap)
    with pytest.raises(Conflict):  # what waits for approval is not changed behind its back
        shelf.prepare(1, scrap_id=scrap.pk)
    scrap = return_scrap(scrap_id=scrap.pk, actor=shelf.boss, now=shelf.now, note="Which lot?")
    scrap = shelf.submit(shelf.prepare(1, 24, scrap_id=scrap.pk, note="Lot 7"))
    scrap = shelf.approve(scrap)
    assert (scrap.number, scrap.status, shelf.on_hand()) == ("SD100001", "posted", 76)
    move = StockMove.objects.get(kind="scrap")
    assert (move.quantity, move.reference, move.note) == (-24, "SD100001", "Lot 7")
    consistent()
    wait(shelf.stock, 80, source=9, ships=None)
    counter = undo_scrap(scrap_id=scrap.pk, actor=shelf.boss, now=shelf.now, note="Found again")
    scrap.refresh_from_db()
    assert (counter.number, counter.reverses_id, scrap.status) == ("SD100002", scrap.pk, "reversed")
    assert (shelf.on_hand(), BackOrder.objects.get().quantity) == (100, 0)
    for again in (scrap, counter):
        with pytest.raises(Conflict):
            undo_scrap(scrap_id=again.pk, actor=shelf.boss, now=shelf.now, note="?")
    consistent()


def test_nobody_approves_ones_own_nor_above_the_limit() -> None:
    """Whoever takes goods home would write them off."""
    shelf = Shelf()
    administrator = AdministratorFactory.create()
    scrap = shelf.submit(shelf.prepare(40), administrator)
    for actor in (administrator, shelf.keeper):
        with pytest.raises(NotAllowed):
            shelf.approve(scrap, actor)
    GrantFactory.create(
        role="", person=shelf.boss, permission="stocktaking.approve_scrap", amount_limit=Decimal("119.99")
    )
    with pytest.raises(NotAllowed):  # 40 × 3
        shelf.approve(scrap, type(shelf.boss).objects.get(pk=shelf.boss.pk))
    assert shelf.on_hand() == 100
    shelf.approve(scrap, AdministratorFactory.create())
    assert shelf.on_hand() == 60
    more = shelf.submit(shelf.prepare(61))
    with pytest.raises(Conflict) as short:
        shelf.approve(more, AdministratorFactory.create())
    assert short.value.problems[0].field == "lines.0.quantity"
    cancel_scrap(scrap_id=more.pk, actor=shelf.keeper, now=shelf.now)
    for change, wrong in (({"reason": "whim"}, "reason"), ({"warehouse_id": 0}, "warehouse")):
        with pytest.raises(DomainError) as refused:
            shelf.prepare(1, **change)
        assert refused.value.problems[0].field == wrong
    consistent()


def test_blocked_goods_end_as_scrap() -> None:
    """Damaged goods would be unblocked first, and somebody get them in between."""
    shelf = Shelf()
    block = block_stock(
        warehouse_id=shelf.stock.warehouse_id,
        product_id=shelf.stock.product_id,
        pieces=100,
        reason="damage",
        actor=shelf.keeper,
        now=shelf.now,
    )
    with pytest.raises(Conflict):  # nothing is free
        shelf.approve(shelf.submit(shelf.prepare(1)))
    shelf.approve(shelf.submit(shelf.prepare(70, block_id=block.pk)))
    block = StockBlock.objects.get()
    assert (block.scrapped, block.open_pieces, block.status, shelf.on_hand()) == (70, 30, "blocked", 30)
    with pytest.raises(DomainError) as refused:
        shelf.prepare(31, block_id=block.pk)
    assert refused.value.problems[0].field == "lines"
    consistent()


def test_scrap_on_the_pages_and_over_the_api() -> None:
    """A keeper without an ERP, and an ERP without a keeper, could not scrap anything."""
    shelf = Shelf()
    ProductUnitFactory.create(product=shelf.stock.product, code="case", pieces=24)
    code = shelf.stock.product.code
    browser, office = Client(), Client()
    browser.force_login(shelf.keeper)
    office.force_login(shelf.boss)
    form = {"warehouse": shelf.stock.warehouse_id, "reason": "expired", "lines": f"{code} 2 case"}
    page = browser.post("/stock/scrap/new/", form, follow=True)
    assert "48" in page.content.decode()
    scrap = Scrap.objects.get()
    address = f"/stock/scrap/{scrap.pk}/"
    assert browser.post(f"{address}change/", {**form, "lines": f"{code} 1 case"}, follow=True).status_code == 200
    assert browser.post(f"{address}submit/", follow=True).status_code == 200
    assert browser.post(f"{address}approve/").status_code == 403
    assert "SD100001" in office.post(f"{address}approve/", {"note": "ok"}, follow=True).content.decode()
    assert shelf.on_hand() == 76
    assert office.post(f"{address}undo/", {"note": ""}).status_code == 400
    assert office.post(f"{address}undo/", {"note": "mistake"}, follow=True).status_code == 200
    assert shelf.on_hand() == 100
    assert "SD100002" in office.get(f"/stock/scrap/?product={code}").content.decode()
    for kind in ("csv", "lines"):
        assert office.get(f"/stock/scrap/?export={kind}").status_code == 200
    api, boss = client_of(shelf.keeper), client_of(shelf.boss)
    new = {"warehouse": shelf.stock.warehouse.code, "reason": "sample", "lines": [{"product": code, "quantity": 5}]}
    made = api.post("/api/v1/scraps/", new, format="json").json()
    path = f"/api/v1/scraps/{made['id']}/"
    assert api.post(f"{path}submit/").status_code == 200
    assert api.post(f"{path}approve/", {}, format="json").status_code == 403
    answer = boss.post(f"{path}approve/", {}, format="json").json()
    assert (answer["status"], answer["number"], shelf.on_hand()) == ("posted", "SD100003", 95)
    undone = boss.post(f"{path}reverse/", {"note": "returned"}, format="json")
    assert (undone.status_code, shelf.on_hand()) == (200, 100)
    consistent()
