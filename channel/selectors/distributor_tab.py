"""The agreements of a distributor and what is kept of it, as its page shows them."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from channel.models import Address, Agreement, BankAccount, Contact, InvoiceTitle
from channel.permissions import can_change_agreements, can_change_billing, can_change_contacts
from core.actors import Actor

MOST = 50


def agreements_of(actor: Actor, distributor: Any) -> Mapping[str, Any]:
    """The latest that the actor may see, and whether a new one may be written. One query."""
    rows = Agreement.objects.visible_to(actor).filter(distributor=distributor).order_by("-starts_on", "-pk")
    return {"agreements": list(rows[:MOST]), "may_create_agreement": can_change_agreements(actor)}


def addresses_of(actor: Actor, distributor: Any) -> Mapping[str, Any]:
    """Addresses and contacts in force today or later, and whether this person may change them. Two queries."""
    today = timezone.localdate()
    return {
        "addresses": Address.objects.visible_to(actor).of(distributor.pk, today).select_related("territory"),
        "contacts": Contact.objects.visible_to(actor).of(distributor.pk, today),
        "may_change_contacts": can_change_contacts(actor, distributor),
    }


def billing_of(actor: Actor, distributor: Any) -> Mapping[str, Any]:
    """Invoice titles and bank accounts, likewise."""
    today = timezone.localdate()
    return {
        "records": InvoiceTitle.objects.visible_to(actor).of(distributor.pk, today),
        "accounts": BankAccount.objects.visible_to(actor).of(distributor.pk, today),
        "may_change_billing": can_change_billing(actor, distributor),
    }
