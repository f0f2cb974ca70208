from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class OutletKind(models.TextChoices):
    SHOP = "shop", pgettext_lazy("kind of outlet", "Shop")
    SUPERMARKET = "supermarket", pgettext_lazy("kind of outlet", "Supermarket")
    CHAIN_STORE = "chain_store", pgettext_lazy("kind of outlet", "Chain store")
    RESTAURANT = "restaurant", pgettext_lazy("kind of outlet", "Restaurant")
    ONLINE_SHOP = "online_shop", pgettext_lazy("kind of outlet", "Online shop")
    OTHER = "other", pgettext_lazy("kind of outlet", "Other")


class OutletStatus(ColouredChoices):
    PLANNED = "planned", Colour.WORK, pgettext_lazy("outlet", "Planned")
    OPEN = "open", Colour.DONE, pgettext_lazy("outlet", "Open")
    CLOSED = "closed", Colour.DRAFT, pgettext_lazy("outlet", "Closed")


class OutletEvent(models.TextChoices):
    CREATED = "outlet.created", _("Outlet created")
    CHANGED = "outlet.changed", _("Outlet changed")
    OPENED = "outlet.opened", _("Outlet opened")
    CLOSED = "outlet.closed", _("Outlet closed")
    REOPENED = "outlet.reopened", _("Outlet reopened")
    LINKED = "outlet.linked", _("Outlet linked to a distributor")
    LINK_ENDED = "outlet.link_ended", _("Link of an outlet ended")


class DirectionKind(models.TextChoices):
    """What a distributor is good at, and by what it earns in a category (以利取胜 / 以量取胜)."""

    PRODUCT = "product", _("Product expert")
    CHANNEL = "channel", _("Channel expert")
    MARGIN = "margin", _("Earns by margin")
    VOLUME = "volume", _("Earns by volume")


class DirectionEvent(models.TextChoices):
    AGREED = "direction.agreed", _("Direction of business agreed")
    ENDED = "direction.ended", _("Direction of business ended")
