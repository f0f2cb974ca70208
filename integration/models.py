from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import COUNT_VERSIONS, Event, Versioned
from integration.querysets import WebhookDeliveryQuerySet, WebhookQuerySet


class WebhookEndpoint(Versioned):
    """A system that subscribes to kinds of events. It has received all of the feed up to `feed_position`.

    After a rotation both secrets sign until `previous_until`, so that the system can change over when it suits.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    url = models.CharField(_("address"), max_length=500)
    kinds = ArrayField(models.CharField(max_length=64), verbose_name=_("events"))
    secret = models.CharField(_("secret"), max_length=80, editable=False)
    previous_secret = models.CharField(_("previous secret"), max_length=80, blank=True, editable=False)
    previous_until = models.DateTimeField(_("previous secret until"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    feed_position = models.BigIntegerField(_("feed position"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("created by")
    )

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"), name="webhook_is_web"
            ),
            models.CheckConstraint(
                condition=~Q(kinds=[]),
                name="webhook_has_kinds",
                violation_error_message=_("Choose at least one kind of event."),
            ),
            models.CheckConstraint(
                condition=Q(previous_secret="", previous_until__isnull=True)
                | (~Q(previous_secret="") & Q(previous_until__isnull=False)),
                name="webhook_previous_secret_ends",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("webhooks:detail", args=[self.pk])


class WebhookDelivery(models.Model):
    """An event on its way to a system. Attempts and errors are those of the outbox's message."""

    endpoint = models.ForeignKey(
        WebhookEndpoint, models.CASCADE, related_name="deliveries", db_index=False, verbose_name=_("webhook")
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", db_index=False, verbose_name=_("event"))
    # No foreign key: the outbox forgets what was delivered.
    message_id = models.BigIntegerField(_("outbox message number"), unique=True)
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["endpoint", "event"], name="webhook_delivery_unique")]

    def __str__(self) -> str:
        return f"{self.endpoint_id} {self.event_id}"
