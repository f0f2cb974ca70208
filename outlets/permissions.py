"""Who may do what with outlets. Whether they see one at all is `visible_to`'s business."""

from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.permissions import is_brand
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition
from outlets.enums import OutletEvent, OutletStatus

SEE_OUTLETS = declare("outlets.see_outlets", _("View outlets"), roles=Role.values)
CHANGE_OUTLETS = declare(
    "outlets.change_outlets",
    _("Create, open and close outlets, and link them to distributors"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
)
PROPOSE_OUTLETS = declare(
    "outlets.propose_outlets", _("Propose outlets of one's own company and keep their details"), roles=[Role.OWNER]
)


AGREE_DIRECTIONS = declare(
    "outlets.agree_directions",
    _("Agree the direction of business with distributors"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
)


class Outlet(Protocol):
    """An outlet, as far as a permission needs to know it."""

    status: Any


def can_see_outlets(actor: Actor) -> bool:
    return SEE_OUTLETS.granted_to(actor)


def sees_outlets_as_brand(actor: Actor) -> bool:
    return can_see_outlets(actor) and is_brand(actor)


def sees_outlets_as_distributor(actor: Actor) -> bool:
    return can_see_outlets(actor) and not is_brand(actor) and actor.distributor_id is not None


def can_change_outlets(actor: Actor, _outlet: object = None) -> bool:
    return CHANGE_OUTLETS.granted_to(actor) and is_brand(actor)


def can_propose_outlets(actor: Actor) -> bool:
    """A distributor's own people: what they propose is planned until the brand opens it."""
    return actor.distributor_id is not None and not is_brand(actor) and PROPOSE_OUTLETS.granted_to(actor)


def can_add_outlets(actor: Actor, _outlet: object = None) -> bool:
    return can_change_outlets(actor) or can_propose_outlets(actor)


def can_agree_directions(actor: Actor, _distributor: object = None) -> bool:
    return AGREE_DIRECTIONS.granted_to(actor) and is_brand(actor)


OUTLET_STATES = StateTable(
    field="status",
    states=OutletStatus,
    transitions=[
        Transition(
            action="open",
            event=OutletEvent.OPENED,
            sources=frozenset({OutletStatus.PLANNED}),
            target=OutletStatus.OPEN,
            label=pgettext_lazy("button of an outlet", "Open"),
            permission=can_change_outlets,
        ),
        Transition(
            action="close",
            event=OutletEvent.CLOSED,
            sources=frozenset({OutletStatus.PLANNED, OutletStatus.OPEN}),
            target=OutletStatus.CLOSED,
            label=pgettext_lazy("button of an outlet", "Close"),
            permission=can_change_outlets,
            dangerous=True,
        ),
        Transition(
            action="reopen",
            event=OutletEvent.REOPENED,
            sources=frozenset({OutletStatus.CLOSED}),
            target=OutletStatus.OPEN,
            label=pgettext_lazy("button of an outlet", "Reopen"),
            permission=can_change_outlets,
        ),
    ],
)
