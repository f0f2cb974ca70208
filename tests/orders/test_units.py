"""Cases and pallets: ordered, priced and scanned as such, and kept in pieces."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.models import ProductUnit
from catalogue.selectors import INVARIANTS, CodeMeaning, find_by_code
from catalogue.services.units import UnitInput, remove_unit, save_unit
from channel_stock.services.stock_reports import report_stock
from core.errors import Conflict, InvalidInput
from inventory.models import Reservation, Stock
from orders.models import Order, OrderLine
from orders.ordering.errors import OrderRefused
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from pricing.models import Price
from pricing.selectors.prices import price_lines
from pricing.services.prices import set_price
from tests.factories.accounts import AdministratorFactory
from tests.factories.inventory import ProductUnitFactory
from tests.orders.people import Stage, stage
from tests.orders.test_api_orders import caller
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db

CASE = "16901234567899"


@pytest.fixture
def people() -> Stage:
    """Products at 10.00 a piece; the first also in cases of 24 at 100.00 and pallets of 240 without a price of their own."""
    scene = stage(products=2)
    product = scene.shop.products[0]
    case = ProductUnitFactory.create(product=product, barcode=CASE)
    ProductUnitFactory.create(product=product, code="pallet", pieces=240)
    Price.objects.create(
        price_list=scene.shop.price_list, product=product, unit=case, amount=Decimal("100.0000"), starts_on="2020-01-01"
    )
    return scene


def _place(people: Stage, *lines: LineInput) -> OrderLine:
    place_order(distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=lines, now=timezone.now())
    return Order.objects.get().lines.get(position=1)


def _figures(line: OrderLine) -> tuple[Any, ...]:
    return line.unit, line.units, line.pieces_per_unit, line.ordered, line.unit_price, line.net_amount


def test_a_price_belongs_to_the_unit_as_ordered(people: Stage) -> None:
    """Two cases at 100.00 would cost 480.00, or 199.92 after a price of a piece that nobody agreed to."""
    product = people.shop.products[0].pk
    lines = price_lines(
        distributor_id=people.shop.distributor.pk,
        product_ids=[product] * 4,
        quantities=[2, 3, 1, 1],
        units=["case", "", "pallet", "nothing"],
        on=timezone.localdate(),
    )
    assert [line.amount for line in lines] == [100, 10, 2400, 10]
    line = _place(
        people, LineInput(product, 2, unit=" Case "), LineInput(product, 3), LineInput(product, 1, unit="pallet")
    )
    assert _figures(line) == ("case", 2, 24, 48, 100, 200)
    assert [_figures(row)[1:] for row in Order.objects.get().lines.order_by("position")[1:]] == [
        (3, 1, 3, 10, 30),
        (1, 240, 240, 2400, 2400),
    ]
    assert Order.objects.get().unit_count == 291
    assert people.shop.stock_of(people.shop.products[0]).reserved == 291
    assert sorted(Reservation.objects.values_list("quantity", flat=True)) == [3, 48, 240]


def test_steps_stock_and_unknown_units_are_told_in_the_unit_ordered(people: Stage) -> None:
    """The button beside the problem would order 24 cases where 24 pieces are meant."""
    product = people.shop.products[0]
    product.minimum_quantity = product.order_multiple = 36
    product.save()
    wishes = [
        LineInput(product.pk, 1, unit="case"),
        LineInput(product.pk, 5, unit="pallet"),
        LineInput(people.shop.products[1].pk, 1, unit="case"),
        LineInput(CASE, 2),
    ]
    with pytest.raises(OrderRefused) as refused:
        _place(people, *wishes)
    said = {(problem.code, problem.fix.quantity) for problem in refused.value.problems}
    assert said == {("below_minimum", 3), ("not_a_multiple", 6), ("unknown_unit", None), ("duplicate_product", None)}
    with pytest.raises(OrderRefused) as refused:
        _place(people, LineInput(product.pk, 30, unit="case"), LineInput(product.pk, 360))
    (short,) = refused.value.problems
    assert (short.code, short.fix.quantity) == ("short_stock", 252)


def test_a_barcode_of_a_case_means_the_case_wherever_it_is_scanned(people: Stage) -> None:
    """Two scanned cases would be ordered, counted and booked as two pieces."""
    product, distributor = people.shop.products[0], people.shop.distributor
    assert find_by_code([CASE], distributor_id=None) == {
        CASE: CodeMeaning(product_id=product.pk, unit="case", pieces=24)
    }
    client = Client()
    client.force_login(people.buyer)
    client.post(reverse("orders:entry-add"), {"q": CASE, "quantity": "2"})
    client.post(reverse("orders:entry-paste"), {"pasted": f"{CASE}\t1\n{product.code}\t5"})
    assert [_figures(line)[:4] for line in Order.objects.get().lines.order_by("position")] == [
        ("case", 3, 24, 72),
        (product.unit, 5, 1, 5),
    ]
    report_stock(
        distributor_id=distributor.pk, counts=[(CASE, 2), (product.code, 5)], actor=people.keeper, now=timezone.now()
    )
    assert Stock.objects.get(warehouse__distributor=distributor).on_hand == 53
    receipt = {"warehouse": people.shop.warehouse.code, "reference": "GR", "lines": [{"product": CASE, "quantity": 2}]}
    assert caller(people.warehouse)("post", "stock/receipts/", receipt).status_code == 201
    assert people.shop.stock_of(product).on_hand == 1048
    client.force_login(people.warehouse)
    form = {"warehouse": people.shop.warehouse.pk, "reference": "GR2", "lines": f"{CASE}\t1"}
    assert client.post(reverse("inventory:receive"), form).status_code == 302
    assert people.shop.stock_of(product).on_hand == 1072


def test_the_entry_offers_the_usual_unit_and_changes_it(people: Stage) -> None:
    """A buyer of cases would count pieces in the head, for every line."""
    product = people.shop.products[0]
    ProductUnit.objects.filter(code="case").update(is_default=True)
    client = Client()
    client.force_login(people.buyer)
    page = client.get(reverse("orders:entry-catalogue")).content.decode()
    assert f'name="quantity-{product.pk}-case" value="1"' in page
    client.post(reverse("orders:entry-set"), {f"quantity-{product.pk}-case": "2"})
    assert f'name="unit-{product.pk}-case"' in client.get(reverse("orders:entry")).content.decode()
    client.post(reverse("orders:entry-set"), {f"quantity-{product.pk}-case": "2", f"unit-{product.pk}-case": ""})
    assert _figures(OrderLine.objects.get()) == (product.unit, 48, 1, 48, 10, 480)
    client.post(reverse("orders:entry-set"), {f"quantity-{product.pk}": "49", f"unit-{product.pk}": "case"})
    assert _figures(OrderLine.objects.get()) == ("case", 3, 24, 72, 100, 300)
    draft = Order.objects.get()
    sent = {
        "draft": draft.reference,
        "version": draft.version,
        "key": "one",
        "agreed_prices": f"{product.pk}-case=90.00",
    }
    client.post(reverse("orders:entry-place"), sent)
    assert Order.objects.get().status == "draft", "it was seen at 90.00"
    client.post(reverse("orders:entry-place"), sent | {"agreed_prices": f"{product.pk}-case=100", "key": "two"})
    assert Order.objects.get().status == "submitted"


def test_units_are_kept_by_their_service_and_by_the_api(people: Stage) -> None:
    """A mistyped barcode, or a case of 12 that was one of 24, would change what earlier prices and orders mean."""
    product, actor = people.shop.products[0], AdministratorFactory.create()
    for values, field in (
        (UnitInput(code=product.unit, pieces=3), "code"),
        (UnitInput(code="half case", pieces=3), "code"),
        (UnitInput(code="box", pieces=1), "pieces"),
        (UnitInput(code="box", pieces=3, barcode="6901234567890"), "barcode"),
    ):
        with pytest.raises(InvalidInput) as refused:
            save_unit(product_id=product.pk, values=values, actor=actor)
        assert [problem.field for problem in refused.value.problems] == [field]
    with pytest.raises(Conflict):
        save_unit(product_id=product.pk, values=UnitInput(code="case", pieces=12), actor=actor)
    with pytest.raises(Conflict):
        save_unit(product_id=product.pk, values=UnitInput(code="box", pieces=3, barcode=CASE), actor=actor)
    call = caller(actor)
    sent = {"product": product.code, "code": "Box", "pieces": 6, "barcode": "690 1234-567892", "is_default": True}
    made = call("post", "product-units/", sent)
    assert made.status_code == 201, made.content
    assert (made.json()["code"], made.json()["barcode"]) == ("box", "6901234567892")
    priced = {
        "price_list": people.shop.price_list.code,
        "product": product.code,
        "unit": "box",
        "amount": "55",
        "starts_on": timezone.localdate(),
    }
    assert call("post", "prices/", priced).json()["unit"] == "box"
    box = made.json()["id"]
    assert call("delete", f"product-units/{box}/").status_code == 409
    Price.objects.filter(unit=box).delete()
    assert call("delete", f"product-units/{box}/").status_code == 204
    assert find_by_code(["6901234567892"], distributor_id=None) == {}
    remove_unit(unit_id=ProductUnit.objects.get(code="pallet").pk, actor=actor)
    prices = {
        "price_list_id": people.shop.price_list.pk,
        "product_id": product.pk,
        "starts_on": timezone.localdate(),
        "actor": actor,
    }
    assert set_price(**prices, unit="case", amount=Decimal(90)).unit is not None
    assert offending_rows(INVARIANTS) == {}


def test_a_successor_takes_the_place_of_what_is_ordered_no_more(people: Stage) -> None:
    """The buyer would be told no, and left to find out what is sold instead."""
    old, new = people.shop.products
    old.successor, old.last_order_on = new, timezone.localdate()
    old.save()
    _place(people, LineInput(old.pk, 1))
    old.last_order_on = timezone.localdate() - timedelta(days=1)
    old.save()
    client = Client()
    client.force_login(people.buyer)
    client.post(reverse("orders:entry-add"), {"key": f"{old.pk}-case", "quantity": "2"})
    reply = caller(people.buyer)(
        "post", "orders/quote/", {"lines": [{"product": old.code, "quantity": 2, "unit": "case"}]}
    )
    (problem,) = reply.json()["lines"][0]["problems"]
    assert problem["code"] == "after_last_order"
    assert problem["fix"] == {"kind": "replace", "quantity": 48, "product": new.code, "day": None, "label": ""}
    page = client.get(reverse("orders:entry")).content.decode()
    fix = f"{old.pk}-case:48:{new.pk}"
    assert f'value="{fix}"' in page
    client.post(reverse("orders:entry-set"), {"fix": fix})
    line = OrderLine.objects.get(order__status="draft")
    assert (line.product, line.ordered) == (new, 48)
