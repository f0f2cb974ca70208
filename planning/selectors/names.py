"""Whose plan it is and whom a price list is for, in words. Before: what they refer to is joined."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.querysets import RowWithTexts
from planning.models import SalesPlan


def owner_name(plan: SalesPlan) -> str:
    owner = plan.distributor or plan.territory or plan.manager
    if owner is None:
        return _("The company")
    return str(getattr(owner, "display_name", owner))


def named_plans(plans: Sequence[SalesPlan]) -> list[RowWithTexts]:
    return [RowWithTexts(plan, owner_name=owner_name(plan), owner_code=owner_code(plan)) for plan in plans]


def owner_code(plan: SalesPlan) -> str:
    """The code of whose plan it is; empty for the company's."""
    if plan.manager is not None:
        return plan.manager.external_code or ""
    owner = plan.territory or plan.distributor
    return owner.code if owner is not None else ""
