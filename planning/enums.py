from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class PlanLevel(models.TextChoices):
    COMPANY = "company", _("Company")
    TERRITORY = "territory", _("Territory")
    MANAGER = "manager", _("Channel manager")
    DISTRIBUTOR = "distributor", _("Distributor")


class PlanStatus(ColouredChoices):
    DRAFT = "draft", Colour.DRAFT, _("Draft")
    AGREED = "agreed", Colour.WORK, _("Agreed")
    LOCKED = "locked", Colour.DONE, _("Locked")
    REPLACED = "replaced", Colour.DRAFT, _("Replaced")


class SalesBasis(models.TextChoices):
    """By what a sale counts. Each is posted by the document it comes from; today orders post the first."""

    ORDERED = "ordered", _("Ordered")
    SHIPPED = "shipped", _("Shipped")
    INVOICED = "invoiced", _("Invoiced")
    COLLECTED = "collected", _("Collected")


AGREED_STATUSES = frozenset({PlanStatus.AGREED, PlanStatus.LOCKED})
"""The parts of a plan in one of these states add up to it."""


class PlanningEvent(models.TextChoices):
    PLAN_SAVED = "plan.saved", _("Plan saved")
    PLAN_AGREED = "plan.agreed", _("Plan agreed")
    PLAN_LOCKED = "plan.locked", _("Plan locked")
    PLAN_REOPENED = "plan.reopened", _("New version of the plan")
    PLAN_SPLIT = "plan.split", _("Plan split down")
