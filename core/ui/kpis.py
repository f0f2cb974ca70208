"""Gauges that apps add to the head of a page: the distributor's page shows how it stands without knowing of what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.ui.figures import KpiCard


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """`meter(user, thing)` draws it, or returns None where there is nothing to show.

    The page has checked that the person sees the thing; the meter scopes everything else to the person itself.
    """

    page: str
    key: str
    kpi_card: Callable[[Any, Any], KpiCard | None]
    order: int = 100


_kpis: dict[tuple[str, str], Kpi] = {}


def register(kpi: Kpi) -> None:
    """Add a gauge to `page` ("distributor"). Called from AppConfig.ready; a key stands once a page."""
    if _kpis.setdefault((kpi.page, kpi.key), kpi) != kpi:
        raise ValueError(f"{kpi.page} has the gauge {kpi.key} already")


def kpis_for(page: str, user: Any, thing: Any) -> list[KpiCard]:
    """Those with something to show, in their order."""
    found = sorted((kpi for kpi in _kpis.values() if kpi.page == page), key=lambda kpi: kpi.order)
    kpi_cards = [kpi.kpi_card(user, thing) for kpi in found]
    return [kpi_card for kpi_card in kpi_cards if kpi_card is not None]
