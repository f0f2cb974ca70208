from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from core.actors import Actor
from core.errors import NotVisible
from orders.ordering.enums import OrderSource
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.placing import PlacedOrder, place_order
from orders.ordering.services.quote import LineInput


def submit_order(
    *,
    order_id: int,
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
    source: OrderSource = OrderSource.PAGE,
    agreed_total: Decimal | None = None,
    agreed_prices: Mapping[int, Decimal] | None = None,
) -> PlacedOrder:
    """Place a draft as it is stored, checked and priced anew; see `place_order` for effects and errors.

    `agreed_total` and `agreed_prices` (by product, a piece) are what the person saw; more is refused.
    """
    agreed = agreed_prices or {}
    with transaction.atomic():
        draft = Order.objects.visible_to(actor).filter(pk=order_id).first()
        if draft is None:
            raise NotVisible
        lines = (
            OrderLine.objects.filter(order=draft).order_by("position").values_list("product_id", "ordered", "wanted_on")
        )
        return place_order(
            distributor_id=draft.distributor_id,
            actor=actor,
            lines=[
                LineInput(product, quantity, wanted, agreed_unit_price=agreed.get(product))
                for product, quantity, wanted in lines
            ],
            now=now,
            source=source,
            purchase_order_number=draft.purchase_order_number,
            note=draft.note,
            wanted_on=draft.wanted_on,
            delivery_address_id=draft.delivery_address_id,
            order_id=order_id,
            expected_version=draft.version if expected_version is None else expected_version,
            agreed_total=agreed_total,
        )
