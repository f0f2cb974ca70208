"""What carriage costs: recorded for the waybill, spread over its shipments by weight to the last cent."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.events import record_event
from core.money import currency_digits, round_money
from core.permissions import require
from orders.fulfilment.waybills.enums import WAYBILL, FreightPayer, WaybillEvent
from orders.fulfilment.waybills.models import Waybill, WaybillShipment
from orders.fulfilment.waybills.permissions import can_record_freight
from orders.fulfilment.waybills.selectors.weights import shipment_pieces, shipment_weights
from orders.fulfilment.waybills.services.locking import lock_waybill

MOST = Decimal(1_000_000_000)
_AMOUNTS = ("agreed_amount_company", "actual_amount_company")


def record_freight(
    *,
    waybill_id: int,
    actor: Actor,
    now: datetime,
    agreed: Decimal | None,
    actual: Decimal | None,
    borne_by: str,
    expected_version: int | None = None,
) -> Waybill:
    """Set what the carriage of a waybill costs, as agreed and as invoiced, in the company's currency; None is not known.

    Each shipment gets its share. Records one event, without amounts: whoever sees the waybill reads it. Raises NotVisible,
    NotAllowed, StaleVersion, and InvalidInput at `agreed`, `actual` or `borne_by`.
    """
    with explained(), transaction.atomic():
        waybill, _orders, _shipments = lock_waybill(
            waybill_id=waybill_id, actor=actor, expected_version=expected_version
        )
        require(can_record_freight(actor, waybill))
        check_freight(agreed=agreed, actual=actual, borne_by=borne_by, currency=waybill.currency)
        waybill.agreed_amount_company, waybill.actual_amount_company = agreed, actual
        waybill.borne_by = borne_by
        waybill.save(update_fields=[*_AMOUNTS, "borne_by"])
        spread_freight(waybill)
        record_event(
            kind=WaybillEvent.FREIGHT_RECORDED,
            subject_type=WAYBILL,
            subject_id=waybill.pk,
            actor_id=actor.pk,
            distributor_id=waybill.distributor_id,
            data={"number": waybill.number},
            at=now,
            publish=False,
        )
    waybill.refresh_from_db()
    return waybill


def check_freight(*, agreed: Decimal | None, actual: Decimal | None, borne_by: str, currency: str) -> None:
    """Raises InvalidInput at what is no amount of the currency or no payer."""
    problems = []
    for field, amount in (("agreed", agreed), ("actual", actual)):
        if amount is None:
            continue
        if not amount.is_finite() or not 0 <= amount < MOST:
            message = _("Enter an amount between 0 and %(most)s.") % {"most": MOST}
            problems.append(Problem(message=message, code="out_of_range", field=field))
        elif amount != round_money(amount, currency=currency):
            message = _("Enter at most %(digits)d decimals.") % {"digits": currency_digits(currency)}
            problems.append(Problem(message=message, code="too_many_digits", field=field))
    if borne_by not in FreightPayer.values:
        problems.append(Problem(message=_("Select who bears the freight."), code="unknown", field="borne_by"))
    if problems:
        raise InvalidInput(problems=problems)


def spread_freight(waybill: Waybill) -> None:
    """Weigh the shipments of a locked waybill, and give each its share of the freight. Six statements at most.

    By weight where each has one, else by pieces. Parts round cumulatively: the last shipment takes the remainder.
    """
    carried = list(WaybillShipment.objects.filter(waybill=waybill).order_by("pk"))
    ids = [one.shipment_id for one in carried]
    weights = shipment_weights(ids)
    if all(weights.get(pk) for pk in ids):
        measures = [weights[pk] for pk in ids]
    else:
        pieces = shipment_pieces(ids)
        measures = [Decimal(pieces.get(pk, 0)) for pk in ids]
    for one in carried:
        one.weight = weights.get(one.shipment_id)
    for name in _AMOUNTS:
        total = getattr(waybill, name)
        shares = [None] * len(ids) if total is None else spread_amount(total, measures, currency=waybill.currency)
        for one, share in zip(carried, shares, strict=True):
            setattr(one, name, share)
    WaybillShipment.objects.bulk_update(carried, ["weight", *_AMOUNTS])


def spread_amount(total: Decimal, measures: Sequence[Decimal], *, currency: str) -> list[Decimal]:
    """Shares of `total` by measure, none negative; rounded cumulatively, so that they add up and the last takes the rest.

    Where nothing measures anything, equal shares.
    """
    if not any(measures):
        measures = [Decimal(1)] * len(measures)
    whole, until, shares = sum(measures), Decimal(0), list[Decimal]()
    for measure in measures:
        until += measure
        shares.append(round_money(total * until / whole, currency=currency) - sum(shares))
    return shares
