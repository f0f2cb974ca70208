"""A buyer fills a grid of sizes and colours and the agreement's minimum by weight: on a phone, in Chinese."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from catalogue.models import Product
from catalogue.services.families import save_attribute, set_variants
from orders.models import Order, OrderLine
from pricing.models import Price
from tests.e2e.conftest import Visitor
from tests.factories.accounts import AdministratorFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.inventory import ProductFamilyFactory, ProductUnitFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db(transaction=True)


def _scene() -> Stage:
    scene = stage(products=5)
    scene.buyer.language = "zh-hans"
    scene.buyer.save()
    variants = scene.shop.products[:4]
    Product.objects.filter(pk__in=[product.pk for product in variants]).update(weight=Decimal("0.5"))
    for product in variants:
        ProductUnitFactory.create(product=product, code="layer", pieces=60)
    Price.objects.filter(product=variants[3]).update(amount=Decimal(20))
    administrator, shirt = AdministratorFactory.create(), ProductFamilyFactory.create(name="Shirt", name_zh="衬衫")
    for position, (code, name, name_zh) in enumerate((("size", "Size", "尺码"), ("colour", "Colour", "颜色")), 1):
        save_attribute(
            attribute_id=None,
            category_id=shirt.category_id,
            code=code,
            name=name,
            name_zh=name_zh,
            position=position,
            actor=administrator,
        )
    pairs = [("M", "红色"), ("M", "蓝色"), ("L", "红色"), ("L", "蓝色")]
    values = {
        product.pk: {"size": size, "colour": colour} for product, (size, colour) in zip(variants, pairs, strict=True)
    }
    set_variants(family_id=shirt.pk, values=values, actor=administrator)
    buyer, place = scene.shop.distributor, TerritoryFactory.create()
    agreed = terms(brand=scene.shop.brand, territory=place, currency=buyer.currency, order_minimum_weight=Decimal(50))
    agreement_in_force(buyer, agreed)
    return scene


def test_sizes_and_colours_in_one_grid(make_visitor: Callable[..., Visitor]) -> None:
    """Twelve searches for one shirt, the price of the cheapest for all of them, and a refusal for two kilograms."""
    scene = _scene()
    first, second, third, dear = scene.shop.products[:4]
    buyer = make_visitor("phone", "zh-hans").signed_in(scene.buyer)
    page = buyer.open(reverse("orders:entry-catalogue"))
    card = page.locator("[data-row]", has_text="衬衫")
    expect(card).to_contain_text("4 个规格")
    expect(card).to_contain_text(re.compile(r"10\.00\s*起"))
    expect(page.locator(f"#product-{scene.shop.products[4].pk}")).not_to_contain_text("起")
    buyer.check()
    buyer.shoot("catalogue-family")
    buyer.follow(card.get_by_role("link", name=re.compile("衬衫")).last)
    expect(page.get_by_role("columnheader", name="红色")).to_be_visible()
    expect(page.get_by_role("rowheader", name="M")).to_be_visible()
    for product, quantity in ((first, "20"), (second, "30"), (dear, "46")):
        page.locator(f"#variant-{product.pk}").fill(quantity)
    buyer.check()
    buyer.shoot("variants-grid")
    buyer.follow(page.get_by_role("button", name="保存数量"))
    expect(page.locator(f"#variant-{dear.pk}")).to_have_value("46")
    expect(page.locator(f"#variant-{third.pk}")).to_have_value("")
    summary = page.locator("#summary")
    expect(summary).to_contain_text("48.0 公斤")
    expect(summary).to_contain_text("还差 2 公斤")
    buyer.follow(page.locator("#place-order"))
    buyer.check()
    buyer.shoot("entry-below-minimum")
    page.locator("#summary").get_by_role("button", name=re.compile("补足整层")).click()
    expect(page.locator("button#place-order")).to_be_visible()
    expect(page.locator(f"#quantity-{dear.pk}")).to_have_value("60")
    expect(page.locator("#summary")).to_contain_text("55.0 公斤")
    expect(page.locator("#summary")).to_contain_text("起订要求：已有 55 公斤，需 50 公斤")
    page.locator("button#place-order").click()
    page.wait_for_url(re.compile(r"/orders/(?!new)"))
    expect(page.get_by_text("55.0 公斤")).to_be_visible()
    buyer.check()
    buyer.shoot("order-weight")
    order = Order.objects.get(status="submitted")
    ordered = dict(OrderLine.objects.filter(order=order).values_list("product", "ordered"))
    assert ordered == {first.pk: 20, second.pk: 30, dear.pk: 60}
