from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class PlanLevel(models.TextChoices):
    COMPANY = "company", _("Company")
    TERRITORY = "territory", _("Territory")
    MANAGER = "manager", _("Channel manager")
    DISTRIBUTOR = "distributor", _("Distributor")


class PlanStatus(ColouredChoices):
    DRAFT = "draft", Colour.DRAFT, _("Draft")
    AGREED = "agreed", Colour.WORK, _("Confirmed")
    LOCKED = "locked", Colour.DONE, _("Locked")
    REPLACED = "replaced", Colour.DRAFT, _("Replaced")


class SalesBasis(models.TextChoices):
    """By what a sale counts. Each is posted by the document it comes from; today orders post the first."""

    ORDERED = "ordered", pgettext_lazy("basis of actual sales", "Ordered")
    SHIPPED = "shipped", pgettext_lazy("basis of actual sales", "Shipped")
    INVOICED = "invoiced", pgettext_lazy("basis of actual sales", "Invoiced")
    COLLECTED = "collected", pgettext_lazy("basis of actual sales", "Collected")


AGREED_STATUSES = frozenset({PlanStatus.AGREED, PlanStatus.LOCKED})
"""The parts of a plan in one of these states add up to it."""


class PlanningEvent(models.TextChoices):
    PLAN_SAVED = "plan.saved", _("Plan saved")
    PLAN_AGREED = "plan.agreed", _("Plan confirmed")
    PLAN_LOCKED = "plan.locked", _("Plan locked")
    PLAN_REOPENED = "plan.reopened", _("New version of the plan")
    PLAN_SPLIT = "plan.split", _("Plan allocated")


class Retention(ColouredChoices):
    """Whether a distributor bought in the last twelve months, in the twelve before, or in both."""

    KEPT = "kept", Colour.DONE, _("Kept")
    NEW = "new", Colour.WORK, _("New customer")
    LOST = "lost", Colour.DANGER, _("Lost")


class MinimumState(ColouredChoices):
    """How a minimum purchase stands on a day."""

    REACHED = "reached", Colour.DONE, pgettext_lazy("minimum purchase", "Reached")
    ON_TRACK = "on_track", Colour.WORK, pgettext_lazy("minimum purchase", "On track")
    BEHIND = "behind", Colour.WARNING, pgettext_lazy("minimum purchase", "Behind")
    MISSED = "missed", Colour.DANGER, pgettext_lazy("minimum purchase", "Missed")
    NOT_MEASURED = "not_measured", Colour.DRAFT, pgettext_lazy("minimum purchase", "Not measured")
