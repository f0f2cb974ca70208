"""Papers of real orders and shipments: who gets which, with what on it."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from catalogue.rules.loads import Packaging, PackedUnit
from company.services.logo import remove_logo, set_logo
from core.enums import JobStatus
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.jobs import run_job
from core.models import Job
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, Shipment
from orders.ordering.enums import OrderStatus
from orders.ordering.services.approval import approve_order
from orders.papers.enums import PaperKind, PaperSize
from orders.papers.selectors.goods import Goods
from orders.papers.selectors.order_papers import order_papers
from orders.papers.selectors.pick_lists import pick_list_papers
from orders.papers.selectors.return_notes import ReturnedRow, ReturnNote, return_note_sheet
from orders.papers.selectors.shipment_papers import delivery_notes, labels
from orders.papers.services import printing
from orders.papers.services.printing import PaperChoice, print_many, print_order, print_return, print_shipment
from orders.returns.services.requesting import AskedGoods, request_return
from papers.contents import Sender, Size
from tests.factories.accounts import AdministratorFactory, BuyerFactory, OwnerFactory
from tests.factories.inventory import ProductUnitFactory
from tests.factories.orders import CarrierFactory, OrderFactory, OrderLineFactory
from tests.factories.returns import received_line
from tests.orders.people import Stage, stage
from tests.papers.samples import pdf_of, sizes, text_of, texts

pytestmark = pytest.mark.django_db
ORDER = PaperChoice(kind=PaperKind.ORDER)
PICK_LIST = PaperChoice(kind=PaperKind.PICK_LIST)
NOTE = PaperChoice(kind=PaperKind.DELIVERY_NOTE)
LABEL = PaperChoice(kind=PaperKind.LABEL)


@pytest.fixture
def scene() -> Stage:
    """A distributor that reads Chinese and pays in yuan, with a product that comes in cases of 12."""
    made = stage()
    buyer = made.shop.distributor
    buyer.language, buyer.name_zh, buyer.address, buyer.phone = "zh-hans", "杭州骑行", "文三路 478 号", "0571-88"
    buyer.save()
    product = made.shop.products[0]
    product.name_zh = "山地车"
    product.save()
    ProductUnitFactory.create(product=product, code="case", pieces=12, weight=Decimal("150.5"))
    return made


def approved(scene: Stage, quantity: int = 30) -> Order:
    placed = scene.placed(quantity=quantity, purchase_order_number="")
    return approve_order(order_id=placed.id, actor=scene.manager, now=timezone.now())


def shipped(scene: Stage, quantity: int = 30, **options: Any) -> Shipment:
    return ship_order(order_id=approved(scene, quantity).pk, actor=scene.warehouse, now=timezone.now(), **options)


def as_person(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def grouped(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def test_the_order_is_in_the_language_of_its_distributor(scene: Stage) -> None:
    """A buyer who signs what he cannot read signs nothing."""
    order = approved(scene)
    with translation.override("en"):
        said = text_of(print_order(order_id=order.pk, choice=ORDER, actor=scene.manager))
    assert order.number in said
    assert "杭州骑行" in said
    assert "山地车" in said
    assert grouped(order.net_amount) in said
    assert grouped(order.total_amount) in said
    assert "元整" in said or "角" in said or "分" in said
    assert "30" in said
    scene.shop.distributor.language = "en"
    scene.shop.distributor.save()
    with translation.override("zh-hans"):
        said = text_of(print_order(order_id=order.pk, choice=ORDER, actor=scene.manager))
    assert "Totalwithtax" in said
    assert "山地车" not in said
    assert "元" not in said


def test_the_warehouse_gets_no_prices(scene: Stage) -> None:
    """Prices on what lies about in a warehouse are known in the street by the evening."""
    shipment = shipped(scene, 12)
    order = shipment.order
    amounts = {grouped(line.net_amount + line.tax_amount) for line in order.lines.all()}
    for content in (
        print_order(order_id=order.pk, choice=ORDER, actor=scene.warehouse),
        print_shipment(shipment_id=shipment.pk, choice=NOTE, actor=scene.warehouse),
        print_shipment(shipment_id=shipment.pk, choice=LABEL, actor=scene.warehouse),
        print_shipment(shipment_id=shipment.pk, choice=NOTE, actor=scene.keeper),
        print_shipment(
            shipment_id=shipment.pk,
            choice=PaperChoice(kind=PaperKind.DELIVERY_NOTE, has_prices=False),
            actor=scene.manager,
        ),
    ):
        said = text_of(content)
        assert order.currency not in said
        assert not any(amount in said for amount in amounts)
    assert all(
        amount in text_of(print_shipment(shipment_id=shipment.pk, choice=NOTE, actor=scene.manager))
        for amount in amounts
    )
    asked = PaperChoice(kind=PaperKind.ORDER, has_prices=True)
    with pytest.raises(NotAllowed):
        print_order(order_id=order.pk, choice=asked, actor=scene.warehouse)


def test_cases_stand_beside_pieces(scene: Stage) -> None:
    """30 pieces in cases of 12 are two cases and 6: whoever counts 30 loose ones counts twice."""
    order = approved(scene, 30)
    (sheet,) = pick_list_papers([order.pk], size=Size.CONTINUOUS)
    place = next(number for number, row in enumerate(sheet.rows) if scene.shop.products[0].code in row.cells)
    assert sheet.rows[place].cells[3:7] == ("12", "2", "6", "30")
    assert sheet.rows[1 - place].cells[3:7] == ("", "", "30", "30")
    said = text_of(print_order(order_id=order.pk, choice=PICK_LIST, actor=scene.warehouse))
    assert order.number in said


def test_what_has_left_is_not_picked_again(scene: Stage) -> None:
    order = approved(scene, 10)
    lines = list(order.lines.order_by("position"))
    quantities = {lines[0].pk: 4, lines[1].pk: 10}
    ship_order(order_id=order.pk, actor=scene.warehouse, now=timezone.now(), quantities=quantities)
    (sheet,) = pick_list_papers([order.pk], size=Size.A4)
    assert [row.cells[-3] for row in sheet.rows] == ["6"]
    ship_order(order_id=order.pk, actor=scene.warehouse, now=timezone.now())
    with pytest.raises(Conflict, match="nothing is left"):
        print_order(order_id=order.pk, choice=PICK_LIST, actor=scene.warehouse)


def test_amounts_of_shipments_add_up_to_the_order(scene: Stage) -> None:
    """Three notes of one line that come to a cent more than the order are three telephone calls."""
    order = OrderFactory.create(distributor=scene.shop.distributor, status=OrderStatus.APPROVED)
    line = OrderLineFactory.create(
        order=order,
        ordered=3,
        product=scene.shop.products[0],
        unit_price=Decimal("33.3333"),
        gross_amount=Decimal("100.0000"),
    )
    from tests.factories.orders import ShipmentFactory, ShipmentLineFactory

    shipments = [
        ShipmentFactory.create(order=order, shipped_at=timezone.now() + timedelta(hours=hour)) for hour in range(3)
    ]
    for shipment in shipments:
        ShipmentLineFactory.create(shipment=shipment, order_line=line, quantity=1)
    notes = delivery_notes([one.pk for one in shipments], size=Size.A4, has_prices=True)
    assert [note.rows[0].amounts[8] for note in notes] == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]


def test_a_label_has_what_a_driver_and_a_scanner_need(scene: Stage) -> None:
    carrier = CarrierFactory.create(name_zh="顺丰速运")
    shipment = shipped(scene, carrier_id=carrier.pk, tracking_number="SF1234567890")
    content = print_shipment(shipment_id=shipment.pk, choice=LABEL, actor=scene.warehouse)
    assert list(sizes(content)) == [(100, 150)]
    for text in (shipment.number, "顺丰速运", "SF1234567890", "杭州骑行", "文三路478号", "0571-88"):
        assert text in text_of(content)
    with pytest.raises(NotAllowed):
        print_shipment(shipment_id=shipment.pk, choice=LABEL, actor=scene.buyer)


def test_a_note_on_three_plies(scene: Stage) -> None:
    shipment = shipped(scene)
    choice = PaperChoice(kind=PaperKind.DELIVERY_NOTE, size=PaperSize.CONTINUOUS)
    content = print_shipment(shipment_id=shipment.pk, choice=choice, actor=scene.buyer)
    assert set(sizes(content)) == {(241, 140)}
    assert shipment.number in text_of(content)
    wrong = PaperChoice(kind=PaperKind.DELIVERY_NOTE, size=PaperSize.LABEL)
    with pytest.raises(InvalidInput):
        print_shipment(shipment_id=shipment.pk, choice=wrong, actor=scene.buyer)


def test_nobody_prints_what_he_does_not_see(scene: Stage) -> None:
    shipment = shipped(scene)
    stranger = BuyerFactory.create()
    with pytest.raises(NotVisible):
        print_order(order_id=shipment.order_id, choice=ORDER, actor=stranger)
    with pytest.raises(NotVisible):
        print_shipment(shipment_id=shipment.pk, choice=NOTE, actor=stranger)
    with pytest.raises(Conflict):
        print_many(order_ids=[shipment.order_id], choice=ORDER, actor=stranger)
    page = as_person(stranger).get(reverse("orders:print", args=[shipment.order.number]), {"kind": "order"})
    assert page.status_code == 404


def test_a_draft_has_no_paper(scene: Stage) -> None:
    draft = OrderFactory.create(distributor=scene.shop.distributor, status=OrderStatus.DRAFT)
    with pytest.raises(Conflict, match="draft"):
        print_order(order_id=draft.pk, choice=ORDER, actor=scene.buyer)


def test_the_logo_is_a_small_picture_and_stands_on_the_paper(scene: Stage) -> None:
    order = approved(scene)
    company, administrator = order.company, AdministratorFactory.create()
    plain = print_order(order_id=order.pk, choice=ORDER, actor=scene.manager)
    set_logo(actor=administrator, company_id=company.pk, picture=picture("JPEG", (3000, 1000)))
    company.refresh_from_db()
    with company.logo.open() as content, Image.open(content) as small:
        assert (small.format, small.size) == ("PNG", (600, 200))
    assert b"/Subtype/Image" in print_order(order_id=order.pk, choice=ORDER, actor=scene.manager)
    assert b"/Subtype/Image" not in plain
    company.logo.storage.delete(company.logo.name)
    assert text_of(print_order(order_id=order.pk, choice=ORDER, actor=scene.manager))
    remove_logo(actor=administrator, company_id=company.pk)
    assert print_order(order_id=order.pk, choice=ORDER, actor=scene.manager) == plain


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 50, b"\x89PNG\r\n\x1a\n" + b"x" * 99]
)
def test_what_is_no_picture_is_no_logo(scene: Stage, content: bytes) -> None:
    company, administrator = approved(scene).company, AdministratorFactory.create()
    with pytest.raises(InvalidInput):
        set_logo(actor=administrator, company_id=company.pk, picture=SimpleUploadedFile("logo.png", content))
    with pytest.raises(NotAllowed):
        set_logo(actor=scene.manager, company_id=company.pk, picture=picture("PNG", (10, 10)))
    company.refresh_from_db()
    assert not company.logo


def picture(kind: str, size: tuple[int, int]) -> SimpleUploadedFile:
    from io import BytesIO

    stream = BytesIO()
    Image.new("RGB", size, "#0054a6").save(stream, kind)
    return SimpleUploadedFile("logo", stream.getvalue())


def test_few_are_printed_at_once_and_many_by_a_job(scene: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred orders: the page comes back, the bar moves, and the file is the same that the page would have given."""
    orders = [approved(scene, 2) for _number in range(3)]
    ids = [order.pk for order in orders]
    at_once = print_many(order_ids=ids, choice=ORDER, actor=scene.manager)
    assert isinstance(at_once, bytes)
    assert len(texts(at_once)) == 3
    monkeypatch.setattr(printing, "AT_ONCE", 2)
    job = print_many(order_ids=ids, choice=ORDER, actor=scene.manager)
    assert isinstance(job, Job)
    assert run_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.DONE, job.error
    assert (job.done, job.total) == (3, 3)
    with job.file.open() as content:
        assert content.read() == at_once
    page = as_person(scene.manager).get(job.get_absolute_url())
    assert "Download the file" in page.content.decode()
    monkeypatch.setattr(printing, "MOST", 2)
    with pytest.raises(InvalidInput, match="At most 2"):
        print_many(order_ids=ids, choice=ORDER, actor=scene.manager)


