"""The warehouse prints what it works by, in Chinese: a pick list, a delivery note on three plies, a label; a pile by a job."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.jobs import run_job
from core.models import Job
from orders.fulfilment.services.shipping import ship_order
from orders.ordering.services.approval import approve_order
from orders.papers.services import printing
from tests.e2e.conftest import Visitor
from tests.orders.people import Stage, stage
from tests.papers.samples import sizes, text_of, texts

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def _fetch(visitor: Visitor, page: Page, label: str) -> bytes:
    """What the link that says this opens, fetched with the session of the browser."""
    link = page.locator(f"details.filters a:has-text('{label}')").first
    expect(link).to_be_visible()
    answer = page.request.get(f"{visitor.address}{link.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def _chinese(scene: Stage) -> None:
    for thing, name in ((scene.shop.distributor, "杭州骑行"), (scene.shop.products[0], "山地车")):
        thing.name_zh = name
        thing.save()
    scene.shop.distributor.language = LANGUAGE
    scene.shop.distributor.save()
    for person in (scene.warehouse, scene.buyer):
        person.language = LANGUAGE
        person.save()


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_what_the_warehouse_prints(
    make_visitor: Callable[..., Visitor], screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever cannot get at the papers of a shipment writes them by hand."""
    scene = stage()
    _chinese(scene)
    placed = [scene.placed(quantity=quantity) for quantity in (5, 7)]
    orders = [approve_order(order_id=one.id, actor=scene.manager, now=timezone.now()) for one in placed]
    visitor = make_visitor(screen, LANGUAGE).signed_in(scene.warehouse)
    page = visitor.open(orders[0].get_absolute_url())
    page.locator("details.filters > summary").first.click()
    visitor.check()
    visitor.shoot(f"print-order-{screen}")
    assert "拣货单" in text_of(_fetch(visitor, page, "三联单"))
    shipment = ship_order(order_id=orders[0].pk, actor=scene.warehouse, now=timezone.now())
    page = visitor.open(orders[0].get_absolute_url())
    page.locator("section[aria-labelledby=shipments-title] details.filters > summary").click()
    visitor.check()
    visitor.shoot(f"print-shipment-{screen}")
    note = _fetch(visitor, page, "三联单")
    assert set(sizes(note)) == {(241, 140)}
    assert all(text in text_of(note) for text in ("送货单", shipment.number, "杭州骑行", "山地车"))
    assert list(sizes(_fetch(visitor, page, "发货标签"))) == [(100, 150)]
    if screen == "desk":
        _print_a_pile(visitor, orders, monkeypatch)


def _print_a_pile(visitor: Visitor, orders: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a page waits for: the bar, then the file."""
    monkeypatch.setattr(printing, "AT_ONCE", 1)
    page = visitor.open("/orders/")
    for box in page.locator("input[name=ids]").all():
        box.check()
    visitor.check()
    visitor.shoot("print-ticked")
    visitor.follow(page.locator("button[formaction*='kind=order']"))
    expect(page.locator("h1")).to_contain_text("打印单据 2 份")
    run_job(job_id=Job.objects.get().pk)
    link = page.locator("a[download]:has-text('下载')")
    expect(link).to_be_visible()
    visitor.check()
    visitor.shoot("print-job")
    answer = page.request.get(f"{visitor.address}{link.get_attribute('href')}")
    assert len(texts(answer.body())) == len(orders)
