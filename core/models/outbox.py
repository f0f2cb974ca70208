from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import DeliveryStatus
from core.models.event import Event
from core.state import legal_values


class OutboxMessage(models.Model):
    """Something that must happen outside of this transaction: an event and a topic.

    A message without an event (a mail, a job) carries its payload itself. `feed_position` is given by the relay, in the
    order of commits: whoever reads the feed up to a position has missed nothing before it.
    """

    event = models.OneToOneField(
        Event, models.PROTECT, null=True, blank=True, related_name="message", verbose_name=_("event")
    )
    topic = models.CharField(_("topic"), max_length=64)
    payload = models.JSONField(_("payload"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created at"))
    available_at = models.DateTimeField(_("not before"))
    feed_position = models.BigIntegerField(_("feed position"), null=True, blank=True)
    consumer_count = models.PositiveSmallIntegerField(_("consumers"), default=0, db_default=0)

    class Meta:
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox messages")
        indexes = [models.Index(fields=["id"], name="outbox_new", condition=Q(feed_position__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["feed_position"], name="outbox_feed_position_unique", condition=Q(feed_position__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True) | Q(payload={}), name="outbox_payload_only_without_event"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


class Delivery(models.Model):
    """A message for one of its consumers. What fails here is tried again here and delays no other consumer."""

    message = models.ForeignKey(
        OutboxMessage, models.CASCADE, related_name="deliveries", db_index=False, verbose_name=_("outbox message")
    )
    consumer = models.CharField(_("consumer"), max_length=64)
    status = models.CharField(
        _("status"), max_length=16, choices=DeliveryStatus, default=DeliveryStatus.WAITING, db_default="waiting"
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0, db_default=0)
    available_at = models.DateTimeField(_("not before"))
    last_error = models.TextField(_("last error"), blank=True, db_default="")
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery of a message")
        verbose_name_plural = _("deliveries of messages")
        indexes = [
            models.Index(fields=["available_at", "id"], name="delivery_waiting", condition=Q(status="waiting")),
            models.Index(fields=["id"], name="delivery_failed", condition=Q(status="failed")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message", "consumer"], name="delivery_unique_per_consumer"),
            legal_values("status", DeliveryStatus, "delivery_status_legal"),
            models.CheckConstraint(
                condition=Q(status="delivered", delivered_at__isnull=False)
                | (~Q(status="delivered") & Q(delivered_at__isnull=True)),
                name="delivery_delivered_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.consumer}"
