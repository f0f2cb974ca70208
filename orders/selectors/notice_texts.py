"""What the notices about orders say."""

from django.utils.translation import gettext_lazy as _

from accounts.selectors.notice_texts import register_notice
from orders.ordering.enums import OrderEvent


def register_own() -> None:
    """Called from AppConfig.ready."""
    register_notice(OrderEvent.SUBMITTED, _("Order %(number)s waits for your approval."))
    register_notice(OrderEvent.APPROVED, _("Order %(number)s is approved."))
    register_notice(OrderEvent.HELD, _("Order %(number)s is on hold: %(reason)s"))
    register_notice(OrderEvent.CANCELLED, _("Order %(number)s is cancelled: %(reason)s"))
    register_notice(OrderEvent.REST_CANCELLED, _("What had not left of order %(number)s is cancelled: %(reason)s"))
    register_notice(OrderEvent.SHIPPED, _("Goods of order %(number)s are on their way."))
    register_notice(OrderEvent.DELIVERED, _("Goods of order %(number)s have arrived. Please confirm what came."))
    register_notice(OrderEvent.SOON_LATE, _("Order %(number)s is about to be late."))
    register_notice(OrderEvent.LATE, _("Order %(number)s is late."))
    register_notice(
        OrderEvent.RESERVATION_EXPIRED,
        _("Order %(number)s waited too long: its stock is free again, and it is on hold."),
    )
