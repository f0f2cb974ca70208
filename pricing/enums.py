from django.db import models
from django.utils.translation import gettext_lazy as _


class PricingEvent(models.TextChoices):
    PRICE_CHANGED = "price.changed", _("Price changed")
    LIST_CREATED = "price_list.created", _("Price list created")
    SOURCE_SET = "price_list.source_set", _("Policy of the price list set")
    PROMOTION_SOURCE_SET = "promotion.source_set", _("Policy of the promotion set")


class PriceScope(models.TextChoices):
    """Whom the deciding price list is for, the most particular first."""

    DISTRIBUTOR = "distributor", _("for this distributor")
    TERRITORY = "territory", _("for the territory")
    TIER = "tier", _("for the tier")
    CHANNEL_KIND = "channel_kind", _("for the channel kind")
    ALL = "all", _("for all")
