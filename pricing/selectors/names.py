from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.rows import RowWithTexts
from pricing.models import PriceList


def for_whom(price_list: PriceList) -> str:
    """All conditions of a list; everybody where there is none."""
    parts: Sequence[Any] = (price_list.distributor, price_list.territory, price_list.tier)
    words = [part.display_name for part in parts if part is not None]
    if price_list.channel_kind:
        words.append(str(price_list.get_channel_kind_display()))
    return ", ".join(words) or _("Everybody")


def named_price_lists(price_lists: Sequence[PriceList]) -> list[RowWithTexts]:
    return [RowWithTexts(price_list, for_whom=for_whom(price_list)) for price_list in price_lists]
