"""Picks recorded by scan: a product and its lot, as they lie in one place for several orders."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.selectors import find_by_code
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.sentences import listed
from orders.fulfilment.waves.models import Pick, Wave
from orders.fulfilment.waves.services.picking import Picked, note_picks, picks_of
from orders.fulfilment.waves.services.recording import lock_wave


def pick_scanned(
    *,
    wave_id: int,
    product: str,
    actor: Actor,
    now: datetime,
    lot: str = "",
    pieces: int | None = None,
    reason: str = "",
    expected_version: int | None = None,
) -> Wave:
    """Record all picks of a product (code or barcode) and lot that are still open: so many pieces, None is as listed.

    Fewer pieces than listed go to the orders in their turn; the rest is short, with `reason`. Raises what `record_picks`
    does, InvalidInput at `product` or `lot` where it is not on the list or recorded already, and at `pieces`, `reason`.
    """
    with explained(), transaction.atomic():
        wave = lock_wave(wave_id=wave_id, actor=actor, expected_version=expected_version)
        picks = picks_of(wave)
        rows = _meant(picks, product.strip(), lot.strip())
        most = sum(pick.quantity for pick in rows)
        left = most if pieces is None else pieces
        if not 0 <= left <= most:
            message = _("Enter a quantity between 0 and %(most)d.") % {"most": most}
            raise InvalidInput(message, code="more_than_listed", field="pieces")
        if left < most and not reason:
            message = _("Enter a reason where fewer pieces were picked than listed.")
            raise InvalidInput(message, code="required", field="reason")
        picked = {}
        for pick in rows:
            taken = min(left, pick.quantity)
            left -= taken
            picked[pick.pk] = Picked(pick_id=pick.pk, pieces=taken, reason=reason)
        note_picks(wave, picks, picked, actor=actor, now=now)
    return wave


def _meant(picks: Sequence[Pick], product: str, lot: str) -> list[Pick]:
    meaning = find_by_code([product], distributor_id=None).get(product)
    rows = [pick for pick in picks if meaning and pick.line.order_line.product_id == meaning.product_id]
    if not rows:
        message = _("“%(code)s” is not on the list of this wave.") % {"code": product}
        raise InvalidInput(message, code="not_listed", field="product")
    if any(pick.lot_id is not None for pick in rows):
        rows = _of_lot(rows, lot)
    open_rows = [pick for pick in rows if pick.picked is None]
    if not open_rows:
        raise InvalidInput(_("This is recorded already."), code="recorded", field="product")
    return sorted(open_rows, key=lambda pick: pick.pk)


def _of_lot(rows: Sequence[Pick], lot: str) -> list[Pick]:
    named = {pick.lot.code: pick for pick in rows if pick.lot is not None}
    wanted = [pick for pick in rows if pick.lot is not None and pick.lot.code.casefold() == lot.casefold()]
    if not wanted:
        lots = listed(sorted(named))
        message = (
            _("Lot “%(lot)s” is not on the list. Listed: %(lots)s") % {"lot": lot, "lots": lots}
            if lot
            else _("Scan the lot, too. Listed: %(lots)s") % {"lots": lots}
        )
        raise InvalidInput(message, code="other_lot" if lot else "required", field="lot")
    return wanted
