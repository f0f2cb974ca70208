from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentKind(models.TextChoices):
    """What gets a number of its own. The value is what code asks for, never shown as a number's prefix."""

    ORDER = "order", _("Order")
    ORDER_GROUP = "order_group", _("Group of orders")
    SHIPMENT = "shipment", _("Shipment")
    AGREEMENT = "agreement", _("Agreement")
    APPLICATION = "application", _("Application")
    DISTRIBUTOR = "distributor", _("Distributor")
    OUTLET = "outlet", _("Outlet")
    TRANSFER = "transfer", _("Transfer")
    STOCK_COUNT = "stock_count", _("Stock count")
    SCRAP = "scrap", pgettext_lazy("document", "Scrap")
    STOCK_BLOCK = "stock_block", _("Blocked stock")
    DELIVERY_CLAIM = "delivery_claim", _("Delivery claim")
    RETURN = "return", _("Return")
    WAYBILL = "waybill", _("Waybill")
    WAVE = "wave", _("Wave")


class CompanyEvent(models.TextChoices):
    CHANGED = "company.changed", _("Company changed")
    TAX_CODE_SAVED = "tax_code.saved", _("Tax code saved")
    RATE_SET = "exchange_rate.set", _("Exchange rate set")
