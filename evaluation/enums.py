from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour
from core.state import StateTable, Transition


class Metric(models.TextChoices):
    REVENUE_SHARE = "revenue_share", _("Share of revenue")
    GROWTH = "growth", _("Growth")
    STEADINESS = "steadiness", _("Steadiness of growth")
    PLAN_ATTAINMENT = "plan_attainment", _("Plan attainment")
    ON_TIME_IN_FULL = "on_time_in_full", _("On time in full")
    ORDER_REGULARITY = "order_regularity", _("Order regularity")


class MetricUnit(models.TextChoices):
    SHARE = "share", _("per cent")
    CHANGE = "change", _("per cent more or less")
    VARIATION = "variation", _("variation, less is better")


class StepRows(models.TextChoices):
    """What lies behind a step of the score."""

    PERIODS = "periods", _("Business periods")
    DUE_ORDERS = "due_orders", _("Orders due")
    ORDER_DAYS = "order_days", _("Order days")


class ScorecardStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In force")
    RETIRED = "retired", _("Retired")

    @property
    def colour(self) -> Colour:
        return {"draft": Colour.DRAFT, "active": Colour.DONE, "retired": Colour.DRAFT}[self.value]


SCORECARD_STATES = StateTable(
    field="status",
    states=ScorecardStatus,
    transitions=[
        Transition(
            action="activate",
            sources=frozenset({ScorecardStatus.DRAFT}),
            target=ScorecardStatus.ACTIVE,
            label=_("Put in force"),
        ),
        Transition(
            action="retire",
            sources=frozenset({ScorecardStatus.ACTIVE}),
            target=ScorecardStatus.RETIRED,
            label=ScorecardStatus.RETIRED.label,
        ),
    ],
)


class RunStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")

    @property
    def colour(self) -> Colour:
        return {"queued": Colour.WORK, "done": Colour.DONE, "failed": Colour.DANGER}[self.value]


RUN_STATES = StateTable(
    field="status",
    states=RunStatus,
    transitions=[
        Transition(
            action="finish", sources=frozenset({RunStatus.QUEUED}), target=RunStatus.DONE, label=RunStatus.DONE.label
        ),
        Transition(
            action="fail", sources=frozenset({RunStatus.QUEUED}), target=RunStatus.FAILED, label=RunStatus.FAILED.label
        ),
    ],
)


class ContestState(models.TextChoices):
    """Where an objection stands; without one there is no state."""

    OPEN = "open", _("Contested")
    ANSWERED = "answered", _("Answered")

    @property
    def colour(self) -> Colour:
        return {"open": Colour.DANGER, "answered": Colour.DONE}[self.value]


class EvaluationEvent(models.TextChoices):
    SCORECARD_SAVED = "evaluation.scorecard_saved", _("Scorecard saved")
    SCORECARD_ACTIVATED = "evaluation.scorecard_activated", _("Scorecard put in force")
    RUN_REQUESTED = "evaluation.run_requested", _("Evaluation started")
    RUN_DONE = "evaluation.run_done", _("Evaluation finished")
    CONTESTED = "evaluation.contested", _("Evaluation contested")
    CONTEST_ANSWERED = "evaluation.contest_answered", _("Contest answered")
