from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, ChannelKind, Role
from accounts.models import Duty, Territory
from accounts.querysets import BrandOnlyQuerySet
from core.codes import unique_code
from core.models import COUNT_VERSIONS, Bilingual, Versioned

ROLES = [(role.value, role.label) for role in Role if role in BRAND_ROLES]


class AssignmentTemplate(Versioned, Bilingual):
    """Who is given each duty of a new distributor, by territory and kind of channel. The closest one applies."""

    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = BrandOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment template")
        verbose_name_plural = _("assignment templates")
        ordering = ["code"]
        constraints = [
            unique_code("assignment_template_code_once"),
            models.UniqueConstraint(
                fields=["territory", "channel_kind"],
                condition=Q(is_active=True),
                nulls_distinct=False,
                name="one_assignment_template",
                violation_error_message=_("There is a template for this territory and channel kind already."),
            ),
            models.CheckConstraint(
                condition=Q(channel_kind__in=["", *ChannelKind.values]), name="assignment_template_channel_kind_legal"
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("responsibility:template-change", args=[self.code])


class AssignmentTemplateLine(models.Model):
    """One duty: a person by name, or whoever of a role has the least to do."""

    template = models.ForeignKey(
        AssignmentTemplate, models.CASCADE, related_name="lines", verbose_name=_("assignment template")
    )
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", verbose_name=_("duty"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=16, choices=ROLES, blank=True)
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stand-in")
    )

    class Meta:
        verbose_name = _("line of an assignment template")
        verbose_name_plural = _("lines of assignment templates")
        ordering = ["template", "duty"]
        constraints = [
            models.UniqueConstraint(fields=["template", "duty"], name="assignment_template_duty_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, role="")
                | Q(person__isnull=True, role__in=[value for value, _label in ROLES]),
                name="assignment_template_person_or_role",
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | Q(person__isnull=True) | ~Q(stand_in=F("person")),
                name="assignment_template_stand_in_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}: {self.duty_id}"

    @property
    def who(self) -> str:
        """The person, or the role in the reader's language."""
        return str(self.person) if self.person_id else str(self.get_role_display())
