"""A real browser on a real server: Chromium by Playwright, both languages, a desk's screen and a phone's.

Without Chromium these tests are skipped with a loud line at the end, and fail where CI=true. CHROMIUM names one.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

# The same engine without windows, tabs and a graphics process costs less than half: it goes first where it is there.
_PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _PROGRAMS)), "")
IN_CI = os.environ.get("CI", "").lower() == "true"
HERE = Path(__file__).parent
SHOTS = os.environ.get("SHOTS")  # the folder for pictures to look at; without it none is taken
CLICKS = os.environ.get("CLICKS")  # the file to which each counted task is added
SCREENS: dict[str, ViewportSize] = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PATIENCE = 30_000
"""Milliseconds to wait for a page or a part of it, on a machine that has other things to do."""
expect.set_options(timeout=PATIENCE / 2)
# What a page in Chinese says of itself in Latin letters only: heads, labels, states, buttons, ways about. Names, titles,
# codes and files that people gave are no texts of ours, and what is marked `lang` is meant so; nor are people to mention.
OWN_WORDS = (
    "h2, h3, th:not([role=rowheader]), dt, label, legend, button, summary, .btn, .nav-link, .empty *, .form-hint, .state,"
    " .step-line span"
)
FOREIGN = f"""() => document.documentElement.lang.startsWith("zh")
    ? [...document.querySelectorAll("{OWN_WORDS}")]
        .filter(part => part instanceof HTMLElement && part.checkVisibility() && !part.closest("[lang]:not(html), code"))
        .filter(part => !part.matches("label[for^=id_mentions_]") && !part.querySelector("input[name=mentions]"))
        .map(part => part.innerText.trim())
        .filter(text => /[a-z]{{4,}}/.test(text) && !/[\\u3400-\\u9fff@]/.test(text))
    : []"""
# Playwright's event loop runs in the thread of the test, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.e2e)
        if not CHROMIUM and not IN_CI:
            item.add_marker(pytest.mark.skip(reason="NO CHROMIUM: what people see was not tested"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not CHROMIUM and not IN_CI:
        terminalreporter.write_line("NO CHROMIUM: the browser tests were skipped. Install it or set CHROMIUM", red=True)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    assert CHROMIUM, "CI needs Chromium; install it or set CHROMIUM"
    return {"executable_path": CHROMIUM, "args": FLAGS, "headless": True}


@pytest.fixture(params=[("desk", "en"), ("phone", "zh-hans")], ids="-".join)
def seen_on(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A story is told on both screens and in both languages, not in every combination: test_every_page has them all."""
    screen, language = request.param
    return screen, language


@pytest.fixture
def screen(seen_on: tuple[str, str]) -> str:
    return seen_on[0]


@pytest.fixture
def language(seen_on: tuple[str, str]) -> str:
    return seen_on[1]


_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter(node => node.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 5).map(node => node.outerHTML.slice(0, 120))"""


# Clicks of the pointer (Enter sends none), fields written into and keys of Enter, kept over the pages of a tab.
_COUNTING = """(() => {
    const add = kind => sessionStorage.setItem(kind, Number(sessionStorage.getItem(kind)) + 1);
    addEventListener("click", event => { if (event.isTrusted && event.detail) add("clicks"); }, true);
    addEventListener("keydown", event => { if (event.key === "Enter") add("enters"); }, true);
    let last = null;
    addEventListener("input", event => { if (event.target !== last) add("fields"); last = event.target; }, true);
})()"""
_COUNTED = """() => ["clicks", "fields", "enters"].map(kind => {
    const value = Number(sessionStorage.getItem(kind));
    sessionStorage.removeItem(kind);
    return value;
})"""
# What is right need not be listed.
_RUN_AXE = "axe.run({resultTypes: ['violations']})"


class Visitor:
    """Somebody at a browser. Whatever the page writes to the console as an error fails the test."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(_COUNTING)

    def _listen(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def follow(self, link: Locator) -> None:
        """Click what leads to another page and wait for it: a check at once would look at a page that is being replaced."""
        with self.page.expect_navigation():
            link.click()

    def signed_in(self, user: Any) -> "Visitor":
        """With a session as the sign-in page would give it."""
        client = Client()
        client.force_login(user, backend="sign_in.backends.PasswordBackend")
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.address, "httpOnly": True}]
        )
        return self

    def shoot(self, name: str) -> None:
        """A picture of the whole page for people to look at, where they name a folder for it."""
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)

    def clicks(self, task: str) -> int:
        """How many clicks a task took since the last count, written down where people name a file for it."""
        clicks, fields, enters = self.page.evaluate(_COUNTED)
        if CLICKS:
            width = self.page.evaluate("innerWidth")
            with Path(CLICKS).open("a") as file:
                file.write(f"| {task} | {width} | {clicks} | {fields} | {enters} |\n")
        return int(clicks)

    def check(self, *, by_axe: bool = True) -> None:
        """No axe violation, nothing wider than the screen, nothing wrong on the console."""
        if by_axe:
            if not self.page.evaluate("'axe' in window"):
                self.page.evaluate(AXE_SCRIPT)
            found = AxeResults(self.page.evaluate(_RUN_AXE))
            assert found.violations_count == 0, found.generate_report()
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"the page is {wide} pixels wider than the screen: {self.page.evaluate(_TOO_WIDE)}"
        assert self.page.evaluate(FOREIGN) == [], "not translated"
        assert not self.complaints, self.complaints


@pytest.fixture
def make_visitor(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Visitor]]:
    """`make_visitor("phone", "zh-hans", theme="dark")` opens a browser of its own."""
    opened = []

    def make(screen: str = "desk", language: str = "en", theme: str = "light", *, javascript: bool = True) -> Visitor:
        context = browser.new_context(
            viewport=SCREENS[screen],
            locale="zh-CN" if language.startswith("zh") else "en-GB",
            color_scheme="dark" if theme == "dark" else "light",
            has_touch=screen == "phone",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return Visitor(context.new_page(), live_server.url)

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def visitor(make_visitor: Callable[..., Visitor], screen: str, language: str) -> Visitor:
    """On the screen and in the language of the test."""
    return make_visitor(screen, language)
