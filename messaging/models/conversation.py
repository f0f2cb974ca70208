import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from messaging.models.attached_file import AttachedFile, is_hashed
from messaging.querysets import ConversationMessageQuerySet, MessageFileQuerySet, PersonalQuerySet

SHOWN_IN_TIMELINES = 120
_FIXED = (
    "subject_type",
    "subject_id",
    "distributor_id",
    "author_id",
    "is_by_brand",
    "is_internal",
    "text",
    "created_at",
)
_REFUSE = "RAISE EXCEPTION 'message_fixed' USING ERRCODE = '23514', CONSTRAINT = 'message_fixed';"
_CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _FIXED)


class ConversationMessage(models.Model):
    """What somebody wrote about a document or a distributor. Nothing of it changes; its author can withdraw it at first.

    An internal one is for the brand owner's people alone. One for both sides belongs to one distributor.
    """

    subject_type = models.CharField(_("subject"), max_length=32)
    subject_id = models.BigIntegerField(_("subject number"))
    distributor = models.ForeignKey(
        "accounts.Distributor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("distributor"),
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    is_by_brand = models.BooleanField(_("by the brand owner"))
    is_internal = models.BooleanField(_("internal"))
    text = models.TextField(_("text"))
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("people mentioned")
    )
    created_at = models.DateTimeField(_("created at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ConversationMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a conversation")
        verbose_name_plural = _("messages of conversations")
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="message_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_internal=True) | Q(distributor__isnull=False), name="message_for_both_has_distributor"
            ),
            models.CheckConstraint(
                condition=Q(is_internal=False) | Q(is_by_brand=True), name="message_internal_is_by_brand"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="message_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="message_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"IF {_CHANGED} OR OLD.withdrawn_at IS NOT NULL THEN {_REFUSE} END IF; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("messaging:conversation", args=[self.subject_type, self.subject_id])

    def in_timelines(self) -> str:
        """What a link to it says: how it begins, or that it was withdrawn."""
        if self.withdrawn_at:
            return gettext("This message was withdrawn.")
        return Truncator(" ".join(self.text.split())).chars(SHOWN_IN_TIMELINES)


class MessageFile(AttachedFile):
    """What is attached to a message: read by whoever may read that, until it is withdrawn."""

    message = models.ForeignKey(
        ConversationMessage, models.PROTECT, related_name="files", verbose_name=_("message of a conversation")
    )

    objects = MessageFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")
        ordering = ["id"]
        constraints = [is_hashed("message_file_hashed")]


class ConversationRead(models.Model):
    """Up to which message a person has read a conversation: numbers of one conversation are in the order of its commits."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name=_("person")
    )
    subject_type = models.CharField(_("subject"), max_length=32)
    subject_id = models.BigIntegerField(_("subject number"))
    message_id = models.BigIntegerField(_("last message read"))

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("read state of a conversation")
        verbose_name_plural = _("read states of conversations")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "subject_type", "subject_id"], name="conversation_read_unique")
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.message_id}"
