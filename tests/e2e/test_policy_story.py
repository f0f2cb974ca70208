"""A policy from the draft to who has not read it, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from policies.models import Announcement, AnnouncementRecipient
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DirectorFactory, ManagerFactory, OwnerFactory, ResponsibilityFactory


@pytest.mark.django_db(transaction=True)
def test_a_policy_is_published_read_and_missed(make_visitor: Callable[..., Visitor]) -> None:
    """Chinese, 390 px: the director publishes, one distributor reads and acknowledges it, the manager sees who has not."""
    director = DirectorFactory.create(language="zh-hans")
    owner = OwnerFactory.create(language="zh-hans")
    manager = ManagerFactory.create(language="zh-hans")
    late = ResponsibilityFactory.create(
        user=manager, distributor__name="Late", distributor__name_zh="迟到商行"
    ).distributor
    ResponsibilityFactory.create(user=manager, distributor=owner.distributor)

    writer = make_visitor("phone", "zh-hans").signed_in(director)
    page = writer.open("/announcements/")
    writer.check()
    page.locator(".page-header a.btn-primary, a.btn-primary").first.click()
    page.locator("[name=kind]").select_option("policy")
    page.locator("[name=title]").fill("Return policy")
    page.locator("[name=title_zh]").fill("退货政策")
    page.locator("[name=body]").fill("Returns within 30 days.")
    page.locator("[name=body_zh]").fill("三十天内可退货。")
    page.locator("[name=needs_acknowledgement]").check()
    page.locator("[name=blocks_orders]").check()
    writer.check()
    writer.shoot("policy-form")
    writer.follow(page.locator("main button[type=submit].btn-primary"))
    writer.check()
    page.locator("form[action$='/publish/'] button").click()
    writer.follow(page.locator("#confirmation [data-yes]"))
    expect(page.locator("main")).to_contain_text("退货政策")
    policy = Announcement.objects.get(status="published")
    expect(page.locator(f"a[href*='announcement={policy.pk}']").first).to_be_visible()
    writer.check()
    writer.shoot("policy-published")

    reader = make_visitor("phone", "zh-hans").signed_in(owner)
    page = reader.open("/")
    page.locator(f"a[href='{policy.get_absolute_url()}']").first.click()
    expect(page.locator("main")).to_contain_text("三十天内可退货。")
    reader.check()
    reader.shoot("policy-read")
    page.locator("a[href$='/acknowledge/']").click()
    page.locator("[name=name]").fill("李明")
    reader.check()
    page.locator("main button[type=submit].btn-primary").click()
    expect(page.locator("main")).to_contain_text("李明")
    reader.check()
    assert AnnouncementRecipient.objects.get(distributor=owner.distributor).acknowledged_name == "李明"

    watcher = make_visitor("phone", "zh-hans").signed_in(manager)
    page = watcher.open(f"/announcements/recipients/?announcement={policy.pk}&acknowledged=false")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("[data-row]")).to_contain_text(late.name_zh)
    watcher.check()
    watcher.shoot("policy-missing")
