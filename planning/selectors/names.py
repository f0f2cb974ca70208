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
    return [RowWithTexts(plan, owner_name=owner_name(plan)) for plan in plans]
