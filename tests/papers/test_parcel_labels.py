"""A label for each parcel, counted over all that is sent together; the delivery note says how many there are."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.errors import NotAllowed, NotVisible
from orders.fulfilment.waybills.services.packing import PackedParcel, pack_shipment
from orders.fulfilment.waybills.services.waybills import make_waybill
from orders.models import Shipment
from orders.papers.enums import PaperKind
from orders.papers.selectors.shipment_papers import delivery_notes, labels
from orders.papers.services.printing import PaperChoice, print_shipment, print_waybill
from papers.contents import Field, Size
from tests.factories.accounts import OwnerFactory
from tests.orders.people import Stage, stage
from tests.orders.sending import sent
from tests.papers.samples import sizes, texts

pytestmark = pytest.mark.django_db
LABEL = PaperChoice(kind=PaperKind.LABEL)


@pytest.fixture
def people() -> Stage:
    made = stage()
    made.shop.distributor.language = "zh-hans"
    made.shop.distributor.save()
    return made


def pack(people: Stage, shipment: Shipment, *kilograms: str, tracking_number: str = "") -> None:
    parcels = [
        PackedParcel(weight=Decimal(one), length=60, width=40, height=30, tracking_number=tracking_number)
        for one in kilograms
    ]
    pack_shipment(shipment_id=shipment.pk, parcels=parcels, actor=people.warehouse, now=timezone.now())


def values(fields: tuple[Field, ...]) -> list[str]:
    return [field.value for field in fields]


def test_each_parcel_has_its_label(people: Stage) -> None:
    """Three cartons with one label each the same: the driver leaves one behind, and nobody can say which."""
    (shipment,) = sent(people)
    assert [one.number for one in labels([shipment.pk])] == [shipment.number]
    pack(people, shipment, "12.5", "7", "3", tracking_number="SF9")
    made = labels([shipment.pk])
    assert [one.number for one in made] == [f"{shipment.number}  {number}/3" for number in (1, 2, 3)]
    assert [(one.barcode, one.qr) for one in made] == [
        (f"{shipment.number}-{n}", f"{shipment.number}-{n}") for n in (1, 2, 3)
    ]
    assert {"SF9", "12.5 公斤", "60 × 40 × 30 厘米"} <= set(values(made[0].fields))
    pdf = print_shipment(shipment_id=shipment.pk, choice=LABEL, actor=people.warehouse)
    assert list(sizes(pdf)) == [(100, 150)] * 3
    assert all(f"{number}/3" in text for number, text in enumerate(texts(pdf), 1))


def test_labels_count_through_a_waybill(people: Stage) -> None:
    """Two orders on one pallet, each with a parcel 1 of 1: one of them is never looked for."""
    first, second, alone = sent(people, (5, 3, 2))
    for shipment, kilograms in ((first, ("1", "2")), (second, ("3",)), (alone, ("4",))):
        pack(people, shipment, *kilograms)
    waybill = make_waybill(shipment_ids=[first.pk, second.pk], actor=people.warehouse, now=timezone.now())
    made = labels([second.pk, alone.pk])
    assert [one.number for one in made] == [f"{second.number}  3/3", f"{alone.number}  1/1"]
    assert waybill.number in values(made[0].fields)
    pdf = print_waybill(waybill_id=waybill.pk, choice=LABEL, actor=people.warehouse)
    assert list(sizes(pdf)) == [(100, 150)] * 3


def test_the_delivery_note_says_how_many_parcels_and_what_they_weigh(people: Stage) -> None:
    """Who signs cannot know how many cartons to count."""
    (shipment,) = sent(people)
    pack(people, shipment, "12.5", "7.5")
    (note,) = delivery_notes([shipment.pk], size=Size.A4, has_prices=False)
    fields = {field.label: field.value for field in note.fields}
    assert (fields["包裹数"], fields["毛重"]) == ("2", "20.0 公斤")


def test_who_may_print_the_labels_of_a_waybill(people: Stage) -> None:
    """The buyer would print labels of its own; a stranger would read our customer's address."""
    waybill = make_waybill(shipment_ids=[sent(people)[0].pk], actor=people.warehouse, now=timezone.now())
    note = PaperChoice(kind=PaperKind.DELIVERY_NOTE)
    assert print_waybill(waybill_id=waybill.pk, choice=note, actor=people.buyer)
    with pytest.raises(NotAllowed):
        print_waybill(waybill_id=waybill.pk, choice=LABEL, actor=people.buyer)
    with pytest.raises(NotVisible):
        print_waybill(waybill_id=waybill.pk, choice=LABEL, actor=OwnerFactory.create())


def test_labels_cost_the_same_for_one_and_for_many(people: Stage) -> None:
    """Printing a lorry would read the database once a carton."""
    shipments = sent(people, (1, 1, 1, 1, 1))
    for shipment in shipments:
        pack(people, shipment, "1", "2", "3")
    counts = []
    for some in (shipments[:1], shipments):
        with CaptureQueriesContext(connection) as queries:
            labels([one.pk for one in some])
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
