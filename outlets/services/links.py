"""From whom an outlet buys: links that begin and end."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Distributor
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, NotVisible
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from outlets.enums import OutletEvent, OutletStatus
from outlets.models import OutletLink
from outlets.permissions import can_change_outlets
from outlets.services.outlets import lock_outlet, record_link, save_link


def link_outlet(
    *,
    outlet_id: int,
    distributor_id: int,
    starts_on: date,
    actor: Actor,
    brand_id: int | None = None,
    ends_on: date | None = None,
) -> OutletLink:
    """The outlet buys a brand, or all, from a distributor. Locks distributor and outlet, records one event.

    Raises NotVisible, NotAllowed, InvalidInput (dates), Conflict for a closed outlet, and where it buys that already on some
    of the days.
    """
    with explained(), transaction.atomic():
        distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
        outlet = lock_outlet(outlet_id, actor)
        require(can_change_outlets(actor, outlet))
        if outlet.status == OutletStatus.CLOSED:
            raise Conflict(_("This outlet is closed."), code="wrong_state")
        link = OutletLink(
            outlet=outlet, distributor=distributor, brand_id=brand_id, starts_on=starts_on, ends_on=ends_on
        )
        save_link(link, actor)
    return link


def end_link(*, link_id: int, ends_on: date, actor: Actor, expected_version: int | None = None) -> OutletLink:
    """The outlet buys from that distributor until the day `ends_on`. Records one event.

    Raises NotVisible, NotAllowed, StaleVersion, InvalidInput (before it began), Conflict (it ended earlier).
    """
    with explained(), transaction.atomic():
        seen = OutletLink.objects.visible_to(actor)
        ids = seen.filter(pk=link_id).values_list("distributor_id", "outlet_id").first()
        if ids is None:
            raise NotVisible
        lock_row(Distributor.objects.visible_to(actor), ids[0])
        outlet = lock_outlet(ids[1], actor)
        link: OutletLink = lock_row(seen, link_id)
        require(can_change_outlets(actor, outlet))
        check_version(link, expected_version)
        if link.ends_on is not None and link.ends_on < ends_on:
            raise Conflict(_("This already ended on %(day)s.") % {"day": link.ends_on}, code="ended", field="ends_on")
        link.ends_on = ends_on
        link.save(update_fields=["ends_on"])
        link.refresh_from_db()
        record_link(link, OutletEvent.LINK_ENDED, actor, until=ends_on.isoformat())
    return link