def test_ticked_orders_become_notes_of_their_shipments(scene: Stage) -> None:
    first, second = shipped(scene, 1), shipped(scene, 2)
    answer = as_person(scene.warehouse).post(
        f"{reverse('orders:print-ticked')}?kind=delivery_note&size=continuous",
        {"ids": [first.order_id, second.order_id]},
    )
    assert answer["Content-Type"] == "application/pdf"
    said = texts(answer.content)
    assert len(said) == 2
    assert first.number in said[0]
    assert second.number in said[1]


def test_an_erp_prints_by_the_api(scene: Stage) -> None:
    """Errors come as everywhere in the API, whatever media type was asked for."""
    shipment = shipped(scene)
    client = as_person(scene.manager)
    address = f"/api/v1/orders/{shipment.order.number}/pdf/"
    whole = client.get(address, {"kind": "order", "size": "a4"}, headers={"Accept": "application/pdf"})
    assert (whole.status_code, whole["Content-Type"]) == (200, "application/pdf")
    net = grouped(shipment.order.net_amount)
    assert net in text_of(whole.content)
    assert net not in text_of(client.get(address, {"kind": "order", "prices": "false"}).content)
    note = client.get(f"/api/v1/shipments/{shipment.number}/pdf/", {"kind": "delivery_note", "size": "continuous"})
    assert set(sizes(note.content)) == {(241, 140)}
    for query, status in (({}, 400), ({"kind": "order", "size": "label"}, 400), ({"kind": "pick_list"}, 403)):
        for accept in ("application/pdf", "application/json"):
            refused = client.get(address, query, headers={"Accept": accept})
            assert refused.status_code == status
            assert json.loads(refused.content)["errors"]


