"""Goods that are short at the demo company: lines that wait with their day, one that was filled, a transfer on its way."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Distributor, Membership, User
from demo.company import Company
from inventory.models import BackOrder, ExpectedReceipt, Stock, Warehouse
from inventory.selectors.document_lines import DocumentLine
from inventory.services.expected_receipts import Expected, receive_expected, save_expected_receipts
from orders.models import OrderLine
from orders.ordering.enums import WhenShort
from orders.ordering.errors import OrderRefused
from orders.ordering.services.placing import place_order
from orders.ordering.services.quoted import LineInput
from transfers.services.transfers import save_transfer, send_transfer

_MOST_TRIED = 40
_WAITING = 2
_MOVED = 12


def build_supply(company: Company) -> None:
    """Two orders of the distributor that can sign in wait for part of a line; the goods of the first have come in."""
    keeper = User.objects.with_roles([Role.WAREHOUSE]).order_by("pk")[0]
    waiting = list(_back_orders(company, Distributor.objects.get(pk=company.distributors[0])))
    for row in waiting[:1]:
        receipt = ExpectedReceipt.objects.get(warehouse_id=row.warehouse_id, product_id=row.product_id)
        receive_expected(receipt_id=receipt.pk, actor=keeper, now=timezone.now())
    _transfer(company, keeper)


def _back_orders(company: Company, distributor: Distributor) -> Iterator[BackOrder]:
    buyer = Membership.objects.filter(distributor=distributor, role=Role.OWNER).order_by("pk")[0].person
    bought = OrderLine.objects.filter(order__distributor=distributor, product__status="active", gift_of=None)
    found = 0
    seen: set[int] = set()
    for line in bought.select_related("product").order_by("-pk")[:_MOST_TRIED]:
        if line.product_id in seen or line.warehouse_id is None or found == _WAITING:
            continue
        seen.add(line.product_id)
        stock = Stock.objects.filter(warehouse=line.warehouse_id, product=line.product_id).first()
        step = max(line.product.order_multiple, line.product.minimum_quantity, 1) * line.pieces_per_unit
        quantity = ((stock.available if stock else 0) // step + 2) * step
        expected = Expected(
            external_id=f"PO-{company.today:%y%m}{found + 1:02d}",
            warehouse_id=line.warehouse_id,
            product_id=line.product_id,
            quantity=quantity,
            expected_on=company.today + timedelta(days=4 + found),
        )
        save_expected_receipts(rows=[expected], actor=None, now=timezone.now())
        try:
            placed = place_order(
                distributor_id=distributor.pk,
                actor=buyer,
                lines=[LineInput(product=line.product_id, quantity=quantity, when_short=WhenShort.PART)],
                now=timezone.now(),
            )
        except OrderRefused:
            continue
        row = BackOrder.objects.filter(source_id=placed.id, quantity__gt=0).first()
        if row is not None:
            found += 1
            yield row


def _transfer(company: Company, keeper: User) -> None:
    """From the fullest warehouse to another one of the brand owner."""
    stock = Stock.objects.filter(warehouse__distributor=None, warehouse__kind="sale").order_by("-on_hand", "pk")
    full = next((row for row in stock[:_MOST_TRIED] if row.available > _MOVED), None)
    if full is None:
        return
    other = Warehouse.objects.filter(distributor=None, kind="sale").exclude(pk=full.warehouse_id).order_by("pk").first()
    if other is None:
        return
    transfer = save_transfer(
        source_id=full.warehouse_id,
        destination_id=other.pk,
        expected_on=company.today + timedelta(days=3),
        lines=[DocumentLine(product_id=full.product_id, quantity=_MOVED)],
        actor=keeper,
        now=timezone.now(),
    )
    send_transfer(transfer_id=transfer.pk, actor=keeper, now=timezone.now())
