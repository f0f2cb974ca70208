from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory
from catalogue.models import Brand
from company.iso_codes import check_country
from core.models import COUNT_VERSIONS, Versioned, search_text
from core.state import legal_values
from messaging.models import AttachedFile, is_hashed
from onboarding.enums import ApplicationStatus, Criterion, FileKind, FileState, RefusalReason
from onboarding.expressions import name_key, number_key, phone_key
from onboarding.models.policy import ScreeningPolicy
from onboarding.querysets import ApplicationQuerySet, OfApplicationQuerySet


class Application(Versioned):
    """What a company wrote that wants to become a distributor, and what the brand made of it.

    The applicant has no account: a link, of which only a hash is stored, opens the draft and later shows how it stands.
    `policy` are the weights that the assessment began with.
    """

    number = models.CharField(_("number"), max_length=32, null=True, blank=True, unique=True)
    status = models.CharField(_("status"), max_length=16, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    company_name = models.CharField(_("company name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[check_country])
    city = models.CharField(_("city"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=40, blank=True)
    contact_name = models.CharField(_("contact"), max_length=150)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=16, choices=settings.LANGUAGES, default="en")
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind, blank=True)
    brands = models.ManyToManyField(Brand, blank=True, related_name="+", verbose_name=_("brands"))
    categories = models.CharField(_("categories"), max_length=300, blank=True)
    sales_staff = models.PositiveIntegerField(_("sales staff"), null=True, blank=True)
    warehouse_area = models.PositiveIntegerField(_("warehouse area in m²"), null=True, blank=True)
    years_in_business = models.PositiveSmallIntegerField(_("years in business"), null=True, blank=True)
    present_brands = models.CharField(_("present brands"), max_length=300, blank=True)
    message = models.TextField(_("message"), blank=True, max_length=5000)

    secret_hash = models.CharField(_("hash of the link"), max_length=64, unique=True)
    link_expires_at = models.DateTimeField(_("link expires at"))
    created_at = models.DateTimeField(_("created at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    policy = models.ForeignKey(
        ScreeningPolicy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("weights")
    )
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assessed by")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason"), max_length=16, choices=RefusalReason, blank=True)
    refusal_text = models.CharField(_("reason in words"), max_length=1000, blank=True)
    question = models.CharField(_("what is still needed"), max_length=1000, blank=True)
    distributor = models.OneToOneField(
        Distributor, models.PROTECT, null=True, blank=True, related_name="application", verbose_name=_("distributor")
    )

    company_key = GeneratedField(
        expression=name_key(F("company_name")), output_field=models.TextField(), db_persist=True
    )
    tax_key = GeneratedField(expression=number_key(F("tax_number")), output_field=models.TextField(), db_persist=True)
    phone_key = GeneratedField(expression=phone_key(F("phone")), output_field=models.TextField(), db_persist=True)
    pinyin = models.CharField(_("pinyin initials"), max_length=64, blank=True, editable=False)
    search_text = search_text("company_name", "pinyin", "contact_name", "city", "tax_number")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "-submitted_at"], name="application_status"),
            models.Index(fields=["territory", "status"], name="application_territory"),
            models.Index(fields=["company_key"], name="application_company_key"),
        ]
        constraints = [
            legal_values("status", ApplicationStatus, "application_status_legal"),
            models.CheckConstraint(
                condition=Q(channel_kind__in=["", *ChannelKind.values]), name="application_channel_kind_legal"
            ),
            models.CheckConstraint(
                condition=Q(refusal_reason__in=["", *RefusalReason.values]), name="application_refusal_reason_legal"
            ),
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="application_can_be_answered"),
            models.CheckConstraint(
                condition=Q(status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN])
                | Q(submitted_at__isnull=False, number__isnull=False),
                name="application_numbered_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.APPROVED, distributor__isnull=False)
                | (~Q(status=ApplicationStatus.APPROVED) & Q(distributor__isnull=True)),
                name="application_approved_has_distributor",
            ),
            models.CheckConstraint(
                condition=(Q(status=ApplicationStatus.REFUSED) & ~Q(refusal_reason="") & ~Q(refusal_text=""))
                | (~Q(status=ApplicationStatus.REFUSED) & Q(refusal_reason="", refusal_text="")),
                name="application_refused_with_reason",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return f"{self.display_number} {self.company_name}"

    @property
    def display_number(self) -> str:
        return self.number or gettext("Draft")

    @property
    def state(self) -> ApplicationStatus:
        return ApplicationStatus(self.status)

    def get_absolute_url(self) -> str:
        return reverse("onboarding:application", args=[self.pk])


class ApplicationFile(AttachedFile):
    """A document that the applicant attached, checked by itself."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files", verbose_name=_("application"))
    kind = models.CharField(_("kind"), max_length=16, choices=FileKind)
    state = models.CharField(_("check"), max_length=16, choices=FileState, default=FileState.UNCHECKED)
    note = models.CharField(_("note"), max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of an application")
        verbose_name_plural = _("documents of applications")
        ordering = ["kind", "pk"]
        constraints = [
            is_hashed("application_file_hashed"),
            legal_values("kind", FileKind, "application_file_kind_legal"),
            legal_values("state", FileState, "application_file_state_legal"),
            models.CheckConstraint(
                condition=Q(state=FileState.UNCHECKED, checked_at__isnull=True)
                | (~Q(state=FileState.UNCHECKED) & Q(checked_at__isnull=False, checked_by__isnull=False)),
                name="application_file_checked_by_somebody",
            ),
        ]

    @property
    def check_state(self) -> FileState:
        return FileState(self.state)


class ApplicationMark(models.Model):
    """The mark of one criterion, from 0 to 100, with what it rests on."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="marks", verbose_name=_("application"))
    criterion = models.CharField(_("criterion"), max_length=24, choices=Criterion)
    mark = models.DecimalField(_("mark"), max_digits=5, decimal_places=2)
    evidence_text = models.CharField(_("evidence in words"), max_length=1000)
    evidence = models.FileField(_("evidence"), upload_to="screening/%Y/%m/", blank=True)
    evidence_name = models.CharField(_("file name of the evidence"), max_length=200, blank=True)
    evidence_type = models.CharField(_("media type of the evidence"), max_length=80, blank=True)
    evidence_hash = models.CharField(_("SHA-256 of the evidence"), max_length=64, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("marked by")
    )
    marked_at = models.DateTimeField(_("marked at"))

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark of an applicant")
        verbose_name_plural = _("marks of applicants")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="application_mark_once"),
            legal_values("criterion", Criterion, "application_mark_criterion_legal"),
            models.CheckConstraint(
                condition=Q(mark__gte=Decimal(0), mark__lte=Decimal(100)),
                name="application_mark_range",
                violation_error_message=_("A mark is from 0 to 100."),
            ),
            models.CheckConstraint(condition=~Q(evidence_text=""), name="application_mark_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.mark}"
