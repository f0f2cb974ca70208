"""Directions of business and merged numbers on a phone, in Chinese: agreed, ended, merged, found by the old number, undone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Distributor
from outlets.models import BusinessDirection
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DirectorFactory, DistributorFactory, DutyFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import CategoryFactory

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_a_direction_is_agreed_and_two_numbers_become_one(make_visitor: Callable[..., Visitor]) -> None:
    """What a distributor is good at would stand nowhere, and one company would go on being two."""
    CompanyFactory.create()
    DutyFactory.create(name_zh="订单与供货")
    category = CategoryFactory.create(name_zh="茶叶")
    stays = DistributorFactory.create(code="D1", name_zh="上海恒通贸易")
    twice = DistributorFactory.create(code="D2", name_zh="恒通商贸")
    visitor = make_visitor("phone", LANGUAGE).signed_in(DirectorFactory.create(language=LANGUAGE))

    page = visitor.open(f"{stays.get_absolute_url()}?tab=direction")
    visitor.check()
    visitor.follow(page.locator(f"a[href$='{reverse('outlets:direction-new', args=['D1'])}']").first)
    page.select_option("[name=kind]", "margin")
    page.select_option("[name=category]", str(category.pk))
    visitor.check()
    visitor.shoot("direction-new")
    visitor.follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("茶叶")
    visitor.shoot("direction")
    direction = BusinessDirection.objects.get()
    assert (direction.distributor_id, direction.kind) == (stays.pk, "margin")
    visitor.follow(page.locator(f"a[href$='{reverse('outlets:direction-end', args=[direction.pk])}']").first)
    visitor.follow(page.locator("main form button[type=submit]"))
    direction.refresh_from_db()
    assert direction.ends_on is not None

    page = visitor.open(twice.get_absolute_url())
    visitor.follow(page.locator(f"a[href$='{reverse('responsibility:distributor-merge', args=['D2'])}']").first)
    page.fill("[name=into]", "D2")
    visitor.follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("请选择另一家经销商")
    visitor.complaints.clear()  # the refusal is one of 400
    page.fill("[name=into]", "D1")
    visitor.check()
    visitor.shoot("merge")
    visitor.follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("上海恒通贸易")
    assert Distributor.objects.get(pk=twice.pk).merged_into_id == stays.pk
    visitor.check()
    visitor.shoot("merged")
    page = visitor.open(stays.get_absolute_url())
    expect(page.locator("main")).to_contain_text("恒通商贸")
    page = visitor.open(twice.get_absolute_url())
    page.on("dialog", lambda dialog: dialog.accept())
    visitor.follow(
        page.locator(f"form[action$='{reverse('responsibility:distributor-undo-merge', args=['D2'])}'] button")
    )
    assert Distributor.objects.get(pk=twice.pk).merged_into_id is None
