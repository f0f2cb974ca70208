"""Addresses that the first pages lead to."""

from urllib.parse import urlencode

from django.urls import reverse


def distributor_url(code: str) -> str:
    return reverse("accounts:distributor", args=[code])


def stock_url(code: str) -> str:
    """The distributor's page, where its stock stands."""
    return _with(distributor_url(code), {"tab": "stock"})


def radar_url(code: str = "") -> str:
    """The responsibility radar, of one distributor where a code is given."""
    return _with(reverse("accounts:radar"), {"q": code})


def attainment_url(**filters: str) -> str:
    """Plan against actual with filters."""
    return _with(reverse("planning:attainment"), filters)


def orders_url(**filters: str) -> str:
    """The orders list with filters."""
    return _with(reverse("orders:list"), filters)


def _with(address: str, query: dict[str, str]) -> str:
    given = {key: value for key, value in query.items() if value}
    return f"{address}?{urlencode(given)}" if given else address
