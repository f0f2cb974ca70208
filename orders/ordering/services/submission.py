from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from core.actors import Actor
from core.errors import NotVisible
from orders.ordering.enums import OrderSource
from orders.ordering.models import Order
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.services.draft_contents import draft_contents
from orders.ordering.services.placing import PlacedOrder, place_order


def submit_order(
    *,
    order_id: int,
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
    source: OrderSource = OrderSource.PAGE,
    agreed_total: Decimal | None = None,
    agreed_prices: Mapping[LineKey, Decimal] | None = None,
) -> PlacedOrder:
    """Place a draft as it is stored, checked and priced anew; see `place_order` for effects and errors.

    `agreed_total` and `agreed_prices` (by product and unit, one of it) are what the person saw; more is refused.
    """
    agreed = agreed_prices or {}
    with transaction.atomic():
        draft = Order.objects.visible_to(actor).filter(pk=order_id).first()
        if draft is None:
            raise NotVisible
        stored = draft_contents(order_id=draft.pk)
        return place_order(
            distributor_id=draft.distributor_id,
            actor=actor,
            lines=[
                line
                if line.gift_with
                else line._replace(agreed_unit_price=agreed.get(LineKey(int(line.product), line.unit)))
                for line in stored.asked()
            ],
            now=now,
            source=source,
            purchase_order_number=draft.purchase_order_number,
            note=draft.note,
            wanted_on=draft.wanted_on,
            delivery_address_id=draft.delivery_address_id,
            consignee_distributor_id=draft.consignee_distributor_id,
            consignee_outlet_id=draft.consignee_outlet_id,
            type_id=draft.type_id,
            contact_id=draft.contact_id,
            invoice_title_id=draft.invoice_title_id,
            printed_note=draft.printed_note,
            order_id=order_id,
            expected_version=draft.version if expected_version is None else expected_version,
            agreed_total=agreed_total,
        )
