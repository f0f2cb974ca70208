"""Who may do what with agreements. Whether they see one at all is `visible_to`'s business."""

from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.permissions import is_brand
from channel.enums import AgreementEvent, AgreementStatus
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition

SEE_AGREEMENTS = declare(
    "channel.see_agreements",
    _("View agreements"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER, Role.FINANCE, Role.OWNER, Role.ACCOUNTANT],
)
CHANGE_AGREEMENTS = declare(
    "channel.change_agreements",
    _("Write, send and withdraw agreements"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
)
ACCEPT_AGREEMENTS = declare(
    "channel.accept_agreements", _("Accept or decline one's own company's agreement"), roles=[Role.OWNER]
)
DECIDE_AGREEMENTS = declare(
    "channel.decide_agreements",
    _("Put agreements in force and end them"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR],
)

RECORD_DEPARTURES = declare(
    "channel.record_departures",
    _("Record and close departures from agreements"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
)
CONFIRM_AGENTS = declare(
    "channel.confirm_agents",
    _("Confirm that a distributor is a true agent, whose resale price may be fixed"),
    roles=[Role.ADMINISTRATOR],
)


class Agreement(Protocol):
    """An agreement, as far as a permission needs to know it."""

    status: Any
    distributor_id: Any


def can_see_agreements(actor: Actor) -> bool:
    return SEE_AGREEMENTS.granted_to(actor)


def can_change_agreements(actor: Actor, _agreement: object = None) -> bool:
    return CHANGE_AGREEMENTS.granted_to(actor) and is_brand(actor)


def can_edit_agreement(actor: Actor, agreement: Agreement) -> bool:
    return agreement.status == AgreementStatus.DRAFT and can_change_agreements(actor)


def can_accept_agreements(actor: Actor) -> bool:
    """Whether the person accepts agreements at all; which ones is asked with the agreement."""
    return ACCEPT_AGREEMENTS.granted_to(actor)


def can_accept_agreement(actor: Actor, agreement: Agreement) -> bool:
    """The other side's: nobody of the brand accepts for a distributor, and no distributor for one below it."""
    return agreement.distributor_id == actor.distributor_id and can_accept_agreements(actor)


def can_decide_agreement(actor: Actor, _agreement: object = None) -> bool:
    return DECIDE_AGREEMENTS.granted_to(actor) and is_brand(actor)


def can_record_departures(actor: Actor) -> bool:
    return RECORD_DEPARTURES.granted_to(actor) and is_brand(actor)


def can_confirm_agent(actor: Actor, _agreement: object = None) -> bool:
    return CONFIRM_AGENTS.granted_to(actor) and is_brand(actor)


_RUNNING = frozenset({AgreementStatus.IN_FORCE, AgreementStatus.IN_GRACE})

AGREEMENT_STATES = StateTable(
    field="status",
    states=AgreementStatus,
    transitions=[
        Transition(
            action="send",
            event=AgreementEvent.SENT,
            sources=frozenset({AgreementStatus.DRAFT}),
            target=AgreementStatus.SENT,
            label=_("Send to the distributor"),
            permission=can_change_agreements,
        ),
        Transition(
            action="accept",
            event=AgreementEvent.ACCEPTED,
            sources=frozenset({AgreementStatus.SENT}),
            target=AgreementStatus.ACCEPTED,
            label=_("Accept agreement"),
            permission=can_accept_agreement,
        ),
        Transition(
            action="decline",
            event=AgreementEvent.DECLINED,
            sources=frozenset({AgreementStatus.SENT}),
            target=AgreementStatus.DRAFT,
            label=pgettext_lazy("agreement", "Decline"),
            permission=can_accept_agreement,
            dangerous=True,
        ),
        Transition(
            action="withdraw",
            event=AgreementEvent.WITHDRAWN,
            sources=frozenset({AgreementStatus.SENT, AgreementStatus.ACCEPTED}),
            target=AgreementStatus.DRAFT,
            label=_("Withdraw"),
            permission=can_change_agreements,
            dangerous=True,
        ),
        Transition(
            action="put_in_force",
            event=AgreementEvent.IN_FORCE,
            sources=frozenset({AgreementStatus.ACCEPTED}),
            target=AgreementStatus.IN_FORCE,
            label=_("Put in force"),
            permission=can_decide_agreement,
        ),
        Transition(
            action="begin_grace",
            event=AgreementEvent.IN_GRACE,
            sources=frozenset({AgreementStatus.IN_FORCE}),
            target=AgreementStatus.IN_GRACE,
            label=_("Begin the grace period"),
        ),
        Transition(
            action="expire",
            event=AgreementEvent.ENDED,
            sources=_RUNNING,
            target=AgreementStatus.ENDED,
            label=_("Expire"),
        ),
        Transition(
            action="end",
            event=AgreementEvent.ENDED,
            sources=_RUNNING,
            target=AgreementStatus.ENDED,
            label=_("End agreement"),
            permission=can_decide_agreement,
            dangerous=True,
        ),
    ],
)


def sees_agreements_as_brand(actor: Actor) -> bool:
    return is_brand(actor) and can_see_agreements(actor)


def sees_agreements_as_distributor(actor: Actor) -> bool:
    """A distributor's people find those of their own company."""
    return not is_brand(actor) and can_see_agreements(actor)


CHANGE_CONTACTS = declare(
    "channel.change_contacts",
    _("Manage the addresses and contacts of a distributor"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER, Role.OWNER],
)
SEE_BILLING = declare(
    "channel.see_billing_details",
    _("View the invoice titles and bank accounts of a distributor"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.FINANCE, Role.OWNER, Role.ACCOUNTANT],
)
CHANGE_BILLING = declare(
    "channel.change_billing_details",
    _("Manage the invoice titles and bank accounts of a distributor"),
    roles=[Role.ADMINISTRATOR, Role.FINANCE, Role.OWNER, Role.ACCOUNTANT],
)


def can_change_contacts(actor: Actor, distributor: Any = None) -> bool:
    """Addresses and contacts: the brand's people of the distributors that they see, a distributor's of their own company."""
    if not CHANGE_CONTACTS.granted_to(actor):
        return False
    return is_brand(actor) or distributor is None or actor.distributor_id == distributor.pk


def can_see_billing(actor: Actor) -> bool:
    return SEE_BILLING.granted_to(actor)


def can_change_billing(actor: Actor, distributor: Any = None) -> bool:
    """Invoice titles and bank accounts: likewise, and only by whoever sees them."""
    if not CHANGE_BILLING.granted_to(actor) or not can_see_billing(actor):
        return False
    return is_brand(actor) or distributor is None or actor.distributor_id == distributor.pk
