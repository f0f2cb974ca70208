from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Distributor
from catalogue.enums import unit_label
from catalogue.models import Category, Product
from channel.enums import FreightTerms
from channel.models import Address, Agreement, Contact, InvoiceTitle
from company.models import BusinessPeriod, Company, MoneyDocument, TaxCode
from core.codes import NormalCode
from core.models import COUNT_VERSIONS
from core.money import money_field, round_money
from core.state import legal_values
from inventory.models import Warehouse
from orders.ordering.enums import Lateness, OrderSource, OrderStatus, WhenShort
from orders.ordering.models.order_type import OrderType
from orders.ordering.models.sums import GIFT_OF_ITS_ORDER, LINE_SUMS, ORDER_SUMS
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.querysets import DRAFT_PREFIX, ByOrderQuerySet, OrderQuerySet
from outlets.models import Outlet
from pricing.models import Price, Promotion


class Order(MoneyDocument):
    """What a distributor orders from its seller. Amounts are in `currency`; totals are the sums of the lines.

    `discount_amount` is what the adjustments of the lines take off the list price, `rounding_amount` what their rounding
    adds. Addresses and terms are copies, as they were when the order was placed; `agreement` is the revision that it was
    placed under. The orders that one basket became have one `group_number` and count from 1. `sales_period` is the
    business period that its sales were posted under, and are undone under. Of a drop shipment (直发) the goods go to the
    consignee, a sub-distributor or an outlet of `distributor`, which orders and is billed.
    """

    seller_company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("seller")
    )
    seller_distributor = models.ForeignKey(
        Distributor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sales",
        db_index=False,
        verbose_name=_("selling distributor"),
    )
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="orders", db_index=False, verbose_name=_("distributor")
    )
    warehouse = models.ForeignKey(
        Warehouse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        db_index=False,
        verbose_name=_("warehouse"),
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("manager"),
    )
    type = models.ForeignKey(
        OrderType, models.PROTECT, related_name="+", db_index=False, verbose_name=pgettext_lazy("order", "type")
    )
    counts_as_sale = models.BooleanField(_("counts as sale"), default=True, db_default=True)
    uses_credit = models.BooleanField(_("uses credit"), default=True, db_default=True)
    is_taxed = models.BooleanField(_("taxed"), default=True, db_default=True)
    group_number = models.CharField(_("group"), max_length=32, blank=True, default="", db_default="")
    group_position = models.PositiveSmallIntegerField(_("position in the group"), default=1, db_default=1)
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("agreement"),
    )
    status = models.CharField(_("status"), max_length=16, choices=OrderStatus, default=OrderStatus.DRAFT)
    lateness = models.CharField(_("lateness"), max_length=16, choices=Lateness, default=Lateness.ON_TIME)
    source = models.CharField(_("entered by"), max_length=16, choices=OrderSource, default=OrderSource.PAGE)
    purchase_order_number = models.CharField(_("purchase order number"), max_length=64, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    printed_note = models.CharField(_("note on the documents"), max_length=500, blank=True, default="", db_default="")
    is_on_hold = models.BooleanField(_("on hold"), default=False)
    cancel_reason = models.CharField(_("reason for the cancellation"), max_length=300, blank=True)
    bill_to = models.JSONField(_("bill to"), default=dict, blank=True)
    ship_to = models.JSONField(_("ship to"), default=dict, blank=True)
    delivery_address = models.ForeignKey(
        Address,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("delivery address"),
    )
    consignee_distributor = models.ForeignKey(
        Distributor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="drop_shipments",
        db_index=False,
        verbose_name=_("sub-distributor that receives the goods"),
    )
    consignee_outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="drop_shipments",
        db_index=False,
        verbose_name=_("outlet that receives the goods"),
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("contact")
    )
    invoice_title = models.ForeignKey(
        InvoiceTitle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("invoice title"),
    )
    payment_terms = models.CharField(_("payment terms"), max_length=200, blank=True)
    freight_terms = models.CharField(
        _("freight"), max_length=16, choices=FreightTerms, blank=True, default="", db_default=""
    )
    gross_amount = money_field(verbose_name=_("gross"), default=Decimal(0))
    discount_amount = money_field(verbose_name=_("discount"), default=Decimal(0))
    rounding_amount = money_field(verbose_name=_("rounding"), default=Decimal(0))
    cost_amount_company = money_field(verbose_name=_("cost in the company's currency"), default=Decimal(0))
    line_count = models.PositiveIntegerField(_("lines"), default=0)
    unit_count = models.BigIntegerField(_("units"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("created by"),
    )
    ordered_at = models.DateTimeField(_("ordered at"))
    ordered_on = models.DateField(_("ordered on"))
    wanted_on = models.DateField(_("wanted on"), null=True, blank=True)
    promised_on = models.DateField(
        _("promised on"),
        null=True,
        blank=True,
        help_text=_("As the whole order was first promised. What is on time is measured by it."),
    )
    sales_period = models.ForeignKey(
        BusinessPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("period of the sales"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta(MoneyDocument.Meta):
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-ordered_at", "-id"]
        indexes = [
            models.Index(fields=["-ordered_at", "-id"], name="order_newest"),
            models.Index(fields=["group_number"], name="order_of_group", condition=~Q(group_number="")),
            models.Index(fields=["type", "-ordered_at", "-id"], name="order_of_type"),
            models.Index(fields=["number"], name="order_number_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["distributor", "-ordered_at", "-id"], name="order_of_distributor"),
            models.Index(fields=["status", "-ordered_at", "-id"], name="order_of_status"),
            models.Index(fields=["manager", "-ordered_at", "-id"], name="order_of_manager"),
            models.Index(
                fields=["lateness", "-ordered_at", "-id"], name="order_not_on_time", condition=~Q(lateness="on_time")
            ),
            models.Index(
                OpClass(NormalCode("purchase_order_number"), name="text_pattern_ops"),
                name="order_purchase_order_prefix",
                condition=~Q(purchase_order_number=""),
            ),
            models.Index(fields=["-ordered_at", "-id"], name="order_on_hold", condition=Q(is_on_hold=True)),
            models.Index(
                fields=["consignee_distributor", "-ordered_at", "-id"],
                name="order_to_sub_distributor",
                condition=Q(consignee_distributor__isnull=False),
            ),
            models.Index(
                fields=["consignee_outlet", "-ordered_at", "-id"],
                name="order_to_outlet",
                condition=Q(consignee_outlet__isnull=False),
            ),
            models.Index(fields=["promised_on", "id"], name="order_by_promised_day"),
            models.Index(fields=["net_amount", "id"], name="order_by_amount"),
            models.Index(
                fields=["promised_on"],
                name="order_promised",
                condition=Q(status__in=["submitted", "approved", "picking", "partly_shipped", "shipped"]),
            ),
        ]
        constraints = [
            *MoneyDocument.Meta.constraints,
            ORDER_STATES.constraint("order_status_legal"),
            legal_values("lateness", Lateness, "order_lateness_legal"),
            legal_values("source", OrderSource, "order_source_legal"),
            models.CheckConstraint(
                condition=Q(freight_terms__in=["", *FreightTerms.values]), name="order_freight_legal"
            ),
            models.CheckConstraint(condition=Q(is_taxed=True) | Q(tax_amount=0), name="order_untaxed_has_no_tax"),
            models.CheckConstraint(
                condition=Q(group_position__gte=1) & (~Q(group_number="") | Q(group_position=1)),
                name="order_position_in_group",
            ),
            models.UniqueConstraint(
                fields=["group_number", "group_position"],
                condition=~Q(group_number=""),
                name="order_group_position_once",
            ),
            models.CheckConstraint(
                condition=Q(net_amount=F("gross_amount") - F("discount_amount") + F("rounding_amount")),
                name="order_net_is_gross_less_discount",
            ),
            models.CheckConstraint(
                condition=Q(seller_company__isnull=False, seller_distributor__isnull=True)
                | Q(seller_company__isnull=True, seller_distributor__isnull=False),
                name="order_one_seller",
            ),
            models.CheckConstraint(
                condition=Q(consignee_distributor__isnull=True) | Q(consignee_outlet__isnull=True),
                name="order_one_consignee",
            ),
            models.CheckConstraint(
                condition=Q(consignee_distributor__isnull=True) | ~Q(consignee_distributor=F("distributor")),
                name="order_consignee_is_not_the_buyer",
            ),
            models.CheckConstraint(
                # What was thrown away before it was placed has no number either.
                condition=Q(status="draft", number__isnull=True)
                | Q(status="cancelled")
                | ~Q(status="draft") & Q(number__isnull=False),
                name="order_number_when_placed",
            ),
            models.UniqueConstraint(
                "distributor",
                NormalCode("purchase_order_number"),  # po-77 is PO-77
                # The orders of one basket share its number: the first stands for all of them.
                condition=~Q(purchase_order_number="")
                & ~Q(status="cancelled")
                & ~Q(source="import")
                & Q(group_position=1),
                name="order_purchase_order_number_once",
                violation_error_message=_("Another order already has this purchase order number."),
            ),
        ]
        triggers = [COUNT_VERSIONS, *ORDER_SUMS]

    def __str__(self) -> str:
        return self.number or _("Draft %(id)s") % {"id": self.pk}

    @property
    def title(self) -> str:
        return str(self)

    @property
    def reference(self) -> str:
        """What addresses name the order by: its number, or before it has one `draft-` and its id."""
        return self.number or f"{DRAFT_PREFIX}{self.pk}"

    @property
    def is_drop_shipment(self) -> bool:
        return self.consignee_distributor_id is not None or self.consignee_outlet_id is not None

    @property
    def consignee(self) -> Distributor | Outlet | None:
        """Who gets the goods of a drop shipment; None where the buyer gets them."""
        return self.consignee_distributor or self.consignee_outlet

    @property
    def goods_receiver_id(self) -> int | None:
        """The distributor whose channel stock the goods become: None where they go to an outlet. `GOODS_RECEIVER` in SQL."""
        if self.consignee_outlet_id is not None:
            return None
        return self.consignee_distributor_id or self.distributor_id

    @property
    def margin_amount_company(self) -> Decimal | None:
        """Net less cost in the company's currency, at the rate of the day; None where that is not known."""
        if self.exchange_rate is None:
            return None
        net = round_money(self.net_amount * self.exchange_rate, currency=self.company.currency)
        return net - self.cost_amount_company

    def get_absolute_url(self) -> str:
        return reverse("orders:order", args=[self.reference])


class OrderLine(models.Model):
    """One product of an order: so many units of so many pieces. Every amount is stored as it was agreed.

    Quantities are pieces, the price is that of a unit as ordered. Gross is the list price; `discount_amount` and
    `rounding_amount` are what its adjustments take off it, and what the one for rounding adds. Category and unit
    are copies: what is posted under them is undone under them. A gift names the line of its order that earned it and is
    free of charge. The biggest table of the program: it is reached by its order, so no other column carries an index.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", db_index=False, verbose_name=_("order"))
    position = models.PositiveIntegerField(_("line"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False, verbose_name=_("category"))
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    units = models.PositiveIntegerField(_("units"))
    pieces_per_unit = models.PositiveIntegerField(_("pieces per unit"), default=1)
    ordered = models.PositiveIntegerField(_("ordered"))
    cancelled = models.PositiveIntegerField(_("cancelled"), default=0)
    shipped = models.PositiveIntegerField(_("shipped"), default=0)
    received = models.PositiveIntegerField(_("received"), default=0)
    unit_price = money_field(verbose_name=_("unit price"))
    gross_amount = money_field(verbose_name=_("gross"))
    discount_amount = money_field(verbose_name=_("discount"), default=Decimal(0))
    rounding_amount = money_field(verbose_name=_("rounding"), default=Decimal(0))
    net_amount = money_field(verbose_name=_("net"))
    tax_code = models.ForeignKey(
        TaxCode, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("tax code")
    )
    tax_amount = money_field(verbose_name=_("tax"), default=Decimal(0))
    cost_amount_company = money_field(verbose_name=_("cost in the company's currency"), default=Decimal(0))
    wanted_on = models.DateField(_("wanted on"), null=True, blank=True)
    promised_on = models.DateField(
        _("promised on"), null=True, blank=True, help_text=_("As it was first promised: it does not change.")
    )
    when_short = models.CharField(
        _("when short"), max_length=16, choices=WhenShort, blank=True, default="", db_default=""
    )
    price = models.ForeignKey(
        Price,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("from this price"),
    )
    promotion = models.ForeignKey(
        Promotion, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("promotion")
    )
    gift_of = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="gifts",
        db_index=False,
        verbose_name=_("gift with this line"),
    )

    # Set by `orders.pages.selectors.order_lines.note_back_orders`: what waits of the line, what of it is there, for when
    # all of it is promised now, whether that is another day than at first, and when all of it arrived.
    back_orders: list[Any]
    to_ship: int
    expected_on: date | None
    has_moved: bool
    arrived_on: date | None

    objects = ByOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["order", "position"]
        # Small, for gifts are few; without it every line that is deleted would have the whole table read.
        indexes = [models.Index(fields=["gift_of"], name="order_line_gift", condition=Q(gift_of__isnull=False))]
        constraints = [
            models.CheckConstraint(
                condition=Q(gift_of__isnull=True) | (Q(net_amount=0) & ~Q(gift_of=F("id"))), name="order_line_gift_free"
            ),
            models.UniqueConstraint(fields=["order", "position"], name="order_line_position_once"),
            models.CheckConstraint(
                condition=Q(when_short__in=["", *WhenShort.values]), name="order_line_when_short_legal"
            ),
            models.CheckConstraint(condition=Q(ordered__gte=1), name="order_line_ordered_positive"),
            models.CheckConstraint(
                condition=Q(received__lte=F("shipped")) & Q(shipped__lte=F("ordered") - F("cancelled")),
                name="order_line_quantities",
            ),
            models.CheckConstraint(
                condition=Q(net_amount=F("gross_amount") - F("discount_amount") + F("rounding_amount")),
                name="order_line_net",
            ),
            models.CheckConstraint(
                condition=Q(ordered=F("units") * F("pieces_per_unit")), name="order_line_units_make_pieces"
            ),
        ]
        triggers = [*LINE_SUMS, GIFT_OF_ITS_ORDER]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position}"

    @property
    def unit_text(self) -> str:
        """The unit in the reader's language, with its pieces where these are several."""
        label = unit_label(self.unit)
        return f"{label} ({self.pieces_per_unit})" if self.pieces_per_unit > 1 else label

    @property
    def outstanding(self) -> int:
        """Still to be shipped."""
        return self.ordered - self.cancelled - self.shipped

    def there_of(self, waiting: int) -> int:
        """What can be shipped where so many pieces are on back order: nothing of a line that waits until all is there."""
        return 0 if waiting and self.when_short == WhenShort.WAIT else self.outstanding - waiting
