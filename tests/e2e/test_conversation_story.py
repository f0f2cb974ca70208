"""A conversation on a phone, in Chinese: the owner writes with a photo, the manager answers within and to both sides."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor
from tests.factories.accounts import OwnerFactory, ResponsibilityFactory
from tests.factories.messaging import PHOTO

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"
PHOTO_FILE = {"name": "破损.png", "mimeType": "image/png", "buffer": PHOTO}


def test_both_sides_talk_and_one_hears_less(make_visitor: Callable[..., Visitor]) -> None:
    """What the brand's people say among themselves stays there, and the rest arrives without a reload."""
    responsibility = ResponsibilityFactory.create(
        user__language=LANGUAGE, user__full_name="Li Hua", user__full_name_zh="李华"
    )
    shop = responsibility.distributor
    owner = make_visitor("phone", LANGUAGE).signed_in(
        OwnerFactory.create(distributor=shop, language=LANGUAGE, full_name_zh="王伟")
    )
    manager = make_visitor("phone", LANGUAGE).signed_in(responsibility.user)

    def talk(visitor: Visitor) -> Any:
        page = visitor.open(shop.get_absolute_url())
        panel = page.locator("#conversation")
        expect(panel.locator("textarea[name=text]")).to_be_visible()
        return panel

    mine = talk(owner)
    mine.locator("textarea[name=text]").fill("到货有破损, 见照片")
    mine.locator("input[name=attachments]").set_input_files([PHOTO_FILE])
    mine.locator("button[type=submit]").last.click()
    expect(mine.locator("li[id^=message-]")).to_have_count(1)
    expect(mine).to_contain_text("破损.png")
    owner.shoot("conversation-owner")
    owner.check()

    theirs = talk(manager)
    expect(theirs).to_contain_text("到货有破损")
    theirs.locator("textarea[name=text]").fill("先问仓库")
    theirs.locator("input[name=internal]").check()
    theirs.locator("button[type=submit]").last.click()
    expect(theirs.locator("li[id^=message-]")).to_have_count(2)
    theirs.locator("textarea[name=text]").fill("我们补发")
    theirs.locator("button[type=submit]").last.click()
    expect(theirs.locator("li[id^=message-]")).to_have_count(3)
    manager.shoot("conversation-manager")
    manager.check()

    mine = talk(owner)
    expect(mine.locator("li[id^=message-]")).to_have_count(2)
    expect(mine).to_contain_text("我们补发")
    expect(mine).not_to_contain_text("先问仓库")
