"""The order entry by plain requests: what a buyer types, pastes or uploads is in the draft, and placed once."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from core.models import StoredReply
from orders.models import Order, OrderLine
from orders.ordering.enums import OrderStatus
from orders.ordering.selectors.draft_lines import LineKey
from tests.factories.accounts import BuyerFactory, DistributorFactory, KeeperFactory
from tests.factories.inventory import ProductFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Stage:
    return stage(products=3)


@pytest.fixture
def buyer(scene: Stage, client: Client) -> Client:
    client.force_login(scene.buyer)
    return client


def _draft() -> dict[str, int]:
    order = Order.objects.get(status=OrderStatus.DRAFT)
    lines = OrderLine.objects.filter(order=order).order_by("position")
    return dict(lines.values_list("product__code", "ordered"))


def _say(client: Client, name: str, /, *, htmx: bool = False, **data: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse(f"orders:{name}"), data, headers=headers)


def test_code_in_small_letters_and_barcode_find_their_product(buyer: Client, scene: Stage) -> None:
    """A scanner and a quick typist would have to use the mouse."""
    first, second, _third = scene.shop.products
    second.barcode = "6901234567892"
    second.save()
    _say(buyer, "entry-add", q=first.code.lower(), quantity="12")
    _say(buyer, "entry-add", q="6901234567892", quantity="3")
    _say(buyer, "entry-add", q=f"{first.code} 5")
    assert _draft() == {first.code: 17, second.code: 3}


def test_words_that_fit_one_product_mean_it(buyer: Client, scene: Stage) -> None:
    """Nobody knows every code."""
    product = scene.shop.products[0]
    product.name = "Left-handed kettle"
    product.save()
    _say(buyer, "entry-add", q="kettle left", quantity="2")
    assert _draft() == {product.code: 2}


def test_pasted_rows_that_mean_nothing_stay_to_be_mended(buyer: Client, scene: Stage) -> None:
    """A typing mistake in row 40 must neither stop the other rows nor vanish."""
    first, second, _third = scene.shop.products
    page = _say(buyer, "entry-paste", htmx=True, pasted=f"{first.code}\t4\nNONSENSE\t9\n{second.code}\t2.5")
    text = page.content.decode()
    assert "NONSENSE" in text
    assert "2.5" in text
    assert "2 issues to fix" in text
    assert _draft() == {first.code: 4}
    _say(buyer, "entry-correct", row="0", code=second.code, quantity="9")
    assert _draft() == {first.code: 4, second.code: 9}
    _say(buyer, "entry-correct", row="0", remove="1")
    assert "problem" not in buyer.get(reverse("orders:entry")).content.decode().split("place-order")[1]


def test_a_mistyped_code_offers_those_that_are_near(buyer: Client, scene: Stage) -> None:
    """Who mistypes one digit would leave the order to look the product up."""
    code = scene.shop.products[0].code
    buyer.post(reverse("orders:entry-paste"), {"pasted": f"{code[:-1]}{code[-1] * 2}\t12"})
    (row,) = buyer.get(reverse("orders:entry")).context["order_entry"].unread
    assert code in row.near
    assert len(row.near) <= 3
    buyer.post(reverse("orders:entry-correct"), {"row": 0, "code": row.code, "quantity": "12", "meant": code})
    entry = buyer.get(reverse("orders:entry")).context["order_entry"]
    assert entry.unread == []
    assert entry.quantities == {LineKey(scene.shop.products[0].pk): 12}


def test_a_wrong_quantity_is_kept_shown_and_mended_by_its_button(buyer: Client, scene: Stage) -> None:
    """The buyer would find out only from the refusal of the whole order."""
    product = scene.shop.products[0]
    product.order_multiple, product.minimum_quantity = 12, 12
    product.save()
    page = _say(buyer, "entry-add", htmx=True, q=product.code, quantity="13")
    text = page.content.decode()
    assert "Round to 24" in text
    assert f'value="{product.pk}:24"' in text
    _say(buyer, "entry-set", fix=f"{product.pk}:24")
    assert _draft() == {product.code: 24}
    _say(buyer, "entry-set", fix=f"{product.pk}:0")
    assert _draft() == {}


def test_short_stock_offers_what_is_there(client: Client) -> None:
    """The fix is one press, not a telephone call."""
    scene = stage(products=1, on_hand=40)
    client.force_login(scene.buyer)
    page = _say(client, "entry-add", htmx=True, q=scene.shop.products[0].code, quantity="50")
    assert "Order the 40 available" in page.content.decode()


def test_one_line_changes_without_the_others(buyer: Client, scene: Stage) -> None:
    """Two open pages of one draft would undo each other."""
    first, second, _third = scene.shop.products
    _say(buyer, "entry-paste", pasted=f"{first.code} 1\n{second.code} 2")
    page = buyer.post(
        reverse("orders:entry-set"),
        {f"quantity-{second.pk}": "7"},
        headers={"HX-Request": "true", "HX-Target": f"line-{second.pk}"},
    )
    assert page.content.decode().strip().startswith(f'<tr id="line-{second.pk}"')
    assert _draft() == {first.code: 1, second.code: 7}


def test_catalogue_shows_my_prices_and_what_is_in_the_draft(buyer: Client, scene: Stage) -> None:
    """A buyer decides by its own price."""
    first = scene.shop.products[0]
    hidden = ProductFactory.create(name="Somebody else's brand")
    _say(buyer, "entry-set", **{f"quantity-{first.pk}": "5"})
    text = buyer.get(reverse("orders:entry-catalogue")).content.decode()
    assert first.code in text
    assert "10.00" in text
    assert f'name="quantity-{first.pk}" value="5"' in text
    assert hidden.name not in text
    assert first.code not in buyer.get(reverse("orders:entry-catalogue"), {"q": "no such thing"}).content.decode()


def test_an_uploaded_workbook_fills_the_draft(buyer: Client, scene: Stage) -> None:
    """The list from the own system would be typed again by hand."""
    first, second, _third = scene.shop.products
    book = Workbook()
    sheet: Any = book.active
    for row in (["Name", "Code", "Qty"], ["One", first.code, 6], ["Two", second.code, 8], ["?", "WRONG", 1]):
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    answer = _say(buyer, "entry-take-upload", file=SimpleUploadedFile("order.xlsx", kept.getvalue()))
    assert answer.status_code == 302, answer.context_data["form"].errors
    assert _draft() == {first.code: 6, second.code: 8}
    assert "WRONG" in buyer.get(reverse("orders:entry")).content.decode()


def test_a_file_that_is_no_table_says_why(buyer: Client) -> None:
    """A photograph of a list is not a list."""
    answer = _say(buyer, "entry-take-upload", file=SimpleUploadedFile("order.xlsx", b"\x89PNG\x00\x00"))
    assert answer.status_code == 400
    assert not Order.objects.exists()


def test_an_earlier_order_is_added(buyer: Client, scene: Stage) -> None:
    """Most orders are last month's order again."""
    placed = scene.placed(quantity=4)
    text = buyer.get(reverse("orders:entry-again")).content.decode()
    assert placed.number in text
    buyer.post(reverse("orders:entry-again-order", args=[placed.number]))
    assert _draft() == {product.code: 4 for product in scene.shop.products}


