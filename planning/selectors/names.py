"""Whose plan it is and whom a price list is for, in words. Before: what they refer to is joined."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.rows import RowWithTexts
from planning.models import PriceList, SalesPlan


def owner_name(plan: SalesPlan) -> str:
    owner = plan.distributor or plan.territory or plan.manager
    if owner is None:
        return _("The company")
    return str(getattr(owner, "display_name", owner))


def for_whom(price_list: PriceList) -> str:
    """All conditions of a list; everybody where there is none."""
    parts: Sequence[Any] = (price_list.distributor, price_list.territory, price_list.tier)
    words = [part.display_name for part in parts if part is not None]
    if price_list.channel_kind:
        words.append(str(price_list.get_channel_kind_display()))
    return ", ".join(words) or _("Everybody")


def named_plans(plans: Sequence[SalesPlan]) -> list[RowWithTexts]:
    return [RowWithTexts(plan, owner_name=owner_name(plan)) for plan in plans]


def named_price_lists(price_lists: Sequence[PriceList]) -> list[RowWithTexts]:
    return [RowWithTexts(price_list, for_whom=for_whom(price_list)) for price_list in price_lists]
