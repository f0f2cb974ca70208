"""An outlet on a phone, in Chinese: a manager makes it, links it to two distributors, and each of them sees its own only."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from outlets.models import Outlet
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DistributorFactory, ManagerFactory, OwnerFactory, ResponsibilityFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory
from tests.factories.outlets import OutletFactory, OutletLinkFactory

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_an_outlet_of_two_distributors(make_visitor: Callable[..., Visitor]) -> None:
    """What one distributor sells to would be in its competitor's list, or a shop of both in nobody's."""
    CompanyFactory.create()
    brand = BrandFactory.create(name_zh="清泉")
    sellers = [DistributorFactory.create(name_zh=name) for name in ("甲商贸", "乙商贸")]
    owners = [OwnerFactory.create(distributor=seller, language=LANGUAGE) for seller in sellers]
    manager = ManagerFactory.create(language=LANGUAGE)
    for seller in sellers:
        ResponsibilityFactory.create(user=manager, distributor=seller)
    OutletLinkFactory.create(outlet=OutletFactory.create(name_zh="别家便利店"), distributor=sellers[1])

    def at(person: Any) -> Visitor:
        return make_visitor("phone", LANGUAGE).signed_in(person)

    visitor = at(manager)
    page = visitor.open("/outlets/new/")
    visitor.check()
    page.fill("[name=name]", "Riverside shop")
    page.fill("[name=name_zh]", "河畔便利店")
    page.select_option("[name=kind]", "shop")
    page.fill("[name=distributor]", sellers[0].code)
    visitor.shoot("outlet-new")
    visitor.follow(page.locator("main form button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("河畔便利店")
    outlet = Outlet.objects.get(name_zh="河畔便利店")
    visitor.follow(page.locator(f"a[href='{outlet.get_absolute_url()}link/']"))
    page.fill("[name=distributor]", sellers[1].code)
    page.select_option("[name=brand]", str(brand.pk))
    visitor.check()
    visitor.follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("乙商贸")
    visitor.follow(page.locator("form[action$='/open/'] button"))
    expect(page.locator("main")).to_contain_text("营业中")
    visitor.shoot("outlet-two-distributors")
    visitor.check()
    for owner, (own, other) in zip(owners, (("甲商贸", "乙商贸"), ("乙商贸", "甲商贸")), strict=True):
        visitor = at(owner)
        page = visitor.open("/outlets/")
        expect(page.locator("main")).to_contain_text("河畔便利店")
        visitor.check()
        visitor.shoot(f"outlets-of-{own}")
        assert page.locator("text=别家便利店").count() == (own == "乙商贸")
        page = visitor.open(outlet.get_absolute_url())
        expect(page.locator("main")).to_contain_text(own)
        expect(page.locator("main")).not_to_contain_text(other)
        page = visitor.open(f"{owner.distributor.get_absolute_url()}?tab=outlets")
        expect(page.locator("main")).to_contain_text("河畔便利店")
        visitor.check()
        visitor.shoot(f"outlet-tab-{own}")
