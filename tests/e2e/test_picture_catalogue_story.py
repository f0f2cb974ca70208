"""A buyer chooses by the picture and orders two cases by the barcode of the case: on a phone, in Chinese."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import expect

from catalogue.services.files import make_thumbnails
from orders.models import OrderLine
from pricing.models import Price
from tests.catalogue.test_product_files import picture
from tests.e2e.conftest import Visitor
from tests.factories.inventory import ProductFileFactory, ProductUnitFactory
from tests.orders.people import stage

pytestmark = pytest.mark.django_db(transaction=True)
CASE = "16901234567899"


def test_two_cases_by_the_barcode_of_the_case(
    make_visitor: Callable[..., Visitor], settings: Any, tmp_path: Path
) -> None:
    """Whoever stands before the shelf with a phone would look up codes, and order two pieces."""
    settings.MEDIA_ROOT = str(tmp_path)
    scene = stage(products=2)
    scene.buyer.language = "zh-hans"
    scene.buyer.save()
    product = scene.shop.products[0]
    case = ProductUnitFactory.create(product=product, barcode=CASE)
    Price.objects.create(
        price_list=scene.shop.price_list, product=product, unit=case, amount="100.0000", starts_on="2020-01-01"
    )
    ProductFileFactory.create(
        product=product, file=ContentFile(picture(), name="front.png"), media_type="image/png", alt_zh="正面"
    )
    assert make_thumbnails() == 1
    buyer = make_visitor("phone", "zh-hans").signed_in(scene.buyer)
    page = buyer.open(reverse("orders:entry-catalogue"))
    image = page.locator(f"#product-{product.pk} img[alt='正面']")
    expect(image).to_be_visible()
    assert image.evaluate("node => node.decode().then(() => node.naturalWidth)") == 320
    buyer.check()
    buyer.shoot("catalogue-pictures")
    page.locator(f"#product-{product.pk} a.text-reset").click()
    expect(page.locator(f"input[name=key][value='{product.pk}-case']")).to_be_visible()
    buyer.check()
    buyer.shoot("product-page")
    page = buyer.open(reverse("orders:entry"))
    page.locator("#quick-q").fill(CASE)
    page.locator("#quick-quantity").fill("2")
    page.locator("#quick-quantity").press("Enter")
    expect(page.locator(f"#quantity-{product.pk}-case")).to_have_value("2")
    buyer.check()
    page.locator("button#place-order").click()
    page.wait_for_url(re.compile(r"/orders/(?!new)"))
    line = OrderLine.objects.get(order__status="submitted")
    assert (line.unit, line.units, line.ordered, line.net_amount) == ("case", 2, 48, 200)
    buyer.shoot("order-in-cases")
