from django.db import models
from django.utils.translation import gettext_lazy as _


class ChannelStockEvent(models.TextChoices):
    STOCK_REPORTED = "stock.reported", _("Stock reported")
