"""A manager hands over to a colleague before leaving, on a phone, in Chinese."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Responsibility
from orders.models import Order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DistributorFactory, DutyFactory, ManagerFactory, ResponsibilityFactory
from tests.factories.orders import OrderFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_manager_hands_everything_over(make_visitor: Callable[..., Visitor]) -> None:
    """Whoever cannot do it on the way out leaves gaps that others find weeks later."""
    lead = ManagerFactory.create()
    me = ManagerFactory.create(supervisor=lead, language="zh-hans")
    first, second = ManagerFactory.create_batch(2, supervisor=lead)
    duty = DutyFactory.create(name="Orders", name_zh="订单")
    for number in range(4):
        shop = DistributorFactory.create(name=f"Shop {number}", name_zh=f"商店{number}")
        ResponsibilityFactory.create(user=me, duty=duty, distributor=shop)
        OrderFactory.create(distributor=shop, manager=me)
    visitor = make_visitor("phone", "zh-hans").signed_in(me)
    page = visitor.open(reverse("responsibility:radar"))
    page.locator(f"a[href='{reverse('responsibility:hand-over')}']").click()
    expect(page.locator("select[name=from_user]")).to_be_visible()
    visitor.check()
    page.locator("select[name=from_user]").select_option(str(me.pk))
    page.locator("select[name=to_user]").select_option(str(first.pk))
    page.locator("select[name=others]").select_option([str(second.pk)])
    page.locator("input[name=on]").fill(timezone.localdate().isoformat())
    visitor.shoot("hand-over-phone-zh")
    page.locator("main form button[type=submit].btn-primary").click()
    expect(page.locator("section.card")).to_have_count(2)
    visitor.shoot("hand-over-sheet-phone-zh")
    visitor.check()
    today = Responsibility.objects.on(timezone.localdate())
    assert [today.filter(user=person).count() for person in (me, first, second)] == [0, 2, 2]
    assert not Order.objects.filter(manager=me).exists()
    visitor.open(reverse("responsibility:coverage"))
    visitor.check()
