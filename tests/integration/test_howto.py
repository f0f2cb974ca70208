"""The manual: its examples run, and its reference is that of the code."""

import re
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.models import Complaint
from core.importing import entities
from integration.engine.profile import load_profile
from integration.engine.reference import reference_text
from integration.engine.run import import_folder
from orders.models import Order, ReturnedGoods, Shipment
from orders.ordering.enums import OrderStatus
from planning.models import SalesActual, SalesPlan

HOWTO = Path(__file__).resolve().parents[2] / "docs" / "howto" / "import.md"
BLOCK = re.compile(r"```(?:csv|toml) (\S+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in BLOCK.findall(HOWTO.read_text(encoding="utf-8")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_reference_is_that_of_the_code() -> None:
    """A field that the manual does not name cannot be mapped by anybody."""
    written = HOWTO.read_text(encoding="utf-8").split("against the code -->", 1)[1].strip()
    assert written == reference_text().strip()
    out = StringIO()
    call_command("import", "--fields", stdout=out)
    assert out.getvalue().strip() == written
    assert all(f"### {name}" in written for name in entities())


@pytest.mark.django_db
def test_first_example(folder: Path) -> None:
    """Somebody's first import is this one, word by word."""
    profile = load_profile(folder / "example-1.toml")
    outcome = import_folder(profile=profile, folder=folder, actor_id=None)
    assert outcome.wrong == []
    first = Order.objects.get(number="S-1")
    assert (str(first.gross_amount), str(first.discount_amount), str(first.net_amount)) == (
        "496.5000",
        "29.9000",
        "466.6000",
    )
    assert first.status == OrderStatus.RECEIVED
    assert first.distributor.name == "Harbour Trading"
    again = import_folder(profile=profile, folder=folder, actor_id=None)
    assert again.changes == 0


@pytest.mark.django_db
def test_second_example(folder: Path) -> None:
    """Partial, late and missing deliveries, a yearly target, complaints and returns, out of another country's files."""
    profile = load_profile(folder / "example-2.toml")
    outcome = import_folder(profile=profile, folder=folder, actor_id=None)
    assert outcome.wrong == []
    statuses = dict(Order.objects.values_list("number", "status"))
    assert statuses == {"4711": OrderStatus.RECEIVED, "4712": OrderStatus.RECEIVED, "4713": OrderStatus.APPROVED}
    in_parts = Order.objects.get(number="4711")
    assert in_parts.unit_count == 1010
    assert str(in_parts.net_amount) == "90424.0500"
    assert [line.quantity for line in Shipment.objects.get(number="L2").lines.all()] == [400]
    assert {str(plan.amount) for plan in SalesPlan.objects.all()} == {"95000.5000", "12000.0000"}
    assert SalesPlan.objects.get(amount=12000).periods.count() == 12
    assert dict(Complaint.objects.values_list("code", "status")) == {"R1": "closed", "R2": "open"}
    assert ReturnedGoods.objects.get().quantity == 1
    assert sum(row.net_amount for row in SalesActual.objects.all()) == sum(
        order.net_amount for order in Order.objects.all()
    )
    again = import_folder(profile=profile, folder=folder, actor_id=None)
    assert again.changes == 0
    call_command("verify", stdout=StringIO())


@pytest.mark.django_db
def test_third_example(folder: Path) -> None:
    """Merged cells, a total row, negative rows and a column for each month, in Chinese and as GBK."""
    for name in ("客户.csv", "销售出库单.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="gb18030")
    profile = load_profile(folder / "example-3.toml")
    outcome = import_folder(profile=profile, folder=folder, actor_id=None)
    assert outcome.wrong == []
    orders = {order.number: (str(order.net_amount), order.status) for order in Order.objects.all()}
    assert orders == {"XS0001": ("42682.5500", OrderStatus.RECEIVED), "XS0002": ("165.1000", OrderStatus.APPROVED)}
    assert sum(goods.amount for goods in ReturnedGoods.objects.all()) == Decimal("185.76")
    assert sorted(plan.amount for plan in SalesPlan.objects.all()) == [Decimal(70_000), Decimal(12_105_000)]
    again = import_folder(profile=profile, folder=folder, actor_id=None)
    assert again.changes == 0
    call_command("verify", stdout=StringIO())
