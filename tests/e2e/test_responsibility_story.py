"""Absences and silent people on a phone, in Chinese: entered in the calendar, the stand-in sees and acts, the radar shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Absence
from core.models import Event
from orders.models import Order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DirectorFactory, DutyFactory, ManagerFactory, ResponsibilityFactory
from tests.factories.orders import OrderFactory

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_a_stand_in_acts_for_whoever_is_away(make_visitor: Callable[..., Visitor]) -> None:
    """Whoever goes on leave without a word leaves orders that nobody decides."""
    lead = DirectorFactory.create(language=LANGUAGE)
    me, colleague = ManagerFactory.create_batch(2, supervisor=lead, language=LANGUAGE)
    duty = DutyFactory.create(name_zh="审核订单", cadence=1, cadence_unit="week", done_by=["order.rejected"])
    responsibility = ResponsibilityFactory.create(user=me, duty=duty)
    order = OrderFactory.create(distributor=responsibility.distributor, manager=me)
    today = timezone.localdate()

    director = make_visitor("phone", LANGUAGE).signed_in(lead)
    page = director.open(reverse("responsibility:silent"))
    expect(page.locator("#results table")).to_contain_text("审核订单")
    director.check()
    director.open(reverse("responsibility:load"))
    director.check()
    director.open(reverse("responsibility:if-left"))
    director.check()
    director.open(reverse("responsibility:duties"))
    director.check()
    page = director.open(reverse("responsibility:duty-change", args=[duty.code]))
    expect(page.locator("input[name=cadence]")).to_have_value("1")
    director.check()
    page = director.open(reverse("responsibility:template-new"))
    page.locator("input[name=code]").fill("everywhere")
    page.locator("input[name=name]").fill("Everywhere")
    page.locator(f"select[name=person_{duty.pk}]").select_option(str(colleague.pk))
    director.check()
    page.locator("main form button[type=submit].btn-primary").click()
    expect(page.locator("#results")).to_contain_text("Everywhere")

    visitor = make_visitor("phone", LANGUAGE).signed_in(me)
    page = visitor.open(reverse("responsibility:calendar"))
    page.locator(f"a.btn-primary[href*='{reverse('accounts:absence-new')}']").click()
    expect(page.locator("input[name=starts_on]")).to_have_value(today.isoformat())
    page.locator("input[name=ends_on]").fill((today + timedelta(days=3)).isoformat())
    page.locator("select[name=stand_in]").select_option(str(colleague.pk))
    page.locator("main form button[type=submit].btn-primary").click()
    expect(page.locator("#results")).to_be_visible()
    assert Absence.objects.get().stand_in == colleague
    page = visitor.open(reverse("responsibility:calendar"))
    expect(page.locator("section.card li")).to_have_count(1)
    visitor.shoot("absence-calendar-phone-zh")
    visitor.check()

    other = make_visitor("phone", LANGUAGE).signed_in(colleague)
    page = other.open(reverse("orders:reject", args=[order.number]))
    page.locator("main form [name=reason]").fill("缺货")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"**{order.get_absolute_url()}")
    assert Order.objects.get(pk=order.pk).status == "cancelled"
    assert Event.objects.get(kind="order.rejected").on_behalf_of == me
    page = director.open(reverse("responsibility:silent"))
    expect(page.locator(".empty")).to_be_visible()
