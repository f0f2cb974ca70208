from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from channel.models import Agreement
from company.models import BusinessPeriod, MoneyDocument
from core.models import COUNT_VERSIONS
from core.money import money_field
from core.state import legal_values
from inventory.models import StockBlock, Warehouse
from messaging.models import AttachedFile, is_hashed
from orders.fulfilment.models import Carrier
from orders.ordering.models.order import OrderLine
from orders.returns.enums import (
    ACCEPTED_DISPOSITIONS,
    ENDED_STATUSES,
    REFUSED_DISPOSITIONS,
    Condition,
    Disposition,
    ReturnReason,
    ReturnStatus,
)
from orders.returns.models.policy import ReturnPolicy
from orders.returns.models.triggers import LINE_SUMS, RETURN_SUMS, WITHIN_RECEIVED
from orders.returns.permissions import RETURN_STATES
from orders.returns.querysets import ByReturnLineQuerySet, ByReturnQuerySet, ReturnQuerySet


def _to(model: Any, label: Any, **options: Any) -> Any:
    return models.ForeignKey(
        model, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=label, **options
    )


def _person(label: Any) -> Any:
    return _to(settings.AUTH_USER_MODEL, label)


class Return(MoneyDocument):
    """Goods of one or several orders that a distributor gives back to a company. It has its number from the first day.

    `asked_amount` is what is asked for, with tax, as it was invoiced; `rate_amount` the part of it that uses the return
    rate of `agreement`. Net, tax and total are what the inspection accepted, to be credited, and zero before. It counts in
    the agreement year of `counts_on`, the day of its authorisation. `sales_period` is the business period that the
    negative sales were posted under.
    """

    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="goods_returns", db_index=False, verbose_name=_("distributor")
    )
    agreement = _to(Agreement, _("agreement"))
    policy = _to(ReturnPolicy, _("return policy"))
    status = models.CharField(_("status"), max_length=16, choices=ReturnStatus, default=ReturnStatus.REQUESTED)
    note = models.CharField(_("note"), max_length=500, blank=True)
    asked_amount = money_field(verbose_name=_("requested incl. tax"), default=Decimal(0))
    asked_amount_company = money_field(verbose_name=_("requested, in the company's currency"), null=True, blank=True)
    rate_amount = money_field(verbose_name=_("of it under the return rate"), default=Decimal(0))
    broken_rules: Any = models.JSONField(_("rules not met"), default=list, blank=True)
    is_by_rule = models.BooleanField(_("authorised by rule"), default=False)
    requested_at = models.DateTimeField(_("requested at"))
    requested_by = _person(_("requested by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = _person(_("decided by"))
    decision_note = models.CharField(_("reason of the decision"), max_length=300, blank=True)
    counts_on = models.DateField(_("counts in the agreement year of"), null=True, blank=True)
    carrier = _to(Carrier, _("carrier"))
    tracking_number = models.CharField(_("tracking number"), max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = _person(_("sent by"))
    warehouse = _to(Warehouse, _("warehouse"))
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    received_by = _person(_("received by"))
    inspected_at = models.DateTimeField(_("inspected at"), null=True, blank=True)
    inspected_on = models.DateField(_("inspected on"), null=True, blank=True)
    inspected_by = _person(_("inspected by"))
    sales_period = _to(BusinessPeriod, _("period of the sales"), editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta(MoneyDocument.Meta):
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["-requested_at", "-id"]
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="return_newest"),
            models.Index(fields=["distributor", "-requested_at"], name="return_of_distributor"),
            models.Index(fields=["status", "-requested_at"], name="return_by_status"),
            models.Index(fields=["distributor", "counts_on"], name="return_room"),
        ]
        constraints = [
            *MoneyDocument.Meta.constraints,
            RETURN_STATES.constraint("return_status_legal"),
            models.CheckConstraint(condition=Q(number__isnull=False), name="return_has_number"),
            models.CheckConstraint(
                condition=Q(rate_amount__gte=0, rate_amount__lte=F("asked_amount")), name="return_rate_amount"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED_STATUSES, inspected_on__isnull=False)
                | (~Q(status__in=ENDED_STATUSES) & Q(inspected_on__isnull=True, total_amount=0)),
                name="return_credited_when_inspected",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["requested", "refused", "cancelled"]) | Q(counts_on__isnull=False),
                name="return_counts_when_authorised",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["received", *ENDED_STATUSES])
                | Q(warehouse__isnull=False, received_at__isnull=False),
                name="return_received_somewhere",
            ),
        ]
        triggers = [COUNT_VERSIONS, RETURN_SUMS]

    def __str__(self) -> str:
        return self.number or str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("orders:return", args=[self.number])


