from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.enums import Criterion
from onboarding.querysets import ManagedQuerySet


class ScreeningPolicy(models.Model):
    """One revision of the weights, in percent, and of who decides. The newest counts for assessments that begin now."""

    revision = models.PositiveIntegerField(_("revision"), unique=True)
    reputation = models.PositiveSmallIntegerField(_("reputation"))
    capability = models.PositiveSmallIntegerField(_("capability"))
    resources = models.PositiveSmallIntegerField(_("resources"))
    market_coverage = models.PositiveSmallIntegerField(_("market coverage"))
    sales_ability = models.PositiveSmallIntegerField(_("sales ability"))
    service_quality = models.PositiveSmallIntegerField(_("service quality"))
    needs_second_person = models.BooleanField(
        _("another person decides"),
        default=False,
        help_text=_("Whoever finishes an assessment neither approves nor refuses the application."),
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("set by")
    )
    set_at = models.DateTimeField(_("set at"))

    objects = ManagedQuerySet.as_manager()

    class Meta:
        verbose_name = _("weights of the screening")
        verbose_name_plural = _("weights of the screening")
        ordering = ["-revision"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    reputation=100
                    - F("capability")
                    - F("resources")
                    - F("market_coverage")
                    - F("sales_ability")
                    - F("service_quality")
                ),
                name="screening_weights_add_up",
                violation_error_message=_("The weights must add up to 100."),
            )
        ]

    def __str__(self) -> str:
        return f"R{self.revision}"

    def get_absolute_url(self) -> str:
        return reverse("onboarding:policy")

    @property
    def weights(self) -> Mapping[str, int]:
        return {criterion.value: getattr(self, criterion.value) for criterion in Criterion}