def test_pressing_twice_places_once(buyer: Client, scene: Stage) -> None:
    """A nervous finger would order everything twice."""
    _say(buyer, "entry-add", q=scene.shop.products[0].code, quantity="5")
    draft = Order.objects.get()
    sent = {"draft": draft.reference, "version": draft.version, "key": "one"}
    first = _say(buyer, "entry-place", **sent)
    second = _say(buyer, "entry-place", **sent)
    assert first.url == second.url == Order.objects.get().get_absolute_url()
    assert Order.objects.get().status == OrderStatus.SUBMITTED
    assert Order.objects.get().net_amount == Decimal(50)
    assert StoredReply.objects.count() == 1


def test_a_draft_changed_on_another_device_is_not_placed_unseen(buyer: Client, scene: Stage) -> None:
    """What is ordered must be what was seen."""
    _say(buyer, "entry-add", q=scene.shop.products[0].code, quantity="5")
    draft = Order.objects.get()
    _say(buyer, "entry-add", q=scene.shop.products[1].code, quantity="5")
    answer = _say(buyer, "entry-place", draft=draft.reference, version=draft.version, key="two")
    assert answer.url == reverse("orders:entry")
    assert Order.objects.get().status == OrderStatus.DRAFT


def test_a_refused_order_stays_a_draft_and_says_why(buyer: Client, scene: Stage) -> None:
    """Stock may go between the last look and the press."""
    _say(buyer, "entry-add", q=scene.shop.products[0].code, quantity="5000")
    draft = Order.objects.get()
    answer = _say(buyer, "entry-place", draft=draft.reference, version=draft.version, key="three")
    assert "Only 1000 of 5000 are available" in buyer.get(answer.url).content.decode()
    assert Order.objects.get().status == OrderStatus.DRAFT


def test_the_own_order_number_and_the_note_are_kept(buyer: Client, scene: Stage) -> None:
    """The accountant looks for the own number on the invoice."""
    _say(buyer, "entry-add", q=scene.shop.products[0].code, quantity="5")
    _say(buyer, "entry-details", purchase_order_number="PO-77", note="Ring twice")
    _say(buyer, "entry-add", q=scene.shop.products[1].code, quantity="5")
    order = Order.objects.get()
    assert (order.purchase_order_number, order.note, order.line_count) == ("PO-77", "Ring twice", 2)


