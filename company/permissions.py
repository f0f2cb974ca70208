"""Who may do what with the company's own settings. Roles are named by their codes: people are a higher app."""

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.permissions import declare

SEE_COMPANY = declare(
    "company.see",
    _("View the company's settings"),
    roles=["administrator", "director", "manager", "warehouse", "finance"],
)
CHANGE_COMPANY = declare("company.change", _("Change the company's settings"), roles=["administrator"])


def can_see_company(actor: Actor) -> bool:
    """The company's people; distributors see what their documents show."""
    return SEE_COMPANY.granted_to(actor)


def can_change_company(actor: Actor) -> bool:
    return CHANGE_COMPANY.granted_to(actor)
