"""What is followed up in the demo company: a late order of which somebody is reminded, one with another day, one signed for."""

from datetime import datetime, timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image

from accounts.enums import Role
from accounts.models import User
from messaging.services.files import Attachment
from orders.fulfilment.enums import ShipmentStatus
from orders.models import Order, Shipment
from orders.ordering.enums import Lateness, OrderStatus
from orders.tracking.services.delivery_links import make_delivery_link, record_proof
from orders.tracking.services.promises import change_promise
from orders.tracking.services.reminding import remind_of_order

_TO_SHIP = (OrderStatus.APPROVED, OrderStatus.PICKING)


def build_delivery_work() -> None:
    """Each where there is such an order."""
    now = timezone.now()
    director = User.objects.with_roles([Role.DIRECTOR]).order_by("pk")[0]
    waiting = Order.objects.filter(status__in=_TO_SHIP, seller_distributor=None).exclude(lateness=Lateness.ON_TIME)
    late = list(waiting.filter(is_on_hold=False).order_by("-promised_on", "pk")[:2])
    if late:
        remind_of_order(order_id=late[0].pk, actor=director, now=now)
    if late[1:]:
        change_promise(
            order_id=late[1].pk,
            promised_on=timezone.localdate(now) + timedelta(days=5),
            reason="原料晚到，工厂周三补产。",
            actor=director,
            now=now,
        )
    _signed_for(now)


def _signed_for(now: datetime) -> None:
    """By the link that the warehouse gave the driver."""
    warehouse = User.objects.with_roles([Role.WAREHOUSE]).order_by("pk")[0]
    shipments = Shipment.objects.filter(status=ShipmentStatus.SHIPPED, order__seller_distributor=None)
    shipment = shipments.order_by("-pk").first()
    if shipment is not None:
        sign_for(shipment, warehouse, now)


def sign_for(shipment: Shipment, warehouse: User, now: datetime) -> None:
    """With a name and a photo."""
    _link, secret = make_delivery_link(shipment_id=shipment.pk, actor=warehouse, now=now)
    photo = BytesIO()
    Image.new("RGB", (640, 480), (214, 208, 196)).save(photo, "JPEG")
    record_proof(
        secret=secret,
        signed_by="陈店长",
        photo=Attachment(name="签收照片.jpg", content=photo.getvalue()),
        address="",
        now=now,
    )
