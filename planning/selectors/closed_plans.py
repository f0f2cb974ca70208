"""What a page says of a plan that its reader can read but not change."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.actors import Actor
from core.sentences import listed
from planning.enums import PlanStatus
from planning.models import SalesPlan
from planning.permissions import SEE_QUOTAS

ASKED = 3


@dataclass(frozen=True, kw_only=True)
class ClosedPlan:
    """The sentence, and the address that writes to those who can reopen it; empty for who does not know them."""

    text: str
    url: str


def closed_plan(plan: SalesPlan, *, asked_by: Actor, subject: str) -> ClosedPlan:
    """Who reopens an agreed or locked plan. One query."""
    state = PlanStatus(plan.status).label
    if not SEE_QUOTAS.granted_to(asked_by):
        text = _("This plan is %(state)s. Ask the person who answers for you to have it reopened.")
        return ClosedPlan(text=text % {"state": state}, url="")
    people = list(User.objects.with_roles([Role.DIRECTOR]).filter(is_active=True).order_by("pk")[:ASKED])
    names = listed(str(person) for person in people) or str(Role.DIRECTOR.label)
    text = _("This plan is %(state)s. %(names)s can reopen it.") % {"state": state, "names": names}
    if not people:
        return ClosedPlan(text=text, url="")
    title = _("Please reopen the plan %(plan)s") % {"plan": subject}
    to = ",".join(person.email for person in people)
    return ClosedPlan(text=text, url=f"mailto:{to}?subject={quote(title)}")