def test_the_logo_comes_by_the_api(scene: Stage) -> None:
    company = approved(scene).company
    client = as_person(AdministratorFactory.create())
    address = f"/api/v1/companies/{company.code}/logo/"
    content = encode_multipart(BOUNDARY, {"logo": picture("PNG", (50, 20))})
    assert client.put(address, content, content_type=MULTIPART_CONTENT).status_code == 204
    company.refresh_from_db()
    assert company.logo
    assert client.delete(address).status_code == 204
    company.refresh_from_db()
    assert not company.logo


def test_the_page_says_what_cannot_be_printed(scene: Stage) -> None:
    order = approved(scene)
    address = reverse("orders:print", args=[order.number])
    client = as_person(scene.manager)
    assert client.get(address, {"kind": "order"})["Content-Disposition"].startswith("inline")
    assert client.get(address, {"kind": "poster"}).status_code == 400
    assert client.get(address).status_code == 400
    assert client.get(address, {"kind": "label"}).status_code == 400
    shown = client.get(reverse("orders:order", args=[order.number])).content.decode()
    assert f"{address}?kind=order&amp;size=a4" in shown
    assert "kind=pick_list" not in shown
    assert (
        "kind=pick_list"
        in as_person(scene.warehouse).get(reverse("orders:order", args=[order.number])).content.decode()
    )


