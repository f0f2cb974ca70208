"""What is kept for a person: replies to their requests, and the views of lists that they saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredReply(models.Model):
    """The reply to a request that carried an Idempotency-Key, written in the transaction that did the work."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name=_("person")
    )  # found by the constraint
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


class SavedView(models.Model):
    """A person's named filter of a list."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("person")
    )
    page = models.CharField(_("page"), max_length=64)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filter"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_name")]

    def __str__(self) -> str:
        return self.name
