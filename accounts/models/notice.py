from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import NoticeLevel
from accounts.querysets import NoticeQuerySet
from core.state import legal_values


class Notice(models.Model):
    """Something a person must know or do. `kind` and `params` make the text in the reader's language."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=64)
    level = models.CharField(_("level"), max_length=16, choices=NoticeLevel, default=NoticeLevel.INFO)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    link = models.CharField(_("link"), max_length=300, blank=True)
    dedupe_key = models.CharField(_("once per"), max_length=128)
    created_at = models.DateTimeField(_("created at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["recipient", "-created_at", "-id"], name="notice_recipient")]
        constraints = [
            legal_values("level", NoticeLevel, "notice_level_legal"),
            models.UniqueConstraint(fields=["recipient", "dedupe_key"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return self.kind