def test_reads_do_not_grow_with_the_papers(scene: Stage, django_assert_num_queries: Any) -> None:
    one = shipped(scene, 1)
    more = [shipped(scene, 2) for _number in range(4)]
    for some in ([one], [one, *more]):
        orders, shipments = [each.order_id for each in some], [each.pk for each in some]
        with django_assert_num_queries(3):
            order_papers(orders, size=Size.A4, has_prices=True)
        with django_assert_num_queries(2):
            pick_list_papers(orders, size=Size.A4)
        with django_assert_num_queries(4):
            delivery_notes(shipments, size=Size.A4, has_prices=True)
        with django_assert_num_queries(5):
            labels(shipments)


def test_a_return_note_of_any_data(scene: Stage) -> None:
    """Returns are another document: the paper needs nothing but rows."""
    product = scene.shop.products[0]
    case = Packaging(units=(PackedUnit("case", 12),))
    rows = [
        ReturnedRow(goods=Goods(product=product, pieces=13, packaging=case), reason="破损", order="SO-1", lot="L-7")
    ]
    note = ReturnNote(number="RT-26-0001", sender=Sender(name="川流"), fields=(), rows=rows, note="请验收")
    with translation.override("zh-hans"):
        said = text_of(pdf_of(return_note_sheet(note, size=Size.CONTINUOUS)))
    for text in ("RT-26-0001", "山地车", "破损", "SO-1", "L-7", "请验收", "1113"):
        assert text in said


def test_a_return_has_its_note(scene: Stage, django_assert_num_queries: Any) -> None:
    """The carton would come back without a word of whose it is and why."""
    line = received_line(distributor=scene.shop.distributor, pieces=24, product=scene.shop.products[0])
    asked = [AskedGoods(order_line_id=line.pk, pieces=13, reason="unsold")]
    made = request_return(distributor_id=scene.shop.distributor.pk, goods=asked, actor=scene.buyer, now=timezone.now())
    with translation.override("en"), django_assert_num_queries(3):
        said = text_of(print_return(return_id=made.pk, size=PaperSize.CONTINUOUS, actor=scene.warehouse))
    assert made.number in said
    assert "退货单" in said
    assert "杭州骑行" in said
    assert "山地车" in said
    assert line.order.number in said
    assert made.number in text_of(print_return(return_id=made.pk, size=PaperSize.LABEL, actor=scene.warehouse))
    with pytest.raises(NotVisible):
        print_return(return_id=made.pk, size=None, actor=OwnerFactory.create())
