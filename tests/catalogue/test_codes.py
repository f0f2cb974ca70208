"""A product's code means the product however it is written, wherever somebody writes it."""

from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.enums import CodeKind
from catalogue.models import Product, ProductCode
from catalogue.selectors import INVARIANTS, find_products_by_code
from catalogue.services.product_codes import add_product_code, remove_product_code
from catalogue.services.products import product_input_of, save_product
from channel_stock.services.stock_reports import report_stock
from core.errors import Conflict, InvalidInput, NotAllowed
from inventory.models import Stock
from orders.models import Order
from tests.factories.accounts import AdministratorFactory, DistributorFactory, OwnerFactory, WarehouseUserFactory
from tests.factories.inventory import BuyingRightFactory, ProductCodeFactory, ProductFactory
from tests.orders.people import Stage, stage
from tests.orders.test_api_orders import caller
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db

SPELLINGS = (
    "KETTLE-1",
    "kettle-1",
    "ＫＥＴＴＬＥ－１",
    " Kettle-\u200b1\u00a0",
    "KETTLE-\u00ad1\ufeff",
    "6901-1",
    "６９０１-1",
)
"""Two codes of one product: as they are stored, in small letters, full width, and with what nobody sees."""


@pytest.fixture
def scene() -> Stage:
    people = stage(products=2)
    product = people.shop.products[0]
    product.code, product.barcode = "KETTLE-1", "6901-1"
    product.save()
    return people


def _normal(code: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_normal_code(%s)", [code])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("kettle-1", "KETTLE-1"),
        ("ＫＥＴＴＬＥ－１", "KETTLE-1"),
        (" 690 1234\t567890 ", "6901234567890"),
        ("A\u200b\u200d\u2060B\ufeff\u00ad\u00a0\u3000C", "ABC"),
        ("é", "É"),
        ("茶-a", "茶-A"),
        ("ti", "TI"),
        ("ıİi", "III"),
        ("straße", "STRASSE"),
        ("STRAẞE", "STRASSE"),
        ("οδος", "ΟΔΟΣ"),
        ("\u200b", ""),
    ],
)
def test_the_normal_form(written: str, normal: str) -> None:
    """Two people who mean one article would write two codes, and two articles would be made."""
    assert _normal(written) == normal
    assert _normal(normal) == normal


def _by_api(people: Stage, code: str) -> str:
    reply = caller(people.buyer)("post", "orders/", {"lines": [{"product": code, "quantity": 5}], "submit": True})
    assert reply.status_code == 201, reply.content
    return str(reply.json()["lines"][0]["product"])


def _by_entry(people: Stage, code: str) -> str:
    client = Client()
    client.force_login(people.buyer)
    client.post(reverse("orders:entry-add"), {"q": code, "quantity": "5"})
    return Order.objects.get().lines.get().product.code


def _by_pasting(people: Stage, code: str) -> str:
    client = Client()
    client.force_login(people.buyer)
    client.post(reverse("orders:entry-paste"), {"pasted": f"{code}\t5"})
    return Order.objects.get().lines.get().product.code


def _by_upload(people: Stage, code: str) -> str:
    client = Client()
    client.force_login(people.buyer)
    upload = SimpleUploadedFile("order.csv", f"code,quantity\n{code},5\n".encode())
    client.post(reverse("orders:entry-take-upload"), {"file": upload})
    return Order.objects.get().lines.get().product.code


def _by_stock_report(people: Stage, code: str) -> str:
    report_stock(distributor_id=people.shop.distributor.pk, counts=[(code, 5)], actor=people.keeper, now=timezone.now())
    return Stock.objects.get(warehouse__distributor=people.shop.distributor).product.code


def _by_receipt_page(people: Stage, code: str) -> str:
    client = Client()
    client.force_login(people.warehouse)
    body = {"warehouse": people.shop.warehouse.pk, "reference": "GR", "lines": f"{code}\t7"}
    reply = client.post(reverse("inventory:receive"), body)
    assert reply.status_code == 302, reply.context["form"].errors
    return Stock.objects.get(on_hand=1007).product.code


def _by_receipt_api(people: Stage, code: str) -> str:
    body = {
        "warehouse": people.shop.warehouse.code, "reference": "GR", "lines": [{"product": code, "quantity": 7}],
    }  # fmt: skip
    reply = caller(people.warehouse)("post", "stock/receipts/", body)
    assert reply.status_code == 201, reply.content
    return Stock.objects.get(on_hand=1007).product.code


def _by_correction_page(people: Stage, code: str) -> str:
    client = Client()
    client.force_login(people.warehouse)
    body = {"warehouse": people.shop.warehouse.pk, "product": code, "difference": 7, "reason": "counted"}
    assert client.post(reverse("inventory:adjust"), body).status_code == 302
    return Stock.objects.get(on_hand=1007).product.code


