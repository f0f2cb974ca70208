"""KPI cards that apps add to the head of a page: the distributor's page shows its figures without knowing of what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.registry import registry
from core.ui.figures import KpiCard


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """`kpi_card(user, thing)` draws it, or returns None where there is nothing to show.

    The page has checked that the person sees the thing; the card scopes everything else to the person itself.
    """

    page: str
    key: str
    kpi_card: Callable[[Any, Any], KpiCard | None]
    order: int = 100


def register(kpi: Kpi) -> None:
    """Add a KPI card to `page` ("distributor"). Called from AppConfig.ready; keys are unique within a page."""
    registry.kpis.add((kpi.page, kpi.key), kpi)


def kpis_for(page: str, user: Any, thing: Any) -> list[KpiCard]:
    """Those with something to show, in their order."""
    found = sorted((kpi for kpi in registry.kpis if kpi.page == page), key=lambda kpi: kpi.order)
    kpi_cards = [kpi.kpi_card(user, thing) for kpi in found]
    return [kpi_card for kpi_card in kpi_cards if kpi_card is not None]
