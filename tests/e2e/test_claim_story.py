"""A keeper receives with a phone, in Chinese: a piece is missing, one is damaged. The manager decides, and the piece comes."""

from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.models import User
from catalogue.models import Product
from orders.fulfilment.services.shipping import ship_order
from tests.e2e.conftest import Visitor
from tests.factories.inventory import WarehouseFactory
from tests.orders.claims import Receipt, replacement_of, shipped
from tests.orders.clock import NOW
from tests.orders.people import stage

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def test_a_missing_and_a_damaged_piece_up_to_the_re_shipment(
    make_visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    """Whoever unloads the truck could not say what is wrong, or nobody would ever send the piece that is missing."""
    people = stage()
    for person in (people.keeper, people.manager):
        User.objects.filter(pk=person.pk).update(language=LANGUAGE)
        person.refresh_from_db()
    Product.objects.filter(pk=people.shop.products[0].pk).update(name_zh="绿茶 250 克")
    WarehouseFactory.create(distributor=people.shop.distributor)
    (receipt,) = shipped(pieces=10, people=people)
    photo = tmp_path / "wet.png"
    photo.write_bytes(PNG)
    phone = make_visitor("phone", LANGUAGE).signed_in(people.keeper)
    _receive(phone, receipt, photo)
    office = make_visitor("desk", LANGUAGE).signed_in(people.manager)
    _decide(office, receipt)
    order = replacement_of(receipt)
    ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    page = phone.open(order.get_absolute_url())
    phone.follow(page.locator("a[href*='/receive/']").first)
    phone.follow(page.locator("main form.form-page button[type=submit]"))
    for visitor, name in ((phone, "claim-closed-phone"), (office, "claim-closed")):
        page = visitor.open(receipt.claim.get_absolute_url())
        expect(page.locator("h1")).to_contain_text("已结案")
        visitor.check()
        visitor.shoot(name)


def _receive(phone: Visitor, receipt: Receipt, photo: Path) -> None:
    page = phone.open(receipt.order.get_absolute_url())
    phone.follow(page.locator("a[href*='/receive/']").first)
    pk = receipt.line.pk
    expect(page.locator(f"[name=kind-{pk}]")).to_be_hidden()
    phone.check()
    page.fill(f"[name=quantity-{pk}]", "8")
    page.fill(f"[name=damaged-{pk}]", "1")
    page.select_option(f"[name=kind-{pk}]", "short")
    page.fill(f"[name=reason-{pk}]", "箱子受潮")
    page.set_input_files(f"[name=photos-{pk}]", str(photo))
    page.locator("main details summary").last.click()
    phone.check()
    phone.shoot("claim-receive")
    phone.follow(page.locator("main form.form-page button[type=submit]"))
    for text in ("破损", "少货", "箱子受潮"):
        expect(page.locator("main")).to_contain_text(text)
    phone.check()
    phone.shoot("claim-open-phone")


def _decide(office: Visitor, receipt: Receipt) -> None:
    page = office.open("/")
    expect(page.locator("main")).to_contain_text("收货差异单待处理")
    page = office.open("/orders/claims/")
    office.check()
    office.shoot("claims")
    office.follow(page.locator(f"main a[href='{receipt.claim.get_absolute_url()}']").first)
    office.follow(page.locator("a[href$='/decide/']").first)
    damaged, missing = receipt.claim_line("damaged"), receipt.claim_line("missing")
    page.select_option(f"[name=outcome-{damaged.pk}]", "credit")
    page.select_option(f"[name=outcome-{missing.pk}]", "reship")
    page.select_option(f"[name=cause-{missing.pk}]", "carrier")
    office.check()
    office.shoot("claim-decide")
    office.follow(page.locator("main form.form-page button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("补发中")
    expect(page.locator("main")).to_contain_text("11.30")
    office.check()
    office.shoot("claim-decided")