def _by_price_quote(people: Stage, code: str) -> str:
    reply = caller(people.buyer)("post", "prices/quote/", {"lines": [{"product": code, "quantity": 1}]})
    assert reply.status_code == 200, reply.content
    assert reply.json()[0]["unit_price"] is not None
    return "KETTLE-1"


def _by_search(people: Stage, code: str) -> str:
    rows = caller(people.buyer)("get", f"products/?q={code}").json()["results"]
    return str(rows[0]["code"]) if len(rows) == 1 else f"{len(rows)} found"


def _by_filter(people: Stage, code: str) -> str:
    rows = caller(people.warehouse)("get", f"stock-moves/?product={code}").json()["results"]
    return str(rows[0]["product"])


ENTRANCES = (
    _by_api, _by_entry, _by_pasting, _by_upload, _by_stock_report, _by_receipt_page, _by_receipt_api,
    _by_correction_page, _by_price_quote, _by_search, _by_filter,
)  # fmt: skip


@pytest.mark.parametrize("written", SPELLINGS)
@pytest.mark.parametrize("entrance", ENTRANCES)
def test_every_entrance_takes_every_spelling(scene: Stage, entrance: Callable[[Stage, str], str], written: str) -> None:
    """The API would refuse what the page takes, and a scanner, a phone and a spreadsheet each write another code."""
    assert entrance(scene, written) == "KETTLE-1"


@pytest.fixture(autouse=True)
def _products_and_codes_agree_after_every_test(db: None) -> Iterator[None]:
    yield
    assert offending_rows(INVARIANTS) == {}


def test_codes_follow_the_product(scene: Stage) -> None:
    """The old code would still order, the new one would not."""
    product = scene.shop.products[0]
    actor = AdministratorFactory.create()
    values = product_input_of(product)
    save_product(
        product_id=product.pk, values=type(values)(**{**vars(values), "code": "POT-1", "barcode": ""}), actor=actor
    )
    assert find_products_by_code(["kettle-1", "6901-1", "pot-1"], distributor_id=None) == {"pot-1": product.pk}
    Product.objects.filter(pk=product.pk).update(barcode="77")
    assert find_products_by_code(["77"], distributor_id=None) == {"77": product.pk}


def test_a_code_that_differs_in_its_spelling_only_is_taken() -> None:
    """Two products would answer to one code, and orders would go to either."""
    ProductFactory.create(code="KETTLE-1", barcode="6901")
    for facts in ({"code": "ｋettle-1"}, {"code": "690 1"}, {"code": "X", "barcode": "Kettle-1"}):
        with pytest.raises(IntegrityError, match="product_code_once"), transaction.atomic():
            ProductFactory.create(**facts)
    assert ProductFactory.create(code="6902", barcode="6902").codes.count() == 1


def test_a_taken_code_is_said_beside_its_field() -> None:
    """The reader would see a failure of the program where a code is taken."""
    taken, other = ProductFactory.create(code="KETTLE-1"), ProductFactory.create()
    values = product_input_of(other)
    with pytest.raises(Conflict) as refused:
        save_product(
            product_id=other.pk,
            values=type(values)(**{**vars(values), "code": taken.code.lower()}),
            actor=AdministratorFactory.create(),
        )
    assert [problem.field for problem in refused.value.problems] == ["code"]


def test_two_products_may_change_their_codes_with_each_other() -> None:
    """Codes that were entered the wrong way round could only be put right by way of a third."""
    first, second = ProductFactory.create(barcode="111"), ProductFactory.create(barcode=None)
    Product.objects.filter(pk=first.pk).update(barcode=None)
    Product.objects.filter(pk=second.pk).update(barcode="111")
    assert find_products_by_code(["111"], distributor_id=None) == {"111": second.pk}


def test_a_distributors_own_code_goes_first_and_is_nobody_elses(scene: Stage) -> None:
    """A distributor that orders by its own numbers would get another product, or somebody else would."""
    first, second = scene.shop.products
    own = scene.shop.distributor
    ProductCodeFactory.create(product=second, kind=CodeKind.OWN, distributor=own, code="kettle-1")
    ProductCodeFactory.create(product=second, code="CASE 9")
    other = DistributorFactory.create()
    assert find_products_by_code(["KETTLE-1", "case9"], distributor_id=own.pk) == {
        "KETTLE-1": second.pk,
        "case9": second.pk,
    }
    assert find_products_by_code(["KETTLE-1"], distributor_id=other.pk) == {"KETTLE-1": first.pk}
    assert _by_api(scene, "kettle-1") == second.code


