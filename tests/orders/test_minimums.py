"""What an agreement asks of an order at least: told while it is entered, with the click that makes it up."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from catalogue.models import Product
from catalogue.rules.loads import Load
from channel.enums import BelowMinimum
from orders.ordering.errors import Fix, FixKind, OrderProblem, OrderRefused
from orders.ordering.minimums import MinimumKind, Wanted, minimums_of
from orders.ordering.models import Order, OrderLine
from orders.ordering.selectors.loads import loads_of_orders
from orders.ordering.services.checking import check_order
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput, Quote
from tests.factories.accounts import BuyerFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.inventory import ProductUnitFactory
from tests.factories.orders import Shop, shop
from tests.orders.clock import NOW


def test_how_far_an_order_is_from_each_minimum() -> None:
    """One rule for the page, the API and the placing; what is not known is never taken for nothing."""
    load = Load(weight=Decimal(320), pallets=3, lines=4, lines_without_pallet=1)
    unweighed = Load(weight=Decimal(320), pallets=3, lines=4, lines_without_weight=2)
    cases: list[tuple[Wanted, Load, list[tuple[MinimumKind, bool, int]]]] = [
        (Wanted(), load, []),
        (Wanted(amount=Decimal(100)), load, [(MinimumKind.AMOUNT, True, 0)]),
        (Wanted(amount=Decimal(101)), load, [(MinimumKind.AMOUNT, False, 0)]),
        (Wanted(weight=Decimal(320)), load, [(MinimumKind.WEIGHT, True, 0)]),
        (Wanted(weight=Decimal(321)), load, [(MinimumKind.WEIGHT, False, 0)]),
        (Wanted(weight=Decimal(321)), unweighed, [(MinimumKind.WEIGHT, False, 2)]),
        (Wanted(weight=Decimal(300)), unweighed, [(MinimumKind.WEIGHT, True, 0)]),  # reached without them
        (Wanted(pallets=4), load, [(MinimumKind.PALLETS, False, 1)]),
        (Wanted(pallets=4), unweighed, [(MinimumKind.PALLETS, False, 0)]),
        # a truck is full by either
        (Wanted(truck_weight=Decimal(900), truck_pallets=3), load, [(MinimumKind.FULL_TRUCK, True, 0)]),
        (Wanted(truck_weight=Decimal(300), truck_pallets=30), load, [(MinimumKind.FULL_TRUCK, True, 0)]),
        (Wanted(truck_weight=Decimal(900), truck_pallets=30), load, [(MinimumKind.FULL_TRUCK, False, 1)]),
        (
            Wanted(amount=Decimal(1), weight=Decimal(400), pallets=1),
            load,
            [(MinimumKind.AMOUNT, True, 0), (MinimumKind.WEIGHT, False, 0), (MinimumKind.PALLETS, True, 0)],
        ),
    ]
    for wanted, loaded, expected in cases:
        states = list(minimums_of(wanted, amount=Decimal(100), load=loaded))
        assert [(one.kind, one.is_reached, one.lines_unknown) for one in states] == expected, wanted
    (only,) = minimums_of(Wanted(weight=Decimal(500)), amount=Decimal(0), load=load)
    assert only.ways[0].missing == 180


class Scene:
    """Two products: one of 2 kg with cases of 6, layers of 24 and pallets of 96, one of which nothing is known."""

    def __init__(self, **agreed: Any) -> None:
        self.shop: Shop = shop(products=2)
        self.packed, self.bare = self.shop.products
        Product.objects.filter(pk=self.packed.pk).update(weight=Decimal(2), volume=Decimal("0.01"))
        for code, pieces in (("case", 6), ("layer", 24), ("pallet", 96)):
            ProductUnitFactory.create(product=self.packed, code=code, pieces=pieces)
        currency = self.shop.distributor.currency
        place = TerritoryFactory.create()
        agreement_in_force(
            self.shop.distributor, terms(brand=self.shop.brand, territory=place, currency=currency, **agreed)
        )
        self.buyer = BuyerFactory.create(distributor=self.shop.distributor)

    def lines(self, pieces: int, bare: int = 0, unit: str = "") -> list[LineInput]:
        lines = [LineInput(self.packed.pk, pieces, unit=unit), LineInput(self.bare.pk, bare)]
        return [line for line in lines if line.quantity]

    def quote(self, pieces: int, bare: int = 0, unit: str = "", *, with_load: bool = False) -> Quote:
        return check_order(
            distributor_id=self.shop.distributor.pk,
            actor=self.buyer,
            lines=self.lines(pieces, bare, unit),
            now=NOW,
            with_load=with_load,
        )

    def place(self, pieces: int, bare: int = 0) -> Order:
        placed = place_order(
            distributor_id=self.shop.distributor.pk, actor=self.buyer, lines=self.lines(pieces, bare), now=NOW
        )
        return Order.objects.get(pk=placed.id)


def _codes(problems: list[Any]) -> list[str]:
    return [problem.code for problem in problems]


def _fix(problems: list[Any]) -> tuple[int | None, str] | None:
    fixes = [one.fix for one in problems if isinstance(one, OrderProblem) and one.fix]
    return (fixes[0].quantity, fixes[0].label) if fixes else None


@pytest.mark.django_db
def test_by_weight_the_heaviest_line_is_raised_to_full_layers() -> None:
    """ "Below the minimum" without a way out sends the buyer to a calculator."""
    scene = Scene(order_minimum_weight=Decimal(100))
    refused = scene.quote(40)
    assert _codes(refused.problems) == ["below_minimum_weight"]
    assert "20 kg more to reach the order minimum of 100 kg" in refused.problems[0].message
    # 50 pieces weigh 100 kg: three layers of 24 are 72
    assert _fix(refused.problems) == (72, f"Raise {scene.packed.code} to full layers: +32 × pcs")
    assert _fix(scene.quote(7, unit="case").problems) == (12, f"Raise {scene.packed.code} to full layers: +5 × case")
    assert not scene.quote(50).problems
    with pytest.raises(OrderRefused):
        scene.place(40)
    # Of a line without weight nobody knows what it adds: it is neither refused nor silent.
    unknown = scene.quote(40, bare=3)
    assert (_codes(unknown.problems), _codes(unknown.warnings)) == ([], ["minimum_not_known"])
    assert "1 line lacks" in unknown.warnings[0].message
    assert scene.place(50).status == "submitted"


@pytest.mark.django_db
def test_by_pallets_the_one_that_is_nearly_full_is_filled() -> None:
    """Whoever sells by the pallet says how many cases are missing, not how many pieces."""
    scene = Scene(order_minimum_pallets=2, below_minimum=BelowMinimum.REFUSED)
    refused = scene.quote(29, unit="case")  # 174 of 192 pieces
    assert _codes(refused.problems) == ["below_minimum_pallets"]
    assert "1 pallet more to reach the order minimum of 2 pallets" in refused.problems[0].message
    assert _fix(refused.problems) == (32, f"Raise {scene.packed.code} to full pallets: +3 × case")
    assert not scene.quote(2, unit="pallet").problems
    scene.shop.warehouse.stock.filter(product=scene.packed).update(on_hand=180)
    assert _fix(scene.quote(29, unit="case").problems) is None, "what is not there cannot be the way out"


@pytest.mark.django_db
def test_a_full_truck_and_a_surcharge_below_it() -> None:
    """Some agreements let small orders pass for money: the buyer has to read it before, not on the invoice."""
    scene = Scene(
        full_truck_weight=Decimal(400),
        full_truck_pallets=2,
        below_minimum=BelowMinimum.SURCHARGE,
        freight_surcharge=Decimal(75),
    )
    small = scene.quote(96)
    assert (_codes(small.problems), _codes(small.warnings)) == ([], ["below_full_truck", "freight_surcharge"])
    assert "208 kg or 1 pallet more to fill the truck of 400 kg or 2 pallets" in small.warnings[0].message
    assert "75" in small.warnings[1].message
    assert _fix(small.warnings) == (192, f"Raise {scene.packed.code} to full pallets: +16 × case")
    assert not scene.quote(192).warnings
    assert scene.place(96).status == "submitted"


@pytest.mark.django_db
def test_placing_asks_for_packaging_only_where_an_agreement_needs_it() -> None:
    """What an order weighs must not slow down all the others."""
    scene = Scene(order_minimum_amount=Decimal(1000), below_minimum=BelowMinimum.WARNED)
    assert scene.quote(1).lines[0].packaging is None
    assert _codes(scene.quote(1).warnings) == ["below_order_minimum"]
    assert scene.quote(1, with_load=True).load.weight == 2


@pytest.mark.django_db
def test_what_an_order_weighs_follows_its_lines_on_page_api_and_in_files(client: Any) -> None:
    """The carrier is booked by these figures: a struck line must not ride along."""
    scene = Scene()
    order = scene.place(109, bare=4)
    client.force_login(scene.buyer)

    def shown() -> tuple[Any, ...]:
        page = " ".join(client.get(order.get_absolute_url()).content.decode().split())
        data = client.get(f"/api/v1/orders/{order.number}/").json()["load"]
        assert f"{data['pallets']} full pallet" in page or not data["pallets"]
        assert ("1 line without weight" in page) == bool(data["lines_without_weight"])
        assert f"{Decimal(data['weight']):.1f} kg" in page
        names = ("pallets", "cases", "pieces", "lines_without_weight")
        return (Decimal(data["weight"]), Decimal(data["volume"]), *(data[name] for name in names))

    assert shown() == (Decimal(218), Decimal("1.09"), 1, 2, 5, 1)  # a pallet, 12 + 1 pieces, and 4 of the other
    OrderLine.objects.filter(order=order, product=scene.bare).update(cancelled=4)
    OrderLine.objects.filter(order=order, product=scene.packed).update(cancelled=50)
    assert shown() == (Decimal(118), Decimal("0.59"), 0, 9, 5, 0)
    file = client.get(reverse("orders:list"), {"export": "csv"})
    text = b"".join(file.streaming_content).decode() if file.streaming else file.content.decode()
    assert "gross weight (kg)" in text.splitlines()[0].lower()
    assert "118" in text
    other = Order.objects.exclude(pk=order.pk).first()
    assert other is None
    assert set(loads_of_orders([order.pk])) == {order.pk}


@pytest.mark.django_db
def test_the_entry_shows_how_far_it_is_and_raises_by_one_press(client: Any) -> None:
    """A buyer fills the truck while ordering, not after a refusal."""
    scene = Scene(order_minimum_pallets=1)
    client.force_login(scene.buyer)
    client.post(reverse("orders:entry-set"), {f"quantity-{scene.packed.pk}": "90"})
    page = " ".join(client.get(reverse("orders:entry")).content.decode().split())
    assert "180.0 kg" in page
    assert "1 pallet more to reach the order minimum of 1 pallet" in page
    label = f"Raise {scene.packed.code} to full pallets: +1 × case"
    assert label in page
    client.post(reverse("orders:entry-set"), {"fix": f"{scene.packed.pk}:96"})
    page = " ".join(client.get(reverse("orders:entry")).content.decode().split())
    assert "1 full pallet" in page
    assert "Order minimum: 1 pallet of 1 pallet" in page
    assert label not in page
    body = {"lines": [{"product": scene.packed.code, "quantity": 90}]}
    quote = client.post("/api/v1/orders/quote/", body, content_type="application/json").json()
    assert quote["problems"][0]["fix"]["label"] == label
    assert quote["orders"][0]["minimums"][0]["ways"][0] == {
        "measure": "pallets",
        "wanted": "1.0000",
        "reached": "0.0000",
        "missing": "1.0000",
        "lines_unknown": 0,
    }
    assert Fix(kind=FixKind.REMOVE).label == ""
