from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class Metric(models.TextChoices):
    REVENUE_SHARE = "revenue_share", _("Share of revenue")
    GROWTH = "growth", _("Growth")
    STEADINESS = "steadiness", _("Growth stability")
    PLAN_ATTAINMENT = "plan_attainment", _("Plan attainment")
    ON_TIME_IN_FULL = "on_time_in_full", _("On time in full")
    ORDER_REGULARITY = "order_regularity", _("Order regularity")


class MetricUnit(models.TextChoices):
    SHARE = "share", _("per cent")
    CHANGE = "change", _("% change")
    VARIATION = "variation", _("coefficient of variation (lower is better)")


class StepRows(models.TextChoices):
    """What lies behind a step of the score."""

    PERIODS = "periods", _("Business periods")
    DUE_ORDERS = "due_orders", _("Orders due")
    ORDER_DAYS = "order_days", _("Order days")


class ScorecardStatus(ColouredChoices):
    DRAFT = "draft", Colour.DRAFT, _("Draft")
    ACTIVE = "active", Colour.DONE, _("In force")
    RETIRED = "retired", Colour.DRAFT, _("Retired")


class RunStatus(ColouredChoices):
    QUEUED = "queued", Colour.WORK, _("Queued")
    DONE = "done", Colour.DONE, _("Done")
    FAILED = "failed", Colour.DANGER, _("Failed")
    REPLACED = "replaced", Colour.DRAFT, _("Replaced")
    VOIDED = "voided", Colour.DANGER, _("Voided")


class ResultStatus(ColouredChoices):
    """What the results of a run are worth: only final ones are compared with one another."""

    FINAL = "final", Colour.DONE, _("Final")
    PROVISIONAL = "provisional", Colour.WORK, _("Provisional")
    REPLACED = "replaced", Colour.DRAFT, _("Replaced")
    VOIDED = "voided", Colour.DANGER, _("Voided")


class ContestState(ColouredChoices):
    """The state of an objection; without one there is none."""

    OPEN = "open", Colour.DANGER, _("Contested")
    ANSWERED = "answered", Colour.DONE, _("Answered")


class EvaluationEvent(models.TextChoices):
    SCORECARD_SAVED = "evaluation.scorecard_saved", _("Scorecard saved")
    SCORECARD_ACTIVATED = "evaluation.scorecard_activated", _("Scorecard activated")
    RUN_REQUESTED = "evaluation.run_requested", _("Evaluation started")
    RUN_DONE = "evaluation.run_done", _("Evaluation finished")
    RUN_VOIDED = "evaluation.run_voided", _("Evaluation voided")
    CONTESTED = "evaluation.contested", _("Evaluation contested")
    CONTEST_ANSWERED = "evaluation.contest_answered", _("Contest answered")
