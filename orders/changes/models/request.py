from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import COUNT_VERSIONS, Versioned
from core.money import money_field
from orders.changes.enums import RequestStatus
from orders.changes.permissions import REQUEST_STATES
from orders.changes.querysets import OPEN_REQUESTS, ChangeRequestQuerySet, RequestLineQuerySet
from orders.ordering.models import Order, OrderLine


class ChangeRequest(Versioned):
    """A change of an approved order that the buyer asks for and the seller decides about. One is open at a time.

    One that makes the order cost more than who asks may order is confirmed by an approver of the distributor first:
    `amount_company` is what the order would come to, in the company's currency, null where that is not known.
    What was open when nothing was left to change is refused without a person.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="change_requests", verbose_name=_("order"))
    status = models.CharField(_("status"), max_length=16, choices=RequestStatus, default=RequestStatus.REQUESTED)
    reason = models.CharField(_("reason"), max_length=300)
    amount_company = money_field(verbose_name=_("amount of the order with the change"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("reason for the decision"), max_length=300, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name = _("requested change of an order")
        verbose_name_plural = _("requested changes of orders")
        ordering = ["-id"]
        constraints = [
            REQUEST_STATES.constraint("change_request_status_legal"),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(status__in=OPEN_REQUESTS),
                name="change_request_once_open",
                violation_error_message=_("Another change of this order is still to be decided."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_REQUESTS, decided_at__isnull=True)
                | ~Q(status__in=OPEN_REQUESTS) & Q(decided_at__isnull=False),
                name="change_request_decided_when",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.pk}"

    def get_absolute_url(self) -> str:
        return self.order.get_absolute_url()


class ChangeRequestLine(models.Model):
    """What is asked for of one line: fewer or more pieces, or another day. Both sides of it are kept."""

    request = models.ForeignKey(
        ChangeRequest, models.CASCADE, related_name="lines", verbose_name=_("requested change of an order")
    )
    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="+", verbose_name=_("order line"))
    quantity_before = models.PositiveIntegerField(_("quantity before"))
    quantity_after = models.PositiveIntegerField(_("quantity after"))
    wanted_before = models.DateField(_("wanted on before"), null=True, blank=True)
    wanted_after = models.DateField(_("wanted on after"), null=True, blank=True)

    objects = RequestLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a requested change")
        verbose_name_plural = _("lines of requested changes")
        ordering = ["request", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "line"], name="change_request_line_once"),
            models.CheckConstraint(
                condition=~Q(quantity_before=models.F("quantity_after"))
                | Q(wanted_before__isnull=True, wanted_after__isnull=False)
                | Q(wanted_before__isnull=False, wanted_after__isnull=True)
                | ~Q(wanted_before=models.F("wanted_after")),
                name="change_request_line_changes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.line_id}"
