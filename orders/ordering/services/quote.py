"""What an order would be: every line priced and checked, in one query."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalogue.rules.loads import packaging_from
from catalogue.rules.pasted_lines import MAX_QUANTITY
from company.errors import NoCompany
from core.errors import NotVisible
from core.models import localised
from core.money import round_money
from inventory.selectors.availability import Route, routes_from
from orders.ordering.enums import AdjustmentKind
from orders.ordering.services.context_sql import READ_CONTEXT
from orders.ordering.services.order_types import ensure_order_types
from orders.ordering.services.quoted import LineInput, PricedLine, Quote, QuotedOrder, QuotedTerms, QuotedType
from pricing.enums import PriceScope
from pricing.selectors.prices import LinePrice

__all__ = [
    "MAX_ID", "MAX_LINES", "LineInput", "PricedLine", "Quote", "QuotedOrder", "line_parameters", "merge", "read_quote",
]  # fmt: skip

MAX_LINES = 1000
MAX_ID = 2**63 - 1


def merge(lines: Sequence[LineInput]) -> list[LineInput]:
    """Add up lines that name the same product and unit in the same way, at the place of the first; leave out empty ones."""
    found: dict[tuple[int | str, str, int | str | None], LineInput] = {}
    for position, line in enumerate(lines):
        product = line.product.strip() if isinstance(line.product, str) else line.product
        if product == "" and not line.quantity:
            continue
        key = (product, line.unit.strip().lower(), line.gift_with)
        before = found.get(key)
        together = line.quantity + (before.quantity if before else 0)
        found[key] = LineInput(
            product=product,
            unit=key[1],
            quantity=min(together, MAX_QUANTITY + 1),  # too much is too much, and always fits the column
            wanted_on=(before or line).wanted_on,
            position=before.position if before else position,
            agreed_unit_price=(before or line).agreed_unit_price,
            gift_with=line.gift_with,
            when_short=(before or line).when_short,
        )
    return list(found.values())


def read_quote(  # noqa: PLR0913 - all that an order is made of
    *,
    distributor_id: int,
    lines: Sequence[LineInput],
    moment: datetime,
    purchase_order_number: str,
    order_id: int | None,
    delivery_address_id: int | None = None,
    consignee_distributor_id: int | None = None,
    consignee_outlet_id: int | None = None,
    type_id: int | None = None,
    contact_id: int | None = None,
    invoice_title_id: int | None = None,
    wanted_on: date | None = None,
    with_load: bool = False,
) -> Quote:
    """Read what is known about the order in one statement. Before: `lines` are merged.

    `moment` is when it is placed, `wanted_on` the day on which the lines are wanted that do not say another. Without
    `type_id` it is of the default type. Raises NotVisible where there is no such distributor or type, NoCompany where
    nothing can be sold yet.
    """
    on = timezone.localdate(moment)
    asked = {
        "distributor": distributor_id,
        "products": [
            line.product if isinstance(line.product, int) and line.product <= MAX_ID else None for line in lines
        ],
        "codes": [line.product if isinstance(line.product, str) else None for line in lines],
        "quantities": [min(max(line.quantity, 0), MAX_QUANTITY) for line in lines],
        "units": [line.unit.strip().lower() for line in lines],
        "on": on,
        "po": purchase_order_number,
        "order": order_id,
        "delivery_address": delivery_address_id,
        "consignee_distributor": consignee_distributor_id,
        "consignee_outlet": consignee_outlet_id,
        "type": type_id,
        "contact": contact_id,
        "invoice_title": invoice_title_id,
        "with_load": with_load,
    }
    rows = _rows(asked)
    head = rows[0]
    priced = [_priced(line, row) for line, row in zip(lines, rows, strict=False)]
    _find_earning_lines(priced)
    routes = routes_from(head.routes)
    set_days(priced, routes, timezone.localtime(moment), wanted_on)
    return Quote(
        company_id=head.company_id,
        distributor_id=distributor_id,
        distributor_status=head.distributor_status,
        currency=head.currency,
        company_currency=head.company_currency,
        exchange_rate=head.exchange_rate,
        is_supplied=head.is_supplied,
        manager_id=head.manager_id,
        ordered_on=on,
        wanted_on=wanted_on,
        taken_by=head.taken_by,
        delivery_address_id=head.delivery_address_id,
        consignee_distributor_id=head.consignee_distributor_id,
        consignee_outlet_id=head.consignee_outlet_id,
        contact_id=head.contact_id,
        invoice_title_id=head.invoice_title_id,
        outside=_outside(head),
        has_grace=head.has_grace,
        routes=routes,
        blocking_policy_id=head.blocking_policy_id,
        type=QuotedType(
            id=head.type_id,
            is_priced=head.is_priced,
            uses_credit=head.uses_credit,
            counts_as_sale=head.counts_as_sale,
            is_taxed=head.is_taxed,
            roles=head.type_roles,
            is_active=head.type_is_active,
        ),
        lines=priced,
    )


def _rows(asked: Mapping[str, Any]) -> list[Any]:
    rows = READ_CONTEXT.rows(asked)
    if not rows:
        raise NotVisible
    if rows[0].company_id is None:
        raise NoCompany
    if rows[0].type_id is None and asked["type"] is None:
        ensure_order_types()
        rows = READ_CONTEXT.rows(asked)
    if rows[0].type_id is None:
        raise NotVisible
    return rows


def _outside(head: Any) -> Mapping[str, Any] | None:
    """The parameters of the hold of an address outside the territories of agreements."""
    if head.outside_agreements is None:
        return None
    agreements = json.loads(head.outside_agreements)
    return {
        "address": head.delivery_name,
        "address_id": head.delivery_address_id,
        "place": head.delivery_place,
        "agreement": ", ".join(one["name"] for one in agreements),
        "agreement_ids": [one["id"] for one in agreements],
    }


def set_days(
    lines: Sequence[PricedLine], routes: Mapping[int, Route], moment: datetime, wanted_on: date | None
) -> None:
    """When each line arrives if all of it is there. Lines of one warehouse and day are reckoned once."""
    known: dict[tuple[int, date | None], date] = {}
    for line in lines:
        route = routes.get(line.warehouse_id or 0)
        if route is None:
            continue
        for day in {None, line.wanted_on or wanted_on}:
            if (route.warehouse_id, day) not in known:
                ships = route.schedule.first_ship_day(moment, wanted_on=day)
                known[route.warehouse_id, day] = route.schedule.arrival(ships)
        line.earliest_on = known[route.warehouse_id, None]
        line.promised_on = known[route.warehouse_id, line.wanted_on or wanted_on]


def _find_earning_lines(lines: Sequence[PricedLine]) -> None:
    """Tie each gift to the line of the product that it is given with, however that one was named."""
    paid: dict[int | str | None, PricedLine] = {}
    for line in lines:
        if line.gift_with is None:
            for name in (line.asked, line.code, line.product_id):
                paid.setdefault(name, line)
    for line in lines:
        if line.gift_with is not None:
            line.earning = paid.get(line.gift_with)


def line_parameters(lines: Sequence[PricedLine], *, is_draft: bool = False) -> dict[str, Any]:
    """The lines as the statements of `placing_sql` are given them, numbered from 1.

    A draft only says what would be paid: what is free of charge has no adjustment yet, no line its warehouse or promise.
    """
    return {
        "positions": list(range(1, len(lines) + 1)),
        "products": [line.product_id for line in lines],
        "categories": [line.category_id for line in lines],
        "units": [line.unit for line in lines],
        "quantities": [line.units for line in lines],
        "pieces": [line.pieces_per_unit for line in lines],
        "wanted": [line.wanted_on for line in lines],
        "unit_prices": [line.unit_price or Decimal(0) for line in lines],
        "amounts": [line.amount if is_draft else line.gross for line in lines],
        "discounts": [Decimal(0) if is_draft else line.gross - line.amount for line in lines],
        "reasons": [line.free.value if line.free else None for line in lines],
        "costs": [line.cost for line in lines],
        "prices": [line.price.price_id if line.price else None for line in lines],
        "warehouses": [None if is_draft else line.warehouse_id for line in lines],
        "line_promised": [None if is_draft else line.arrives_on for line in lines],
        "when_short": [line.when_short for line in lines],
    }


def _priced(line: LineInput, row: Any) -> PricedLine:
    """One line of `READ_CONTEXT`. The unit cost is in the company's currency, and so is what it comes to."""
    pieces_per_unit = row.pieces or 1
    units = min(line.quantity, MAX_QUANTITY // pieces_per_unit + 1)  # too much is too much, and always fits the column
    pieces = units * pieces_per_unit
    price = _price(row, units)
    gross = round_money(
        price.amount * units if price and price.amount is not None else Decimal(0), currency=row.currency
    )
    free = _why_free(line, row)
    return PricedLine(
        line=line.position,
        asked=str(line.product),
        quantity=pieces,
        product_id=row.product_id,
        code=row.code or "",
        name=localised(row.name or "", row.name_zh or ""),
        status=row.status or "",
        unit=(row.unit if row.has_unit else line.unit) or "",
        units=units,
        pieces_per_unit=pieces_per_unit,
        has_unit=bool(row.has_unit),
        last_order_on=row.last_order_on,
        successor_id=row.successor_id,
        successor_code=row.successor_code or "",
        minimum_quantity=row.minimum_quantity or 1,
        order_multiple=row.order_multiple or 1,
        category_id=row.category_id,
        wanted_on=line.wanted_on,
        agreed_unit_price=line.agreed_unit_price,
        may_buy=bool(row.may_buy),
        available=max(row.available, 0),
        price=price,
        gross=gross,
        amount=Decimal(0) if free else gross,
        cost=round_money((row.unit_cost or Decimal(0)) * pieces, currency=row.company_currency),
        free=free,
        gift_with=line.gift_with,
        warehouse_id=row.warehouse_id,
        earliest_on=None,
        promised_on=None,
        when_short=line.when_short,
        seller_id=row.seller_id,
        terms=_terms(row),
        packaging=packaging_from(row.packaging) if row.packaging and row.product_id is not None else None,
    )


def _why_free(line: LineInput, row: Any) -> AdjustmentKind | None:
    if line.gift_with is not None:
        return AdjustmentKind.GIFT
    return None if row.is_priced else AdjustmentKind.FREE


def _terms(row: Any) -> QuotedTerms | None:
    if row.agreement_id is None:
        return None
    return QuotedTerms(
        agreement_id=row.agreement_id,
        number=row.agreement_number,
        currency=row.agreement_currency,
        order_minimum=row.order_minimum_amount,
        minimum_weight=row.order_minimum_weight,
        minimum_pallets=row.order_minimum_pallets,
        full_truck_weight=row.full_truck_weight,
        full_truck_pallets=row.full_truck_pallets,
        below_minimum=row.below_minimum,
        freight_surcharge=row.freight_surcharge,
        freight=row.freight_terms,
        freight_free_from=row.freight_free_from,
    )


def _price(row: Any, quantity: int) -> LinePrice | None:
    if row.price_id is None or row.product_id is None:
        return None
    return LinePrice(
        product_id=row.product_id,
        quantity=quantity,
        currency=row.currency,
        price_id=row.price_id,
        amount=row.price_amount,
        list_code=row.list_code,
        list_name=localised(row.list_name, row.list_name_zh),
        scope=PriceScope(row.scope),
        from_quantity=row.from_quantity,
        ends_on=row.ends_on,
        next_quantity=None,
        next_amount=None,
        unit="" if row.pieces == 1 else row.unit,
        price_unit=row.price_unit,
    )
