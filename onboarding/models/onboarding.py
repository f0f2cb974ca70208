from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.querysets import ByDistributorQuerySet
from core.models import COUNT_VERSIONS, Versioned, localised
from core.state import legal_values
from onboarding.enums import WARNING_DAYS, CertificateState, Side, StepKind
from onboarding.models.application import Application
from onboarding.models.template import Template
from onboarding.querysets import ByOnboardingQuerySet


class Onboarding(Versioned):
    """The way of a new distributor from the approval to its first order."""

    distributor = models.OneToOneField(
        Distributor, models.PROTECT, related_name="onboarding", verbose_name=_("distributor")
    )
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="onboarding", verbose_name=_("application")
    )
    template = models.ForeignKey(Template, models.PROTECT, related_name="+", verbose_name=_("template"))
    started_on = models.DateField(_("started on"))
    ready_at = models.DateTimeField(_("ready to order since"), null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opened by")
    )

    objects = ByDistributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("onboarding")
        verbose_name_plural = _("onboardings")
        ordering = ["-started_on", "-pk"]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return str(self.distributor)

    def get_absolute_url(self) -> str:
        return f"{self.distributor.get_absolute_url()}?tab=onboarding"


class OnboardingStep(models.Model):
    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="steps", verbose_name=_("onboarding"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("Chinese name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=StepKind, default=StepKind.TASK)
    side = models.CharField(_("side"), max_length=16, choices=Side)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("due on"))
    is_required = models.BooleanField(_("required before the first order"), default=True)
    valid_months = models.PositiveSmallIntegerField(_("months that a certificate is valid"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ByOnboardingQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an onboarding")
        verbose_name_plural = _("steps of onboardings")
        ordering = ["onboarding", "position"]
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "position"], name="onboarding_step_position_once"),
            legal_values("kind", StepKind, "onboarding_step_kind_legal"),
            legal_values("side", Side, "onboarding_step_side_legal"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="onboarding_step_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return localised(self.name, self.name_zh)

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_on < timezone.localdate()

    @property
    def is_training(self) -> bool:
        return self.kind == StepKind.TRAINING


class Certificate(models.Model):
    """What somebody of a distributor has been trained in, until when it is valid, and the paper."""

    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="certificates", verbose_name=_("distributor")
    )
    step = models.ForeignKey(
        OnboardingStep, models.SET_NULL, null=True, blank=True, related_name="certificates", verbose_name=_("training")
    )
    course = models.CharField(_("training"), max_length=200)
    holder = models.CharField(_("who was trained"), max_length=150)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    warned_days = models.PositiveSmallIntegerField(_("warned so many days ahead"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("lapse recorded at"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to="certificates/%Y/%m/", blank=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    file_type = models.CharField(_("media type"), max_length=80, blank=True)
    file_hash = models.CharField(_("SHA-256"), max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ByDistributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["distributor", "course", "-issued_on"]
        indexes = [models.Index(fields=["valid_until"], name="certificate_valid_until")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("issued_on")),
                name="certificate_dates",
                violation_error_message=_("A certificate is valid from the day it is issued on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.holder}"

    def get_absolute_url(self) -> str:
        return f"{self.distributor.get_absolute_url()}?tab=onboarding"

    def state_on(self, day: date) -> CertificateState:
        if self.valid_until is None or (self.valid_until - day).days > WARNING_DAYS[1]:
            return CertificateState.VALID
        return CertificateState.EXPIRING if self.valid_until >= day else CertificateState.LAPSED

    @property
    def state(self) -> CertificateState:
        return self.state_on(timezone.localdate())
