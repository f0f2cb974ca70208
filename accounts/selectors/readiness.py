"""What a distributor needs of this app before it can order."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import ORDERING_STATUSES, Role
from accounts.models import Distributor, Duty, User
from accounts.permissions import can_assign, can_change_distributor, can_manage_people
from accounts.selectors.checklists import ChecklistItem
from company.models import Company
from core.actors import Actor


def company_presets() -> dict[str, str]:
    """What a new distributor's form begins with; nothing of a company that is not set up yet."""
    company = Company.objects.filter(is_default=True).first()
    place = {"country": company.country, "currency": company.currency} if company else {}
    return {"language": settings.LANGUAGE_CODE, **place}


def _may_order(distributor: Distributor) -> bool:
    return distributor.status in ORDERING_STATUSES


def _has_responsible_people(distributor: Distributor) -> bool:
    rows = Distributor.objects.filter(pk=distributor.pk).with_gaps(timezone.localdate())
    return bool(Duty.objects.filter(is_active=True).exists() and rows.filter(gaps=0).exists())


def _somebody_signs_in(distributor: Distributor) -> bool:
    people = User.objects.of_distributors([distributor.pk], roles=[Role.OWNER, Role.BUYER])
    return bool(people.filter(is_active=True).exists())


def _to_change(actor: Actor, distributor: Distributor) -> str:
    may = can_change_distributor(actor, distributor)
    return reverse("accounts:distributor-change", args=[distributor.code]) if may else ""


def _to_assign(actor: Actor, distributor: Distributor) -> str:
    return f"{reverse('responsibility:assign')}?ids={distributor.pk}" if can_assign(actor, distributor) else ""


def _to_invite(actor: Actor, distributor: Distributor) -> str:
    return f"{reverse('accounts:invite')}?distributor={distributor.code}" if can_manage_people(actor) else ""


ITEMS = (
    ChecklistItem(key="status", label=_("Status that allows orders"), is_done=_may_order, url=_to_change, order=10),
    ChecklistItem(
        key="responsible",
        label=_("Responsible people for every duty"),
        is_done=_has_responsible_people,
        url=_to_assign,
        order=20,
    ),
    ChecklistItem(
        key="sign-in",
        label=pgettext_lazy("checklist", "Somebody of the distributor can sign in"),
        is_done=_somebody_signs_in,
        url=_to_invite,
        order=80,
    ),
)
