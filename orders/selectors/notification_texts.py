"""What the notifications about orders say."""

from django.utils.translation import gettext_lazy as _

from accounts.selectors.notification_texts import register_notification
from orders.ordering.enums import OrderEvent


def register_texts() -> None:
    """Called from AppConfig.ready."""
    register_notification(OrderEvent.SUBMITTED, _("Order %(number)s waits for your approval."))
    register_notification(OrderEvent.APPROVED, _("Order %(number)s is approved."))
    register_notification(OrderEvent.PUT_ON_HOLD, _("Order %(number)s is on hold: %(reason)s"))
    register_notification(OrderEvent.CANCELLED, _("Order %(number)s is cancelled: %(reason)s"))
    register_notification(
        OrderEvent.REST_CANCELLED, _("What had not left of order %(number)s is cancelled: %(reason)s")
    )
    register_notification(OrderEvent.SHIPPED, _("Goods of order %(number)s are on their way."))
    register_notification(OrderEvent.DELIVERED, _("Goods of order %(number)s have arrived. Please confirm what came."))
    register_notification(OrderEvent.SOON_LATE, _("Order %(number)s is about to be late."))
    register_notification(OrderEvent.LATE, _("Order %(number)s is late."))
    register_notification(
        OrderEvent.RESERVATION_EXPIRED,
        _("Order %(number)s waited too long: its stock is free again, and it is on hold."),
    )
