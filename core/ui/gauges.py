"""Gauges that apps add to the head of a page: the distributor's page shows how it stands without knowing of what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.ui.figures import Meter


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """`meter(user, thing)` draws it, or returns None where there is nothing to show.

    The page has checked that the person sees the thing; the meter scopes everything else to the person itself.
    """

    page: str
    key: str
    meter: Callable[[Any, Any], Meter | None]
    order: int = 100


_gauges: dict[tuple[str, str], Gauge] = {}


def register(gauge: Gauge) -> None:
    """Add a gauge to `page` ("distributor"). Called from AppConfig.ready; a key stands once a page."""
    if _gauges.setdefault((gauge.page, gauge.key), gauge) != gauge:
        raise ValueError(f"{gauge.page} has the gauge {gauge.key} already")


def gauges_for(page: str, user: Any, thing: Any) -> list[Meter]:
    """Those with something to show, in their order."""
    found = sorted((gauge for gauge in _gauges.values() if gauge.page == page), key=lambda gauge: gauge.order)
    meters = [gauge.meter(user, thing) for gauge in found]
    return [meter for meter in meters if meter is not None]
