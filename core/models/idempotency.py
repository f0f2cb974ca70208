from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredReply(models.Model):
    """The reply to a request that carried an Idempotency-Key, written in the transaction that did the work."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    key = models.CharField(_("key"), max_length=255)
    body_hash = models.CharField(_("hash of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status code"))
    body = models.JSONField(_("reply"))
    created_at = models.DateTimeField(_("created at"), db_index=True)

    class Meta:
        verbose_name = _("stored reply")
        verbose_name_plural = _("stored replies")
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="reply_once_per_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"
