from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class ApplicationStatus(ColouredChoices):
    DRAFT = "draft", Colour.DRAFT, _("Draft")
    RECEIVED = "received", Colour.WORK, pgettext_lazy("application", "Received")
    CHECKED = "checked", Colour.WORK, pgettext_lazy("application", "Documents checked")
    ASSESSED = "assessed", Colour.WORK, pgettext_lazy("application", "Assessed")
    APPROVED = "approved", Colour.DONE, pgettext_lazy("application", "Approved")
    REFUSED = "refused", Colour.DANGER, pgettext_lazy("application", "Refused")
    WITHDRAWN = "withdrawn", Colour.DRAFT, pgettext_lazy("application", "Withdrawn")


OPEN_STATUSES = frozenset({ApplicationStatus.RECEIVED, ApplicationStatus.CHECKED, ApplicationStatus.ASSESSED})
"""Those that wait for the brand's people."""


class ApplicationEvent(models.TextChoices):
    STARTED = "application.started", _("Application started")
    RECEIVED = "application.received", _("Application received")
    RETURNED = "application.returned", _("Application returned to the applicant")
    FILE_CHECKED = "application.file_checked", _("Document of the application checked")
    CHECKED = "application.checked", _("Documents of the application checked")
    MARKED = "application.marked", _("Application marked")
    ASSESSED = "application.assessed", _("Application assessed")
    REOPENED = "application.reopened", _("Assessment reopened")
    APPROVED = "application.approved", _("Application approved")
    REFUSED = "application.refused", _("Application refused")
    WITHDRAWN = "application.withdrawn", _("Application withdrawn")
    POLICY_SET = "screening.policy_set", _("Weights of the screening set")


class FileKind(models.TextChoices):
    """What a file of an application is."""

    LICENCE = "licence", _("Business licence")
    TAX = "tax", _("Tax registration")
    BANK = "bank", _("Bank details")
    PREMISES = "premises", _("Warehouse or premises")
    OTHER = "other", pgettext_lazy("document", "Other")


NEEDED_FILES = (FileKind.LICENCE,)
"""Without a valid one of each, no application passes the check of its documents."""


class FileState(ColouredChoices):
    UNCHECKED = "unchecked", Colour.DRAFT, pgettext_lazy("document", "Not checked")
    VALID = "valid", Colour.DONE, pgettext_lazy("document", "Valid")
    INVALID = "invalid", Colour.DANGER, pgettext_lazy("document", "Not valid")


class Criterion(models.TextChoices):
    """What an applicant is assessed on."""

    REPUTATION = "reputation", _("Reputation")
    CAPABILITY = "capability", _("Capability")
    RESOURCES = "resources", _("Resources")
    MARKET_COVERAGE = "market_coverage", _("Market coverage")
    SALES_ABILITY = "sales_ability", _("Sales ability")
    SERVICE_QUALITY = "service_quality", _("Service quality")


class RefusalReason(models.TextChoices):
    COVERED = "covered", _("The territory is covered")
    DOCUMENTS = "documents", _("The documents are incomplete or not valid")
    SCORE = "score", _("Another applicant fits better")
    DUPLICATE = "duplicate", _("There is an application or an agreement already")
    OTHER = "other", pgettext_lazy("reason", "Other")


class Side(models.TextChoices):
    """Who does a step of the onboarding."""

    BRAND = "brand", _("Brand")
    DISTRIBUTOR = "distributor", _("Distributor")


class StepKind(models.TextChoices):
    TASK = "task", pgettext_lazy("onboarding", "Step")
    TRAINING = "training", pgettext_lazy("onboarding", "Training")


class TemplateEvent(models.TextChoices):
    SAVED = "onboarding_template.saved", _("Onboarding template saved")


class OnboardingEvent(models.TextChoices):
    STARTED = "onboarding.started", _("Onboarding started")
    STEP_DONE = "onboarding.step_done", _("Step of the onboarding done")
    STEP_REOPENED = "onboarding.step_reopened", _("Step of the onboarding reopened")
    READY = "onboarding.ready", _("Distributor ready to order")


class CertificateEvent(models.TextChoices):
    RECORDED = "certificate.recorded", _("Certificate recorded")
    EXPIRING = "certificate.expiring", _("Certificate about to run out")
    LAPSED = "certificate.lapsed", _("Certificate ran out")


class CertificateState(ColouredChoices):
    VALID = "valid", Colour.DONE, pgettext_lazy("certificate", "Valid")
    EXPIRING = "expiring", Colour.WARNING, pgettext_lazy("certificate", "Runs out soon")
    LAPSED = "lapsed", Colour.DANGER, pgettext_lazy("certificate", "Lapsed")


WARNING_DAYS = (14, 30, 60)
"""How many days before its end a certificate is warned of, the nearest first."""
