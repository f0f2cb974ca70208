"""Two keepers press the same button at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError
from inventory.models import Stock
from inventory.selectors.document_lines import DocumentLine
from inventory.selectors.invariants import INVARIANTS
from tests.concurrency.together import together
from tests.factories.accounts import WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import StockFactory, WarehouseFactory
from tests.sql import offending_rows
from transfers.models import Transfer
from transfers.selectors.invariants import INVARIANTS as OF_TRANSFERS
from transfers.services.transfer_receipts import receive_transfer
from transfers.services.transfers import save_transfer, send_transfer

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_transfer_is_sent_and_received_as_often_as_it_happened() -> None:
    """Sixty pieces would leave twice, or come twice: the second keeper finds what the first did."""
    CompanyFactory.create()
    keeper, now = WarehouseUserFactory.create(), timezone.now()
    stock = StockFactory.create(on_hand=100)
    transfer = save_transfer(
        source_id=stock.warehouse_id,
        destination_id=WarehouseFactory.create().pk,
        expected_on=timezone.localdate() + timedelta(days=3),
        lines=[DocumentLine(product_id=stock.product_id, quantity=60)],
        actor=keeper,
        now=now,
    )
    pk = transfer.pk

    def send() -> str:
        return str(send_transfer(transfer_id=pk, actor=keeper, now=now).status)

    sent = together(send, send, send)
    assert sorted(type(one).__name__ for one in sent) == ["Conflict", "Conflict", "str"]
    line = transfer.lines.get()

    def receive(pieces: int, *, is_complete: bool) -> str:
        done = receive_transfer(
            transfer_id=pk, pieces={line.pk: pieces}, is_complete=is_complete, actor=keeper, now=now
        )
        return str(done.status)

    halves = together(*[lambda: receive(30, is_complete=False)] * 3)
    assert sum(isinstance(one, DomainError) for one in halves) == 1
    assert Transfer.objects.get(pk=pk).status == "received"
    assert Stock.objects.get(warehouse__kind="transit").on_hand == 0
    assert Stock.objects.get(warehouse=transfer.destination_id).on_hand == 60
    assert offending_rows([*INVARIANTS, *OF_TRANSFERS]) == {}


def test_keepers_who_move_goods_to_and_fro_do_not_wait_for_each_other_for_ever() -> None:
    """Two transfers in opposite directions would each lock what the other needs next."""
    CompanyFactory.create()
    keeper, now = WarehouseUserFactory.create(), timezone.now()
    here, there = WarehouseFactory.create(), WarehouseFactory.create()
    stocks = [StockFactory.create(warehouse=place, on_hand=50) for place in (here, there) for _ in range(3)]
    jobs = []
    for source, destination in ((here, there), (there, here)) * 3:
        lines = [DocumentLine(product_id=stock.product_id, quantity=5) for stock in stocks if stock.warehouse == source]
        transfer = save_transfer(
            source_id=source.pk,
            destination_id=destination.pk,
            expected_on=timezone.localdate(),
            lines=lines[::-1],
            actor=keeper,
            now=now,
        )
        jobs.append(transfer.pk)

    def there_and_received(pk: int) -> str:
        send_transfer(transfer_id=pk, actor=keeper, now=now)
        return str(receive_transfer(transfer_id=pk, pieces=None, actor=keeper, now=now).status)

    done = together(*[lambda pk=pk: there_and_received(pk) for pk in jobs])
    assert done == ["received"] * 6
    assert offending_rows([*INVARIANTS, *OF_TRANSFERS]) == {}
