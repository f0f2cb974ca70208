"""The pictures of the README, taken from the demo company: `make pictures`.

A server of its own with a data folder of its own is started, so that the pictures show the program as it is now.
"""

import base64
import re
import signal
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from distribution.launcher.folders import PROJECT
from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.platform.processes import free_port, start, wait_until

TARGET = PROJECT / "docs" / "pictures"
DATA = PROJECT / ".data" / "pictures"
WIDE = {"width": 1440, "height": 900}
LANGUAGES = {"en-GB": "en", "zh-CN": "zh"}
MOST_BYTES = 200_000
# Name of the picture, who looks, and where: an address, or that of the first link which matches a selector there.
PICTURES = [
    ("home", "manager", "/", ""),
    ("orders", "buyer", "/orders/", ""),
    ("attainment", "director", "/attainment/", ""),
    ("scorecard", "director", "/evaluations/", "table tbody tr:nth-child(3) a"),
]


def main() -> int:
    DATA.mkdir(parents=True, exist_ok=True)
    TARGET.mkdir(exist_ok=True)
    log, port = DATA / "run.txt", free_port()
    server = start("manage.py", "run", "--port", str(port), data=DATA, log=log)
    try:
        wait_until(lambda: "Logs:" in log.read_text() or server.poll() is not None, seconds=600, what="the Ready line")
        password = re.findall(r"demo\.tributary\.example +(\S+)", log.read_text())[0]
        return take(f"http://127.0.0.1:{port}", password)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def take(url: str, password: str) -> int:
    """Every picture in both languages. Returns how many are too large."""
    large = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM or None, args=FLAGS)
        for language, suffix in LANGUAGES.items():
            for name, role, path, link in PICTURES:
                page = browser.new_context(viewport=WIDE, locale=language, color_scheme="light").new_page()
                sign_in(page, url, f"{role}@demo.tributary.example", password)
                page.goto(url + path)
                if link:
                    page.goto(url + str(page.locator(link).first.get_attribute("href")))
                page.wait_for_load_state("networkidle")
                target = TARGET / f"{name}.{suffix}.webp"
                large += save(page, target) > MOST_BYTES
                page.context.close()
        browser.close()
    return large


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda address: "/login" not in address)


def save(page: Page, target: Path) -> int:
    """As WebP, which Chromium writes itself; Playwright offers only PNG and JPEG. Returns the size."""
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": 80})
    target.write_bytes(base64.b64decode(shot["data"]))
    size = target.stat().st_size
    sys.stdout.write(f"{size / 1000:6.0f} kB  {target.relative_to(PROJECT)}\n")
    return size


if __name__ == "__main__":
    raise SystemExit(main())
