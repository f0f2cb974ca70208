"""The report “On time in full”: page, file and API show the same figures, and lead to the misses."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from orders.models import Order
from tests.factories.accounts import DirectorFactory, OwnerFactory
from tests.factories.orders import CarrierFactory
from tests.orders.test_delivery_performance import AFTER, ON_DAY, delivered

pytestmark = pytest.mark.django_db
PAGE = "orders:delivery-report"


@pytest.fixture
def orders() -> tuple[Order, Order]:
    carrier = CarrierFactory.create(code="SLOW", name="Slow carrier")
    kept, missed = delivered((10, ON_DAY)), delivered((10, AFTER))
    missed.shipments.update(carrier=carrier)
    return kept, missed


def test_the_page_says_the_share_and_leads_to_the_misses(client: Client, orders: tuple[Order, Order]) -> None:
    """A share that leads nowhere changes nothing."""
    kept, missed = orders
    client.force_login(DirectorFactory.create())
    page = client.get(reverse(PAGE), {"group": "carrier"})
    text = page.content.decode()
    assert "1 of 2 orders due" in text
    assert (kept.number in text, missed.number in text) == (True, True)
    (link,) = [url for row, url in page.context["groups"] if row.code == "SLOW"]
    narrowed = client.get(reverse(PAGE) + link.split("#")[0]).content.decode()
    assert (kept.number in narrowed, missed.number in narrowed) == (False, True)
    steps = client.get(reverse(PAGE))
    ((row, link),) = steps.context["groups"]
    assert row.code == "carrier"
    assert missed.number in client.get(reverse(PAGE) + link.split("#")[0]).content.decode()


def test_a_filter_changes_the_figures_with_the_list(client: Client, orders: tuple[Order, Order]) -> None:
    """Figures of everybody over the list of one carrier."""
    client.force_login(DirectorFactory.create())
    answer = client.get(reverse(PAGE), {"carrier": "SLOW"}, headers={"HX-Request": "true"}).content.decode()
    assert "0 of 1 orders due" in answer
    assert 'hx-swap-oob="true"' in answer
    assert "<html" not in answer
    long_ago = client.get(reverse(PAGE), {"promised_on_before": "2026-09-30", "promised_on_after": "2026-13-77"})
    assert "No orders were due" in long_ago.content.decode()


def test_the_file_has_orders_and_lines(client: Client, orders: tuple[Order, Order]) -> None:
    """A quarrel over a penalty is settled line by line in a spreadsheet."""
    client.force_login(DirectorFactory.create())
    for kind, names in (("csv", {"Result", "First broken step"}), ("lines", {"In full", "By the promised day"})):
        answer = client.get(reverse(PAGE), {"export": kind})
        rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert len(rows) == 2
        assert names <= set(rows[0])


def test_a_distributor_reads_its_orders_and_no_carriers(client: Client, orders: tuple[Order, Order]) -> None:
    """A distributor would see how others are served."""
    kept, missed = orders
    client.force_login(OwnerFactory.create(distributor=missed.distributor))
    page = client.get(reverse(PAGE))
    assert "0 of 1 orders due" in page.content.decode()
    assert kept.number not in page.content.decode()
    assert {"warehouse", "carrier"} & set(page.context["filterset"].filters) == set()


def test_the_api_has_the_same_figures(client: Client, orders: tuple[Order, Order]) -> None:
    """An ERP would reckon by another definition."""
    _kept, missed = orders
    client.force_login(DirectorFactory.create())
    summary = client.get("/api/v1/delivery-performance/summary/", {"group": "month"}).json()
    assert (summary["figures"]["orders"], summary["figures"]["share"]) == (2, "0.500000")
    assert [row["code"] for row in summary["groups"]] == ["2026-11"]
    rows = client.get("/api/v1/delivery-performance/", {"result": "missed"}).json()["results"]
    assert [(row["number"], row["step"]) for row in rows] == [(missed.number, "carrier")]
    assert client.get("/api/v1/delivery-performance/", {"result": "unheard"}).status_code == 400


def test_the_page_costs_a_fixed_number_of_statements(client: Client) -> None:
    """The page would become slow with the orders."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(DirectorFactory.create())
    counts = []
    for more in (1, 8):
        for _number in range(more):
            delivered((10, AFTER + timedelta(days=1)))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(PAGE))
        counts.append(len(asked))
    assert counts[0] == counts[1]
