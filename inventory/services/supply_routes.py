"""Which warehouse supplies a distributor."""

from datetime import date, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Distributor
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from inventory.enums import InventoryEvent
from inventory.models import SupplyRoute, Warehouse
from inventory.permissions import can_set_supply_routes


def open_supply_route(
    *,
    distributor_id: int,
    warehouse_id: int,
    lead_days: int,
    starts_on: date,
    actor: Actor,
    priority: int = 1,
    calendar_id: int | None = None,
    cut_off: time | None = None,
) -> SupplyRoute:
    """Supply a distributor from one of the company's warehouses from a day on; `lead_days` from dispatch to arrival.

    They are working days of the calendar; without one every day counts. Orders until `cut_off` ship the same day.

    The route of that priority ends the day before; one that begins on that day or later goes. Locks the distributor,
    records one event. Raises NotVisible, NotAllowed, InvalidInput at `warehouse`.
    """
    require(can_set_supply_routes(actor))
    with explained(), transaction.atomic():
        distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
        warehouse = Warehouse.objects.for_sale().filter(pk=warehouse_id).first()
        if warehouse is None:
            raise InvalidInput(
                _("Choose a warehouse of the company that is in use."), code="unknown", field="warehouse"
            )
        before = SupplyRoute.objects.filter(distributor=distributor, priority=priority)
        before.filter(starts_on__gte=starts_on).delete()
        running = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
        before.filter(running).update(ends_on=starts_on - timedelta(days=1))
        route = SupplyRoute.objects.create(
            distributor=distributor,
            warehouse=warehouse,
            lead_days=lead_days,
            priority=priority,
            starts_on=starts_on,
            calendar_id=calendar_id,
            cut_off=cut_off,
        )
        record_event(
            kind=InventoryEvent.ROUTE_OPENED,
            subject_type="distributor",
            subject_id=distributor.pk,
            distributor_id=distributor.pk,
            actor_id=actor.pk,
            data={"warehouse": warehouse.code, "from": starts_on.isoformat(), "lead_days": lead_days},
        )
    return route
