"""What differed when a shipment was received, and how each piece of it ends."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.models import Product
from company.models import MoneyDocument
from core.models import COUNT_VERSIONS
from core.money import money_field
from core.state import legal_values
from inventory.models import StockBlock
from inventory.models.lines import person_field
from orders.fulfilment.claims.enums import UNORDERED, ClaimKind, ClaimStatus
from orders.fulfilment.claims.permissions import CLAIM_STATES
from orders.fulfilment.claims.querysets import ByClaimQuerySet, DeliveryClaimQuerySet
from orders.fulfilment.enums import DifferenceKind
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.ordering.models import Order, OrderLine

_UNORDERED = sorted(UNORDERED)


class DeliveryClaim(MoneyDocument):
    """The differences of one receipt (收货差异单). Its amounts are what is disputed: the missing and damaged pieces.

    They are at the price of the line that was paid for, with its adjustments, in the order's currency. The seller decides
    until `due_on`. It is closed when all its pieces are decided and those re-shipped have been received.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="delivery_claims", verbose_name=_("order"))
    shipment = models.OneToOneField(Shipment, models.PROTECT, related_name="delivery_claim", verbose_name=_("shipment"))
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="+", db_index=False, verbose_name=_("distributor")
    )
    status = models.CharField(_("status"), max_length=16, choices=ClaimStatus, default=ClaimStatus.OPEN)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = person_field(_("opened by"))
    due_on = models.DateField(_("to be decided by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = DeliveryClaimQuerySet.as_manager()

    class Meta(MoneyDocument.Meta):
        verbose_name = _("delivery claim")
        verbose_name_plural = _("delivery claims")
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="delivery_claim_newest"),
            models.Index(fields=["distributor", "-opened_at", "-id"], name="delivery_claim_of_distributor"),
            models.Index(fields=["due_on"], name="delivery_claim_due", condition=Q(status="open")),
        ]
        constraints = [
            *MoneyDocument.Meta.constraints,
            CLAIM_STATES.constraint("delivery_claim_status_legal"),
            models.CheckConstraint(condition=Q(number__isnull=False), name="delivery_claim_has_number"),
            models.CheckConstraint(
                condition=Q(status=ClaimStatus.CLOSED, closed_at__isnull=False)
                | ~Q(status=ClaimStatus.CLOSED) & Q(closed_at__isnull=True),
                name="delivery_claim_closed_when",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("orders:claim", args=[self.number])

    @property
    def title(self) -> str:
        return str(self)

    @property
    def current_state(self) -> ClaimStatus:
        return self.state(timezone.localdate())

    def state(self, today: date) -> ClaimStatus:
        """The status to show: one whose day has passed is overdue; it stays open."""
        is_overdue = self.status == ClaimStatus.OPEN and self.due_on < today
        return ClaimStatus.OVERDUE if is_overdue else ClaimStatus(self.status)


class DeliveryClaimLine(models.Model):
    """So many pieces that differ in one way. Each piece is decided once: it is credited, re-shipped or refused.

    Of goods that nobody ordered each piece is accepted or sent back. `order_line` is the line that was paid for, also
    where the piece was on a re-shipment of it; `block` holds damaged pieces back in the buyer's warehouse, where it is
    kept here.
    """

    claim = models.ForeignKey(DeliveryClaim, models.CASCADE, related_name="lines", verbose_name=_("delivery claim"))
    kind = models.CharField(_("kind of difference"), max_length=16, choices=ClaimKind)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    shipment_line = models.ForeignKey(
        ShipmentLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claim_lines",
        verbose_name=_("shipment line"),
    )
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="claim_lines", verbose_name=_("line paid for")
    )
    pieces = models.PositiveIntegerField(_("pieces"))
    reason = models.CharField(_("reason"), max_length=16, choices=DifferenceKind, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    net_amount = money_field(verbose_name=_("net"), default=0)
    tax_amount = money_field(verbose_name=_("tax"), default=0)
    credited = models.PositiveIntegerField(_("credited"), default=0)
    reshipped = models.PositiveIntegerField(_("re-shipped"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    sent_back = models.PositiveIntegerField(_("sent back"), default=0)
    block = models.OneToOneField(
        StockBlock, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("blocked stock")
    )

    objects = ByClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a delivery claim")
        verbose_name_plural = _("lines of delivery claims")
        ordering = ["claim", "id"]
        constraints = [
            legal_values("kind", ClaimKind, "delivery_claim_line_kind_legal"),
            models.CheckConstraint(
                condition=Q(reason__in=["", *DifferenceKind.values]), name="delivery_claim_line_reason_legal"
            ),
            models.CheckConstraint(
                condition=Q(pieces__gte=1)
                & Q(pieces__gte=F("credited") + F("reshipped") + F("refused") + F("accepted") + F("sent_back")),
                name="delivery_claim_line_decided_once",
                violation_error_message=_("These pieces are decided already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=_UNORDERED,
                    shipment_line__isnull=True,
                    order_line__isnull=True,
                    block__isnull=True,
                    credited=0,
                    reshipped=0,
                    refused=0,
                    net_amount=0,
                    tax_amount=0,
                )
                | ~Q(kind__in=_UNORDERED)
                & Q(shipment_line__isnull=False, order_line__isnull=False, accepted=0, sent_back=0),
                name="delivery_claim_line_ends_by_kind",
            ),
            models.UniqueConstraint(
                fields=["shipment_line", "kind"],
                condition=Q(shipment_line__isnull=False),
                name="delivery_claim_line_once",
            ),
            models.UniqueConstraint(
                fields=["claim", "product", "kind"],
                condition=Q(shipment_line__isnull=True),
                name="delivery_claim_line_product_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}/{self.pk}: {self.pieces}"

    @property
    def open_pieces(self) -> int:
        """Still to be decided."""
        return self.pieces - self.credited - self.reshipped - self.refused - self.accepted - self.sent_back

    @property
    def gross_amount(self) -> Decimal:
        return self.net_amount + self.tax_amount

    @property
    def is_unordered(self) -> bool:
        return self.kind in UNORDERED

    @property
    def to_dispose(self) -> int:
        """Damaged pieces that are replaced or credited, and still blocked at the buyer. Before: the block was read."""
        if self.block is None:
            return 0
        kept = self.open_pieces  # what is not decided stays blocked
        return max(min(self.block.open_pieces - kept, self.credited + self.reshipped), 0)