class ReturnLine(models.Model):
    """Pieces of one order line. `returned` are those that count as returned or are about to: none of them can be asked again.

    While it is open these are all that was asked for, after the inspection what stays with the company; nothing where it
    was given up. Amounts are those of the accepted pieces at the price of the order line, and what is posted.
    """

    document = models.ForeignKey(Return, models.CASCADE, related_name="lines", verbose_name=_("return"))
    position = models.PositiveSmallIntegerField(_("line"))
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="return_lines", verbose_name=_("order line"))
    pieces = models.PositiveIntegerField(_("pieces"))
    returned = models.PositiveIntegerField(_("returned"))
    reason = models.CharField(_("reason"), max_length=16, choices=ReturnReason)
    uses_rate = models.BooleanField(_("uses the return rate"), default=True)
    condition = models.CharField(_("condition"), max_length=16, choices=Condition)
    note = models.CharField(_("note"), max_length=300, blank=True)
    last_received_on = models.DateField(_("received on"))
    asked_amount = money_field(verbose_name=_("requested incl. tax"))
    sent = models.PositiveIntegerField(_("sent"), default=0)
    arrived = models.PositiveIntegerField(_("arrived"), default=0)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    gross_amount = money_field(verbose_name=_("at list price"), default=Decimal(0))
    discount_amount = money_field(verbose_name=_("discount"), default=Decimal(0))
    net_amount = money_field(verbose_name=_("net"), default=Decimal(0))
    tax_amount = money_field(verbose_name=_("tax"), default=Decimal(0))
    cost_amount_company = money_field(verbose_name=_("cost in the company's currency"), default=Decimal(0))

    objects = ByReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a return")
        verbose_name_plural = _("lines of returns")
        ordering = ["document", "position"]
        constraints = [
            legal_values("reason", ReturnReason, "return_line_reason_legal"),
            legal_values("condition", Condition, "return_line_condition_legal"),
            models.UniqueConstraint(fields=["document", "position"], name="return_line_position_once"),
            models.UniqueConstraint(fields=["document", "order_line", "reason"], name="return_line_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="return_line_pieces_positive"),
            models.CheckConstraint(
                condition=Q(
                    returned__lte=F("pieces"), sent__lte=F("pieces"), arrived__lte=F("sent"), accepted__lte=F("arrived")
                ),
                name="return_line_quantities",
            ),
        ]
        triggers = [*WITHIN_RECEIVED, LINE_SUMS]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.position}"

    @property
    def total_amount(self) -> Decimal:
        """To be credited, with tax."""
        return self.net_amount + self.tax_amount

    @property
    def refused(self) -> int:
        """Pieces that arrived and were not accepted."""
        return self.arrived - self.accepted


class InspectedGoods(models.Model):
    """Inspected pieces of a line in one condition, and the one place where they went."""

    line = models.ForeignKey(ReturnLine, models.CASCADE, related_name="inspected_goods", verbose_name=_("line"))
    pieces = models.PositiveIntegerField(_("pieces"))
    is_accepted = models.BooleanField(_("accepted"), default=True)
    condition = models.CharField(_("condition"), max_length=16, choices=Condition)
    disposition = models.CharField(_("what becomes of it"), max_length=16, choices=Disposition)
    warehouse = _to(Warehouse, _("to warehouse"))
    block = _to(StockBlock, _("blocked stock"))
    lot_number = models.CharField(_("lot number"), max_length=64, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ByReturnLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspected pieces")
        verbose_name_plural = _("inspected pieces")
        ordering = ["line", "id"]
        constraints = [
            legal_values("condition", Condition, "inspected_goods_condition_legal"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="inspected_goods_pieces_positive"),
            models.CheckConstraint(
                condition=Q(is_accepted=True, disposition__in=ACCEPTED_DISPOSITIONS)
                | Q(is_accepted=False, disposition__in=REFUSED_DISPOSITIONS),
                name="inspected_goods_disposition_legal",
            ),
            models.CheckConstraint(
                condition=Q(disposition=Disposition.RESTOCKED, warehouse__isnull=False)
                | (~Q(disposition=Disposition.RESTOCKED) & Q(warehouse__isnull=True)),
                name="inspected_goods_restocked_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(disposition=Disposition.BLOCKED, block__isnull=False)
                | (~Q(disposition=Disposition.BLOCKED) & Q(block__isnull=True)),
                name="inspected_goods_blocked_by_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.pieces} {self.disposition}"


class ReturnPhoto(AttachedFile):
    """What the goods look like. Each belongs to a line."""

    line = models.ForeignKey(ReturnLine, models.CASCADE, related_name="photos", verbose_name=_("line"))

    objects = ByReturnLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of returned goods")
        verbose_name_plural = _("photos of returned goods")
        ordering = ["id"]
        constraints = [is_hashed("return_photo_hashed")]
