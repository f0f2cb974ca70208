"""Drafts: what was typed is there tomorrow, and on another device."""

from decimal import Decimal
from unittest.mock import ANY

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import Conflict, InvalidInput, NotVisible, StaleVersion
from inventory.models import Reservation
from orders.entry.lines import change_draft, copy_order, save_draft
from orders.models import Order
from orders.ordering.enums import OrderStatus
from orders.ordering.errors import OrderRefused
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.services.quote import LineInput
from orders.ordering.services.submission import submit_order
from tests.factories.accounts import BuyerFactory
from tests.orders.clock import NOW
from tests.orders.people import stage
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_what_cannot_be_ordered_yet() -> None:
    """A quantity that is no multiple would vanish instead of being shown with its fix."""
    people = stage(on_hand=1)
    first, second = people.shop.products

    draft = save_draft(
        distributor_id=people.shop.distributor.pk,
        actor=people.buyer,
        lines=[LineInput(first.pk, 7), LineInput(second.code, 0), LineInput(first.code, 2)],
        now=NOW,
        note="Half of it",
    )

    assert (draft.status, draft.version, draft.net_amount) == (OrderStatus.DRAFT, 1, Decimal(90))
    assert list(draft.lines.values_list("product_id", "ordered")) == [(first.pk, 9)]
    assert not Reservation.objects.exists()


def test_saving_again_replaces_the_lines_of_that_edition_only() -> None:
    """Two devices would undo each other without a word."""
    people = stage()
    first, second = people.shop.products
    arguments = {"distributor_id": people.shop.distributor.pk, "actor": people.buyer, "now": NOW}
    draft = save_draft(**arguments, lines=[LineInput(first.pk, 1)])

    again = save_draft(**arguments, lines=[LineInput(second.pk, 4)], order_id=draft.pk, expected_version=1)
    with refused(StaleVersion):
        save_draft(**arguments, lines=[LineInput(first.pk, 9)], order_id=draft.pk, expected_version=1)

    assert (again.pk, again.number, again.version) == (draft.pk, None, 2)
    assert list(again.lines.values_list("product_id", "ordered", "position")) == [(second.pk, 4, 1)]
    with refused(InvalidInput):
        save_draft(**arguments, lines=[LineInput("nothing", 1)])
    with refused(NotVisible):
        save_draft(**(arguments | {"actor": BuyerFactory.create()}), lines=[], order_id=draft.pk)


def test_a_draft_is_submitted_once_as_it_stands() -> None:
    """An order would be placed twice, or with prices of last month."""
    people = stage()
    draft = save_draft(
        distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=people.shop.wishes(2), now=NOW
    )
    people.shop.price_list.prices.update(amount=Decimal("11.00"))

    placed = submit_order(order_id=draft.pk, actor=people.buyer, now=NOW)
    with refused(Conflict):
        submit_order(order_id=draft.pk, actor=people.buyer, now=NOW)
    with refused(Conflict):
        save_draft(distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=[], now=NOW, order_id=draft.pk)

    assert (draft.number, placed.number, placed.net_amount) == (None, "SO100001", Decimal(44))
    assert Order.objects.count() == 1


def test_ordering_again_starts_a_draft_with_the_same_goods() -> None:
    """A buyer would type last month's order again."""
    people = stage()
    placed = people.placed(3, purchase_order_number="PO-1")

    draft = copy_order(order_id=placed.id, actor=people.buyer, now=NOW)

    assert (draft.status, draft.purchase_order_number) == (OrderStatus.DRAFT, "")
    assert [line.ordered for line in draft.lines.all()] == [3, 3]
    with refused(NotVisible):
        copy_order(order_id=placed.id, actor=BuyerFactory.create(), now=NOW)


def test_more_than_anybody_can_order_is_kept_as_too_much() -> None:
    """A slip of the finger would be an error page instead of a quantity to mend."""
    people = stage(products=1)
    product = people.shop.products[0]

    draft = save_draft(
        distributor_id=people.shop.distributor.pk,
        actor=people.buyer,
        lines=[LineInput(product.pk, 10_000_000)] * 300 + [LineInput(product.code, 10_000_000)] * 300,
        now=NOW,
    )

    assert draft.lines.get().ordered == draft.unit_count == 20_000_002
    assert draft.net_amount == draft.lines.get().net_amount == 200_000_020
    with refused(OrderRefused, match="between 1 and"):
        submit_order(order_id=draft.pk, actor=people.buyer, now=NOW)


def test_changing_one_line_writes_that_line_only() -> None:
    """Every key pressed in an order of a thousand lines would write a thousand lines."""
    people = stage(products=3)
    distributor_id = people.shop.distributor.pk
    draft = save_draft(distributor_id=distributor_id, actor=people.buyer, lines=people.shop.wishes(2), now=NOW)
    first, second, third = people.shop.products
    before = dict(draft.lines.values_list("product_id", "pk"))

    def written() -> int:
        """Rows of the lines that this transaction inserted, changed or deleted."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables WHERE relname = 'orders_orderline'"
            )
            return int(cursor.fetchone()[0])

    rows = written()
    changed = {LineKey(first.pk): 5, LineKey(third.pk): 0}
    change_draft(distributor_id=distributor_id, actor=people.buyer, now=NOW, order_id=draft.pk, changes=changed)

    assert written() - rows == 2
    assert dict(draft.lines.values_list("product_id", "pk")) == {key: before[key] for key in (first.pk, second.pk)}
    assert list(draft.lines.order_by("position").values_list("position", "ordered")) == [(1, 5), (2, 2)]


def test_a_change_locks_the_draft_once() -> None:
    """Every key pressed would wait for the same row twice."""
    people = stage(products=2)
    distributor_id = people.shop.distributor.pk
    draft = save_draft(distributor_id=distributor_id, actor=people.buyer, lines=people.shop.wishes(2), now=NOW)

    with CaptureQueriesContext(connection) as queries:
        change_draft(
            distributor_id=distributor_id,
            actor=people.buyer,
            now=NOW,
            order_id=draft.pk,
            changes={LineKey(people.shop.products[0].pk): 5},
        )
    assert [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]] == [ANY]
