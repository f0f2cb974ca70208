"""Importing without a profile: templates, heads that are recognised, files that are kept, and an ERP's own export."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Distributor
from catalogue.models import Brand, Product
from core.jobs import run_job
from core.models import Job
from integration.starter.kinds import KINDS
from integration.starter.recognise import guess_kind, recognised
from orders.models import Order, OrderLine
from pricing.models import Price
from tests.factories.accounts import AdministratorFactory, BuyerFactory, DistributorFactory
from tests.factories.inventory import ProductFactory

pytestmark = pytest.mark.django_db

EXPORT = (
    "销售订单明细表,,,,,,\n"
    "单据编号,单据日期,客户名称,存货编码,存货名称,数量,金额(元)\n"
    'XS001,2026/3/5,杭州清泉,0012,绿茶,"1,200","12,000.50"\n'
    ",,,0013,红茶,10,200\n"
    "XS002,2026/3/6,镕基商贸,0012,绿茶,5,50\n"
    ',,,合计,,"1,215","12,250.50"\n'
    '合计,,,,,"1,215","12,250.50"\n'
)


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(AdministratorFactory.create())
    return client


def choose(client: Client, name: str, content: bytes) -> str:
    """Choose a file without a profile; returns the address of the page on which its columns are chosen."""
    answer = client.post(reverse("imports:upload"), {"uploads": [SimpleUploadedFile(name, content)]})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def send(client: Client, address: str, **more: str) -> Any:
    """Send the page as it came, with these changes."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data = {name: "on" if value is True else value for name, value in data.items()}
    kind = client.get(address).context["kind"].name
    return client.post(
        address, {name: value for name, value in (data | more).items() if value} | {"kind": more.get("kind", kind)}
    )


def taken() -> Job:
    job = Job.objects.get()
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert not job.error, list(job.row_errors.values_list("row", "column", "reason"))
    Job.objects.filter(pk=job.pk).update(params=job.params | {"dry_run": False}, status="queued")
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.result["written"]
    return job


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_template_is_recognised_when_it_comes_back(admin: Client, kind: Any, language: str) -> None:
    """A template that the program itself does not understand would be worse than none."""
    admin.cookies["django_language"] = language
    answer = admin.get(reverse("imports:template", args=[kind.name]), headers={"accept-language": language})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    heads = [str(cell.value) for cell in book.worksheets[0][1]]
    assert len(recognised(kind, heads)) == len(kind.columns)
    assert guess_kind(heads) == kind.name
    assert all(cell.value is None for row in book.worksheets[0].iter_rows(min_row=2) for cell in row)


def test_an_export_of_a_chinese_erp_goes_in_without_a_profile(admin: Client) -> None:
    """GBK, a title, documents whose head stands on the first line only, and totals: nobody has to write TOML for it."""
    for name in ("杭州清泉", "镕基商贸"):
        DistributorFactory.create(name=name, name_zh=name)
    for code in ("0012", "0013"):
        ProductFactory.create(code=code)
    address = choose(admin, "导出.csv", EXPORT.encode("gbk"))
    page = admin.get(address)
    assert page.context["kind"].name == "orders"
    answer = send(admin, address, currency="CNY", keep="on", name="用友导出")
    assert answer.status_code == 302, answer.context["form"].errors
    job = taken()
    assert list(Order.objects.order_by("number").values_list("number", "distributor__name", "net_amount")) == [
        ("XS001", "杭州清泉", 12_200.5),
        ("XS002", "镕基商贸", 50),
    ]
    assert OrderLine.objects.count() == 3
    (file,) = job.result["files"]
    assert (file["rows"], file["used"]) == (5, 3)
    profile = admin.get(reverse("imports:profile", args=[job.pk])).content.decode()
    assert 'match = "name' in profile
    again = admin.post(
        reverse("imports:upload"),
        {"shipped": "用友导出", "uploads": [SimpleUploadedFile("四月.csv", EXPORT.encode("gbk"))]},
    )
    assert again.headers["Location"] == reverse("imports:detail", args=[Job.objects.latest("pk").pk])


def test_products_of_a_new_company_bring_their_brands_and_groups(admin: Client) -> None:
    """Before anything is there, a list of products would be refused for brands that nobody has entered."""
    rows = "货号,品名,品牌,类别,条码\nT1,绿茶,茶坊,茶叶,6901234567892\nT2,红茶,茶坊,茶叶,\n"
    address = choose(admin, "商品.csv", rows.encode())
    assert send(admin, address, currency="CNY").status_code == 302
    taken()
    assert Brand.objects.get().code == "茶坊"
    assert Product.objects.count() == 2


def test_one_value_for_all_rows_and_what_is_missing_is_said_beside_it(admin: Client) -> None:
    """A price list without the name of the list in each row is the usual one."""
    ProductFactory.create(code="T1")
    address = choose(admin, "prices.csv", b"Code,Price\nT1,12.50\n") + "?kind=prices"
    refused = send(admin, address, currency="EUR")
    assert refused.status_code == 400
    assert {"map-price-price_list", "map-price-starts_on"} <= set(refused.context["form"].errors)
    fixed = {"value-price-price_list": "STANDARD", "value-price-starts_on": "2026-01-01"}
    assert send(admin, address, currency="EUR", **fixed).status_code == 302
    taken()
    assert str(Price.objects.get().amount) == "12.5000"


def test_the_contact_of_a_distributor_comes_along(admin: Client) -> None:
    """Who is to be called stands in the same list as the name."""
    rows = "客户编码,客户名称,联系电话,邮箱\nD1,杭州清泉,0571-1234,a@example.com\n"
    assert send(admin, choose(admin, "客户.csv", rows.encode()), currency="CNY").status_code == 302
    taken()
    found = Distributor.objects.get()
    assert (found.phone, found.email) == ("0571-1234", "a@example.com")


def test_a_chosen_file_is_never_lost(admin: Client) -> None:
    """Whoever chose ten files and a wrong profile had to choose all of them again."""
    files = [SimpleUploadedFile(f"{name}.csv", b"a,b\n1,2\n") for name in "xy"]
    refused = admin.post(
        reverse("imports:upload"), {"uploads": files, "profile": SimpleUploadedFile("p.toml", b"no = toml =")}
    )
    assert refused.status_code == 400
    assert refused.context["kept"] == ["x.csv", "y.csv"]
    second = admin.post(reverse("imports:upload"), {"draft": refused.context["draft"]})
    assert second.status_code == 400
    assert second.context["kept"] == ["x.csv", "y.csv"]
    assert admin.post(reverse("imports:upload"), {}).status_code == 400


def test_files_of_others_are_not_there(admin: Client) -> None:
    """A list of customers that somebody uploaded is nobody else's."""
    address = choose(admin, "a.csv", b"Code,Name\nA,B\n")
    other = Client()
    other.force_login(AdministratorFactory.create())
    assert other.get(address).status_code == 404
    other.force_login(BuyerFactory.create())
    assert other.get(address).status_code in {403, 404}


def test_a_file_that_is_no_table_is_said_to_be_none(admin: Client) -> None:
    """The page on which columns are chosen has nothing to show for a picture."""
    answer = admin.get(choose(admin, "a.png", bytes(range(256)) * 10), follow=True)
    assert "not a text file" in answer.content.decode()
