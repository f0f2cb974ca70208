from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRIBUTOR_ROLES, ChannelKind, Role
from accounts.models import Distributor, Territory, Tier
from catalogue.models import Brand
from core.models import COUNT_VERSIONS, Versioned, localised
from core.state import legal_values
from messaging.models import AttachedFile, is_hashed
from policies.enums import AnnouncementKind, AnnouncementStatus
from policies.querysets import AnnouncementFileQuerySet, AnnouncementQuerySet, RecipientQuerySet

ACKNOWLEDGING_ROLES = sorted(DISTRIBUTOR_ROLES)
_FROZEN = (
    "kind", "revision", "previous_id", "title", "title_zh", "body", "body_zh", "channel_kinds", "roles",
    "needs_acknowledgement", "blocks_orders", "grace_days", "remind_every_days", "published_at", "published_by_id",
    "not_addressed",
)  # fmt: skip
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in _FROZEN) for row in ("OLD", "NEW"))
_REFUSE = "RAISE EXCEPTION 'announcement_frozen' USING ERRCODE = '23514', CONSTRAINT = 'announcement_frozen';"


class Announcement(Versioned):
    """One revision of an announcement or a policy. What was published is never edited: a change is the next revision.

    The audience is chosen by criteria, all of which a distributor meets, and by a list beside them; without either it
    is everybody. It becomes rows of recipients at publishing. Who was a distributor then and not meant is kept in
    `not_addressed`, so that whoever joins later can be told from them. `roles` are those of a distributor's people who
    are notified, each of whom may acknowledge it for the distributor.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=AnnouncementKind)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name=_("supersedes")
    )
    status = models.CharField(_("status"), max_length=16, choices=AnnouncementStatus, default=AnnouncementStatus.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    title_zh = models.CharField(_("Chinese title"), max_length=200, blank=True)
    body = models.TextField(_("text"))
    body_zh = models.TextField(_("Chinese text"), blank=True)

    channel_kinds = ArrayField(
        models.CharField(max_length=20, choices=ChannelKind), default=list, blank=True, verbose_name=_("channel kinds")
    )
    tiers: Any = models.ManyToManyField(Tier, blank=True, related_name="+", verbose_name=_("tiers"))
    territories: Any = models.ManyToManyField(Territory, blank=True, related_name="+", verbose_name=_("territories"))
    brands: Any = models.ManyToManyField(Brand, blank=True, related_name="+", verbose_name=_("brands"))
    distributors: Any = models.ManyToManyField(
        Distributor, blank=True, related_name="+", verbose_name=_("distributors")
    )
    not_addressed = ArrayField(
        models.BigIntegerField(), default=list, blank=True, editable=False, verbose_name=_("not addressed")
    )

    roles = ArrayField(
        models.CharField(max_length=16, choices=[(role, Role(role).label) for role in ACKNOWLEDGING_ROLES]),
        default=list,
        verbose_name=_("roles"),
    )
    needs_acknowledgement = models.BooleanField(_("must be acknowledged"), default=False)
    blocks_orders = models.BooleanField(_("blocks new orders"), default=False)
    grace_days = models.PositiveSmallIntegerField(_("days to acknowledge"), default=14)
    remind_every_days = models.PositiveSmallIntegerField(_("days between reminders"), default=7)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-id"]
        constraints = [
            legal_values("kind", AnnouncementKind, "announcement_kind_legal"),
            legal_values("status", AnnouncementStatus, "announcement_status_legal"),
            models.CheckConstraint(
                condition=Q(channel_kinds__contained_by=ChannelKind.values), name="announcement_channel_kinds_legal"
            ),
            models.CheckConstraint(
                condition=Q(roles__contained_by=ACKNOWLEDGING_ROLES) & ~Q(roles=[]),
                name="announcement_roles_legal",
                violation_error_message=_("Choose at least one role."),
            ),
            models.CheckConstraint(
                condition=Q(blocks_orders=False) | Q(needs_acknowledgement=True, kind=AnnouncementKind.POLICY),
                name="announcement_blocks_what_is_acknowledged",
                violation_error_message=_("Only a policy that must be acknowledged can block orders."),
            ),
            models.CheckConstraint(
                condition=Q(status=AnnouncementStatus.DRAFT, published_at__isnull=True)
                | (~Q(status=AnnouncementStatus.DRAFT) & Q(published_at__isnull=False, published_by__isnull=False)),
                name="announcement_published_by",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, previous__isnull=True) | Q(revision__gt=1, previous__isnull=False),
                name="announcement_revision_has_previous",
            ),
            models.CheckConstraint(condition=Q(remind_every_days__gte=1), name="announcement_reminds_daily_at_most"),
        ]
        triggers = [
            COUNT_VERSIONS,
            pgtrigger.Trigger(
                name="freeze_announcement",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.status = 'draft' OR ({_OLD}) IS DISTINCT FROM ({_NEW}))
THEN {_REFUSE} END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
""",
            ),
        ]

    def __str__(self) -> str:
        return self.display_title

    @property
    def display_title(self) -> str:
        """In the reader's language, the other one where it is missing."""
        return localised(self.title, self.title_zh)

    @property
    def display_body(self) -> str:
        return localised(self.body, self.body_zh)

    def get_absolute_url(self) -> str:
        return reverse("policies:announcement", args=[self.pk])


class AnnouncementRecipient(models.Model):
    """A distributor that an announcement is for, and who of it acknowledged it when.

    New orders are refused from `blocks_on` on until then; it is empty where nothing is refused (any more).
    """

    announcement = models.ForeignKey(
        Announcement, models.PROTECT, related_name="recipients", db_index=False, verbose_name=_("announcement")
    )
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="announcements", verbose_name=_("distributor")
    )
    added_at = models.DateTimeField(_("sent at"))
    due_on = models.DateField(_("to be acknowledged by"), null=True, blank=True)
    blocks_on = models.DateField(_("blocks orders from"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acknowledged by"),
    )
    acknowledged_name = models.CharField(_("name"), max_length=200, blank=True)
    acknowledged_role = models.CharField(_("role"), max_length=16, blank=True, choices=Role)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient of an announcement")
        verbose_name_plural = _("recipients of announcements")
        ordering = ["announcement", "distributor"]
        indexes = [
            models.Index(
                fields=["distributor", "blocks_on"],
                name="recipient_blocked",
                condition=Q(acknowledged_at__isnull=True, blocks_on__isnull=False),
            ),
            models.Index(fields=["due_on"], name="recipient_due", condition=Q(acknowledged_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "distributor"], name="recipient_unique"),
            models.CheckConstraint(
                condition=Q(
                    acknowledged_at__isnull=True,
                    acknowledged_by__isnull=True,
                    acknowledged_name="",
                    acknowledged_role="",
                )
                | (
                    Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False)
                    & ~Q(acknowledged_name="")
                    & Q(acknowledged_role__in=ACKNOWLEDGING_ROLES)
                ),
                name="recipient_acknowledged_by_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.distributor_id}"

    def get_absolute_url(self) -> str:
        return reverse("policies:announcement", args=[self.announcement_id])

    def is_overdue(self, today: date | None = None) -> bool:
        """Not acknowledged, and the last day for it is over."""
        day = today or timezone.localdate()
        return self.acknowledged_at is None and self.due_on is not None and self.due_on < day


class AnnouncementFile(AttachedFile):
    """What is attached to an announcement; while it is a draft it can be removed."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="files", verbose_name=_("announcement"))

    objects = AnnouncementFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an announcement")
        verbose_name_plural = _("files of announcements")
        ordering = ["id"]
        constraints = [is_hashed("announcement_file_hashed")]
