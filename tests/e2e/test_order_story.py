"""An order from the first typed code to the receipt, by the people concerned, on a desk's screen and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from orders.models import Order, OrderLine
from orders.ordering.enums import OrderStatus
from tests.e2e.conftest import Visitor
from tests.factories.orders import CarrierFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = [
    ("Racing helmet, red", "竞速头盔 红色"),
    ("Water bottle 750 ml", "水壶 750 毫升"),
    ("Bicycle pump", "自行车打气筒"),
]


@pytest.fixture
def scene(language: str) -> Stage:
    made = stage(products=3, on_hand=400)
    for product, (name, name_zh) in zip(made.shop.products, NAMES, strict=True):
        product.name, product.name_zh = name, name_zh
        product.save()
    helmet = made.shop.products[0]
    helmet.order_multiple = helmet.minimum_quantity = 12
    helmet.save()
    CarrierFactory.create(name="Swift Parcels", name_zh="速达快递")
    for person in (made.buyer, made.keeper, made.manager, made.warehouse):
        person.language = language
        person.save()
    return made


def _paste(page: Page, text: str) -> None:
    """As the clipboard of a spreadsheet would be pasted, with nothing focused."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const options = {clipboardData: data, bubbles: true, cancelable: true};
            document.body.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def test_from_paste_to_receipt(make_visitor: Callable[..., Visitor], scene: Stage, screen: str, language: str) -> None:
    """The main job of the software, done by hand on the screens that people have."""

    def at(person: Any) -> Visitor:
        return make_visitor(screen, language).signed_in(person)

    number = _buyer_orders(at(scene.buyer), scene, f"{screen}-{language}")
    _manager_approves(at(scene.manager), number, f"{screen}-{language}")
    _warehouse_ships_in_parts(at(scene.warehouse), number, f"{screen}-{language}")
    _keeper_receives_with_a_difference(at(scene.keeper), number, f"{screen}-{language}")
    visitor = at(scene.buyer)
    visitor.open(f"/orders/{number}/")
    visitor.check()
    visitor.shoot(f"order-received-{screen}-{language}")
    assert Order.objects.get(number=number).status == OrderStatus.RECEIVED


def _buyer_orders(visitor: Visitor, scene: Stage, name: str) -> str:
    helmet, bottle, pump = scene.shop.products
    page = visitor.open("/orders/new/")
    expect(page.locator("#quick-q")).to_be_focused()
    visitor.check()
    visitor.shoot(f"entry-empty-{name}")
    _paste(page, f"{helmet.code}\t13\n{bottle.code}\t30\nNO-SUCH\t4")
    expect(page.locator("#place-order")).to_have_attribute("data-first-problem", "")
    expect(page.locator("#place-order")).to_contain_text("2")
    visitor.check()
    visitor.shoot(f"entry-problems-{name}")
    page.locator(f"#line-{helmet.pk} .state-red + button").click()
    expect(page.locator(f"#quantity-{helmet.pk}")).to_have_value("24")
    page.locator("button[name=remove]").click()
    expect(page.locator("#place-order")).to_be_enabled()
    page.fill("#quick-q", pump.name_zh if "zh" in name else "pump")
    expect(page.locator("#suggestions [data-code]")).to_have_count(1)
    visitor.shoot(f"entry-suggestions-{name}")
    page.press("#quick-q", "ArrowDown")
    page.press("#quick-q", "Enter")
    expect(page.locator("#quick-quantity")).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.locator(f"#quantity-{pump.pk}")).to_have_value("7")
    expect(page.locator("#quick-q")).to_be_focused()
    expect(page.locator("#quick-q")).to_have_value("")
    page.locator(f"#line-{pump.pk} summary").first.click()
    visitor.check()
    visitor.shoot(f"entry-ready-{name}")
    page.locator("#place-order").dblclick()
    expect(page.locator("h1")).to_contain_text("SO")
    assert Order.objects.count() == 1
    visitor.check()
    visitor.shoot(f"order-placed-{name}")
    return Order.objects.get().reference


def _manager_approves(visitor: Visitor, number: str, name: str) -> None:
    page = visitor.open("/orders/")
    visitor.check()
    visitor.shoot(f"orders-{name}")
    visitor.follow(page.get_by_role("link", name=number))
    visitor.check()
    visitor.shoot(f"order-to-approve-{name}")
    page.locator("form[action$='/act/approve/'] button").click()
    page.wait_for_load_state()
    assert Order.objects.get(number=number).status == OrderStatus.APPROVED


def _warehouse_ships_in_parts(visitor: Visitor, number: str, name: str) -> None:
    first = OrderLine.objects.filter(order__number=number).order_by("position").first()
    assert first is not None
    page = visitor.open(f"/orders/{number}/ship/")
    visitor.check()
    page.fill(f"[name=quantity-{first.pk}]", "12")
    page.select_option("[name=carrier]", index=1)
    page.fill("[name=tracking_number]", "SW-0001")
    visitor.shoot(f"ship-{name}")
    page.locator("main form button.btn-primary").click()
    page.wait_for_load_state()
    assert Order.objects.get(number=number).status == OrderStatus.PARTLY_SHIPPED
    visitor.check()
    visitor.shoot(f"order-partly-shipped-{name}")
    visitor.open(f"/orders/{number}/ship/")
    page.locator("main form button.btn-primary").click()
    page.wait_for_load_state()
    assert Order.objects.get(number=number).status == OrderStatus.SHIPPED


