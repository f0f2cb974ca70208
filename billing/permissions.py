"""Who sees accounts, sets credit limits, and posts."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare

SEE_ACCOUNTS = declare(
    "billing.see_accounts",
    _("See trade accounts and credit limits"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER, Role.FINANCE, Role.OWNER, Role.ACCOUNTANT],
)
SET_LIMITS = declare(
    "billing.set_limits",
    _("Open trade accounts and set credit limits"),
    roles=[Role.ADMINISTRATOR, Role.FINANCE],
    has_limit=True,
)
POST_ENTRIES = declare("billing.post_entries", _("Post entries of trade accounts"), roles=[Role.FINANCE])


def can_see_accounts(actor: Actor, _row: object = None) -> bool:
    return SEE_ACCOUNTS.granted_to(actor)


def can_set_limits(actor: Actor, _row: object = None, *, amount: Decimal | None = None) -> bool:
    """Up to an amount of the company's currency, where a grant says so."""
    return SET_LIMITS.granted_to(actor, amount=amount)


def can_post_entries(actor: Actor, _row: object = None) -> bool:
    return POST_ENTRIES.granted_to(actor)