def test_a_thrown_away_draft_is_gone(buyer: Client, scene: Stage) -> None:
    """A wrong start must not come back tomorrow."""
    _say(buyer, "entry-add", q=scene.shop.products[0].code, quantity="5")
    _say(buyer, "entry-discard")
    assert Order.objects.get().status == OrderStatus.CANCELLED
    assert scene.shop.products[0].code not in buyer.get(reverse("orders:entry")).content.decode()


def test_only_those_who_order_get_in(scene: Stage, client: Client) -> None:
    """A keeper who places orders would spend money that is not theirs to spend."""
    for person, status in ((scene.keeper, 403), (scene.manager, 302), (KeeperFactory.create(), 403)):
        client.force_login(person)
        assert client.get(reverse("orders:entry")).status_code == status
        assert _say(client, "entry-add", q=scene.shop.products[0].code, quantity="5").status_code == status
    assert not Order.objects.exists()


def test_somebody_elses_draft_is_not_found(buyer: Client, scene: Stage, client: Client) -> None:
    """A competitor's order is nobody's business."""
    _say(buyer, "entry-add", q=scene.shop.products[0].code, quantity="5")
    draft = Order.objects.get()
    stranger = Client()
    stranger.force_login(BuyerFactory.create(distributor=DistributorFactory.create()))
    address = {"draft": draft.reference, "for": scene.shop.distributor.code}
    assert stranger.get(reverse("orders:entry"), address).status_code == 404
    assert stranger.get(reverse("orders:entry"), {"draft": draft.reference}).status_code == 404
    stranger.post(reverse("orders:entry-place"), {"draft": draft.reference, "version": draft.version, "key": "x"})
    assert Order.objects.get(pk=draft.pk).status == OrderStatus.DRAFT


@pytest.mark.parametrize("name", ["entry", "entry-catalogue"])
def test_thirty_lines_cost_the_queries_of_one(name: str, client: Client, django_assert_max_num_queries: Any) -> None:
    """A long order would be slow to type."""
    scene = stage(products=30)
    client.force_login(scene.buyer)
    rows = "\n".join(f"{product.code} 2" for product in scene.shop.products)
    _say(client, "entry-paste", pasted=rows)
    client.get(reverse(f"orders:{name}"))
    with django_assert_max_num_queries(21):  # one of them: the credit that is left
        client.get(reverse(f"orders:{name}"))


def test_what_is_usual_is_added_with_one_press(buyer: Client, scene: Stage) -> None:
    """Thinking of everything every week is what gets forgotten."""
    scene.placed(quantity=4)
    first, second, third = scene.shop.products
    text = buyer.get(reverse("orders:entry-again")).content.decode()
    assert f'name="quantity-{first.pk}" value="4"' in text
    _say(buyer, "entry-set", **{f"quantity-{first.pk}": "4", f"quantity-{second.pk}": "0", f"quantity-{third.pk}": "9"})
    assert _draft() == {first.code: 4, third.code: 9}


@pytest.mark.parametrize("role", ["manager", "warehouse", "keeper", "buyer"])
def test_every_role_has_its_quick_views(role: str, scene: Stage, client: Client) -> None:
    """The morning would begin with setting filters."""
    placed = scene.placed()
    client.force_login(getattr(scene, role))
    text = client.get(reverse("orders:list")).content.decode()
    assert placed.number in text
    assert text.count('aria-current="page"') >= 1


def test_who_is_signed_out_meanwhile_comes_back_to_the_order(scene: Stage, client: Client) -> None:
    """The sign-in page would appear in the middle of the order, and the way back be lost."""
    answer = client.post(
        reverse("orders:entry-add"),
        {"q": "x"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/orders/new/?draft=SO1"},
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].endswith("?next=/orders/new/%3Fdraft%3DSO1")


def test_words_that_fit_several_products_say_so(buyer: Client, scene: Stage) -> None:
    """“There is no kettle” is wrong where there are two."""
    for product in scene.shop.products[:2]:
        product.name = f"Kettle {product.code}"
        product.save()
    text = _say(buyer, "entry-add", htmx=True, q="kettle", quantity="3").content.decode()
    assert "More than one product matches" in text
    text = _say(buyer, "entry-add", htmx=True, q="NONSENSE 7").content.decode()
    assert 'value="NONSENSE"' in text
    assert 'value="7"' in text


def test_an_owner_orders_for_those_below(scene: Stage, client: Client) -> None:
    """A wholesaler orders for its small customers, who have no account."""
    below = stage(products=1)
    below.shop.distributor.parent = scene.shop.distributor
    below.shop.distributor.save()
    client.force_login(scene.buyer)
    code = below.shop.distributor.code
    assert f"?for={code}" in client.get(reverse("orders:entry")).content.decode()
    product = below.shop.products[0]
    client.post(f"{reverse('orders:entry-add')}?for={code}", {"q": product.code, "quantity": "5"})
    assert Order.objects.get().distributor == below.shop.distributor
    assert product.code in client.get(reverse("orders:entry"), {"for": code}).content.decode()
    assert product.code not in client.get(reverse("orders:entry")).content.decode()
