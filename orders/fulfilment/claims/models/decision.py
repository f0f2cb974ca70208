from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.money import money_field
from core.state import legal_values
from inventory.models.lines import person_field
from orders.fulfilment.claims.enums import ClaimCause, ClaimOutcome
from orders.fulfilment.claims.models.claim import DeliveryClaimLine
from orders.fulfilment.claims.querysets import ByClaimLineQuerySet
from orders.ordering.models import OrderLine

OF_LINE = """
    SELECT line.id FROM orders_deliveryclaimline AS line
    CROSS JOIN LATERAL (
        SELECT
            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'credit'), 0) AS credited,
            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'reship'), 0) AS reshipped,
            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'refuse'), 0) AS refused,
            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'accept'), 0) AS accepted,
            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'send_back'), 0) AS sent_back
        FROM orders_claimdecision AS decision WHERE decision.line_id = line.id
    ) AS summed
    WHERE (line.credited, line.reshipped, line.refused, line.accepted, line.sent_back)
       <> (summed.credited, summed.reshipped, summed.refused, summed.accepted, summed.sent_back)
"""
"""The lines of claims whose decided pieces are not the sums of their decisions."""
_ADDS_UP = f"""
IF EXISTS ({OF_LINE} AND line.id = NEW.line_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_decision_adds_up',
        MESSAGE = 'claim_decision_adds_up: the decided pieces of a line are the sums of its decisions';
END IF;
RETURN NULL;
"""
ADDS_UP = pgtrigger.Trigger(
    name="adds_up",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func=_ADDS_UP,
)


class ClaimDecision(models.Model):
    """How so many pieces of a line of a claim end.

    A credit keeps its amount, net and tax, in the claim's currency: it is to be credited. A re-shipment keeps the line
    of the order that replaces the pieces; `called_off` of them are not sent after all, and are to be decided again.
    """

    line = models.ForeignKey(
        DeliveryClaimLine, models.CASCADE, related_name="decisions", verbose_name=_("line of a delivery claim")
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=ClaimOutcome)
    pieces = models.PositiveIntegerField(_("pieces"))
    called_off = models.PositiveIntegerField(_("called off"), default=0)
    cause = models.CharField(_("cause"), max_length=16, choices=ClaimCause, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    net_amount = money_field(verbose_name=_("net"), default=0)
    tax_amount = money_field(verbose_name=_("tax"), default=0)
    replacement_line = models.OneToOneField(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("re-shipped by")
    )
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = person_field(_("decided by"))

    objects = ByClaimLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a delivery claim")
        verbose_name_plural = _("decisions about delivery claims")
        ordering = ["line", "id"]
        constraints = [
            legal_values("outcome", ClaimOutcome, "claim_decision_outcome_legal"),
            models.CheckConstraint(condition=Q(cause__in=["", *ClaimCause.values]), name="claim_decision_cause_legal"),
            models.CheckConstraint(
                condition=Q(pieces__gte=1) & Q(called_off__lte=F("pieces")), name="claim_decision_pieces"
            ),
            models.CheckConstraint(
                condition=Q(outcome=ClaimOutcome.CREDIT) | Q(net_amount=0, tax_amount=0),
                name="claim_decision_only_credit_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(outcome=ClaimOutcome.RESHIP, replacement_line__isnull=False)
                | ~Q(outcome=ClaimOutcome.RESHIP) & Q(replacement_line__isnull=True, called_off=0),
                name="claim_decision_only_reship_has_order",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ClaimOutcome.REFUSE) | ~Q(reason=""), name="claim_decision_refused_with_reason"
            ),
        ]
        triggers = [ADDS_UP]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.pieces}"

    @property
    def gross_amount(self) -> Decimal:
        return self.net_amount + self.tax_amount
