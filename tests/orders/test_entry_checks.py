"""What the order entry knows of a distributor's history, and who else works on the draft."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from orders.models import Order, OrderLine
from orders.ordering.enums import OrderStatus
from orders.ordering.selectors.unusual import is_unusual, same_lines
from tests.factories.accounts import BuyerFactory, OwnerFactory
from tests.orders.people import stage


def test_what_is_unusual_by_median_and_deviation() -> None:
    """A zero too many is asked about, a larger order of who orders unevenly is not."""
    steady, uneven = [24, 24, 24, 24, 24], [12, 60, 24, 96, 36, 48]
    asked = [240, 48, 36, 26, 24, 6, 7]
    assert [is_unusual(quantity, steady) for quantity in asked] == [True, True, False, False, False, True, False]
    # Median 42, deviations 30 18 18 54 6 6 -> median 18, spread 26.69: from 149 on.
    assert [is_unusual(quantity, uneven) for quantity in (148, 149, 400, 1)] == [False, True, True, False]
    assert not is_unusual(1000, [10, 10, 10])  # too few to say
    assert is_unusual(300, [24, 24, 24, 240, 24])  # one odd order does not hide the next
    assert same_lines({1: 2, 3: 4}, {7: {1: 2, 3: 4}, 8: {1: 2}, 9: {1: 2, 3: 5}}) == [7]


@pytest.mark.django_db
def test_odd_orders_are_asked_about_and_confirmed_with_one_press(client: Client) -> None:
    """2,400 instead of 240, or the same order twice, costs a truck; what is meant so costs one press and is not asked again."""
    scene = stage(products=2, on_hand=100_000)
    product, other = scene.shop.products
    for _day in range(5):
        scene.placed(24)
    Order.objects.update(
        ordered_on=timezone.localdate() - timedelta(days=30), ordered_at=timezone.now() - timedelta(days=30)
    )
    client.force_login(scene.buyer)

    def entry(**more: str) -> object:
        return client.get(reverse("orders:entry"), more).context["order_entry"]

    client.post(reverse("orders:entry-set"), {f"quantity-{product.pk}": "240", f"quantity-{other.pk}": "24"})
    checks = entry().checks
    assert set(checks.unusual) == {product.pk}
    assert (checks.unusual[product.pk].usual, checks.bought[other.pk].last_quantity, entry().problem_count) == (
        24,
        24,
        1,
    )
    page = client.get(reverse("orders:entry")).content.decode()
    assert "you usually order 24" in page
    assert "1 issue to fix" in page
    client.post(reverse("orders:entry-confirm"), {"key": checks.unusual[product.pk].key})
    assert entry().problem_count == 0
    client.post(reverse("orders:entry-set"), {"fix": f"{product.pk}:24"})
    assert entry().checks.count == 0
    placed = scene.placed(24)
    Order.objects.filter(pk=placed.id).update(ordered_on=timezone.localdate(), ordered_at=timezone.now())
    (same,) = entry().checks.same
    assert placed.number in client.get(reverse("orders:entry")).content.decode()
    client.post(reverse("orders:entry-confirm"), {"key": same.key})
    assert entry().problem_count == 0


@pytest.mark.django_db
def test_a_scanner_that_types_needs_no_hand_between_two_codes(client: Client) -> None:
    """It ends every code with Enter, which leads to the quantity: the next code must not be taken for one."""
    scene = stage(products=2)
    first, second = scene.shop.products
    second.barcode = "6901234567892"
    second.save()
    client.force_login(scene.buyer)
    client.post(reverse("orders:entry-add"), {"q": first.code, "quantity": "6901234567892"})
    client.post(reverse("orders:entry-add"), {"q": "6901234567892", "quantity": first.code})
    assert dict(OrderLine.objects.values_list("product", "ordered")) == {first.pk: 2, second.pk: 2}


@pytest.mark.django_db
def test_two_who_open_one_draft_see_each_other_and_one_takes_over(client: Client) -> None:
    """Two people who fill one draft unseen order everything twice."""
    scene = stage(products=1)
    product, owner = (
        scene.shop.products[0],
        OwnerFactory.create(distributor=scene.shop.distributor, full_name="Li Owner"),
    )
    client.force_login(scene.buyer)
    client.post(reverse("orders:entry-set"), {f"quantity-{product.pk}": "5"})
    client.get(reverse("orders:entry"))
    second = Client()
    second.force_login(owner)
    assert scene.buyer.display_name in second.get(reverse("orders:entry")).content.decode()
    second.post(reverse("orders:entry-set"), {f"quantity-{product.pk}": "7"})
    assert OrderLine.objects.get().ordered == 5
    second.post(reverse("orders:entry-take-over"))
    second.post(reverse("orders:entry-set"), {f"quantity-{product.pk}": "7"})
    assert OrderLine.objects.get().ordered == 7
    assert "Li Owner" in client.get(reverse("orders:entry-lock")).content.decode()
    client.post(reverse("orders:entry-set"), {f"quantity-{product.pk}": "9"}, headers={"HX-Request": "true"})
    assert OrderLine.objects.get().ordered == 7
    again = Client()
    again.force_login(owner)  # another device of the same person is no conflict
    again.post(reverse("orders:entry-set"), {f"quantity-{product.pk}": "8"})
    assert OrderLine.objects.get().ordered == 8


@pytest.mark.django_db
def test_earlier_orders_by_product_month_and_ticked_lines_and_an_upload_of_ones_own(client: Client) -> None:
    """Most orders are like one before; a list of 500 products filled in at three of them orders three."""
    scene = stage(products=3)
    first, second, _third = scene.shop.products
    placed = scene.placed(6)
    client.force_login(BuyerFactory.create(distributor=scene.shop.distributor))
    again = reverse("orders:entry-again")
    order = Order.objects.get(pk=placed.id)
    for text, found in (
        (first.code, 1),
        (f"{order.ordered_on:%Y-%m}", 1),
        ("1999-01", 0),
        (placed.number, 1),
        ("nothing", 0),
    ):
        assert len(client.get(again, {"q": text}).context["recent"]) == found, text
    lines = reverse("orders:entry-again-order", args=[placed.number])
    assert [quantity for _row, quantity in client.get(lines).context["rows"]] == [6, 6, 6]
    client.post(lines, {"ticked": "1", "ids": [second.pk]})
    draft = Order.objects.get(status=OrderStatus.DRAFT)
    assert list(draft.lines.values_list("product", "ordered")) == [(second.pk, 6)]
    template = client.get(reverse("orders:entry-upload-template"))
    book = load_workbook(BytesIO(template.content))
    sheet = book.active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [product.code for product in scene.shop.products]
    sheet.cell(row=2, column=3, value=12)
    filled = BytesIO()
    book.save(filled)
    filled.seek(0)
    filled.name = "order.xlsx"
    client.post(reverse("orders:entry-take-upload"), {"file": filled})
    assert dict(draft.lines.values_list("product", "ordered")) == {second.pk: 6, first.pk: 12}
