"""An import in the browser: drop the files, look, mend, take, and go on to what came of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Distributor
from core.enums import JobStatus
from core.jobs import run_job
from core.models import Job
from orders.models import Order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import AdministratorFactory

pytestmark = pytest.mark.django_db(transaction=True)

PROFILE = """
[profile]
name = "2024 Q1"
currency = "EUR"
date_format = "dd.mm.yyyy"

[files.shops]
path = "shops.csv"
[files.products]
path = "products.csv"
[files.sales]
path = "sales.csv"

[[import]]
entity = "distributor"
file = "shops"
fields = { code = "No", name = "Name", city = "City", started_on = "Since" }
[[import]]
entity = "brand"
rows = [{ code = "T", name = "Tea House", name_zh = "茶坊" }]
[[import]]
entity = "category"
rows = [{ code = "TEA", name = "Tea", name_zh = "茶叶" }]
[[import]]
entity = "product"
file = "products"
fields = { code = "Article", name = "Name", brand = { value = "T" }, category = { value = "TEA" } }
[[import]]
entity = "order"
file = "sales"
group = true
fields = { number = "Order", distributor = "Shop", ordered_at = "Day" }
[[import]]
entity = "order_line"
file = "sales"
fields = { order = "Order", product = "Article", ordered = "Pieces", net_amount = "Amount" }
"""
SHOPS = "No,Name,City,Since\nS1,上海光明贸易有限公司,Shanghai,01.03.2019\nS2,Hafen Handel,Hamburg,31.02.2020\n"
PRODUCTS = "Article,Name\nA1,Green tea\nA2,Black tea\n"
SALES = (
    "Order,Day,Shop,Article,Pieces,Amount\n"
    "1001,04.01.2024,S1,A1,10,125.00\n1001,04.01.2024,S1,A2,5,80.00\n1002,05.01.2024,S1,A9,3,30.00\n"
    "1003,06.01.2024,S1,A1,three,37.50\n1004,07.01.2024,S2,A2,8,128.00\n"
)


def files_in(folder: Path) -> list[Path]:
    made = {"profile.toml": PROFILE, "shops.csv": SHOPS, "products.csv": PRODUCTS, "sales.csv": SALES}
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in made]


def work(page: Page) -> Job:
    """What a worker does with the job; the page that waits for it finds out by itself."""
    expect(page.locator("progress")).to_be_visible()
    job = Job.objects.get()
    run_job(job_id=job.pk)
    expect(page.locator("progress")).to_have_count(0)
    return Job.objects.get()


def upload(visitor: Visitor, folder: Path, name: str) -> Page:
    profile, *files = files_in(folder)
    page = visitor.open(reverse("imports:list"))
    visitor.check()
    page.locator(f"a.btn-primary[href='{reverse('imports:upload')}']").click()
    page.locator("input[name=profile]").set_input_files(profile)
    page.locator("input[name=uploads]").set_input_files(files)
    visitor.shoot(f"import-upload-{name}")
    visitor.check()
    page.locator("form.form-page button.btn-primary").click()
    return page


def test_files_are_checked_mended_and_taken(visitor: Visitor, screen: str, language: str, tmp_path: Path) -> None:
    """The company's years before the program would stay in files nobody looks into."""
    name = f"{screen}-{language}"
    visitor.signed_in(AdministratorFactory.create(language=language))
    page = upload(visitor, tmp_path, name)
    expect(page.locator("progress")).to_be_visible()
    Job.objects.update(status=JobStatus.RUNNING, lease_until=timezone.now(), done=4, total=7, stage="order")
    expect(page.locator("progress")).to_have_attribute("value", "57")
    visitor.shoot(f"import-running-{name}")
    visitor.check()
    Job.objects.update(status=JobStatus.QUEUED, lease_until=None)

    assert work(page).status == JobStatus.FAILED
    for part in ("31.02.2020", "“A9”", "three"):
        expect(page.get_by_text(part).first).to_be_visible()
    visitor.shoot(f"import-wrong-{name}")
    visitor.check()
    with page.expect_download() as download:
        page.locator("a[download]").first.click()
    report = tmp_path / "wrong-rows.csv"
    download.value.save_as(report)
    text = report.read_text(encoding="utf-8-sig")
    report.write_text(text.replace("31.02.", "29.02.").replace(",A9,", ",A2,").replace("three", "3"), encoding="utf-8")

    page.locator(f"a[href='{reverse('imports:corrected', args=[Job.objects.get().pk])}']").click()
    page.locator("input[name=corrected]").set_input_files(report)
    visitor.check()
    page.locator("form.form-page button.btn-primary").click()
    assert work(page).status == JobStatus.DONE
    expect(page.get_by_text("上海光明贸易有限公司")).to_be_visible()
    visitor.shoot(f"import-clean-{name}")
    visitor.check()
    assert not Distributor.objects.exists()

    page.locator(f"form[action='{reverse('imports:take', args=[Job.objects.get().pk])}'] button").click()
    visitor.shoot(f"import-question-{name}")
    visitor.check()
    page.locator("#confirmation button[value=yes]").click()
    assert work(page).result["written"]
    assert Order.objects.count() == 4
    visitor.shoot(f"import-taken-{name}")
    visitor.check()
    page.locator(f"main a[href='{reverse('orders:list')}']").click()
    expect(page.locator("#rows")).to_contain_text("1004")


def test_wrong_rows_are_readable_in_the_dark(make_visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """Who works at night could not tell the cell that was not recognised."""
    visitor = make_visitor(theme="dark").signed_in(AdministratorFactory.create())
    page = upload(visitor, tmp_path, "dark")
    work(page)
    expect(page.locator("td .state-red")).to_have_count(2)
    visitor.shoot("import-wrong-dark")
    visitor.check()
