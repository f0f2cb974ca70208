"""How long a distributor's stock lasts, as other pages show it: the gauge, and the tab of the distributor's page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from channel_stock.permissions import can_report_stock
from channel_stock.selectors.cover import CoverRow, cover_lines, days_text, products_by_state, read_cover
from channel_stock.tables import cover_url
from core.ui.figures import KpiCard
from inventory.rules import OVERSTOCKED_DAYS

ON_THE_TAB = 50


def cover_card(row: CoverRow) -> KpiCard:
    """The gauge of one distributor's cover; full is where too much begins."""
    return KpiCard(
        label=_("Days of cover"),
        text=days_text(row.days),
        share=None if row.days is None else row.days / OVERSTOCKED_DAYS,
        colour=row.state.colour,
        url=cover_url(row.code),
    )


def cover_kpi(user: Any, distributor: Any) -> KpiCard | None:
    """For the head of the distributor's page. One query."""
    row = read_cover(user, distributor.pk)
    return cover_card(row) if row else None


def stock_of(user: Any, distributor: Any) -> Mapping[str, Any]:
    """What the tab on the distributor's page shows; `cover` is missing where its stock is not known. Three queries."""
    mine = {"may_report": can_report_stock(user, distributor)}
    row = read_cover(user, distributor.pk)
    if row is None:
        return mine
    every = f"{reverse('channel_stock:channel-stock')}?"
    states = products_by_state(user, distributor.pk)
    return {
        **mine,
        "cover": row,
        "days": days_text(row.days),
        "stock": cover_lines(user, distributor.pk, limit=ON_THE_TAB),
        "states": [
            (state, number, every + urlencode({"distributor": row.code, "cover": state.value}))
            for state, number in states.items()
        ],
        "all_url": every + urlencode({"distributor": row.code}),
    }
