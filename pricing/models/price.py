import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory, Tier
from catalogue.models import Product, ProductUnit
from company.iso_codes import check_currency
from core.codes import unique_code
from core.models import Bilingual, ends_after_start, no_overlap
from core.money import money_field
from pricing.models.source import Sourced, source_whole
from pricing.querysets import PriceListQuerySet, PriceQuerySet


@pghistory.track()
class PriceList(Sourced, Bilingual):
    """Prices of one seller, and for whom: an empty field means everybody. The most particular list that has the product decides.

    Order: distributor, then territory, tier, channel kind, then all; among equals the higher priority, then the code.
    An order is priced from lists of its seller only: `owner` is a distributor that sells, or nobody for the company.
    """

    owner = models.ForeignKey(
        Distributor,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="seller_price_lists",
        verbose_name=_("seller"),
        help_text=_("The seller at these prices. Leave blank for the company."),
    )
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    distributor = models.ForeignKey(
        Distributor, models.CASCADE, null=True, blank=True, related_name="price_lists", verbose_name=_("distributor")
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    tier = models.ForeignKey(Tier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tier"))
    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind, blank=True)
    priority = models.SmallIntegerField(_("priority"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    objects = PriceListQuerySet.as_manager()

    class Meta:
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        ordering = ["code"]
        constraints = [
            unique_code("price_list_code_once"),
            source_whole("price_list_source_whole"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_list_currency_iso"),
            models.CheckConstraint(
                condition=Q(channel_kind__in=["", *ChannelKind.values]), name="price_list_channel_kind_legal"
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(distributor__isnull=True) | ~Q(owner=F("distributor")),
                name="price_list_not_for_its_owner",
                violation_error_message=_("The seller cannot be the buyer."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("pricing:price-list", args=[self.code])


@pghistory.track()
class Price(models.Model):
    """The price of a piece, or of a unit of several, from so many of it on, for a time. Two of one step never share a day.

    A unit that has no price of its own in a list costs there what its pieces cost.
    """

    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="prices", verbose_name=_("price list"))
    product = models.ForeignKey(Product, models.CASCADE, related_name="prices", verbose_name=_("product"))
    unit = models.ForeignKey(
        ProductUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="prices",
        verbose_name=_("unit"),
        help_text=_("Leave blank for the price of a piece."),
    )
    from_quantity = models.PositiveIntegerField(_("from quantity"), default=1)
    amount = money_field(verbose_name=_("unit price"))
    starts_on = models.DateField(_("valid from"))
    ends_on = models.DateField(_("valid until"), null=True, blank=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["price_list", "product", "unit", "from_quantity", "starts_on"]
        indexes = [models.Index(fields=["product", "price_list", "from_quantity"], name="price_lookup")]
        constraints = [
            ends_after_start("price_dates"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=Q(from_quantity__gte=1), name="price_from_quantity_positive"),
            no_overlap(
                "one_price_per_day",
                same=["price_list_id", "product_id", "from_quantity"],
                condition=Q(unit__isnull=True),
                message=_("Another price for this quantity step is valid in that period."),
            ),
            no_overlap(
                "one_unit_price_per_day",
                same=["price_list_id", "unit_id", "from_quantity"],
                condition=Q(unit__isnull=False),
                message=_("Another price for this quantity step is valid in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price_list_id}/{self.product_id} ≥{self.from_quantity}: {self.amount}"
