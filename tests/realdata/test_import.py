"""The import itself: complete, the same the second time, silent, and clean."""

from pathlib import Path

from django.core.management import call_command

from accounts.models import User
from catalogue.models import Product
from core.models import Event, OutboxMessage
from integration.engine.outcome import Outcome
from inventory.models import Reservation, Stock
from messaging.models import Notification
from orders.models import Order, OrderLine, Shipment, ShipmentLine
from planning.models import SalesPlanPeriod
from tests.realdata.conftest import run_import, source


def test_everything_is_taken(first_import: Outcome) -> None:
    """A row left out without a word would make every figure after it wrong."""
    assert first_import.written
    assert first_import.wrong == []
    assert Order.objects.count() == 3_796
    assert OrderLine.objects.count() == 60_855
    assert Shipment.objects.count() == 3_796
    assert ShipmentLine.objects.count() == 60_855
    assert SalesPlanPeriod.objects.count() == 163
    assert Product.objects.count() == 295


def test_second_run_changes_nothing(the_files: Path) -> None:
    """Whoever imports the same export every night must not find changed rows every morning."""
    outcome = run_import(the_files)
    assert outcome.written
    assert {name: (c.created, c.changed) for name, c in outcome.counts.items() if c.created or c.changed} == {}
    assert outcome.counts["order_line"].unchanged == 60_855


def test_history_tells_nobody_and_reserves_nothing() -> None:
    """Three years of orders must not send three years of notifications, nor hold the stock of today."""
    assert OutboxMessage.objects.count() == 0
    assert Notification.objects.count() == 0
    assert Reservation.objects.count() == 0
    assert not Stock.objects.exclude(reserved=0).exists()
    assert list(Event.objects.values_list("kind", flat=True)) == ["import.done"]


def test_verify_is_clean() -> None:
    """Imported figures stand under the same promises as our own."""
    call_command("verify")


def test_people_stand_in_their_order() -> None:
    """Managers see what their people see, so the hierarchy must be that of the files."""
    national = {row["EmployeeKey"]: row["EmployeeNationalIDAlternateKey"] for row in source("DimEmployee")}
    supervisor = dict(
        User.objects.filter(external_code__isnull=False).values_list("external_code", "supervisor__external_code")
    )
    assert len(supervisor) == 18
    for row in source("DimEmployee"):
        if row["SalesPersonFlag"] == "1":
            assert supervisor[row["EmployeeNationalIDAlternateKey"]] == national[row["ParentEmployeeKey"]]
