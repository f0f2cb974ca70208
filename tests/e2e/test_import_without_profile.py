"""A Chinese ERP's export goes in by the pages alone: nobody writes a profile."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core.jobs import run_job
from core.models import Job
from orders.models import Order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import AdministratorFactory, DistributorFactory
from tests.factories.inventory import ProductFactory
from tests.integration.test_starter import EXPORT

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_erp_export_is_mapped_by_select_boxes(visitor: Visitor, screen: str, language: str, tmp_path: Path) -> None:
    """GBK, a title above the head, totals below: the file would have to be rebuilt by hand, or a profile be written."""
    for name in ("杭州清泉", "镕基商贸"):
        DistributorFactory.create(name=name, name_zh=name)
    for code in ("0012", "0013"):
        ProductFactory.create(code=code)
    export = tmp_path / "销售订单.csv"
    export.write_bytes(EXPORT.encode("gbk"))
    visitor.signed_in(AdministratorFactory.create(language=language))
    page = visitor.open(reverse("imports:upload"))
    visitor.check()
    with page.expect_download() as download:
        page.locator(f"a[href='{reverse('imports:template', args=['orders'])}']").click()
    assert download.value.suggested_filename == "orders.xlsx"
    page.locator("input[name=uploads]").set_input_files(export)
    page.locator("form.form-page button.btn-primary").click()

    expect(page.locator("select[name='map-order-number']")).to_have_value("单据编号")
    expect(page.locator("select[name='map-order_line-product']")).to_have_value("存货编码")
    visitor.shoot(f"import-mapping-{screen}-{language}")
    visitor.check()
    page.locator("select[name='map-order-ordered_at']").select_option("")
    page.locator("button[name=preview]").click()
    expect(page.locator("select[name='map-order-ordered_at']")).to_have_class("form-select is-invalid")
    visitor.complaints.clear()  # the browser's own words for an answer that says what is missing
    page.locator("select[name='map-order-ordered_at']").select_option("单据日期")
    page.locator("input[name=currency]").fill("CNY")
    page.locator("form.form-page button.btn-primary").click()

    expect(page.locator("progress")).to_be_visible()
    run_job(job_id=Job.objects.get().pk)
    expect(page.locator("progress")).to_have_count(0)
    expect(page.get_by_text("XS001").first).to_be_visible()
    visitor.shoot(f"import-mapped-{screen}-{language}")
    visitor.check()
    page.locator(f"form[action='{reverse('imports:take', args=[Job.objects.get().pk])}'] button").click()
    page.locator("#confirmation button[value=yes]").click()
    expect(page.locator("progress")).to_be_visible()
    run_job(job_id=Job.objects.get().pk)
    expect(page.locator("progress")).to_have_count(0)
    assert sorted(Order.objects.values_list("number", "net_amount")) == [("XS001", 12_200.5), ("XS002", 50)]
