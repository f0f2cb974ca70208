"""Every page that the navigation of a role offers, on both screens, in both languages: nothing broken, nothing unreadable.

axe, which takes most of the time, looks at each page once on each screen and once in each language: the English one on a desk's
screen, the Chinese one on a phone's. What differs by both at once is a text, and test_routes reads those.
"""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.enums import Role
from tests.e2e.conftest import SCREENS, Visitor
from tests.e2e.test_homes import company

OWN_PAGES = ["/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/", "/search/?q=zzz", "/nothing-here/"]


# Pages that no navigation names: forms and tabs, which every role of these may open.
FURTHER_PAGES = {
    Role.DIRECTOR: [
        "/responsibilities/hand-over/", "/responsibilities/assign/", "/absences/new/", "/distributor/new/",
        "/products/new/", "/shipped/", "/tokens/",
    ],
    Role.OWNER: [
        "/orders/new/", "/orders/new/catalogue/", "/orders/new/catalogue/?view=rows", "/orders/new/again/",
        "/orders/new/upload/", "/channel-inventory/report/", "/shipped/",
    ],
    Role.WAREHOUSE: ["/stock/moves/", "/stock/receive/", "/stock/adjust/"],
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.OWNER, Role.WAREHOUSE])
def test_every_page_of_the_navigation(make_visitor: Callable[..., Visitor], role: str, language: str) -> None:
    """A page nobody looks at in development would stay broken on a phone or in Chinese."""
    user: Any = company(role, language)
    visitor = make_visitor("desk", language)
    page = visitor.signed_in(user).open("/")
    hrefs = "links => links.map(link => link.getAttribute('href'))"
    links: list[str] = page.locator("#main-navigation a").evaluate_all(hrefs)
    assert len(links) > 2
    for path in (waiting := [*links, *FURTHER_PAGES[Role(role)], *OWN_PAGES]):
        visitor.complaints.clear()
        page.set_viewport_size(SCREENS["desk"])
        visitor.open(path)
        if path == "/nothing-here/":
            visitor.complaints.clear()  # Chromium writes every 404 to the console
        visitor.check(by_axe=language == "en")
        page.set_viewport_size(SCREENS["phone"])  # the server answers both alike
        visitor.check(by_axe=language != "en")
        # The pages of a group are listed when it is open.
        waiting += [one for one in page.locator("#main-navigation a").evaluate_all(hrefs) if one not in waiting]
