"""The agreements of a distributor, as its page shows them."""

from collections.abc import Mapping
from typing import Any

from channel.models import Agreement
from channel.permissions import can_change_agreements
from core.actors import Actor

MOST = 50


def agreements_of(actor: Actor, distributor: Any) -> Mapping[str, Any]:
    """The latest that the actor may see, and whether a new one may be written. One query."""
    rows = Agreement.objects.visible_to(actor).filter(distributor=distributor).order_by("-starts_on", "-pk")
    return {"agreements": list(rows[:MOST]), "may_create_agreement": can_change_agreements(actor)}
