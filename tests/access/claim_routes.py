"""Who may do what with delivery claims, on pages and over the API."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from orders.fulfilment.claims.enums import ClaimOutcome
from orders.fulfilment.claims.services.deciding import Decision, decide_claim
from orders.fulfilment.services.receiving import ReceivedLine, UnorderedGoods, receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import ClaimPhoto, DeliveryClaim
from orders.ordering.services.approval import approve_order
from orders.ordering.services.placing import place_order
from tests.access.table import (
    ADMINISTRATOR,
    BUYER,
    DIRECTOR,
    IDLE,
    KEEPER,
    MANAGER,
    OUTSIDERS,
    OWNER,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WAREHOUSE,
    Route,
)
from tests.access.world import World
from tests.factories.inventory import WarehouseFactory
from tests.factories.orders import ClaimPhotoFactory, shop

DECIDERS = frozenset({ADMINISTRATOR, DIRECTOR, MANAGER})
RECEIVERS = frozenset({OWNER, KEEPER})
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


def build(world: World) -> None:
    """A claim with a damaged piece and surplus, and one whose damaged piece is credited."""
    place = shop(distributor=world.mine)
    if not world.mine.warehouses.exists():
        WarehouseFactory.create(distributor=world.mine)
    world.things.claim = _claimed(world, place)
    world.things.claim_photo = ClaimPhotoFactory.create(line=world.things.claim.lines.first())
    credited = _claimed(world, place)
    decide_claim(
        claim_id=credited.pk,
        decisions=[Decision(line_id=credited.lines.get(kind="damaged").pk, outcome=ClaimOutcome.CREDIT)],
        actor=world.people[MANAGER],
        now=timezone.now(),
    )
    world.things.credited_claim = credited


def _claimed(world: World, place: Any) -> DeliveryClaim:
    now = timezone.now()
    lines = place.wishes(3)[:1]
    placed = place_order(distributor_id=world.mine.pk, actor=world.people[BUYER], lines=lines, now=now)
    approve_order(order_id=placed.id, actor=world.people[MANAGER], now=now)
    shipment = ship_order(order_id=placed.id, actor=world.people[WAREHOUSE], now=now)
    receive_shipment(
        shipment_id=shipment.pk,
        actor=world.people[KEEPER],
        now=now,
        lines={shipment.lines.get().pk: ReceivedLine(quantity=2, damaged=1)},
        unordered=[UnorderedGoods(product_id=place.products[1].pk, quantity=1)],
    )
    return DeliveryClaim.objects.get(shipment=shipment)


def _number(world: World) -> dict[str, object]:
    return {"number": world.things.claim.number}


def _credited(world: World) -> dict[str, object]:
    return {"number": world.things.credited_claim.number}


def _photo(world: World) -> dict[str, object]:
    return {"number": world.things.claim.number, "pk": _stored(world).pk}


def _api_photo(world: World) -> dict[str, object]:
    return {"number": world.things.claim.number, "photo": _stored(world).pk}


def _stored(world: World) -> ClaimPhoto:
    """With its content: the row of the world names a file that is not there."""
    photo: ClaimPhoto = world.things.claim_photo
    if not photo.file.storage.exists(photo.file.name):
        photo.file.save("box.png", SimpleUploadedFile("box.png", PNG))
    return photo


def _line(world: World, kind: str) -> int:
    return int(world.things.claim.lines.get(kind=kind).pk)


def _typed(kind: str, outcome: str) -> Any:
    def body(world: World) -> dict[str, object]:
        pk = _line(world, kind)
        return {f"outcome-{pk}": outcome, f"pieces-{pk}": 1, f"reason-{pk}": "Looked at"}

    return body


def _typed_photo(world: World) -> dict[str, object]:
    return {"line": _line(world, "damaged"), "photos": SimpleUploadedFile("box.png", PNG)}


def _sent(world: World) -> dict[str, object]:
    return {"lines": [{"line": _line(world, "damaged"), "outcome": "credit"}]}


def _reason(_world: World) -> dict[str, object]:
    return {"reason": "Looked at"}


def _api(action: str, allowed: Any, body: Any = None, args: Any = _number) -> Route:
    given = {} if body is None else {"body": body}
    return Route(
        name=f"api:delivery-claims-{action}", method="POST", allowed=allowed, hidden=OUTSIDERS, args=args, **given
    )


ROUTES = [
    Route(name="orders:claims", allowed=SIGNED_IN),
    Route(name="orders:claim", allowed=SEERS, hidden=OUTSIDERS, args=_number),
    Route(name="orders:claim-photo", allowed=SEERS, hidden=OUTSIDERS, args=_photo),
    Route(name="orders:claim-decide", allowed=DECIDERS, hidden={IDLE, STRANGER}, args=_number),
    Route(
        name="orders:claim-decide", method="POST", allowed=DECIDERS, hidden={IDLE, STRANGER}, ok=302, args=_number,
        body=_typed("damaged", "credit"),
    ),
    Route(name="orders:claim-surplus", allowed=RECEIVERS, hidden={STRANGER}, args=_number),
    Route(
        name="orders:claim-surplus", method="POST", allowed=RECEIVERS, hidden={STRANGER}, ok=302, args=_number,
        body=_typed("surplus", "send_back"),
    ),
    Route(name="orders:claim-photos", allowed=RECEIVERS, hidden={STRANGER}, args=_number),
    Route(
        name="orders:claim-photos", method="POST", allowed=RECEIVERS, hidden={STRANGER}, ok=302, args=_number,
        body=_typed_photo,
    ),
    Route(name="orders:claim-dispose", method="POST", allowed=RECEIVERS, hidden={STRANGER}, ok=302, args=_credited),
    Route(name="api:delivery-claims-list", allowed=SIGNED_IN),
    Route(name="api:delivery-claims-detail", allowed=SEERS, hidden=OUTSIDERS, args=_number),
    Route(name="api:delivery-claims-photo", allowed=SEERS, hidden=OUTSIDERS, args=_api_photo),
    _api("decide", DECIDERS, _sent),
    _api("reship", DECIDERS),
    _api("credit", DECIDERS),
    _api("refuse", DECIDERS, _reason),
    _api("accept", RECEIVERS),
    _api("send-back", RECEIVERS),
    Route(name="api:delivery-claims-photos", method="POST", allowed=SEERS, ok=400, hidden=OUTSIDERS, args=_number),
    _api("dispose", RECEIVERS, args=_credited),
]  # fmt: skip