def _keeper_receives_with_a_difference(visitor: Visitor, number: str, name: str) -> None:
    page = visitor.open(f"/orders/{number}/")
    visitor.shoot(f"order-to-receive-{name}")
    page.locator("main a.btn-primary").click()
    field = page.locator("input[name^=quantity-]").first
    field.fill("10")
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(field).to_have_value("10")
    visitor.complaints.clear()  # the browser notes the refusal, as it should
    visitor.check()
    visitor.shoot(f"receive-{name}")
    page.locator("select[name^=kind-]").first.select_option("damaged")
    page.locator("main form button.btn-primary").click()
    page.wait_for_load_state()
    page.locator("main a.btn-primary").click()
    page.locator("main form button.btn-primary").click()
    page.wait_for_load_state()


def test_by_catalogue_and_from_an_earlier_order(
    make_visitor: Callable[..., Visitor], scene: Stage, screen: str, language: str
) -> None:
    """Who does not know the codes orders with the thumb."""
    helmet, bottle, _pump = scene.shop.products
    visitor = make_visitor(screen, language).signed_in(scene.buyer)
    page = visitor.open("/orders/new/catalogue/")
    visitor.check()
    page.locator(f"#product-{helmet.pk} form button.btn:not(.btn-icon)").click()
    expect(page.locator(f"#quantity-{helmet.pk}")).to_have_value("12")
    page.locator(f"#more-{helmet.pk}").click()
    expect(page.locator(f"#quantity-{helmet.pk}")).to_have_value("24")
    expect(page.locator("#summary")).to_contain_text("240.00")
    visitor.check()
    visitor.shoot(f"catalogue-{screen}-{language}")
    page.fill("#catalogue-q", bottle.code)
    expect(page.locator("#products [data-row]")).to_have_count(1)
    visitor.open("/orders/new/catalogue/?view=rows")
    visitor.check()
    visitor.shoot(f"catalogue-rows-{screen}-{language}")
    page.locator("#place-order").click()
    expect(page.locator("h1")).to_contain_text("SO")
    visitor.open("/orders/new/again/")
    visitor.check()
    visitor.shoot(f"again-{screen}-{language}")
    page.locator("main .list-group button").click()
    expect(page.locator(f"#quantity-{helmet.pk}")).to_have_value("24")
    visitor.open("/orders/new/upload/")
    visitor.check()
    visitor.shoot(f"upload-{screen}-{language}")


def test_without_javascript_an_order_is_placed(make_visitor: Callable[..., Visitor]) -> None:
    """A locked-down terminal in a warehouse would be of no use."""
    scene = stage(products=2)
    visitor = make_visitor(javascript=False).signed_in(scene.buyer)
    page = visitor.open("/orders/new/")
    page.fill("#quick-q", scene.shop.products[0].code)
    page.fill("#quick-quantity", "5")
    page.press("#quick-quantity", "Enter")
    page.fill(f"#quantity-{scene.shop.products[0].pk}", "6")
    page.locator("#lines .card-footer button").click()
    expect(page.locator(f"#quantity-{scene.shop.products[0].pk}")).to_have_value("6")
    page.locator("#place-order").click()
    assert Order.objects.get().unit_count == 6


def test_nobody_waits_for_the_server_between_two_codes(make_visitor: Callable[..., Visitor]) -> None:
    """A scanner sends the next code before the answer to the last one is there."""
    scene = stage(products=4)
    page = make_visitor().signed_in(scene.buyer).open("/orders/new/")
    for product in scene.shop.products:
        page.keyboard.type(f"{product.code} 3")
        page.keyboard.press("Enter")
    for product in scene.shop.products:
        expect(page.locator(f"#quantity-{product.pk}")).to_have_value("3")
    assert Order.objects.count() == 1


def test_a_draft_is_there_on_another_device(make_visitor: Callable[..., Visitor]) -> None:
    """What was begun at the desk is finished in the shop."""
    scene = stage(products=2)
    product = scene.shop.products[0]
    desk = make_visitor("desk").signed_in(scene.buyer)
    page = desk.open("/orders/new/")
    page.fill("#quick-q", f"{product.code} 8")
    page.press("#quick-q", "Enter")
    expect(page.locator(f"#quantity-{product.pk}")).to_have_value("8")
    phone = make_visitor("phone").signed_in(scene.buyer)
    other = phone.open("/orders/new/")
    expect(other.locator(f"#quantity-{product.pk}")).to_have_value("8")
    other.locator(f"#more-{product.pk}").tap()
    expect(other.locator("#summary")).to_contain_text("90.00")
    page.reload()
    expect(page.locator(f"#quantity-{product.pk}")).to_have_value("9")


def test_in_the_dark_too(make_visitor: Callable[..., Visitor]) -> None:
    """Warehouses are dark, and so are offices at the end of the month."""
    scene = stage(products=3, on_hand=10)
    placed = scene.placed(quantity=2)
    Order.objects.filter(pk=placed.id).update(lateness="late")
    visitor = make_visitor("desk", "en", "dark").signed_in(scene.buyer)
    page = visitor.open("/orders/new/")
    _paste(page, "\n".join(f"{product.code}\t40" for product in scene.shop.products) + "\nNO-SUCH\t4")
    expect(page.locator("#place-order")).to_contain_text("4")
    visitor.check()
    visitor.shoot("entry-dark")
    for path in (f"/orders/{placed.number}/", "/orders/", "/orders/new/catalogue/", f"/orders/{placed.number}/cancel/"):
        visitor.open(path)
        visitor.check()
    visitor.shoot("cancel-dark")
