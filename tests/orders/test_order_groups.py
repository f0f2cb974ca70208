"""One basket, several orders: per seller and agreement, under one group, with the minimum and the freight of each."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Distributor
from channel.enums import FreightTerms
from core.errors import NotAllowed, NotVisible
from inventory.models import Reservation
from orders.models import Order
from orders.ordering.enums import ORDER
from orders.ordering.errors import Fix, FixKind, OrderProblem, OrderRefused
from orders.ordering.services.approval import approve_order
from orders.ordering.services.checking import check_order
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from planning.models import SalesActual
from tests.factories.accounts import (
    BuyerFactory,
    DistributorFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
)
from tests.factories.channel import AddressFactory, ContactFactory, InvoiceTitleFactory, agreement_in_force, terms
from tests.factories.inventory import StockFactory, SupplyRouteFactory, WarehouseFactory
from tests.factories.orders import Shop, shop
from tests.factories.planning import PriceFactory, PriceListFactory
from tests.orders.clock import NOW
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def from_parent(place: Shop, parent: Distributor, *, on_hand: int = 100) -> None:
    """Have the parent sell the last product of the shop, and the company no more."""
    product = place.products[-1]
    product.prices.all().delete()
    warehouse = WarehouseFactory.create(distributor=parent)
    SupplyRouteFactory.create(distributor=place.distributor, warehouse=warehouse, priority=2, lead_days=2)
    prices = PriceListFactory.create(currency=place.distributor.currency, owner=parent)
    PriceFactory.create(price_list=prices, product=product, amount=Decimal(4))
    StockFactory.create(warehouse=warehouse, product=product, on_hand=on_hand)


def test_a_basket_becomes_one_order_per_seller_and_agreement() -> None:
    """Goods of two sellers would stand on one order that neither can approve, ship or invoice."""
    parent = DistributorFactory.create()
    place = shop(products=2, distributor=DistributorFactory.create(parent=parent))
    other = shop(products=1, distributor=place.distributor)
    from_parent(place, parent)
    agreement = agreement_in_force(place.distributor, terms(brand=other.brand, territory=TerritoryFactory.create()))
    buyer = BuyerFactory.create(distributor=place.distributor)
    address = AddressFactory.create(distributor=place.distributor)
    contact = ContactFactory.create(distributor=place.distributor, name="Li Wei", phone="138")
    title = InvoiceTitleFactory.create(distributor=place.distributor, is_default=True)
    lines = [LineInput(product.pk, 5) for product in (*place.products, *other.products)]

    placed = place_order(
        distributor_id=place.distributor.pk,
        actor=buyer,
        lines=lines,
        now=NOW,
        purchase_order_number="PO-9",
        delivery_address_id=address.pk,
        contact_id=contact.pk,
        printed_note="Ring twice",
    )

    orders = list(Order.objects.filter(group_number=placed.group_number).order_by("group_position"))
    assert placed.group_number.startswith("OG")
    assert [order.number for order in orders] == [placed.number, *(one.number for one in placed.others)]
    assert [(order.seller_distributor_id, order.agreement_id, order.net_amount) for order in orders] == [
        (None, None, Decimal(50)),
        (parent.pk, None, Decimal(20)),
        (None, agreement.pk, Decimal(50)),
    ]
    for order in orders:
        assert (order.delivery_address_id, order.contact_id, order.invoice_title_id) == (
            address.pk,
            contact.pk,
            title.pk,
        )
        assert (order.ship_to["contact"], order.ship_to["phone"], order.printed_note) == ("Li Wei", "138", "Ring twice")
        assert order.bill_to["invoice_title"]["tax_number"] == title.tax_number
        assert order.purchase_order_number == "PO-9"
    assert orders[1].promised_on == timezone.localdate(NOW) + timedelta(days=2)
    held = Reservation.objects.filter(source_type=ORDER).values_list("source_id", "warehouse__distributor_id")
    assert set(held) == {(orders[0].pk, None), (orders[1].pk, parent.pk), (orders[2].pk, None)}

    with refused(OrderRefused) as refusal:
        place_order(
            distributor_id=place.distributor.pk, actor=buyer, lines=lines, now=NOW, purchase_order_number="po-9"
        )
    assert [problem.code for problem in refusal.value.problems] == ["duplicate_purchase_order"]

    client = Client()
    client.force_login(buyer)
    page = client.get(reverse("orders:group", args=[placed.group_number])).content.decode()
    assert all(order.number in page for order in orders)
    stranger = OwnerFactory.create()
    client.force_login(stranger)
    assert client.get(reverse("orders:group", args=[placed.group_number])).status_code == 404


def test_what_a_distributor_sells_is_its_own_business() -> None:
    """The brand would approve, see or count what a distributor sells to its sub-distributors."""
    parent = DistributorFactory.create()
    place = shop(products=1, distributor=DistributorFactory.create(parent=parent))
    from_parent(place, parent)
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(distributor=place.distributor, user=manager)
    made = place_order(
        distributor_id=place.distributor.pk,
        actor=BuyerFactory.create(distributor=place.distributor),
        lines=place.wishes(5),
        now=NOW,
    )
    assert made.group_number == ""
    with pytest.raises(NotVisible):
        approve_order(order_id=made.id, actor=manager, now=NOW)
    with pytest.raises(NotAllowed):
        approve_order(order_id=made.id, actor=OwnerFactory.create(distributor=place.distributor), now=NOW)
    approve_order(order_id=made.id, actor=OwnerFactory.create(distributor=parent), now=NOW)
    assert not SalesActual.objects.exists()


def test_the_warehouse_that_has_the_goods_ships_the_line() -> None:
    """A line would be short although another warehouse of the seller has the goods."""
    place = shop(products=2, on_hand=3)
    second = WarehouseFactory.create()
    SupplyRouteFactory.create(distributor=place.distributor, warehouse=second, priority=2, lead_days=9)
    StockFactory.create(warehouse=second, product=place.products[1], on_hand=10)
    made = place_order(
        distributor_id=place.distributor.pk,
        actor=BuyerFactory.create(distributor=place.distributor),
        lines=[LineInput(place.products[0].pk, 3), LineInput(place.products[1].pk, 8)],
        now=NOW,
    )
    order = Order.objects.get(pk=made.id)
    assert [line.warehouse_id for line in order.lines.order_by("position")] == [place.warehouse.pk, second.pk]
    assert order.promised_on == timezone.localdate(NOW) + timedelta(days=9)


def test_what_is_missing_to_the_minimum_the_freight_and_the_wanted_day() -> None:
    """A buyer would learn from a refusal, days later, what one click could have put right."""
    place = shop(products=1, lead_days=4)
    agreement_in_force(
        place.distributor,
        terms(
            brand=place.brand,
            territory=TerritoryFactory.create(),
            order_minimum_amount=Decimal(82),
            freight_terms=FreightTerms.SELLER_FROM,
            freight_free_from=Decimal(100),
            currency=place.distributor.currency,
        ),
    )
    buyer = BuyerFactory.create(distributor=place.distributor)
    today = timezone.localdate(NOW)
    earliest = today + timedelta(days=4)
    product = place.products[0].pk

    def problems(quantity: int, wanted: int) -> tuple[list[tuple[str, Fix | None]], list[str]]:
        quote = check_order(
            distributor_id=place.distributor.pk,
            actor=buyer,
            lines=[LineInput(product, quantity, earliest)],
            now=NOW,
            wanted_on=today + timedelta(days=wanted),
        )
        found = [(one.code, one.fix) for one in quote.problems if isinstance(one, OrderProblem)]
        return found, [warning.code for warning in quote.warnings]

    label = f"Raise {place.products[0].code}: +4 × pcs"
    more = Fix(kind=FixKind.SET_QUANTITY, quantity=9, line_key=str(product), label=label)
    later = Fix(kind=FixKind.SET_DAY, day=earliest)
    assert problems(5, 3) == (
        [("wanted_too_early", later), ("below_order_minimum", more)],
        ["freight_not_free"],
    )
    assert problems(9, 4) == ([], ["freight_not_free"])
    assert problems(10, 5) == ([], [])
    free = place_order(distributor_id=place.distributor.pk, actor=buyer, lines=[LineInput(product, 10)], now=NOW)
    paid = place_order(distributor_id=place.distributor.pk, actor=buyer, lines=[LineInput(product, 9)], now=NOW)
    freight = dict(Order.objects.values_list("pk", "freight_terms"))
    assert (freight[free.id], freight[paid.id]) == (FreightTerms.SELLER, FreightTerms.BUYER)
    quote = check_order(
        distributor_id=place.distributor.pk,
        actor=buyer,
        lines=[LineInput(product, 9, earliest - timedelta(days=1))],
        now=NOW,
    )
    assert [problem.code for problem in quote.lines[0].problems] == ["wanted_too_early"]
