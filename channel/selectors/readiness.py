"""What a distributor needs of this app before it can order."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.selectors.checklists import ChecklistItem
from channel.models import Agreement
from channel.permissions import can_change_agreements, can_change_contacts
from channel.selectors.addresses import delivery_addresses
from core.actors import Actor


def _has_agreement(distributor: Distributor) -> bool:
    return Agreement.objects.on(timezone.localdate()).filter(distributor=distributor).exists()


def _has_delivery_address(distributor: Distributor) -> bool:
    return delivery_addresses(distributor.pk, on=timezone.localdate()).exists()


def _to_agreement(actor: Actor, distributor: Distributor) -> str:
    return f"{reverse('channel:agreement-new')}?distributor={distributor.code}" if can_change_agreements(actor) else ""


def _to_address(actor: Actor, distributor: Distributor) -> str:
    return reverse("channel:address-new", args=[distributor.code]) if can_change_contacts(actor, distributor) else ""


ITEMS = (
    ChecklistItem(key="agreement", label=_("Agreement in force"), is_done=_has_agreement, url=_to_agreement, order=30),
    ChecklistItem(key="address", label=_("Delivery address"), is_done=_has_delivery_address, url=_to_address, order=70),
)