def test_who_may_keep_which_codes(scene: Stage) -> None:
    """A distributor could redirect another's orders, or take a barcode that everybody uses."""
    product, own = scene.shop.products[1], scene.shop.distributor
    owner = OwnerFactory.create(distributor=own)
    added = add_product_code(product_id=product.pk, kind=CodeKind.OWN, code=" M-1 ", distributor_id=own.pk, actor=owner)
    assert (added.code, ProductCode.objects.get(pk=added.pk).normal) == ("M-1", "M-1")
    with pytest.raises(Conflict):
        add_product_code(
            product_id=scene.shop.products[0].pk, kind=CodeKind.OWN, code="m-1", distributor_id=own.pk, actor=owner
        )
    for kind, distributor_id in ((CodeKind.FURTHER_BARCODE, None), (CodeKind.OWN, DistributorFactory.create().pk)):
        with pytest.raises(NotAllowed):
            add_product_code(product_id=product.pk, kind=kind, code="M-2", distributor_id=distributor_id, actor=owner)
    administrator = AdministratorFactory.create()
    with pytest.raises(InvalidInput):
        add_product_code(
            product_id=product.pk, kind=CodeKind.CODE, code="M-2", distributor_id=None, actor=administrator
        )
    with pytest.raises(InvalidInput):
        remove_product_code(code_id=product.codes.get(kind=CodeKind.CODE).pk, actor=administrator)
    with pytest.raises(NotAllowed):
        remove_product_code(code_id=added.pk, actor=WarehouseUserFactory.create())
    remove_product_code(code_id=added.pk, actor=owner)
    assert not ProductCode.objects.filter(kind=CodeKind.OWN).exists()


def test_a_distributor_keeps_its_own_codes_over_the_api(scene: Stage) -> None:
    """An ERP that knows its own numbers only could not be connected."""
    call = caller(OwnerFactory.create(distributor=scene.shop.distributor))
    code = scene.shop.products[1].code
    made = call("post", "product-codes/", {"product": code.lower(), "kind": "own", "code": "ERP-7"})
    assert made.status_code == 201, made.content
    assert {**made.json(), "id": 0} == {
        "id": 0, "product": code, "kind": "own", "distributor": scene.shop.distributor.code, "code": "ERP-7",
        "normal": "ERP-7", "unit": None,
    }  # fmt: skip
    found = call("get", f"product-codes/?kind=own&product={code.lower()}").json()["results"]
    assert [row["code"] for row in found] == ["ERP-7"]
    assert call("delete", f"product-codes/{made.json()['id']}/").status_code == 204
    stranger = caller(OwnerFactory.create())
    assert stranger("get", "product-codes/").json()["results"] == []


def test_other_people_see_no_product_by_its_code(scene: Stage) -> None:
    """A code in any spelling would open what may not be bought."""
    BuyingRightFactory.create(distributor=scene.shop.distributor)
    ProductFactory.create(code="SECRET-1")
    reply = caller(scene.buyer)("post", "prices/quote/", {"lines": [{"product": "secret-1", "quantity": 1}]})
    assert reply.status_code == 400


def test_own_codes_are_kept_on_their_page(client: Client, scene: Stage) -> None:
    """Whoever keeps a warehouse would wait for an import to have a code of its own understood."""
    product, other = scene.shop.products
    theirs = DistributorFactory.create()
    ProductCodeFactory.create(product=product, kind=CodeKind.OWN, distributor=theirs, code="THEIRS-1")
    new, listed = reverse("catalogue:distributor-code-new"), reverse("catalogue:distributor-codes")
    client.force_login(scene.keeper)
    assert client.post(new, {"code": "OURS-1", "product": "kettle-1"}).headers["Location"] == listed
    assert client.post(new, {"code": "ours-1", "product": other.code}).status_code == 409, "one code, one meaning"
    assert client.post(new, {"code": "OURS-2", "product": other.code, "unit": "case"}).status_code == 400
    (own,) = ProductCode.objects.filter(distributor=scene.shop.distributor)
    page = client.get(listed, {"q": "kettle"}).content.decode()
    assert "OURS-1" in page
    assert "THEIRS-1" not in page
    change = reverse("catalogue:distributor-code", args=[own.pk])
    assert client.post(change, {"code": "OURS-9", "product": other.code}).status_code == 302
    own.refresh_from_db()
    assert (own.code, own.normal, own.product) == ("OURS-9", "OURS-9", other)
    hidden = reverse("catalogue:distributor-code", args=[ProductCode.objects.get(code="THEIRS-1").pk])
    assert client.get(hidden).status_code == 404
    assert client.post(reverse("catalogue:distributor-code-remove", args=[own.pk])).headers["Location"] == listed
    client.force_login(scene.manager)
    assert client.get(listed).status_code == 200
    fields = {"code": "BY-US", "product": product.code, "distributor": scene.shop.distributor.pk}
    assert client.post(new, fields).status_code == 302
    assert client.post(new, fields | {"distributor": theirs.pk}).status_code == 400, "none of the manager's"
    assert client.post(hidden, {"code": "X", "product": product.code}).status_code == 404
