"""What was picked of a wave: as listed, or less with a reason; what is short is given back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, Problem
from inventory.enums import LotStatus
from inventory.models import Lot
from inventory.services.lots import lock_lots
from orders.fulfilment.services.lots import bind_order_lines
from orders.fulfilment.services.shipping import lock_lines, lock_to_fulfil
from orders.fulfilment.waves.enums import ShortReason, WaveEvent
from orders.fulfilment.waves.models import Pick, Wave
from orders.fulfilment.waves.permissions import WAVE_STATES
from orders.fulfilment.waves.services.recording import lock_wave, record_wave_event
from orders.ordering.models import Order

_NOTE = """
UPDATE orders_pick AS pick
SET picked = noted.picked, short_reason = noted.reason, picked_at = %(now)s, picked_by_id = %(actor)s
FROM unnest(%(picks)s::bigint[], %(picked)s::int[], %(reasons)s::text[]) AS noted (id, picked, reason)
WHERE pick.id = noted.id
"""


@dataclass(frozen=True, kw_only=True)
class Picked:
    """So many pieces of a pick were there; fewer than listed with a reason."""

    pick_id: int
    pieces: int
    reason: str = ""


def record_picks(
    *,
    wave_id: int,
    picked: Sequence[Picked],
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> Wave:
    """Note what was picked of some picks of a wave; may be corrected until it is shipped.

    What is short is bound to its lot no more, and stays open on the order. The wave is ready when every pick is recorded.
    Records one event. Raises NotVisible, NotAllowed, StaleVersion, Conflict (the state; a lot is frozen, at `picks.<id>`),
    InvalidInput with a problem a pick (`picks.<id>`): of another wave, more than listed, or short without a reason.
    """
    with explained(), transaction.atomic():
        wave = lock_wave(wave_id=wave_id, actor=actor, expected_version=expected_version)
        note_picks(wave, picks_of(wave), {one.pick_id: one for one in picked}, actor=actor, now=now)
    return wave


def pick_all(*, wave_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Wave:
    """Note that all that is not recorded yet was picked as listed. Errors as `record_picks`."""
    with explained(), transaction.atomic():
        wave = lock_wave(wave_id=wave_id, actor=actor, expected_version=expected_version)
        picks = picks_of(wave)
        as_listed = {pick.pk: Picked(pick_id=pick.pk, pieces=pick.quantity) for pick in picks if pick.picked is None}
        note_picks(wave, picks, as_listed, actor=actor, now=now)
    return wave


def picks_of(wave: Wave) -> list[Pick]:
    """All picks of a wave, with their lines, in the order of the walk. One query."""
    rows = Pick.objects.filter(line__wave=wave).select_related("line__order_line__product", "lot")
    return list(rows.order_by("zone", "place", "line__order_line__product__code", "pk"))


def note_picks(wave: Wave, picks: Sequence[Pick], picked: Mapping[int, Picked], *, actor: Actor, now: datetime) -> None:
    """Write what was picked. Before: the wave is locked, `picks` are all that it has."""
    by_id = {pick.pk: pick for pick in picks}
    _check(by_id, picked)
    changed = []
    for pk, one in picked.items():
        pick = by_id[pk]
        pick.picked, pick.short_reason = one.pieces, one.reason if one.pieces < pick.quantity else ""
        pick.picked_at, pick.picked_by_id = now, actor.pk
        changed.append(pick)
    is_ready = all(pick.picked is not None for pick in picks)
    WAVE_STATES.advance(wave, "pick" if is_ready else "pick_partly")
    wave.picked_at = now if is_ready else None
    short = {pick.line.order_line.order_id for pick in changed if pick.is_short and pick.lot_id is not None}
    orders = lock_to_fulfil(order_ids=short, actor=actor) if short else []
    _refuse_frozen(changed)
    if orders:
        _give_back(picks, orders, now=now)
    _note(changed, actor=actor, now=now)
    wave.save(update_fields=["status", "picked_at"])
    record_wave_event(
        wave, WaveEvent.PICKED, actor=actor, now=now, picks=len(changed),
        units=sum(pick.picked or 0 for pick in changed),
        short=sum(pick.quantity - (pick.picked or 0) for pick in changed),
    )  # fmt: skip
    wave.refresh_from_db()


def _note(changed: Sequence[Pick], *, actor: Actor, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "picks": [pick.pk for pick in changed],
                "picked": [pick.picked for pick in changed],
                "reasons": [pick.short_reason for pick in changed],
                "now": now,
                "actor": actor.pk,
            },
        )


def _check(by_id: Mapping[int, Pick], picked: Mapping[int, Picked]) -> None:
    problems = []
    for pk, one in picked.items():
        field, pick = f"picks.{pk}", by_id.get(pk)
        if pick is None:
            problems.append(Problem(message=_("This pick is not of the wave."), code="unknown", field=field))
        elif not 0 <= one.pieces <= pick.quantity:
            message = _("Enter a quantity between 0 and %(most)d.") % {"most": pick.quantity}
            problems.append(Problem(message=message, code="more_than_listed", field=field))
        elif one.pieces < pick.quantity and one.reason not in ShortReason.values:
            message = _("Enter a reason where fewer pieces were picked than listed.")
            problems.append(Problem(message=message, code="required", field=field))
    if not picked:
        problems.append(Problem(message=_("Everything is recorded already."), code="required", field="picks"))
    if problems:
        raise InvalidInput(problems=problems)


def _refuse_frozen(changed: Collection[Pick]) -> None:
    """Nobody freezes a lot between this look and the end of the transaction."""
    lots = {pick.lot_id for pick in changed if pick.picked and pick.lot_id is not None}
    lock_lots(lots)
    frozen = set(Lot.objects.filter(pk__in=lots).exclude(status=LotStatus.FREE).values_list("pk", flat=True))
    problems = [
        Problem(
            message=_("%(code)s: lot %(lot)s is frozen. Record it as short.")
            % {"code": pick.line.order_line.product.code, "lot": pick.lot.code if pick.lot else ""},
            code="lot_frozen",
            field=f"picks.{pick.pk}",
        )
        for pick in changed
        if pick.lot_id in frozen and pick.picked
    ]
    if problems:
        raise Conflict(problems=problems)


def _give_back(picks: Sequence[Pick], orders: Sequence[Order], *, now: datetime) -> None:
    """Bind the lines of locked orders to what was found of each lot, or is still to be picked, and to nothing more."""
    order_ids = {order.pk for order in orders}
    kept: dict[int, dict[int, int]] = defaultdict(dict)
    for pick in picks:
        if pick.line.order_line.order_id in order_ids and pick.lot_id is not None:
            pieces = pick.quantity if pick.picked is None else pick.picked
            lots = kept[pick.line.order_line_id]
            lots.update({pick.lot_id: pieces} if pieces else {})
    lines = [line for line in lock_lines(orders) if line.pk in kept]
    bind_order_lines(orders, lines, now=now, picks=kept)
