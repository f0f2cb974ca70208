from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class AnnouncementKind(models.TextChoices):
    ANNOUNCEMENT = "announcement", _("Announcement")
    POLICY = "policy", _("Policy")


class AnnouncementStatus(ColouredChoices):
    DRAFT = "draft", Colour.DRAFT, _("Draft")
    PUBLISHED = "published", Colour.DONE, pgettext_lazy("announcement", "In force")
    SUPERSEDED = "superseded", Colour.DRAFT, pgettext_lazy("announcement", "Superseded")
    WITHDRAWN = "withdrawn", Colour.DRAFT, pgettext_lazy("announcement", "Withdrawn")


class AnnouncementEvent(models.TextChoices):
    SAVED = "announcement.saved", _("Announcement saved")
    PUBLISHED = "announcement.published", _("Announcement published")
    SENT = "announcement.sent", _("Announcement sent to the distributor")
    REMINDED = "announcement.reminded", _("Reminded of an announcement")
    ACKNOWLEDGED = "announcement.acknowledged", _("Announcement acknowledged")
    SUPERSEDED = "announcement.superseded", _("Announcement superseded")
    WITHDRAWN = "announcement.withdrawn", _("Announcement withdrawn")
